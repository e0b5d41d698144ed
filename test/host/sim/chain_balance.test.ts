// Whatever sources, converters, capacitors and cell a board has, and however they are driven and
// set, the energy ledger closes; and it would not without any one of its losses.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { listParts, readPart } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { Charger } from "../../../host/sim/charger.js";
import { type Environment } from "../../../host/sim/environment/environment.js";
import { Node } from "../../../host/sim/node.js";
import { sourceOf } from "../../../host/sim/sources/source_of.js";
import { type Settings } from "../../../host/sim/supply.js";
import { projectPath } from "../../../tools/build/paths.js";

const root = projectPath("boards");
const CLOSES = 1e-9;
const HOUR_S = 3600;
const RANGE = { temperature_min_degC: -20, temperature_max_degC: 60, temperature_step_K: 20 };

const pmics = listParts(root, "pmic").map((name) => plain(readPart(root, "pmic", name)).physics);
const harvesters = listParts(root, "harvester").map(
  (name) => plain(readPart(root, "harvester", name)).physics,
);
const cells = listParts(root, "cell").map((name) => plain(readPart(root, "cell", name)).physics);
const { supply } = plain(readPart(root, "board", "nrf52840-bq25570")).physics;

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** A drive by the quarter of an hour: nothing, or anything over some decades. */
const drive = (low: number, high: number) =>
  fc.array(
    fc.oneof(
      fc.constant(0),
      within(low, high).map((decade) => 10 ** decade),
    ),
    { minLength: 4, maxLength: 40 },
  );

