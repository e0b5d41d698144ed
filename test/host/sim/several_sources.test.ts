// Firmware chooses a source and its operating ratio, or lets converters of their own work at once;
// each source's open voltage can be seen; and every scenario of another source lives.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readScenario } from "../../../boards/parts.js";
import { plantOf } from "../../../boards/plant.js";
import { type Settings } from "../../../host/sim/supply.js";
import { projectPath } from "../../../tools/build/paths.js";
import { live } from "../../../tools/simulate/life.js";
import { newCore } from "../core_fixture.js";
import { near } from "./cell_fixture.js";
import { steady } from "./life_fixture.js";

const root = projectPath("boards");
const OPEN: Settings = { charge: true, limit_nA: Infinity, float_mV: 4100 };
const warm = {
  ...steady(500),
  drives: { difference_K: { step_s: 3600, values: Float32Array.of(15) } },
};

/** The two sources of a wrist's node at 500 lx and 15 K; by a switch to one converter, or not. */
function wrist(shared_converter: boolean) {
  const parts = readScenario(root, "pv-teg-month");
  parts.scenario.start_soc = 0.3;
  if (shared_converter) {
    parts.board.physics.shared_converter = true;
    delete parts.board.physics.further_sources![0]!.mpp_ratio;
  }
  return plantOf(parts, warm, 1).node;
}

/** What the charger draws, in uW, under these settings. */
function drawn_uW(change: Partial<Settings>, shared_converter = true): number {
  const node = wrist(shared_converter);
  node.pass(600, { ...OPEN, ...change });
  return node.charger.now.drawn_uW;
}

describe("a charger with a converter for each of two sources", () => {
  const both_uW = (change: Partial<Settings>) => drawn_uW(change, false);
  const module = { mpp_source: 2 };

  it("draws from both at once, or from the one that is chosen, or from none", () => {
    const [panel, heat] = [1, 2].map((source) => both_uW({ source }));
    assert.ok(panel! > 0 && heat! > 0);
    near(both_uW({}), panel! + heat!, 1e-12, "both, uW");
    assert.equal(both_uW({ source: 0 }), 0);
  });

  it("takes its own current from the rail once", () => {
    const quiescent_nA = (shared: boolean) => {
      const node = wrist(shared);
      node.pass(600, OPEN);
      return node.charger.quiescent_nA(true);
    };
    assert.equal(quiescent_nA(false), quiescent_nA(true));
  });

  it("holds each at a ratio of its own, and changes that of the source that is named", () => {
    // start-up code writes 0.5 for the modules, the panels keep the part's own
    assert.equal(both_uW({}), both_uW({ ...module, mpp_ratio: 0.5 }));
    const lost_uW = both_uW({}) - both_uW({ ...module, mpp_ratio: 0.8 });
    near(lost_uW, both_uW({ source: 2 }) - both_uW({ source: 2, mpp_ratio: 0.8 }), 1e-9, "uW");
    const node = wrist(false);
    node.pass(600, { ...OPEN, ...module, mpp_ratio: 0.8 });
    node.pass(1200, { ...OPEN, mpp_source: 1, mpp_ratio: 0.65 });
    const { drawn_uW: held_uW } = node.charger.now;
    const wanted_uW = both_uW({ mpp_ratio: 0.65 }) - lost_uW;
    near(held_uW, wanted_uW, 1e-9, "the modules keep theirs, uW");
  });

  it("gives what each meters, and its books close", () => {
    const node = wrist(false);
    node.pass(7200, OPEN);
    const { ledger, charger } = node;
    const [panel_pJ, heat_pJ] = charger.inputs.map((input) => input.metered_pJ);
    assert.ok(panel_pJ! > 0 && heat_pJ! > 0);
    near(panel_pJ! + heat_pJ!, ledger.delivered_pJ, 1e-9, "pJ");
    for (const off_pJ of Object.values(ledger.imbalance_pJ)) {
      assert.ok(Math.abs(off_pJ) < 1e-9 * ledger.drawn_pJ, `${off_pJ} pJ`);
    }
  });

  it("starts an empty node by either", () => {
    for (const silent of ["lux", "difference_K"] as const) {
      const around = silent === "lux" ? { ...warm, lux: Float32Array.of(0) } : steady(500);
      const parts = readScenario(root, "pv-teg-month");
      const { charger } = plantOf(parts, around, 1).node;
      charger.connected = false;
      assert.ok(charger.start_pJ(3600) > 0, `without ${silent}`);
    }
  });
});

