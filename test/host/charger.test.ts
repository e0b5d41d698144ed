// A charger off the rail, its own current, its float levels, and a file that does not hold
// together.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { listParts } from "../../boards/parts.js";
import { Charger } from "../../host/sim/charger.js";
import { HarvestTable } from "../../host/sim/harvest_table.js";
import { checkPmic, floatSetting_mV, type PmicPhysics } from "../../host/sim/pmic.js";
import { NOTHING } from "../../host/sim/sources/source.js";
import { projectPath } from "../../tools/build/paths.js";
import { bq25570, cbc3150, coldStartPoint, neh7100, panel, pmicOf } from "./charger_fixture.js";

const range = { temperature_min_degC: 10, temperature_max_degC: 30, temperature_step_K: 10 };
const STORAGE_UF = 4.7;
const charger = (pmic: PmicPhysics) =>
  new Charger([{ pmic, sources: [panel], storage_uF: STORAGE_UF }], range);
const light = (lux: number) => ({ ...NOTHING, lux, temperature_degC: 20 });

describe("a charger", () => {
  it("draws from the rail by what it does", () => {
    const bq = charger(bq25570);
    bq.follow(light(0), 3800);
    assert.equal(bq.quiescent_nA(true), bq25570.quiescent.dark_nA);
    bq.follow(light(1000), 3800);
    assert.equal(bq.quiescent_nA(true), bq25570.quiescent.charging_nA);
    assert.equal(bq.quiescent_nA(false), bq25570.quiescent.disabled_nA);
    const pump = charger(cbc3150);
    pump.follow(light(0), 3800);
    assert.equal(pump.quiescent_nA(true), 500);
  });

  it("holds the level not above the one that is wanted, less half its hysteresis", () => {
    for (const [wanted_mV, level_mV] of [
      ...([
        [4199, 4100],
        [4100, 4100],
        [3350, 3300],
        [9999, 4500],
        [0, 2700],
      ] as const),
    ]) {
      assert.equal(floatSetting_mV(neh7100, wanted_mV), level_mV);
    }
    assert.equal(floatSetting_mV(bq25570, 3900), 3900, "resistors: any level");
    const { hysteresis_mV } = bq25570.float;
    assert.equal(charger(bq25570).held_mV(4100), 4100 - hysteresis_mV / 2);
  });

  it("takes an empty cell off the rail in the dark, and must cold-start to take it back", () => {
    const bq = charger(bq25570);
    bq.follow(light(0), 1900);
    bq.look(1951);
    assert.equal(bq.connected, true);
    bq.look(1949);
    assert.equal(bq.connected, false);
    assert.equal(bq.start_pJ(3600), 0, "no light, no start");
    assert.equal(bq.connected, false);
    const lux = 2000;
    bq.follow(light(lux), 1900);
    const { delivered_uW, drawn_uW } = coldStartPoint(panel, bq25570, lux, 20, 0);
    const { until_mV } = bq25570.cold_start!;
    const wanted_s = (STORAGE_UF * until_mV * until_mV) / 2 / (delivered_uW * 1e6);
    const drawn_pJ = bq.start_pJ(0.9 * wanted_s);
    assert.ok(Math.abs(drawn_pJ / (drawn_uW * 1e6 * 0.9 * wanted_s) - 1) < 1e-9);
    assert.equal(bq.connected, false, "the capacitor of its rail is not full yet");
    bq.start_pJ(0.2 * wanted_s);
    assert.equal(bq.connected, true);
  });

  it("keeps an empty cell on the rail while there is light to charge it", () => {
    const bq = charger(bq25570);
    bq.follow(light(2000), 1900);
    bq.look(1000);
    assert.equal(bq.connected, true);
  });
});

describe("the file of a charger", () => {
  it("holds together, as all that are here do", () => {
    for (const name of listParts(projectPath("boards"), "pmic")) checkPmic(pmicOf(name));
  });

  it("says in a line what does not hold together", () => {
    const broken = (change: Partial<PmicPhysics>) => () =>
      new HarvestTable(panel, { ...bq25570, ...change });
    const { mppt, efficiency, float } = bq25570;
    assert.throws(broken({ mppt: { ...mppt, kind: "fixed" } }), /mppt: fixed lacks its number/);
    assert.throws(broken({ mppt: { ...mppt, sample_ms: 16000 } }), /sample_ms must be below/);
    assert.throws(
      broken({ efficiency: { ...efficiency, rows: efficiency.rows.slice(1) } }),
      /efficiency\.rows: must be 12 rows of 12/,
    );
    assert.throws(
      broken({ efficiency: { ...efficiency, input_mV: [...efficiency.input_mV].reverse() } }),
      /input_mV and input_uA must rise/,
    );
    assert.throws(broken({ float: { ...float, levels_mV: [3, 2] } }), /levels_mV: must rise/);
    assert.throws(
      broken({ undervoltage: { off_mV: 2, on_mV: 1 } }),
      /undervoltage: off_mV must not exceed on_mV/,
    );
  });
});