const source = fc.record({
  harvester: fc.constantFrom(...harvesters),
  parallel: within(0.5, 10),
  series: fc.integer({ min: 1, max: 8 }),
});
const stages = fc.array(
  fc.record({
    pmic: fc.constantFrom(...pmics),
    sources: fc.array(source, { minLength: 1, maxLength: 3 }),
    storage_uF: within(0.5, 100),
    switched: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);
const settings: fc.Arbitrary<Settings> = fc.record({
  charge: fc.boolean(),
  limit_nA: fc.oneof(fc.constant(Infinity), within(100, 1e6)),
  float_mV: within(3300, 4200),
  source: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
  mpp_ratio: fc.option(within(0.3, 0.9), { nil: undefined }),
});
const chains = fc.record({
  stages,
  cell: fc.constantFrom(...cells),
  soc: within(0, 1),
  lux: drive(0, 5),
  acceleration_m_s2: drive(-1, 2),
  difference_K: drive(-1, 2),
  rf_uW: drive(0, 4),
  /** Of the light, on each panel: whole, a part or none. */
  shares: fc.array(fc.array(fc.constantFrom(0, 0.2, 0.7, 1), { maxLength: 4 }), { maxLength: 3 }),
  frequency_Hz: within(80, 120),
  degC: fc.array(within(-15, 50), { minLength: 2, maxLength: 6 }),
  settings: fc.array(settings, { minLength: 1, maxLength: 8 }),
  buffer_uF: within(20, 500),
});
type Chain = typeof chains extends fc.Arbitrary<infer T> ? T : never;

function environmentOf(chain: Chain): Environment {
  const series = (values: number[]) => ({ step_s: 900, values: Float32Array.from(values) });
  const { shares } = chain;
  const shade = { at: series([...shares.keys()]), patterns: shares };
  return {
    ...{ name: "random", step_s: 900, lux: Float32Array.from(chain.lux), length_s: HOUR_S },
    ...{ temperature_step_s: HOUR_S, temperature_degC: Float32Array.from(chain.degC) },
    drives: {
      acceleration_m_s2: series(chain.acceleration_m_s2),
      frequency_Hz: series([chain.frequency_Hz]),
      difference_K: series(chain.difference_K),
      rf_uW: series(chain.rf_uW),
    },
    ...(shares.length > 0 ? { shade } : {}),
  };
}

/** A shaken node with a full cell, for more than a day: its shunt conducts, and the cell ages. */
const full: Chain = {
  stages: [
    {
      pmic: plain(readPart(root, "pmic", "ltc3588-2")).physics,
      sources: [
        {
          harvester: plain(readPart(root, "harvester", "piezo-20nF")).physics,
          ...{ parallel: 4, series: 8 },
        },
      ],
      ...{ storage_uF: 10, switched: false },
    },
  ],
  ...{ cell: cells[0]!, soc: 0.98, lux: [0], difference_K: [0], rf_uW: [0], degC: [20, 30] },
  ...{ shares: [], acceleration_m_s2: [40], frequency_Hz: 100, buffer_uF: 100 },
  settings: Array.from({ length: 26 }, () => ({ charge: true, limit_nA: 1e5, float_mV: 4100 })),
};

/** Packets of a strong source from less than this would be thousands a second. */
const PACKET_UF = 20;

/** Some hours of such a node, its pulses and changing settings included. */
function lived(chain: Chain): Node {
  const parts = chain.stages.map(({ pmic, storage_uF, switched, sources }) => ({
    ...{ pmic, switched, storage_uF: pmic.packets ? PACKET_UF + storage_uF : storage_uF },
    sources: sources.map((of) => sourceOf(of.harvester, of.parallel, of.series)),
  }));
  const node = new Node(
    chain.cell,
    chain.cell.ageing,
    { ...supply, buffer_uF: chain.buffer_uF },
    { load_ratio: 1, leak_nA: 20, float_ratio: 1 },
    new Charger(parts, RANGE),
    environmentOf(chain),
    chain.soc,
  );
  for (const [hour, set] of chain.settings.entries()) {
    for (const minute of [20, 40, 60]) {
      const until_s = hour * HOUR_S + minute * 60;
      while (node.time_s < until_s) node.pass(until_s, set);
      if (node.on) node.pulse(20000, 1, "events", set);
    }
  }
  return node;
}

/** Energy that went through; the buffer and cell count, where nothing was harvested. */
function through_pJ({ ledger, cell }: Node): number {
  const { drawn_pJ, used_pJ, start_buffer_pJ } = ledger;
  return Math.max(drawn_pJ, used_pJ, start_buffer_pJ, Math.abs(cell.port_pJ));
}

describe("a chain of harvesters, converters, capacitor and cell", () => {
  it("closes at every port, whatever it is made of", () => {
    fc.assert(
      fc.property(chains, (chain) => {
        const node = lived(chain);
        for (const [port, off_pJ] of Object.entries(node.ledger.imbalance_pJ)) {
          const share = Math.abs(off_pJ) / through_pJ(node);
          assert.ok(share < CLOSES, `${port}: ${off_pJ} pJ of ${through_pJ(node)}`);
        }
        assert.ok(node.ledger.drawn_pJ <= node.ledger.available_pJ * (1 + CLOSES));
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it("closes for extraction, for two converters at once, for a shaded string and for radio", () => {
    const part = (name: string) => plain(readPart(root, "pmic", name)).physics;
    const at = (name: string, parallel: number, series: number) => {
      return { harvester: plain(readPart(root, "harvester", name)).physics, parallel, series };
    };
    const chain = (pmic: string, ...sources: Chain["stages"][number]["sources"]): Chain => ({
      ...full,
      stages: [{ pmic: part(pmic), sources, storage_uF: 10, switched: false }],
      ...{ soc: 0.4, lux: [4000, 0], difference_K: [15], rf_uW: [80, 5], shares: [[1, 0.2], []] },
    });
    for (const of of [
      chain("sece", at("piezo-20nF", 1, 1)),
      chain("aem13920", at("am1417", 1, 1), at("teg-16p8mV", 1, 4)),
      chain("bq25570", at("exl2-1v50-bypass", 0.05, 3)),
      chain("aem13920", at("rf-868MHz", 1, 1)),
    ]) {
      const node = lived(of);
      const what = of.stages[0]!.sources.map(({ harvester }) => harvester.kind).join();
      assert.ok(node.ledger.drawn_pJ > 0 && node.ledger.conversion_pJ > 0, what);
      for (const off_pJ of Object.values(node.ledger.imbalance_pJ)) {
        assert.ok(Math.abs(off_pJ) < CLOSES * through_pJ(node), `${what}: ${off_pJ} pJ`);
      }
    }
  });

  it("would not close without any one of its losses", () => {
    const seen = new Map<string, boolean>();
    for (const chain of [full, ...fc.sample(chains, { numRuns: 60, seed: 5 })]) {
      const node = lived(chain);
      for (const [name, pJ] of Object.entries(node.ledger.lost_pJ)) {
        const missed = Math.abs(node.ledger.imbalance_pJ.all + pJ) > CLOSES * through_pJ(node);
        seen.set(name, missed || seen.get(name) === true);
      }
    }
    const never = [...seen].filter(([, missed]) => !missed).map(([name]) => name);
    assert.deepEqual(never, []);
    assert.ok(seen.has("shunt") && seen.has("charger_input") && seen.has("cold_start"));
  });

  it("meters for each input what it put onto the rail", () => {
    for (const chain of fc.sample(chains, { numRuns: 20, seed: 6 })) {
      const node = lived(chain);
      const { inputs, manifold } = node.charger;
      if (!manifold) continue;
      const metered_pJ = inputs.reduce((sum, input) => sum + input.metered_pJ, 0);
      const { delivered_pJ } = node.ledger;
      assert.ok(Math.abs(metered_pJ - delivered_pJ) <= CLOSES * (1 + delivered_pJ));
    }
  });
});
