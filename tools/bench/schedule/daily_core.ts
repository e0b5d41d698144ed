// The core in the daily worlds of daily_sites.ts: it wakes once a day, and its cycle is the year,
// so that the 24 parts of its forecast are half-months. All that it spends on is one class of
// events that is worth the same each time; all of them together are the ideal of a day, half of the
// consumer's maximum. Nothing else of the plan is changed. It lives the year that trains before the
// first day that is scored.

import { usualCore } from "../../oracle/policies/ours.js";
import { type SlotPolicy } from "../../oracle/slot_life.js";
import { type SlotWorld } from "../../oracle/slot_world.js";
import { type Answer, type Measurement } from "../report.js";
import {
  dailyFolder,
  dailyOptimum,
  type DailyPolicy,
  type DailyWorld,
  dailyWorlds,
  effectiveness,
  gapClosed,
} from "./daily_sites.js";

const DAY_S = 86400;
const YEAR_S = 365 * DAY_S;
/** Whole events only: a day's ideal is this many, of the 65535 that a decision can allow. */
const EVENTS = 20000;
/** Columns of the table. */
const TITLE = 14;
const COLUMN = 12;
/** A store is as a cell of some 7 mAh: the core's numbers suit it. */
const STORE_J = 100;

/** What the slot world does not say: the worth of an event does not fall, its cycle is the year. */
const TOLD = { cycle_s: YEAR_S, event_saturation: [0, 0, 0, 0] };

export interface DailyFigures {
  name: string;
  effectiveness: number;
  /** Of the best causal policy of the study, and of the linear program. */
  published: number;
  optimum: number;
  gap_closed: number;
}

/** The world of one day, with energies as of a cell. */
function slotWorld(store: number, ideal: number): Omit<SlotWorld, "harvest_J"> {
  const scale = STORE_J / store;
  return {
    ...{ slot_s: DAY_S, floor_J: 0, events_max: EVENTS, miss_weight: 0 },
    event_J: (scale * ideal) / EVENTS,
    cell: {
      ...{ capacity_J: STORE_J, start_J: STORE_J / 2, leak_share: 0, charge_max_J: Infinity },
      ...{ efficiency_in: 1, efficiency_out: 1 },
    },
  };
}

/** The core as a daily policy, in a life of its own that begins with the year that trains. */
export function dailyCore({ store, out_max, trained }: DailyWorld): DailyPolicy {
  const ideal = out_max / 2;
  const scale = STORE_J / store;
  const world = slotWorld(store, ideal);
  const policy: SlotPolicy = usualCore(TOLD)();
  const past_J: number[] = [];
  const spend = (stored: number): number => {
    const view = { world, slot: past_J.length, stored_J: scale * stored, past_J };
    return (policy(view) * ideal) / EVENTS;
  };
  let stored = store / 2;
  for (const energy of trained) {
    const out = Math.min(spend(stored), stored + energy);
    stored = Math.min(store, stored + energy - out);
    past_J.push(scale * energy);
  }
  return (view) => {
    for (const energy of view.past.slice(past_J.length)) past_J.push(scale * energy);
    return spend(view.stored);
  };
}

/** Ten years of the core in one world. */
export function dailyFigures(world: DailyWorld): DailyFigures {
  const reached = effectiveness(world, dailyCore(world));
  return {
    name: world.name,
    effectiveness: reached,
    published: world.published,
    optimum: dailyOptimum(world),
    gap_closed: gapClosed(world, reached),
  };
}

const of = "of the way from the best causal policy of the study to the linear program";

/** What the core makes of every world of days. */
export function dailyAnswer(): Answer {
  const name = "daily_sites_gap_closed_min";
  const folder = dailyFolder();
  if (folder === undefined) {
    return { measured: [{ name, value: null, unit: "1", of: "no ../shared/data/harvest here" }] };
  }
  const rows = dailyWorlds(folder).map(dailyFigures);
  const least = Math.min(...rows.map(({ gap_closed }) => gap_closed));
  const text = `${of}, least of ${rows.length} sites and stores`;
  const measured: Measurement[] = [{ name, value: least, unit: "1", of: text }];
  return { measured, rows, page: dailyTable(rows) };
}

function dailyTable(rows: readonly DailyFigures[]): string {
  const lines = rows.map((row) => {
    const shares = [row.published, row.effectiveness, row.optimum, row.gap_closed];
    return row.name.padEnd(TITLE) + shares.map((x) => x.toFixed(3).padStart(COLUMN)).join("");
  });
  const heads = ["published", "ours", "optimum", "gap closed"];
  const head = " ".repeat(TITLE) + heads.map((text) => text.padStart(COLUMN)).join("");
  return ["ten years of days: effectiveness", head, ...lines].join("\n");
}
