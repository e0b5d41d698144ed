// A site shakes, warms and irradiates its node by the hours of its schedule, and warms it by what
// its air lacks to a body's temperature.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  driven,
  scheduled,
  warmerThanAir,
  type Schedule,
} from "../../../host/sim/environment/drives.js";
import { Random } from "../../../host/sim/random.js";
import { steady } from "../sim/life_fixture.js";

const WEEK_H = 7 * 24;
const shifts = [{ value: 9, from_h: 22, to_h: 30, days_per_week: 5 }];
const night: Schedule = { base: 2, shifts, spread: 0 };

describe("a drive by schedule", () => {
  it("has its shift on working days, over midnight, and its base between", () => {
    const { values, step_s } = scheduled(night, 0, WEEK_H, new Random(1));
    const at = (day: number, hour: number) => values[(day * 24 + hour) * 60];
    assert.equal(step_s, 60);
    assert.deepEqual([at(0, 21), at(0, 23), at(1, 5), at(1, 6)], [2, 9, 9, 2]);
    // Friday's shift ends on Saturday, none begins there; Sunday's would reach into Monday
    assert.deepEqual([at(5, 5), at(5, 23), at(0, 5)], [9, 2, 2]);
  });

  it("varies from day to day about its mean, and is the same for a seed", () => {
    const days = 4000;
    const varied = { ...night, shifts: [], spread: 0.3 };
    const { values } = scheduled(varied, 0, days * 24, new Random(3));
    let sum = 0;
    for (let day = 0; day < days; day++) sum += values[day * 1440]!;
    assert.ok(Math.abs(sum / days - 2) < 0.05, `${sum / days}`);
    assert.deepEqual(values, scheduled(varied, 0, days * 24, new Random(3)).values);
  });

  it("is refused where a shift ends before it begins", () => {
    const wrong = { ...night, shifts: [{ ...shifts[0]!, to_h: 6 }] };
    assert.throws(
      () => driven(steady(0), { rf: { power_uW: wrong } }, 0, new Random(1), "x"),
      /^RangeError: x: drives, rf_uW: to_h = 6 must be > from_h = 22; a night shift counts on, 30$/,
    );
  });
});

describe("a body beside the air", () => {
  it("is warmer by what the air lacks, never colder, and said to be derived", () => {
    const [cool, hot] = [steady(0, 21), steady(0, 40)];
    assert.deepEqual([...warmerThanAir(33, cool).values], [12]);
    assert.deepEqual([...warmerThanAir(33, hot).values], [0]);
    const { name, drives } = driven(cool, { heat: { body_degC: 33 } }, 0, new Random(1), "x");
    assert.match(name, /derived: 33 degC less its temperature/);
    assert.equal(drives?.difference_K?.values[0], 12);
  });
});
