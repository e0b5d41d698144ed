// Ten years of days at three sites (../shared/data/harvest), the world of PREACT's simulator: a
// policy says each day what it wants to spend, before it knows what the day will bring. A year
// trains, the next 3650 days are scored: effectiveness = sum of min(ideal, out) over sum of in,
// ideal = the mean of what comes in. Stores are a quarter and the whole of the planned one.

import { readFileSync } from "node:fs";
import { astronomicalYear, plannedStore } from "./astronomical_year.js";
import { harvestFolder } from "./panel.js";

const FILE = "nasa_sse_daily_3sites.csv";
const TRAINED = 365;
const SCORED = 3650;
export const STORE_SHARES = [0.25, 1];

/**
 * What ten years came to in a study with PREACT's simulator, at the two stores: the best of PREACT,
 * LT-ENO, EWMA, ENO-Max and PID at each, and the linear program.
 */
export const SITES = [
  { name: "A_MRA", latitude_deg: -2.2, published: [0.91, 0.966], program: [0.963, 0.98] },
  { name: "B_ASP", latitude_deg: -23.6, published: [0.897, 0.973], program: [0.93, 0.989] },
  { name: "C_BLN", latitude_deg: 52.5, published: [0.761, 0.925], program: [0.789, 0.974] },
] as const;

export interface DailyWorld {
  name: string;
  /** Energies of days, kWh/m2: of the year that trains, and of those that are scored. */
  trained: readonly number[];
  scored: readonly number[];
  store: number;
  /** What is worth spending in a day; the consumer could spend twice as much. */
  ideal: number;
  out_max: number;
  /** Effectiveness of the best causal policy of the study, and of its linear program. */
  published: number;
  program: number;
}

export interface DailyView {
  /** Of the store, what is stored when the day begins. */
  stored: number;
  store: number;
  out_max: number;
  /** All days before, the year that trains included. */
  past: readonly number[];
}

/** What is to be spent in the day. */
export type DailyPolicy = (view: DailyView) => number;

/** Where the data lie, or undefined where this machine has none. */
export const dailyFolder = (): string | undefined => harvestFolder(FILE);

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Two worlds a site. */
export function dailyWorlds(folder: string): DailyWorld[] {
  const lines = readFileSync(`${folder}/${FILE}`, "utf8").split("\n");
  const rows = lines.filter((line) => /^\d/.test(line)).map((line) => line.split(","));
  return SITES.flatMap(({ name, latitude_deg, published, program }, site) => {
    const days = rows.map((row) => Number(row[site + 1]));
    const trained = days.slice(0, TRAINED);
    const scored = days.slice(TRAINED, TRAINED + SCORED);
    const ideal = sum(scored) / SCORED;
    const planned = plannedStore(astronomicalYear(trained, latitude_deg));
    return STORE_SHARES.map((share, i) => ({
      ...{ name: `${name} ${share}x`, trained, scored, store: share * planned, ideal },
      ...{ out_max: 2 * ideal, published: published[i]!, program: program[i]! },
    }));
  });
}

/** Lives the scored years from half a store on, and returns the effectiveness. */
export function effectiveness(world: DailyWorld, policy: DailyPolicy): number {
  const { store, ideal, out_max } = world;
  const past = [...world.trained];
  let stored = store / 2;
  let worth = 0;
  for (const energy of world.scored) {
    const wanted = Math.min(out_max, Math.max(0, policy({ stored, store, out_max, past })));
    const out = Math.min(wanted, stored + energy);
    stored = Math.min(store, stored + energy - out);
    worth += Math.min(ideal, out);
    past.push(energy);
  }
  return worth / sum(world.scored);
}

/**
 * The best that can be done with foresight. Worth is linear up to the ideal and the end is free: a
 * unit that is kept for a later day is worth no more there and may spill, so the ideal at once, as
 * far as it is there, is the optimum of the linear program (the test solves both). Half of the
 * consumer's maximum is the ideal: who asks for that every day needs no forecast.
 */
export const dailyOptimum = (world: DailyWorld): number =>
  effectiveness(world, ({ out_max }) => out_max / 2);

/** How much of the way from the best published causal policy to the linear program: 0 to 1. */
export const gapClosed = (world: DailyWorld, reached: number): number =>
  (reached - world.published) / (dailyOptimum(world) - world.published);