describe("a charger with a switch between two sources", () => {
  it("draws from the one that is chosen, from the first where nobody chose, or from none", () => {
    const [none, panel, module] = [0, 1, 2].map((source) => drawn_uW({ source }));
    assert.equal(none, 0);
    assert.ok(panel! > 0 && module! > 0 && panel !== module);
    assert.equal(drawn_uW({}), panel);
  });

  it("shows the open voltage of each, chosen or not", () => {
    const node = wrist(true);
    node.pass(600, { ...OPEN, source: 1 });
    const [panel, module] = node.charger.inputs.map(({ now }) => now.open_mV);
    assert.ok(panel! > 2000, `${panel} mV`);
    near(module!, 4 * 16.8 * 15 * (113 / 243), 1e-3, "four modules, mV");
  });

  it("holds the ratio that is set, to the nearest that it has", () => {
    const at = (mpp_ratio: number) => drawn_uW({ source: 1, mpp_ratio });
    assert.ok(at(0.7) > at(0.5) && at(0.7) > at(0.85));
    assert.equal(at(0.72), at(0.7));
    // its contacts make a module best a little above a half of what a short sample sees
    const module = (mpp_ratio: number) => drawn_uW({ source: 2, mpp_ratio });
    assert.ok(module(0.5) > module(0.8) && module(0.5) > module(0.35));
  });
});

describe("a board whose files do not agree", () => {
  it("is refused in one line", () => {
    const parts = readScenario(root, "pv-teg-month");
    const refused = (change: (of: typeof parts) => void, why: RegExp) => {
      const copy = structuredClone(parts);
      change(copy);
      assert.throws(() => plantOf(copy, warm, 1), why);
    };
    refused(
      ({ board }) => board.profile.sources.reverse(),
      /sources\[0\]\.kind = thermo.* must be/,
    );
    refused(({ board }) => board.profile.actuators.push("charge_limit"), /without charge_limit/);
    refused(({ pmic }) => (pmic.physics.controls!.inputs!.value = 1), /2 sources share aem13920/);
    refused(
      ({ board }) => (board.physics.shared_converter = true),
      /further_sources\[0\]\.mpp_ratio needs a converter of its own; remove it/,
    );
    refused(
      ({ board }) => (board.physics.further_sources![0]!.mpp_ratio!.value = 0.6),
      /controls\.mpp_ratios: must hold 0\.6, that of mppt/,
    );
  });
});

describe("a scenario of other sources", () => {
  for (const name of ["piezo-month", "teg-month", "rf-teg-month", "pv-teg-month"]) {
    it(`${name}: is fed for two days, and its books close`, async () => {
      const parts = readScenario(root, name);
      parts.scenario.hours = 48;
      const { run } = live(await newCore(), name, parts);
      const { ledger } = run.node;
      assert.ok(ledger.delivered_pJ > 0.5 * ledger.used_pJ, `${ledger.delivered_pJ} pJ`);
      for (const off_pJ of Object.values(ledger.imbalance_pJ)) {
        assert.ok(Math.abs(off_pJ) < 1e-9 * ledger.drawn_pJ, `${off_pJ} pJ`);
      }
    });
  }
});

describe("firmware that may set the ratio", () => {
  it("tries its neighbours while the cell takes all, and ends at a better one", async () => {
    const parts = readScenario(root, "pv-teg-month");
    parts.scenario.start_soc = 0.2;
    parts.scenario.hours = 12;
    // the worst ratio that the board knows
    parts.board.profile.sources[0]!.mpp_ratio.value = 0.35;
    const core = await newCore();
    live(core, "pv-teg-month", parts, { environment: steady(300) });
    const ratio = core.areas.decision.get("mpp_ratio");
    assert.ok(ratio >= 0.65 && ratio <= 0.85, `${ratio}`);
  });
});
