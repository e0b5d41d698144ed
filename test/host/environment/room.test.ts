// The sites of boards/sites: rooms stand below the same sky as the open air beside them, with lamps
// in working hours and heated air.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { listParts } from "../../../boards/parts.js";
import { heatRoom_degC } from "../../../host/sim/environment/room.js";
import { siteEnvironment, type Site } from "../../../host/sim/environment/site.js";
import { boards, readSite } from "./site_files.js";
import { deviation, mean } from "./typical_year.js";

const YEAR_H = 8760;
const DAY_MIN = 1440;

const office = readSite("office-45N");
const outdoors = siteEnvironment(readSite("po-valley-45N"), 4, YEAR_H);
const desk = siteEnvironment(office, 4, YEAR_H);
const { lamps, daylight_factor } = office.room!;

/** What the lamps give at the desk, minute by minute. */
const lampLux = desk.lux.map((value, i) => value - outdoors.lux[i]! * daylight_factor);
const dayOf = (day: number) => lampLux.subarray(day * DAY_MIN, (day + 1) * DAY_MIN);
/** Hours with lamps on each day. */
const lit_h = Array.from({ length: 365 }, (_, day) => dayOf(day).filter((v) => v > 1).length / 60);

describe("a site", () => {
  it("of every file makes a year without a gap", () => {
    const names = listParts(boards, "site");
    assert.ok(["office-45N", "po-valley-45N", "warehouse-45N"].every((n) => names.includes(n)));
    for (const name of names) {
      const made = siteEnvironment(readSite(name), 9, YEAR_H);
      assert.equal(made.name, `${name}, seed 9`);
      assert.ok(made.lux.every((value) => value >= 0 && value < 200000));
      assert.ok(made.temperature_degC.every((value) => value > -30 && value < 101));
    }
  });

  it("in a dark corner gets a fraction of the light of a desk, and that of open air", () => {
    const dim = siteEnvironment(readSite("warehouse-45N"), 4, YEAR_H);
    const [open, bright, dark] = [outdoors, desk, dim].map(({ lux }) => mean([...lux]));
    assert.ok(dark! < bright! / 3 && bright! < open! / 20, `${dark}, ${bright}, ${open} lx`);
    assert.ok(dark! > 20, `${dark} lx`);
  });
});

describe("a site that is not there", () => {
  it("is named with what is near", () => {
    assert.throws(() => readSite("office"), {
      name: "PartError",
      message: 'site "office" is not in boards/sites; did you mean office-45N?',
    });
  });
});

describe("an office", () => {
  it("has the sky of outdoors through its window", () => {
    for (const [i, value] of lampLux.entries()) {
      const off = Math.abs(value) < 0.01;
      assert.ok(off || Math.abs(value - lamps.lux) < 0.01, `${value} lx of lamps in minute ${i}`);
    }
  });

  it("has lamps on working days only, but for some on which nobody comes", () => {
    const closed = new Set(lamps.closed_days);
    const working = lit_h.filter((_, day) => day % 7 < 5 && !closed.has(day + 1));
    const free = lit_h.filter((_, day) => day % 7 >= 5 || closed.has(day + 1));
    assert.ok(free.every((hours) => hours === 0));
    const absent = working.filter((hours) => hours === 0).length;
    // binomial: 5 % of 252 days are 12.6 +- 3.5
    assert.ok(absent >= 3 && absent <= 24, `${absent} working days without lamps`);
  });

  it("is lit from early to late, by people who are not clocks", () => {
    const hours = lit_h.filter((value) => value > 0);
    const wanted = lamps.to_h - lamps.from_h;
    assert.ok(Math.abs(mean(hours) - wanted) < 0.15, `${mean(hours)} h, wanted ${wanted}`);
    // two switches, each +- variation_h
    const scatter = deviation(hours) / (Math.SQRT2 * lamps.variation_h);
    assert.ok(scatter > 0.85 && scatter < 1.15, `scatter of ${scatter} of the declared`);
    const first = Math.min(
      ...lit_h.flatMap((h, d) => (h > 0 ? dayOf(d).findIndex((v) => v > 1) : [])),
    );
    assert.ok(first > 60 * (lamps.from_h - 5 * lamps.variation_h), `first minute ${first}`);
  });

  it("is warm in winter, and between heating and cooling all year", () => {
    const { min_degC, max_degC } = office.room!;
    const air_degC = [...desk.temperature_degC];
    assert.ok(air_degC.every((value) => value >= min_degC && value <= max_degC));
    assert.equal(mean(air_degC.slice(0, 24 * 14)), min_degC);
    assert.ok(mean(air_degC.slice(24 * 180, 24 * 210)) > min_degC + 3);
  });

  it("counts a night shift on into the next day, and refuses one that ends first", () => {
    const shift = (from_h: number, to_h: number): Site => ({
      ...office,
      room: {
        ...office.room!,
        daylight_factor: 0,
        lamps: { ...lamps, from_h, to_h, variation_h: 0, absent_share: 0, closed_days: undefined },
      },
    });
    const night = siteEnvironment(shift(22, 30), 1, 48).lux;
    const on = [...night.keys()].filter((i) => night[i]! > 0).map((i) => i / 60);
    assert.deepEqual([on[0], on.length / 60], [22, 10]);
    assert.ok(night.subarray(22 * 60, 30 * 60).every((value) => value === lamps.lux));
    assert.throws(() => siteEnvironment(shift(22, 6), 1, 48), {
      name: "RangeError",
      message: "office-45N: lamps.to_h = 6 must be > from_h = 22; a night shift counts on, 30",
    });
  });

  it("follows the air outdoors as slowly as its walls", () => {
    const room = { ...office.room!, follow_h: 10, gain_K: 3, min_degC: -50, max_degC: 50 };
    const step = Float32Array.from({ length: 40 }, (_, hour) => (hour < 5 ? 0 : 10));
    const made = heatRoom_degC(room, step);
    assert.ok(made.subarray(0, 5).every((value) => value === 3));
    // 1 - 1/e of the step ten hours after it
    assert.ok(Math.abs(made[14]! - (3 + 10 * (1 - Math.exp(-1)))) < 1e-4, `${made[14]} degC`);
    const wrong = { ...office, room: { ...room, min_degC: 20, max_degC: 10 } };
    assert.throws(() => siteEnvironment(wrong, 1, 24), {
      message: "office-45N: max_degC = 10 must be >= 20; exchange them",
    });
  });
});
