// A node that extracts a piezo's charge at each peak gets what the closed forms say, whatever its
// cell's voltage, and more than behind a bridge; every joule is booked.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPart, readScenario, type Parts } from "../../../boards/parts.js";
import { plantOf } from "../../../boards/plant.js";
import { scaleCell } from "../../../boards/scale.js";
import { plain } from "../../../boards/schema/quantity.js";
import { harvestPoint } from "../../../host/sim/operating_point.js";
import { checkPmic, type PmicPhysics } from "../../../host/sim/pmic.js";
import { Bank } from "../../../host/sim/sources/bank.js";
import {
  Piezoelectric,
  type PiezoelectricPhysics,
} from "../../../host/sim/sources/piezoelectric.js";
import { NOTHING } from "../../../host/sim/sources/source.js";
import { projectPath } from "../../../tools/build/paths.js";
import { partsOf } from "../../../tools/simulate/setup.js";
import { live } from "../../../tools/simulate/life.js";
import { newCore } from "../core_fixture.js";
import { near } from "./cell_fixture.js";
import { steady } from "./life_fixture.js";

const root = projectPath("boards");
const SHAKE_M_S2 = 12;
const FREQUENCY_HZ = 100;
const shaken = { ...NOTHING, acceleration_m_s2: SHAKE_M_S2, frequency_Hz: FREQUENCY_HZ };
const piezo = plain(readPart(root, "harvester", "piezo-20nF")).physics as PiezoelectricPhysics;
const sece: PmicPhysics = plain(readPart(root, "pmic", "sece")).physics;
const source = new Piezoelectric(piezo);
const curve = source.curveAt(shaken);

/** Cp f Voc^2, the best of a bridge of ideal diodes, uW. */
const { open_V } = source.shakenBy(SHAKE_M_S2, FREQUENCY_HZ);
const unit_uW = 1e-3 * piezo.capacitance_nF * FREQUENCY_HZ * open_V * open_V;

const efficient = (share: number): PmicPhysics => ({
  ...sece,
  efficiency: { input_mV: [1, 60000], input_uA: [1, 1000], rows: Array(2).fill([share, share]) },
});

describe("synchronous electric charge extraction", () => {
  it("draws 4 Cp f Voc^2, whatever the rail, and gives its efficiency of it", () => {
    for (const rail_mV of [0, 3000, 4100]) {
      for (const share of [1, 0.7]) {
        const point = harvestPoint(curve, efficient(share), rail_mV);
        near(point.drawn_uW, 4 * unit_uW, 1e-9, "drawn, uW");
        near(point.delivered_uW, 4 * share * unit_uW, 1e-9, "delivered, uW");
        assert.ok(Math.abs(point.lost_uW - 4 * (1 - share) * unit_uW) < 1e-9, "lost, uW");
        near(point.available_uW, 4 * unit_uW, 1e-9, "available, uW");
      }
    }
  });

  it("gives more than the best of the same bridge by four times its efficiency, or more", () => {
    const bridge_uW = 1e6 * curve.maximum().power_W;
    assert.ok(bridge_uW < unit_uW && bridge_uW > 0.8 * unit_uW, `${bridge_uW} uW`);
    for (const share of [0.5, 0.8]) {
      const { delivered_uW } = harvestPoint(curve, efficient(share), 3800);
      assert.ok(delivered_uW >= 4 * share * bridge_uW);
    }
  });

  it("takes as much of a bank as of its members, in series or in parallel", () => {
    for (const [parallel, series] of [
      [4, 1],
      [1, 4],
      [2, 3],
    ] as const) {
      const bank = new Bank(source, parallel, series).curveAt(shaken);
      const most = { ...efficient(1), input: { ...sece.input, voltage_max_mV: 1e6 } };
      const { drawn_uW, operating_mV } = harvestPoint(bank, most, 3800);
      near(drawn_uW, parallel * series * 4 * unit_uW, 1e-9, "uW");
      near(operating_mV, 2000 * series * open_V, 1e-9, "peak, mV");
    }
  });

  it("cuts peaks above its rating, and does not start below its least", () => {
    const cut_mV = 1500 * open_V;
    const held = { ...efficient(1), input: { ...sece.input, voltage_max_mV: cut_mV } };
    near(harvestPoint(curve, held, 3800).drawn_uW, (9 / 4) * unit_uW, 1e-9, "uW");
    const low = { ...efficient(1), input: { ...sece.input, voltage_min_mV: 2001 * open_V } };
    assert.equal(harvestPoint(curve, low, 3800).drawn_uW, 0);
    assert.equal(harvestPoint(source.curveAt(NOTHING), sece, 3800).drawn_uW, 0);
  });

  it("is no packet's business, and needs a piezo without a coil", () => {
    const packets = plain(readPart(root, "pmic", "ltc3588-2")).physics.packets;
    assert.throws(() => checkPmic({ ...sece, packets }), /extract goes with neither/);
    const refused = (harvester: string, why: RegExp) => {
      const set = [`board.physics.harvester=${harvester}`];
      const parts = partsOf(root, { scenario: "piezo-sece-month", set });
      parts.board.profile.sources[0]!.kind = parts.harvester.physics.kind;
      assert.throws(() => plantOf(parts, steady(0), 1), why);
    };
    refused("piezo-20nF-sshi", /piezo-20nF-sshi has a coil \(flip\): sece extracts from a piezo/);
    refused("am1417", /am1417 is photovoltaic: sece extracts from a piezo/);
  });
});

/** A day of a node with a cell that takes all, on a machine that shakes. */
async function day(name: string, change: (parts: Parts) => void = () => undefined) {
  const parts = readScenario(root, name);
  parts.scenario.hours = 24;
  parts.scenario.start_soc = 0.3;
  parts.cell = scaleCell(readPart(root, "cell", "r20-0p7mAh"), 8);
  change(parts);
  const { node } = live(await newCore(), name, parts).run;
  for (const off_pJ of Object.values(node.ledger.imbalance_pJ)) {
    assert.ok(Math.abs(off_pJ) < 1e-9 * node.ledger.drawn_pJ, `${off_pJ} pJ`);
  }
  return node.ledger;
}

describe("a node on a machine", () => {
  it("gets four times its efficiency of what a bridge and its converter get", async () => {
    const extracted = await day("piezo-sece-month", ({ board }) => {
      board.physics.panels.value = 4;
    });
    const bridge = await day("piezo-month");
    const gain = extracted.delivered_pJ / bridge.delivered_pJ;
    // 0.7 at this peak; the bridge's converter holds it away from its best point, and loses as well
    assert.ok(gain > 4 * 0.7 && gain < 6, `${gain}`);
    const { drawn_pJ, delivered_pJ, conversion_pJ } = extracted;
    near(delivered_pJ + conversion_pJ, drawn_pJ, 1e-9, "drawn, pJ");
    assert.ok(conversion_pJ > 0.2 * drawn_pJ);
  });

  it("gets more from a coil before its bridge than from the bridge alone", async () => {
    const bridge = await day("piezo-month");
    const coil = await day("piezo-month", (parts) => {
      parts.harvester = readPart(root, "harvester", "piezo-20nF-sshi");
    });
    // Voc / (1 - flip), above the converter's thresholds: all the better
    assert.ok(coil.drawn_pJ > 1.5 * bridge.drawn_pJ, `${coil.drawn_pJ}, ${bridge.drawn_pJ} pJ`);
  });
});
