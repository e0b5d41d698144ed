// The week that a person wore a light logger (../shared/data/harvest), as a node with one small
// indoor panel would have lived it: the set-up in which policies are compared.

import { existsSync, readFileSync } from "node:fs";
import { type SlotWorld } from "../../oracle/slot_world.js";
import { resolve } from "node:path";
import { projectRoot } from "../../build/paths.js";

const DATA = process.env.TFMB_DATA ?? "../shared/data";
const TRACE = "wearable_lux_temp_motion_7d_10s.csv";
const CURVES = "iv_curves_by_lux.json";
const PANEL = "AM1417";

const STEP_S = 10;
const SLOT_S = 600;
/** The converter's efficiency, and what it takes itself. */
const CONVERTER = 0.75;
const CONVERTER_W = 1e-6;
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
export function weekFolder(): string | undefined {
  const folder = resolve(projectRoot, DATA, "harvest");
  return existsSync(`${folder}/${TRACE}`) && existsSync(`${folder}/${CURVES}`) ? folder : undefined;
}

/** Light and power at the best point, W, of the measured curves, from darkness on. */
function panelPoints(folder: string): [number, number][] {
  const { cells } = JSON.parse(readFileSync(`${folder}/${CURVES}`, "utf8")) as {
    cells: Record<string, Record<string, [number, number][]>>;
  };
  const points = Object.entries(cells[PANEL]!).map(([lux, curve]): [number, number] => {
    return [Number(lux), Math.max(...curve.map(([voltage_V, current_A]) => voltage_V * current_A))];
  });
  return [[0, 0] as [number, number], ...points].sort((a, b) => a[0] - b[0]);
}

/** Straight between the curves, level beyond the brightest. */
function powerAt(points: readonly [number, number][], lux: number): number {
  const next = points.findIndex(([light]) => light >= lux);
  if (next === -1) return points.at(-1)![1];
  if (next === 0) return points[0]![1];
  const [left, right] = [points[next - 1]!, points[next]!];
  return left[1] + ((right[1] - left[1]) * (lux - left[0])) / (right[0] - left[0]);
}

/** Energy onto the rail in each slot, J. */
export function weekHarvest(folder: string): number[] {
  const points = panelPoints(folder);
  const lines = readFileSync(`${folder}/${TRACE}`, "utf8").split("\n");
  const lux = lines.filter((line) => /^\d/.test(line)).map((line) => Number(line.split(",")[1]));
  const slots = Math.ceil((lux.length * STEP_S) / SLOT_S);
  const harvest_J = Array<number>(slots).fill(0);
  for (const [i, light] of lux.entries()) {
    const power_W = Math.max(0, CONVERTER * powerAt(points, light) - CONVERTER_W);
    harvest_J[Math.floor((i * STEP_S) / SLOT_S)]! += power_W * STEP_S;
  }
  return harvest_J;
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
