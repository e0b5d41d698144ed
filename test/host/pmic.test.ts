// A charger: what it takes from a panel, what it makes of it, and when it does neither. No joule
// comes from nowhere, whatever light, temperature and file.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { efficiencyAt } from "../../host/sim/efficiency.js";
import { measuredData } from "../measured_data.js";
import {
  assertSound,
  bq25570,
  cbc3150,
  coldStartPoint,
  harvestPoint,
  near,
  neh7100,
  pair,
  panel,
  panelOf,
  RAIL_MV,
  SETS,
} from "./charger_fixture.js";

describe("the efficiency table", () => {
  const { efficiency } = bq25570;

  const { path, skip } = measuredData("harvest/shepherd_bq_luts.json");

  it("is shepherd's table at its nodes", { skip }, () => {
    const { BQ25504 } = JSON.parse(readFileSync(path, "utf8")) as {
      BQ25504: { LUT_input_efficiency: number[][] };
    };
    // row = input voltage over 2^17 uV, column = log2 of the input current over 2^13 nA
    BQ25504.LUT_input_efficiency.forEach((row, r) =>
      row.forEach((wanted, c) => {
        const found = efficiencyAt(efficiency, (r + 0.5) * 131.072, 8.192 * 2 ** c);
        assert.ok(Math.abs(found - wanted) < 1e-3, `row ${r}, column ${c}: ${found}, ${wanted}`);
      }),
    );
  });

  it("is held beyond its ends and stays between its neighbours", () => {
    assert.equal(efficiencyAt(efficiency, 1e5, 1e9), 0.9);
    assert.equal(efficiencyAt(efficiency, 0, 1e-9), 0.01);
    assert.equal(efficiencyAt(efficiency, 5000, 0.001), 0.6);
    near(efficiencyAt(efficiency, 5000, 8.192 * Math.SQRT2), 0.7, 1e-4, "half an octave up");
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 6000, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (voltage_mV, current_uA) => {
          const found = efficiencyAt(efficiency, voltage_mV, current_uA);
          assert.ok(found >= 0.01 - 1e-12 && found <= 0.9 + 1e-12);
          assert.ok(efficiencyAt(efficiency, voltage_mV + 50, current_uA) >= found - 1e-12);
          assert.ok(efficiencyAt(efficiency, voltage_mV, current_uA * 1.5) >= found - 1e-12);
        },
      ),
    );
  });
});

