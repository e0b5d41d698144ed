// Minutes below the sky: physical whatever the place, the same for the same seed, and as restless
// as a pyranometer's minutes (NREL SRRL BMS, Golden, Colorado, September 2018).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { siteEnvironment } from "../../../host/sim/environment/site.js";
import { logitOf, Sky } from "../../../host/sim/environment/sky.js";
import { Arc, clearSky_W_m2, MONTH_OF_DAY } from "../../../host/sim/environment/sun.js";
import { Random } from "../../../host/sim/random.js";
import { measuredData } from "../../measured_data.js";
import { readSite } from "./site_files.js";
import { correlation, mean, quantile } from "./typical_year.js";

const site = readSite("po-valley-45N");
const { path, skip } = measuredData("harvest/nrel_bms_2018sep_1min.csv");

const golden = { latitude_deg: 39.742, longitude_deg: -105.18, utc_offset_h: -7 };
/** Day of the year of 1 September. */
const SEPTEMBER = 243;
/** Golden is high and dry: its clearest days. */
const GOLDEN_RATIO = 1.06;
const HALF_HOUR = 30;

describe("light below the sky", () => {
  it("is never negative, and none at night, at any place, day and seed", () => {
    const places = fc.record({
      latitude_deg: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude_deg: fc.double({ min: -180, max: 180, noNaN: true }),
      utc_offset_h: fc.integer({ min: -12, max: 14 }),
    });
    fc.assert(
      fc.property(places, fc.integer(), fc.integer({ min: 1, max: 365 }), (place, seed, start) => {
        const { lux, temperature_degC } = siteEnvironment({ ...site, place }, seed, 48, start);
        assert.equal(lux.length, 2880);
        for (const [i, value] of lux.entries()) {
          assert.ok(value >= 0 && value < 200000, `${value} lx in minute ${i}`);
          const day = (start - 1 + Math.floor(i / 1440)) % 365;
          const minute = i % 1440;
          // the sun moves straight for ten minutes at a time: 0.044^2 / 8 off its circle, and
          // around midnight from one day's circle to the next, up to 0.4 deg beside it
          const off = minute < 10 || minute >= 1430 ? 0.008 : 0.0003;
          const height = new Arc(place, day).cosZenith((minute + 0.5) / 60);
          if (height < -off) assert.equal(value, 0);
        }
        assert.ok(temperature_degC.every((value) => value > -40 && value < 60));
      }),
      { numRuns: 40 },
    );
  });

  it("is the same for the same seed, another for another, and a longer run begins alike", () => {
    const week = siteEnvironment(site, 5, 168, 100);
    assert.deepEqual(siteEnvironment(site, 5, 168, 100), week);
    const day = siteEnvironment(site, 5, 24, 100);
    assert.deepEqual(day.lux, week.lux.subarray(0, 1440));
    assert.deepEqual(day.temperature_degC, week.temperature_degC.subarray(0, 24));
    const other = siteEnvironment(site, 6, 168, 100);
    assert.notDeepEqual(other.lux, week.lux);
    assert.notDeepEqual(other.temperature_degC, week.temperature_degC);
  });

  it("has grids that fill its length, rounded up to an hour", () => {
    for (const [hours, whole] of [
      [0.1, 1],
      [24, 24],
      [30.5, 31],
    ] as const) {
      const made = siteEnvironment(site, 1, hours);
      assert.equal(made.length_s, whole * 3600);
      assert.equal(made.lux.length * made.step_s, made.length_s);
      assert.equal(made.temperature_degC.length * made.temperature_step_s, made.length_s);
    }
  });

  it("starts on the day that it is told, and goes on into the next year", () => {
    const noonOf = (start: number, hours: number) => siteEnvironment(site, 3, hours, start).lux;
    const summer = Math.max(...noonOf(172, 240));
    assert.ok(summer > 2 * Math.max(...noonOf(350, 240)), `${summer} lx at most in June`);
    const newYear = noonOf(364, 96);
    assert.ok(newYear.length === 5760 && Math.max(...newYear.subarray(4320)) > 1000);
  });

  it("has the mean index of its climate in every month", () => {
    const sums = Array.from({ length: 12 }, () => ({ light: 0, weight: 0 }));
    const lux = new Float32Array(1440);
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      const sky = new Sky(site.place, site.sky, new Random(seed));
      for (let day = 0; day < 365; day++) {
        const sum = sums[MONTH_OF_DAY[day]!]!;
        sum.light += sky.day(day, lux, 0);
        sum.weight++;
      }
    }
    for (const [month, { light, weight }] of sums.entries()) {
      const wanted = site.sky.clear_sky_index[month]!;
      const made = light / weight;
      // days scatter by 0.25 and hang together for two: 0.025 over 300 days, three sigma
      assert.ok(Math.abs(made - wanted) < 0.075, `month ${month + 1}: ${made}, wanted ${wanted}`);
    }
  });

  it("keeps the index over minutes: what clouds take, gaps between them give", () => {
    const still = { ...site.sky, logit_spread: 1e-9, clear_ratio: Array<number>(12).fill(1) };
    for (const index of [0.1, 0.3, 0.5, 0.7, 0.9, 0.98]) {
      const sky = { ...still, clear_sky_index: Array<number>(12).fill(index) };
      const made = new Sky(site.place, sky, new Random(11));
      const lux = new Float32Array(365 * 1440);
      let clear = 0;
      for (let day = 0; day < 365; day++) {
        made.day(day, lux, day * 1440);
        const arc = new Arc(site.place, day);
        for (let i = 0; i < 1440; i++) clear += 122 * clearSky_W_m2(arc.cosZenith((i + 0.5) / 60));
      }
      const ratio = lux.reduce((sum, value) => sum + value, 0) / clear;
      assert.ok(Math.abs(ratio - index) < 0.006, `index ${index}: ${ratio}`);
    }
  });

  it("is Haurwitz's from dawn to dusk where there is no cloud", () => {
    const sky = { ...site.sky, logit_spread: 1e-9, clear_ratio: Array<number>(12).fill(1) };
    const index = 1 - 1e-9;
    const cloudless = { ...sky, clear_sky_index: Array<number>(12).fill(index) };
    const lux = new Float32Array(1440);
    for (const day of [0, 100, 200, 300]) {
      new Sky(site.place, cloudless, new Random(1)).day(day, lux, 0);
      const arc = new Arc(site.place, day);
      for (const [i, value] of lux.entries()) {
        const wanted = 122 * clearSky_W_m2(arc.cosZenith((i + 0.5) / 60));
        // the sun moves straight for ten minutes at a time
        assert.ok(Math.abs(value - wanted) < 60, `day ${day}, minute ${i}: ${value}, ${wanted}`);
      }
    }
  });

  it("finds the logit of a mean", () => {
    // without spread the logit itself; symmetric about 1/2
    assert.ok(Math.abs(logitOf(0.8, 0) - Math.log(4)) < 1e-6);
    assert.ok(Math.abs(logitOf(0.5, 2.3)) < 1e-6);
    assert.ok(Math.abs(logitOf(0.7, 2.3) + logitOf(0.3, 2.3)) < 1e-6);
  });

  it("refuses hours and days that are none", () => {
    assert.throws(() => siteEnvironment(site, 1, 0), {
      name: "RangeError",
      message: "po-valley-45N: hours = 0 must be > 0 and <= 87648",
    });
    assert.throws(() => siteEnvironment(site, 1, NaN), /hours = NaN must be/);
    assert.throws(() => siteEnvironment(site, 1, 1e9), /hours = 1000000000 must be/);
    assert.throws(() => siteEnvironment(site, 1, 24, 366), /start_day = 366 must be an integer/);
  });
});

