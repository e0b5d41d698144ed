// Stored charge over a stretch of days, in a terminal of 80 columns: a curve, and lines of bars.

import { type SlotWorld } from "../oracle/slot_world.js";
import { drawCurve } from "./braille.js";
import { binned, spark } from "./spark.js";

const WIDTH = 80;
const ROWS = 6;
/** Of the curve between its labels, too. */
const COLUMNS = 64;
/** Before the curve's first column. */
export const MARGIN = 12;

/** The level of the cell, 0 to 1. */
export function storedPlot(world: SlotWorld, stored_J: readonly number[]): string[] {
  const levels = [world.cell.start_J, ...stored_J].map((J) => J / world.cell.capacity_J);
  const at = (x: number) => levels[Math.round(x * (levels.length - 1))]!;
  const curve = { at, low: 0, high: 1, y_unit: "full", x_unit: "%" };
  return drawCurve(curve, WIDTH, ROWS);
}

/** One line of bars: `values` of each slot between `low` and `high`. */
export function slotSpark(values: readonly number[], low: number, high: number): string {
  const slots = values.map((_, i) => i);
  return spark(binned(slots, values, values.length, COLUMNS), low, high);
}