describe("a charger", () => {
  it("bq25570: holds the panel at 0.8 of Voc and rests 256 ms of 16 s", () => {
    const diode = panel.diodeAt(1000, 25);
    const held_V = 0.8 * diode.open_V;
    const current_uA = 1e6 * diode.currentAt(held_V);
    const point = harvestPoint(panel, bq25570, 1000, 25, RAIL_MV);
    near(point.open_mV, 2430, 1e-9, "Voc, mV");
    near(point.operating_mV, 1944, 1e-9, "operating point, mV");
    near(point.available_uW, diode.maximum().power_W * 1e6, 1e-12, "available, uW");
    near(point.drawn_uW, held_V * current_uA * (1 - 0.256 / 16), 1e-12, "drawn, uW");
    // row 11: 0.80, 0.81 and 0.83 at 16.4, 32.8 and 65.5 uA
    assert.ok(current_uA > 16.4 && current_uA < 32.8);
    const share = Math.log2(current_uA / 16.384);
    near(point.delivered_uW / point.drawn_uW, 0.8 + 0.01 * share, 1e-6, "efficiency");
  });

  it("bq25570: keeps of the true maximum what the measured curves keep at 0.8 Voc", () => {
    // shares of the README of the data set: .98 .94 .91 .74 of the maximum; the model's .55 is .65
    const shares = { 300: 0.98, 600: 0.94, 1000: 0.91, 10000: 0.74 };
    for (const [lux, wanted] of Object.entries(shares)) {
      const { drawn_uW, available_uW } = harvestPoint(panel, bq25570, Number(lux), 25, RAIL_MV);
      near(drawn_uW / available_uW / 0.984, wanted, 0.04, `${lux} lx`);
    }
  });

  it("bq25570: takes nothing below 5 uW", () => {
    const starts = (lux: number) => harvestPoint(panel, bq25570, lux, 25, RAIL_MV).drawn_uW > 0;
    let [low, high] = [1, 1000];
    while (high - low > 0.001) {
      const middle = (low + high) / 2;
      if (starts(middle)) high = middle;
      else low = middle;
    }
    const { drawn_uW } = harvestPoint(panel, bq25570, high, 25, RAIL_MV);
    near(drawn_uW, 5 * 0.984, 1e-4, "at the threshold, uW");
    assert.ok(high > 50 && high < 80, `starts at ${high} lx`);
  });

  it("cbc3150: needs 2.6 V, and wastes what lies between twice that and the rail", () => {
    assert.equal(harvestPoint(panel, cbc3150, 300, 25, RAIL_MV).drawn_uW, 0);
    for (const rail_mV of [3000, 3800, 4100]) {
      const { drawn_uW, delivered_uW, operating_mV } = harvestPoint(
        pair,
        cbc3150,
        300,
        25,
        rail_mV,
      );
      assert.equal(operating_mV, 2600);
      assert.ok(drawn_uW > 40);
      near(delivered_uW / drawn_uW, (0.9 * rail_mV) / 5200, 1e-12, `efficiency at ${rail_mV} mV`);
    }
    assert.equal(harvestPoint(pair, cbc3150, 300, 25, 5300).drawn_uW, 0, "cannot lift to 5.3 V");
  });

  it("works within its input window, and holds a source that would leave it at the top", () => {
    const from = (voltage_min_mV: number) => ({
      ...bq25570,
      input: { ...bq25570.input, voltage_min_mV },
    });
    assert.equal(harvestPoint(panel, from(1945), 1000, 25, RAIL_MV).drawn_uW, 0);
    assert.ok(harvestPoint(panel, from(1943), 1000, 25, RAIL_MV).drawn_uW > 0);
    const three = harvestPoint(panelOf("am1417", 1, 3), bq25570, 1000, 25, RAIL_MV);
    assert.equal(three.operating_mV, 5100);
    assert.ok(three.open_mV * 0.8 > 5100 && three.drawn_uW > 0);
  });

  it("neh7100: finds 98 % of the maximum", () => {
    for (const lux of [300, 1000, 10000]) {
      const { drawn_uW, available_uW } = harvestPoint(panel, neh7100, lux, 25, RAIL_MV);
      near(drawn_uW, 0.98 * available_uW, 1e-9, `${lux} lx, uW`);
    }
  });

  it("cold start: pulls the panel down to 0.33 V and wastes 94 %", () => {
    const point = coldStartPoint(panel, bq25570, 1000, 25, 1000);
    near(point.drawn_uW, 0.33e6 * panel.diodeAt(1000, 25).currentAt(0.33), 1e-9, "drawn, uW");
    near(point.delivered_uW, 0.06 * point.drawn_uW, 1e-12, "delivered, uW");
    assertSound(point, "cold start");
    // 5 uW at 0.33 V are 15 uA: 22 uA flow at 300 lx, 7 uA at 100 lx
    assert.ok(coldStartPoint(panel, bq25570, 300, 25, 1000).drawn_uW > 5);
    assert.equal(coldStartPoint(panel, bq25570, 100, 25, 1000).drawn_uW, 0);
    const cold_start = { ...bq25570.cold_start!, input_min_mV: 2431 };
    assert.equal(coldStartPoint(panel, { ...bq25570, cold_start }, 1000, 25, 1000).drawn_uW, 0);
    // a part that lives on the source works as ever, even into an empty rail
    const alone = coldStartPoint(pair, cbc3150, 300, 25, 0);
    assert.deepEqual(alone, harvestPoint(pair, cbc3150, 300, 25, 3050));
    assert.ok(alone.delivered_uW > 0);
  });

  const lights = fc.oneof(
    fc.double({ min: 0, max: 3e5, noNaN: true }),
    fc.double({ min: -5, max: 18, noNaN: true }).map((octave) => 2 ** octave),
  );
  const temperatures = fc.double({ min: -60, max: 100, noNaN: true });

  it("keeps energy: drawn = delivered + lost, and never more than there is", () => {
    fc.assert(
      fc.property(lights, temperatures, fc.integer({ min: 0, max: 5200 }), (lux, t, rail_mV) => {
        for (const [name, pmic, source] of SETS) {
          assertSound(harvestPoint(source, pmic, lux, t, rail_mV), name);
          assertSound(coldStartPoint(source, pmic, lux, t, rail_mV), name);
        }
      }),
      { numRuns: 500, endOnFailure: true },
    );
  });

  it("gives numbers for absurd light, temperature, rail and area", () => {
    const any = fc.double({ noNaN: true });
    const areas = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.double(), any, any, areas, (lux, temperature_degC, rail_mV, area) => {
        for (const [name, pmic] of SETS) {
          const point = harvestPoint(
            panelOf("am1417", area, 3),
            pmic,
            lux,
            temperature_degC,
            rail_mV,
          );
          if (rail_mV <= 5200) assertSound(point, name);
          assert.ok(!Object.values(point).some(Number.isNaN), `${name}: ${JSON.stringify(point)}`);
        }
      }),
    );
  });

  it("gives more in more light and from more area", () => {
    const more = fc.double({ min: 1, max: 3, noNaN: true });
    fc.assert(
      fc.property(lights, temperatures, more, (lux, temperature_degC, factor) => {
        for (const [name, pmic, source] of SETS) {
          const less = harvestPoint(source, pmic, lux, temperature_degC, RAIL_MV);
          const brighter = harvestPoint(source, pmic, lux * factor, temperature_degC, RAIL_MV);
          for (const key of ["available_uW", "drawn_uW", "delivered_uW"] as const) {
            assert.ok(
              brighter[key] >= less[key] * (1 - 1e-9),
              `${name}: ${key} falls at ${lux} lx`,
            );
          }
        }
        const small = harvestPoint(panel, bq25570, lux, temperature_degC, RAIL_MV);
        const large = panelOf("am1417", factor);
        const { delivered_uW } = harvestPoint(large, bq25570, lux, temperature_degC, RAIL_MV);
        assert.ok(
          delivered_uW >= factor * small.delivered_uW * (1 - 1e-9),
          `x ${factor} at ${lux} lx`,
        );
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });
});
