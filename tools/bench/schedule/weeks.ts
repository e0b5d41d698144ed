// Generated weeks: wearers, rooms and sites behind the panel of week.ts, each from a seed. One real
// week is noisy, so policies are judged over many. The panel of each is sized as an engineer would,
// for a mean harvest that the seed draws from 13 to 60 uW: from hardly more than the floor of 11.1
// uW to three times what the node can spend, 21.1 uW. Weeks begin at any hour of any weekday.

import { harvestFolder, panelPoints, railHarvest_J, type PanelPoints } from "./panel.js";
import { SLOT_S } from "./week.js";
import { Chance } from "./weeks/chance.js";
import { roomLight, ROOMS, type RoomKind } from "./weeks/room.js";
import { SITE_FILES, siteLight, SITES, type SiteKind, type Use } from "./weeks/site.js";
import { wearerLight } from "./weeks/wearer.js";

export interface WeekSeed {
  kind: "wearer" | RoomKind | SiteKind;
  seed: number;
  use: Use;
}

export interface GeneratedWeek {
  name: string;
  /** Energy onto the rail in each slot of ten minutes, J. */
  harvest_J: number[];
  /** Local clock at its first slot, h. */
  start_h: number;
  /** Panels of week.ts that its panel is worth. */
  area: number;
}

const STEP_S = 60;
const DAY_STEPS = 86400 / STEP_S;
const DAYS = 7;
const SLOT_STEPS = SLOT_S / STEP_S;
const MEAN_LOW_W = 13e-6;
const MEAN_HIGH_W = 60e-6;
/** Streams of chance, one a kind. */
const KINDS = ["wearer", ...ROOMS, ...SITES] as const;

const seeds = (use: Use, kind: WeekSeed["kind"], first: number, count: number): WeekSeed[] =>
  Array.from({ length: count }, (_, i) => ({ kind, seed: first + i, use }));

/** Half wearers; the rest rooms and sites alike. */
const list = (use: Use, first: number, share: number): WeekSeed[] => [
  ...seeds(use, "wearer", first, 6 * share),
  ...seeds(use, "office", first, share),
  ...seeds(use, "warehouse", first, share),
  ...seeds(use, "home", first, share),
  ...seeds(use, "golden", first, share),
  ...seeds(use, "po-valley", first, 2 * share),
];

/** Policies may be tuned on these, and the chain of the causal reference is fitted to them. */
export const TUNING_WEEKS = list("tuning", 1, 4);

/** Policies are judged on these, which nothing was ever tuned on, nor may be. */
export const BENCH_WEEKS = list("bench", 1001, 2);

/** Where the data lie, or undefined where this machine has not all of them. */
export const weeksFolder = (): string | undefined => harvestFolder(...SITE_FILES);

function lightOf({ kind, use }: WeekSeed, chance: Chance, folder: string): number[] {
  if (kind === "wearer") return wearerLight(chance, DAYS + 1);
  if (kind === "golden" || kind === "po-valley") return siteLight(chance, kind, use, folder);
  return roomLight(chance, kind, DAYS + 1);
}

const mean_W = (harvest_J: readonly number[]) =>
  harvest_J.reduce((sum, energy_J) => sum + energy_J, 0) / (harvest_J.length * SLOT_S);

/** The panel that gives so much on average: more of it is never less. */
function areaFor(points: PanelPoints, lux: readonly number[], wanted_W: number): number {
  let [low, high] = [1e-3, 1e3];
  for (let halving = 0; halving < 30; halving++) {
    const area = Math.sqrt(low * high);
    const harvest_J = railHarvest_J(points, lux, { step_s: STEP_S, slot_s: SLOT_S, area });
    if (mean_W(harvest_J) < wanted_W) low = area;
    else high = area;
  }
  return high;
}

/** The week of a seed; `folder` is where the measured curves and sites lie. */
export function generateWeek(week: WeekSeed, folder: string): GeneratedWeek {
  const chance = new Chance(1 + KINDS.indexOf(week.kind), week.seed);
  const wanted_W = chance.logBetween(MEAN_LOW_W, MEAN_HIGH_W);
  const shift = SLOT_STEPS * Math.floor(chance.between(0, DAY_STEPS / SLOT_STEPS));
  const lux = lightOf(week, chance, folder).slice(shift, shift + DAYS * DAY_STEPS);
  const points = panelPoints(folder);
  const area = areaFor(points, lux, wanted_W);
  const harvest_J = railHarvest_J(points, lux, { step_s: STEP_S, slot_s: SLOT_S, area });
  const start_h = (shift * STEP_S) / 3600;
  return { name: `${week.kind} ${week.seed}`, harvest_J, start_h, area };
}
