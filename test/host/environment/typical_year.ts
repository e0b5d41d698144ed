// The statistics of a year's hourly irradiance and temperature, for years that were recorded and
// for years that were made.

import { readFileSync } from "node:fs";
import { type Environment } from "../../../host/sim/environment/environment.js";
import { Arc, clearSky_W_m2, MONTH_OF_DAY, type Place } from "../../../host/sim/environment/sun.js";

/** 8760 hours of UTC. */
export interface Year {
  light_W_m2: number[];
  air_degC: number[];
}

/** PVGIS gives the irradiance of the satellite's pass, 11 min after the hour at this place. */
const PASS_MIN = 11;
const HOURS = 8760;
const MONTHS = Array.from({ length: 12 }, (_, month) => month);

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const deviation = (values: readonly number[]) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

/** Pearson's correlation of pairs. */
export function correlation(pairs: readonly (readonly [number, number])[]): number {
  const left = pairs.map(([a]) => a);
  const right = pairs.map(([, b]) => b);
  const product = mean(pairs.map(([a, b]) => a * b)) - mean(left) * mean(right);
  return product / (deviation(left) * deviation(right));
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))]!;
}

/** Rows `hour,ghi_W_m2,temp_C` after comments and a header. */
export function recordedYear(path: string): Year {
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .slice(2, 2 + HOURS);
  const rows = lines.map((line) => line.split(",").map(Number));
  return { light_W_m2: rows.map((row) => row[1]!), air_degC: rows.map((row) => row[2]!) };
}

/** Means of an hour around the satellite's pass: its picture blurs what a minute would show. */
export function madeYear(environment: Environment, utc_offset_h: number): Year {
  const { lux, temperature_degC } = environment;
  const at = (i: number) => lux[(i + lux.length) % lux.length]!;
  const light_W_m2 = Array.from({ length: HOURS }, (_, hour) => {
    const first = (hour + utc_offset_h) * 60 + PASS_MIN - 30;
    let sum = 0;
    for (let i = 0; i < 60; i++) sum += at(first + i);
    return sum / 60 / 122;
  });
  const air_degC = light_W_m2.map((_, hour) => temperature_degC[(hour + utc_offset_h) % HOURS]!);
  return { light_W_m2, air_degC };
}

const daysOf = (hours: readonly number[]) =>
  Array.from({ length: 365 }, (_, day) => hours.slice(24 * day, 24 * day + 24));

/** Mean over the months' days of a value for each day; NaN days are left out. */
export const monthly = (days: readonly number[]) =>
  MONTHS.map((month) =>
    mean(days.filter((value, day) => MONTH_OF_DAY[day] === month && !Number.isNaN(value))),
  );

/** Sums of days, Wh/m2; NaN where the record has a gap (days without any light). */
export const dailySums = ({ light_W_m2 }: Year) =>
  daysOf(light_W_m2).map((day) => day.reduce((sum, value) => sum + value, 0) || NaN);

/** Irradiance of each hour below a cloudless sky (Haurwitz, times the climate's ratio). */
export function clearHours(place: Place, clear_ratio: readonly number[]): number[] {
  return Array.from({ length: HOURS }, (_, hour) => {
    const day = Math.floor(hour / 24);
    const clock_h = (hour % 24) + PASS_MIN / 60 + place.utc_offset_h;
    const cos_zenith = new Arc(place, day).cosZenith(clock_h);
    return clear_ratio[MONTH_OF_DAY[day]!]! * clearSky_W_m2(cos_zenith);
  });
}

/** Irradiance over a cloudless sky's: of days, and of hours in which the sun is 9 deg high. */
export function clearSkyIndices(year: Year, clear: readonly number[]) {
  const sums = dailySums(year);
  const days = daysOf([...clear]).map((day, i) => sums[i]! / day.reduce((sum, v) => sum + v, 0));
  const hours = year.light_W_m2.map((light, hour) =>
    clear[hour]! > 100 && !Number.isNaN(sums[Math.floor(hour / 24)]!) ? light / clear[hour]! : NaN,
  );
  return { days, hours };
}

/** Correlation of values with those `lag` later, without gaps. */
export function autocorrelation(values: readonly number[], lag: number): number {
  const pairs = values.slice(lag).map((value, i) => [values[i]!, value] as const);
  return correlation(pairs.filter(([a, b]) => !Number.isNaN(a + b)));
}

/** Days' values less the mean of their month. */
export function anomalies(days: readonly number[]): number[] {
  const means = monthly(days);
  return days.map((value, day) => value - means[MONTH_OF_DAY[day]!]!);
}

/** Mean, and range between warmest and coldest hour, of each day. */
export const dailyMeans = ({ air_degC }: Year) => daysOf(air_degC).map(mean);
export const dailyRanges = ({ air_degC }: Year) =>
  daysOf(air_degC).map((day) => Math.max(...day) - Math.min(...day));

/** Mean of each hour of the day over the days that `chosen` accepts. */
export const profile = (hours: readonly number[], chosen: (day: number) => boolean) =>
  Array.from({ length: 24 }, (_, hour) =>
    mean(hours.filter((_, i) => i % 24 === hour && chosen(Math.floor(i / 24)))),
  );
