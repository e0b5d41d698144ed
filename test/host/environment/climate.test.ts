// Years made from boards/climates/po-valley-45N.json have the statistics of the typical year to
// which it was fitted (PVGIS, 45 N 8 E), within what real years differ by.
//
// How much they differ was computed from twelve years of daily insolation at Berlin (NASA SSE,
// nasa_sse_daily_3sites.csv): sums of one month scatter by 6 to 14 % (mean 11 %), of a year by
// 3.7 %; daily anomalies over the mean by 0.34 to 0.42, their correlation from day to day from 0.28
// to 0.50. The fit used seeds above 1000.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { siteEnvironment } from "../../../host/sim/environment/site.js";
import { MONTH_OF_DAY } from "../../../host/sim/environment/sun.js";
import { measuredData } from "../../measured_data.js";
import { readSite } from "./site_files.js";
import * as year from "./typical_year.js";

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const YEAR_H = 8760;
const site = readSite("po-valley-45N");
const clear = year.clearHours(site.place, site.sky.clear_ratio);
const { path, skip } = measuredData("harvest/pvgis_tmy_45N_8E_hourly.csv");

const made = SEEDS.map((seed) =>
  year.madeYear(siteEnvironment(site, seed, YEAR_H), site.place.utc_offset_h),
);
let record: year.Year | undefined;
const recorded = () => (record ??= year.recordedYear(path));
const known = (values: number[]) => values.filter((value) => !Number.isNaN(value));

/** A statistic of the recorded year, and its mean over the seeds. */
function compared(statistic: (of: year.Year) => number): { real: number; model: number } {
  return { real: statistic(recorded()), model: year.mean(made.map(statistic)) };
}

function within(by: number, what: string, statistic: (of: year.Year) => number): void {
  const { real, model } = compared(statistic);
  assert.ok(Math.abs(model - real) <= by, `${what}: ${model}, recorded ${real} +-${by}`);
}

const indices = (of: year.Year) => year.clearSkyIndices(of, clear);
const yearSum = (of: year.Year) => year.mean(known(year.dailySums(of)));
const months = Array.from({ length: 12 }, (_, month) => month);

describe("a year's light in the Po valley", { skip }, () => {
  it("sums up to that of the typical year", () => {
    const real = yearSum(recorded());
    // one year: three times 3.7 %
    for (const [i, of] of made.entries()) {
      const ratio = yearSum(of) / real;
      assert.ok(Math.abs(ratio - 1) < 0.11, `seed ${SEEDS[i]}: ${ratio} of the typical year`);
    }
  });

  it("has the months' sums, and months differ from year to year as real ones do", () => {
    const real = year.monthly(year.dailySums(recorded()));
    const sums = made.map((of) => year.monthly(year.dailySums(of)));
    const scatter = months.map((month) => {
      const values = sums.map((of) => of[month]!);
      // the mean of eight; the most changeable months: three times 14 % / sqrt(8)
      const ratio = year.mean(values) / real[month]!;
      assert.ok(Math.abs(ratio - 1) < 0.15, `month ${month + 1}: ${ratio} of the typical year`);
      return (year.deviation(values) * Math.sqrt(8 / 7)) / year.mean(values);
    });
    const mean = year.mean(scatter);
    assert.ok(mean > 0.07 && mean < 0.15, `months scatter by ${mean}, at Berlin by 0.11`);
  });

  it("runs through the day as recorded, season by season, on the right clock", () => {
    const centreOf = (hours: number[]) =>
      hours.reduce((sum, value, hour) => sum + value * hour, 0) / hours.reduce((a, b) => a + b, 0);
    for (const season of [0, 1, 2, 3]) {
      const inSeason = (day: number) => Math.floor(((MONTH_OF_DAY[day]! + 1) % 12) / 3) === season;
      const profileOf = (of: year.Year) => year.profile(of.light_W_m2, inSeason);
      const real = profileOf(recorded());
      const profiles = made.map(profileOf);
      for (const [hour, wanted] of real.entries()) {
        const value = year.mean(profiles.map((hours) => hours[hour]!));
        // an hour's index scatters by 0.3: 0.03 over 90 days, 0.1 at three sigma
        const by = 0.1 * Math.max(...real);
        const what = `season ${season}, ${hour} UTC: ${value} W/m2, recorded ${wanted}`;
        assert.ok(Math.abs(value - wanted) <= by, what);
      }
      // eight minutes; a wrong clock is wrong by an hour
      const early_h = centreOf(real) - year.mean(profiles.map(centreOf));
      assert.ok(Math.abs(early_h) <= 0.13, `season ${season}: the light is ${early_h} h early`);
    }
  });

  it("has clear, mixed and dark days as often, and days that resemble the day before", () => {
    const anomalies = (of: year.Year) => year.anomalies(indices(of).days);
    within(0.03, "deviation of days", (of) => year.deviation(known(anomalies(of))));
    for (const share of [0.05, 0.1, 0.25, 0.5, 0.75, 0.9]) {
      within(0.08, `quantile ${share}`, (of) => year.quantile(known(indices(of).days), share));
    }
    // a year's correlation scatters by 0.07
    within(0.1, "correlation after 1 day", (of) => year.autocorrelation(anomalies(of), 1));
    within(0.1, "correlation after 3 days", (of) => year.autocorrelation(anomalies(of), 3));
  });

  it("changes from hour to hour as recorded", () => {
    for (const share of [0.05, 0.1, 0.25, 0.5, 0.75, 0.9]) {
      within(0.08, `quantile ${share}`, (of) => year.quantile(known(indices(of).hours), share));
    }
    for (const lag of [1, 2, 4]) {
      const what = `correlation after ${lag} h`;
      within(0.06, what, (of) => year.autocorrelation(indices(of).hours, lag));
    }
    within(0.1, "correlation after 24 h", (of) => year.autocorrelation(indices(of).hours, 24));
  });
});

describe("a year's air in the Po valley", { skip }, () => {
  it("has the months' means", () => {
    for (const month of months) {
      // spells of 2.4 K that last 114 h move a month by 1.3 K: three sigma of the mean of eight
      const what = `month ${month + 1}, degC`;
      within(1.4, what, (of) => year.monthly(year.dailyMeans(of))[month]!);
    }
  });

  it("warms by day as recorded, and more below a clear sky", () => {
    for (const month of months) {
      const what = `range of days, month ${month + 1}, K`;
      within(1.5, what, (of) => year.monthly(year.dailyRanges(of))[month]!);
    }
    within(1, "warmest hour, UTC", ({ air_degC }) => {
      const hours = year.profile(air_degC, () => true);
      return hours.indexOf(Math.max(...hours));
    });
    within(0.15, "correlation of a day's range with its index", (of) => {
      const range = year.anomalies(year.dailyRanges(of));
      const index = year.anomalies(indices(of).days);
      const pairs = range.map((value, day) => [value, index[day]!] as const);
      return year.correlation(pairs.filter(([, value]) => !Number.isNaN(value)));
    });
  });

  it("has warm and cold spells of several days", () => {
    const anomalies = (of: year.Year) => year.anomalies(year.dailyMeans(of));
    within(0.5, "deviation of days, K", (of) => year.deviation(anomalies(of)));
    within(0.12, "correlation after 1 day", (of) => year.autocorrelation(anomalies(of), 1));
    within(0.15, "correlation after 3 days", (of) => year.autocorrelation(anomalies(of), 3));
  });
});
