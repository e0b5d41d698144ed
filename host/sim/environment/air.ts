// Temperature of the air, hour by hour: the season, the day's swing (wide below a clear sky), and
// warm and cold spells that last for days.

import { type Random } from "../random.js";
import { MONTH_OF_DAY, YEAR_DAYS } from "./sun.js";

/** The `air` block of boards/climates/*.json; lists of 12 are months. */
export interface AirPhysics {
  mean_degC: number[];
  /** Between the warmest and the coldest hour of the month's mean day. */
  swing_K: number[];
  /** Hour of the local clock. */
  warmest_h: number;
  /** Swing below an overcast sky over that of a day with the month's mean light. */
  overcast_share: number;
  /** Standard deviation and time constant of warm and cold spells. */
  spell_K: number;
  spell_h: number;
}

/** Where a day lies between the middles of months: 0.5 days into January is near -0.5. */
const monthsAt = (day: number) => (12 * day) / YEAR_DAYS - 0.5;

/** Straight between the months' values, from December to January as well. */
function between(values: readonly number[], months: number): number {
  const left = Math.floor(months);
  const share = months - left;
  const at = (i: number) => values[((i % 12) + 12) % 12]!;
  return at(left) * (1 - share) + at(left + 1) * share;
}

/** Values at the middles of months whose straight lines have these means (fixed-point steps). */
function middlesOf(means: readonly number[]): number[] {
  let middles = [...means];
  for (let step = 0; step < 20; step++) {
    const held = middles;
    middles = held.map((middle, i) => {
      const beside = held[(i + 11) % 12]! + held[(i + 1) % 12]!;
      return middle + means[i]! - (6 * middle + beside) / 8;
    });
  }
  return middles;
}

/**
 * Temperature at each full hour, degC. `relative_index` holds each day's clear-sky index over the
 * month's mean; `first_day` (from 0) is the day of the year on which the run begins.
 */
export function airTemperature_degC(
  air: AirPhysics,
  relative_index: Float32Array,
  first_day: number,
  random: Random,
): Float32Array {
  const middles = middlesOf(air.mean_degC);
  const last = relative_index.length - 1;
  const keep = Math.exp(-1 / air.spell_h);
  const renew = air.spell_K * Math.sqrt(1 - keep * keep);
  let spell_K = air.spell_K * random.normal();
  return Float32Array.from({ length: 24 * relative_index.length }, (_, hour) => {
    const days = hour / 24;
    const today = Math.floor(days);
    // swings change from noon to noon, so that midnight has no step
    const noon = Math.min(Math.max(days - 0.5, 0), last);
    const left = Math.floor(noon);
    const clear =
      relative_index[left]! +
      (noon - left) * (relative_index[Math.min(left + 1, last)]! - relative_index[left]!);
    const season_degC = between(middles, monthsAt(first_day + days));
    const swing_K = air.swing_K[MONTH_OF_DAY[(first_day + today) % YEAR_DAYS]!]!;
    const range_K = swing_K * (air.overcast_share + (1 - air.overcast_share) * clear);
    spell_K = keep * spell_K + renew * random.normal();
    const wave = Math.cos((Math.PI / 12) * ((hour % 24) - air.warmest_h));
    return season_degC + (range_K / 2) * wave + spell_K;
  });
}
