// The week that a person wore a light logger (../shared/data/harvest), as a node with one small
// indoor panel would have lived it: the set-up in which policies are compared.

import { readFileSync } from "node:fs";
import { type SlotWorld } from "../../oracle/slot_world.js";
import { harvestFolder, panelPoints, railHarvest_J } from "./panel.js";

const TRACE = "wearable_lux_temp_motion_7d_10s.csv";

/** Local clock at its first slot: 08:47:54. */
export const WEEK_START_h = 8 + 47.9 / 60;
const STEP_S = 10;
export const SLOT_S = 600;
/** 3 uA at 3.7 V asleep; a beacon with a measurement. */
const FLOOR_W = 11.1e-6;
const EVENT_J = 100e-6;
/** One event in ten seconds. */
const EVENTS_MAX = 60;
const MISS_WEIGHT = 5;
const CELL_V = 3.8;
const J_PER_uAh = 3600e-6 * CELL_V;

export const SIZES_uAh = [12, 50, 100, 350, 700];

/** Where the data lie, or undefined where this machine has none. */
export const weekFolder = (): string | undefined => harvestFolder(TRACE);

/** Energy onto the rail in each slot, J. */
export function weekHarvest(folder: string): number[] {
  const lines = readFileSync(`${folder}/${TRACE}`, "utf8").split("\n");
  const lux = lines.filter((line) => /^\d/.test(line)).map((line) => Number(line.split(",")[1]));
  return railHarvest_J(panelPoints(folder), lux, { step_s: STEP_S, slot_s: SLOT_S });
}

/** A node with a cell of this size, half full, that harvests so much. */
export function worldOf(harvest_J: readonly number[], size_uAh: number): SlotWorld {
  const capacity_J = size_uAh * J_PER_uAh;
  return {
    slot_s: SLOT_S,
    harvest_J,
    floor_J: FLOOR_W * SLOT_S,
    event_J: EVENT_J,
    events_max: EVENTS_MAX,
    miss_weight: MISS_WEIGHT,
    cell: {
      capacity_J,
      start_J: capacity_J / 2,
      efficiency_in: 0.95,
      efficiency_out: 0.98,
      charge_max_J: Infinity,
      leak_share: 0,
    },
  };
}
