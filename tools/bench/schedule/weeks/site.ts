// A week of measured light outdoors (../shared/data/harvest), one value a minute, on a panel that
// hangs in the shade: under eaves, in a canopy, facing north. Tuning and bench draw from different
// parts of the records.

import { readFileSync } from "node:fs";
import { type Chance } from "./chance.js";

const MINUTES = "nrel_bms_2018sep_1min.csv";
const HOURS = "pvgis_tmy_45N_8E_hourly.csv";
export const SITE_FILES = [MINUTES, HOURS];

/** The two records: September 2018 in Golden, Colorado; a typical year at 45 N 8 E. */
export const SITES = ["golden", "po-valley"] as const;
export type SiteKind = (typeof SITES)[number];
export type Use = "tuning" | "bench";

/** Of daylight (Darula, Kittler, Gueymard, Solar Energy 79 (2005) 559: 105 to 120). */
const LUX_PER_W_m2 = 110;
const DAY_MIN = 1440;
const FORTNIGHT_MIN = 14 * DAY_MIN;
const HOUR_MIN = 60;

/** Column 1 of a file; pyranometers read slightly negative at night. */
function column(path: string): number[] {
  const lines = readFileSync(path, "utf8").split("\n");
  const rows = lines.filter((line) => /^\d/.test(line));
  return rows.map((line) => Math.max(0, Number(line.split(",")[1])));
}

/** Straight from hour to hour: it has no clouds of minutes. */
const minutesOf = (hours: readonly number[]): number[] =>
  Array.from({ length: (hours.length - 1) * HOUR_MIN }, (_, minute) => {
    const [hour, share] = [Math.floor(minute / HOUR_MIN), (minute % HOUR_MIN) / HOUR_MIN];
    return hours[hour]! + share * (hours[hour + 1]! - hours[hour]!);
  });

/**
 * Where a use's stretch of two weeks begins, of which it takes one: the first fortnight of the
 * month is for tuning and the second for the bench; of the year, every other one.
 */
function stretch_min(chance: Chance, kind: SiteKind, use: Use): number {
  const parity = use === "tuning" ? 0 : 1;
  const fortnight = kind === "golden" ? parity : 2 * Math.floor(chance.between(0, 13)) + parity;
  return fortnight * FORTNIGHT_MIN;
}

/** Light of a week and as many minutes more as a week may start later, lx. */
export function siteLight(chance: Chance, kind: SiteKind, use: Use, folder: string): number[] {
  const W_per_m2 =
    kind === "golden" ? column(`${folder}/${MINUTES}`) : minutesOf(column(`${folder}/${HOURS}`));
  const from = stretch_min(chance, kind, use) + DAY_MIN * Math.floor(chance.between(0, 6));
  // the share of the sky's light that the place lets through
  const view = chance.logBetween(0.01, 0.1);
  return W_per_m2.slice(from, from + 8 * DAY_MIN).map((power) => power * LUX_PER_W_m2 * view);
}
