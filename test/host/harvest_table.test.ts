// The table of a charger says what the charger does, and rises where the charger's power rises.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { HarvestTable } from "../../host/sim/harvest_table.js";
import { type HarvestPoint } from "../../host/sim/operating_point.js";
import {
  assertSound,
  bq25570,
  cbc3150,
  harvestPoint,
  near,
  pair,
  panel,
  RAIL_MV,
  SETS,
} from "./charger_fixture.js";

describe("the table of a charger", () => {
  it("is within 0.2 % of the power, but where the charger starts", () => {
    const light = fc.double({ min: 3, max: 18, noNaN: true }).map((octave) => 2 ** octave);
    const temperature = fc.double({ min: -20, max: 55, noNaN: true });
    for (const [name, pmic, source] of SETS) {
      const table = new HarvestTable(source, pmic, RAIL_MV);
      const exact = (lux: number, t: number) => harvestPoint(source, pmic, lux, t, RAIL_MV);
      fc.assert(
        fc.property(light, temperature, (lux, t) => {
          table.at(lux, t);
          const point = exact(lux, t);
          const within = (key: keyof typeof table & keyof HarvestPoint, of: number) =>
            assert.ok(
              Math.abs(table[key] - point[key]) <= 0.002 * of,
              `${name}: ${key}, ${lux} lx`,
            );
          within("available_uW", point.available_uW);
          within("open_mV", point.open_mV);
          const corners = [t - 2.5, t + 2.5].map((other) => exact(lux / 1.02, other).drawn_uW);
          if (corners.includes(0)) return;
          within("drawn_uW", point.drawn_uW);
          within("delivered_uW", point.drawn_uW);
          within("lost_uW", point.drawn_uW);
        }),
        { numRuns: 1500, endOnFailure: true },
      );
    }
  });

  it("rises with light, keeps energy, and is dark in the dark", () => {
    const lights = fc.double({ min: -4, max: 19, noNaN: true }).map((octave) => 2 ** octave);
    const temperatures = fc.double({ min: -40, max: 80, noNaN: true });
    const range = { temperature_min_degC: 0, temperature_max_degC: 40, temperature_step_K: 10 };
    for (const [name, pmic, source] of SETS) {
      const table = new HarvestTable(source, pmic, RAIL_MV, range);
      fc.assert(
        fc.property(lights, temperatures, (lux, temperature_degC) => {
          table.at(lux, temperature_degC);
          assertSound(table, name);
          const { available_uW, drawn_uW, delivered_uW } = table;
          for (const factor of [1.001, 1.02, 1.5]) {
            table.at(lux * factor, temperature_degC);
            const rises = [
              table.available_uW >= available_uW * (1 - 1e-12),
              table.drawn_uW >= drawn_uW * (1 - 1e-12),
              table.delivered_uW >= delivered_uW * (1 - 1e-12),
            ];
            assert.deepEqual(rises, [true, true, true], `${name}: ${lux} lx x ${factor}`);
          }
        }),
        { numRuns: 1000, endOnFailure: true },
      );
      for (const lux of [0, -1, NaN, -Infinity]) {
        table.at(lux, 25);
        const { available_uW, drawn_uW, delivered_uW, lost_uW, open_mV } = table;
        assert.deepEqual([available_uW, drawn_uW, delivered_uW, lost_uW, open_mV], [0, 0, 0, 0, 0]);
      }
    }
  });

  it("has its nodes exactly, and the panel's own rows among them", () => {
    const table = new HarvestTable(panel, bq25570);
    for (const lux of [1, 64, 300, 600, 1000, 1024, 10000, 20000, 2 ** 18]) {
      for (const temperature_degC of [-20, 20, 60]) {
        table.at(lux, temperature_degC);
        const point = harvestPoint(panel, bq25570, lux, temperature_degC, RAIL_MV);
        near(table.delivered_uW, point.delivered_uW, 1e-12, `${lux} lx, uW`);
        near(table.open_mV, point.open_mV, 1e-12, `${lux} lx, mV`);
      }
    }
  });

  it("is held above its brightest light and beyond its temperatures", () => {
    const table = new HarvestTable(panel, bq25570);
    const at = (lux: number, temperature_degC: number) => {
      table.at(lux, temperature_degC);
      return [table.available_uW, table.delivered_uW, table.open_mV];
    };
    for (const lux of [2 ** 18 + 1, 2 ** 20, Infinity])
      assert.deepEqual(at(lux, 20), at(2 ** 18, 20));
    assert.deepEqual(at(1000, -60), at(1000, -20));
    assert.deepEqual(at(1000, 200), at(1000, 60));
  });

  it("follows the rail behind a charge pump, and only there", () => {
    const pumped = new HarvestTable(pair, cbc3150);
    const boosted = new HarvestTable(panel, bq25570);
    boosted.at(1024, 20);
    const before_uW = boosted.delivered_uW;
    for (const rail_mV of [3000, 4100]) {
      pumped.at(1024, 20, rail_mV);
      const point = harvestPoint(pair, cbc3150, 1024, 20, rail_mV);
      near(pumped.delivered_uW, point.delivered_uW, 1e-12, `${rail_mV} mV, delivered uW`);
      near(pumped.lost_uW, point.lost_uW, 1e-12, `${rail_mV} mV, lost uW`);
      boosted.at(1024, 20, rail_mV);
      assert.equal(boosted.delivered_uW, before_uW);
    }
  });

  it("refuses a range without two temperatures", () => {
    const range = { temperature_min_degC: 20, temperature_max_degC: 20, temperature_step_K: 5 };
    assert.throws(
      () => new HarvestTable(panel, bq25570, RAIL_MV, range),
      /harvest table over 20\.\.20 by 5 degC; needs 1 to 999 steps/,
    );
  });
});