/** Index of each daytime minute of 30 days, and its mean over the hour around it. */
function minutesOf(light_W_m2: ArrayLike<number>) {
  const index = Array.from({ length: light_W_m2.length }, (_, i) => {
    const arc = new Arc(golden, SEPTEMBER + Math.floor(i / 1440));
    const cos_zenith = arc.cosZenith(((i % 1440) + 0.5) / 60);
    return cos_zenith > 0.3 ? light_W_m2[i]! / clearSky_W_m2(cos_zenith) / GOLDEN_RATIO : NaN;
  });
  const around = index.map((_, i) =>
    i < HALF_HOUR || i + HALF_HOUR >= index.length
      ? NaN
      : mean(index.slice(i - HALF_HOUR, i + HALF_HOUR + 1)),
  );
  return { index, around };
}

/** What is compared: restlessness by the hour's mean, memory, steps from minute to minute. */
function restlessness({ index, around }: ReturnType<typeof minutesOf>) {
  const rest = index.map((value, i) => value - around[i]!);
  const deviationIn = (low: number, high: number) => {
    const chosen = rest.filter((_, i) => around[i]! >= low && around[i]! < high);
    return Math.sqrt(mean(chosen.map((value) => value * value)));
  };
  const memory = (lag: number) => {
    const pairs = rest.slice(lag).map((later, i) => [rest[i]!, later, around[i]!] as const);
    const broken = pairs.filter(([a, b, m]) => !Number.isNaN(a + b) && m > 0.3 && m < 0.9);
    return correlation(broken.map(([a, b]) => [a, b] as const));
  };
  const steps = index.slice(1).map((value, i) => Math.abs(value - index[i]!));
  const known = steps.filter((value) => !Number.isNaN(value));
  const share = known.filter((value) => value > 0.1).length / known.length;
  const bins = [0.1, 0.3, 0.5, 0.7, 0.85, 0.95].map((low, i) =>
    deviationIn(low, [0.3, 0.5, 0.7, 0.85, 0.95, 1.1][i]!),
  );
  const sunny = index.filter((_, i) => around[i]! > 0.5 && around[i]! < 0.85);
  return { bins, memory: [1, 3, 5].map(memory), share, top: quantile(sunny, 0.95) };
}

