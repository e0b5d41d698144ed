// The plant around the cell: its books close, its charger obeys, its sensors err as declared.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readScenario } from "../../boards/parts.js";
import { plain } from "../../boards/schema/quantity.js";
import { Node, type BoardPhysics, type Settings } from "../../host/sim/node.js";
import { Random } from "../../host/sim/random.js";
import { projectPath } from "../../tools/build/paths.js";

const parts = readScenario(projectPath("boards"), "default-day");
const board: BoardPhysics = plain(parts.board).physics;
const ideal = { capacity_ratio: 1, resistance_ratio: 1, leak_nA: 0 };
const open: Settings = { charge: true, limit_nA: 1e6, float_mV: 4100 };

function node(change: Partial<BoardPhysics> = {}, specimen = ideal, soc = 0.6, seed = 1): Node {
  const physics = plain(parts.cell).physics;
  return new Node(physics, { ...board, ...change }, specimen, soc, new Random(seed));
}

describe("the plant's node", () => {
  it("closes its books: what came in and did not go out is in the cell", () => {
    const plant = node({}, { ...ideal, leak_nA: 25 });
    const before_nAh = plant.cell.soc * plant.cell.capacity_nAh;
    const self_nA = (0.015 * plant.cell.capacity_nAh * 3600) / 31557600;
    for (let i = 0; i < 500; i++) plant.advance(60, i % 7 === 0 ? 0 : 900, open, 1850 + 40 * i);
    const after_nAh = plant.cell.soc * plant.cell.capacity_nAh;
    const { harvested_nAh, used_nAh, leaked_nAh } = plant.books;
    const self_nAh = (self_nA * 500 * 60) / 3600;
    const error = after_nAh - before_nAh - (harvested_nAh - used_nAh - leaked_nAh - self_nAh);
    assert.ok(Math.abs(error) < 1e-3, `${error} nAh`);
    assert.ok(harvested_nAh > 0 && used_nAh > 0 && leaked_nAh > 0);
    assert.ok(plant.books.harvested_mJ > 3.5 * 3.6e-3 * harvested_nAh);
  });

  it("charges within the limit that was set, and not at all when told so", () => {
    const plant = node();
    plant.advance(60, 20000, { ...open, limit_nA: 3000 }, 0);
    assert.ok(Math.abs(plant.charging_nA - 3000) < 1e-6);
    assert.ok(plant.books.refused_nAh > 0);
    plant.advance(60, 20000, { ...open, charge: false }, 0);
    assert.equal(plant.charging_nA, 0);
  });

  it("limits at the float voltage of its own charger, error included", () => {
    const plant = node({ float_sigma: 0 }, ideal, 0.98);
    for (let i = 0; i < 200; i++) plant.advance(60, 20000, open, 2000);
    assert.ok(plant.limiting);
    assert.ok(Math.abs(plant.voltage_mV(2000) - 4100) < 0.1);
    assert.ok(plant.books.refused_nAh > 0);
  });

  it("gives the measured power of the panel, and in dim light in proportion", () => {
    const plant = node();
    assert.ok(Math.abs(plant.sourcePower_uW(300) - 29) < 1e-9);
    assert.ok(Math.abs(plant.sourcePower_uW(1000) - 65) < 1e-9);
    assert.ok(Math.abs(plant.sourcePower_uW(30) - 2.9) < 1e-9);
    assert.equal(plant.sourcePower_uW(0), 0);
    assert.equal(plant.sourceOpen_mV(0), 0);
    let before = 0;
    for (let lux = 10; lux < 40000; lux *= 1.3) {
      assert.ok(plant.sourcePower_uW(lux) > before);
      before = plant.sourcePower_uW(lux);
    }
  });

  it("reads voltage with gain, noise and steps of its ADC", () => {
    const exact = node({ adc_gain_sigma: 0, adc_noise_mV: 0, adc_lsb_mV: 1e-6 });
    assert.ok(Math.abs(exact.readVoltage_mV(0) - exact.voltage_mV(0)) < 1e-3);
    const coarse = node({ adc_gain_sigma: 0, adc_noise_mV: 0, adc_lsb_mV: 10 });
    assert.equal(coarse.readVoltage_mV(0) % 10, 0);
    const gains = Array.from({ length: 400 }, (_, seed) => {
      const plant = node(
        { adc_gain_sigma: 0.002, adc_noise_mV: 0, adc_lsb_mV: 1e-6 },
        ideal,
        0.6,
        seed,
      );
      return plant.readVoltage_mV(0) / plant.voltage_mV(0) - 1;
    });
    const rms = Math.sqrt(gains.reduce((sum, gain) => sum + gain * gain, 0) / gains.length);
    assert.ok(rms > 0.0017 && rms < 0.0023, `gain error ${rms}`);
  });

  it("meters the mean current since the last reading", () => {
    const plant = node({ meter_sigma: 0, meter_lsb_nA: 1 });
    plant.advance(60, 20000, { ...open, limit_nA: 4000 }, 0);
    plant.advance(60, 0, open, 0);
    assert.deepEqual(plant.readMeter(), { mean_nA: 2000, now_nA: 0 });
    assert.deepEqual(plant.readMeter(), { mean_nA: 0, now_nA: 0 });
  });

  it("is a specimen: smaller, more resistive, the same for the same seed", () => {
    const worn = node({}, { capacity_ratio: 0.9, resistance_ratio: 2, leak_nA: 0 });
    const fresh = node();
    assert.ok(Math.abs(worn.cell.capacity_nAh / fresh.cell.capacity_nAh - 0.9) < 1e-9);
    const drop = (plant: Node) => plant.cell.voltage_mV(0) - plant.cell.voltage_mV(-100);
    assert.ok(Math.abs(drop(worn) / drop(fresh) - 2) < 0.02, `${drop(worn) / drop(fresh)}`);
    assert.equal(node().readVoltage_mV(0), node().readVoltage_mV(0));
  });
});
