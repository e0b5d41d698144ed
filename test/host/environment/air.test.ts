// The air's temperature is built of the parts that its climate names: season, day, spells.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { airTemperature_degC, type AirPhysics } from "../../../host/sim/environment/air.js";
import { MONTH_OF_DAY } from "../../../host/sim/environment/sun.js";
import { Random } from "../../../host/sim/random.js";
import { readSite } from "./site_files.js";
import { autocorrelation, deviation, mean, monthly } from "./typical_year.js";

const { air } = readSite("po-valley-45N");
const still: AirPhysics = { ...air, spell_K: 0, swing_K: Array<number>(12).fill(0) };
const average = new Float32Array(365).fill(1);
const made = (of: AirPhysics, relative_index: Float32Array = average, first_day = 0) => [
  ...airTemperature_degC(of, relative_index, first_day, new Random(1)),
];
const daysOf = (hours: number[]) =>
  Array.from({ length: hours.length / 24 }, (_, day) => hours.slice(24 * day, 24 * day + 24));

describe("the air", () => {
  it("has the months' means, and no step between them", () => {
    const hours = made(still);
    for (const [month, value] of monthly(daysOf(hours).map(mean)).entries()) {
      // months are taken as equally long: a day at 0.25 K a day
      const wanted = air.mean_degC[month]!;
      assert.ok(Math.abs(value - wanted) < 0.35, `month ${month + 1}: ${value}, wanted ${wanted}`);
    }
    const steps = hours.slice(1).map((value, i) => Math.abs(value - hours[i]!));
    assert.ok(Math.max(...steps) < 0.03, `step of ${Math.max(...steps)} K`);
    assert.ok(Math.abs(hours[0]! - hours.at(-1)!) < 0.03);
    assert.deepEqual(made(still, average.subarray(10), 10), hours.slice(240));
  });

  it("swings by day as far as declared, and less below clouds", () => {
    const swinging = { ...still, swing_K: air.swing_K };
    const ranges = (relative: Float32Array) =>
      monthly(daysOf(made(swinging, relative)).map((day) => Math.max(...day) - Math.min(...day)));
    const clear = ranges(average);
    const overcast = ranges(new Float32Array(365));
    for (const [month, wanted] of air.swing_K.entries()) {
      // the season adds up to 0.25 K a day; hours do not meet the wave's top
      assert.ok(Math.abs(clear[month]! - wanted) < 0.35, `month ${month + 1}: ${clear[month]} K`);
      const share = overcast[month]! / clear[month]!;
      assert.ok(Math.abs(share - air.overcast_share) < 0.06, `month ${month + 1}: ${share}`);
    }
    const july = made(swinging).filter((_, i) => MONTH_OF_DAY[Math.floor(i / 24)] === 6);
    const hours = daysOf(july).map((day) => day.indexOf(Math.max(...day)));
    assert.ok(hours.every((hour) => Math.abs(hour - air.warmest_h) <= 1));
  });

  it("has spells of the declared strength and length", () => {
    const years = new Float32Array(365 * 20).fill(1);
    const calm = made(still, years);
    const spells = made({ ...still, spell_K: 3, spell_h: 50 }, years).map((v, i) => v - calm[i]!);
    // 20 years hold 1750 spells: 3 % and three sigma
    assert.ok(Math.abs(deviation(spells) - 3) < 0.2, `${deviation(spells)} K`);
    assert.ok(Math.abs(autocorrelation(spells, 50) - Math.exp(-1)) < 0.08);
  });
});