describe("minutes below broken clouds", { skip }, () => {
  const rows = () =>
    readFileSync(path, "utf8")
      .split("\n")
      .slice(2, 2 + 43200);
  const recorded = () => rows().map((line) => Number(line.split(",")[1]));

  it("are as restless as recorded at Golden, and remember as long", () => {
    const real = restlessness(minutesOf(recorded()));
    const sky = {
      ...site.sky,
      clear_ratio: Array<number>(12).fill(GOLDEN_RATIO),
      clear_sky_index: Array<number>(12).fill(0.78),
    };
    const lux = new Float32Array(43200);
    const made = [1, 2, 3].map((seed) => {
      const of = new Sky(golden, sky, new Random(seed));
      for (let day = 0; day < 30; day++) of.day(SEPTEMBER + day, lux, day * 1440);
      return restlessness(minutesOf(lux.map((value) => value / 122)));
    });
    const model = (pick: (of: typeof real) => number) => mean(made.map(pick));
    const within = (by: number, what: string, pick: (of: typeof real) => number) =>
      assert.ok(
        Math.abs(model(pick) - pick(real)) <= by,
        `${what}: ${model(pick)}, recorded ${pick(real)} +-${by}`,
      );
    // the record is one month: a bin holds some ten cloudy hours, its deviation is known to 20 %
    for (const bin of [0, 1, 2, 3, 4, 5]) within(0.06, `bin ${bin}`, (of) => of.bins[bin]!);
    for (const i of [0, 1, 2]) within(0.12, `memory ${i}`, (of) => of.memory[i]!);
    within(0.035, "share of minutes that change by 0.1", (of) => of.share);
    within(0.06, "brightest gaps", (of) => of.top);
  });
});
