// Stored charge over a stretch of days, as a curve in the terminal.

import { type SlotWorld } from "../oracle/slot_world.js";
import { drawCurve } from "./braille.js";
import { binned, spark } from "./spark.js";

const WIDTH = 92;
const ROWS = 6;
const COLUMNS = 72;

/** The level of the cell, 0 to 1. */
export function storedPlot(world: SlotWorld, stored_J: readonly number[]): string[] {
  const levels = [world.cell.start_J, ...stored_J].map((J) => J / world.cell.capacity_J);
  const at = (x: number) => levels[Math.round(x * (levels.length - 1))]!;
  const curve = { at, low: 0, high: 1, y_unit: "full", x_unit: "% of time" };
  return drawCurve(curve, WIDTH, ROWS);
}

/** One line of bars: `values` of each slot between `low` and `high`. */
export function slotSpark(values: readonly number[], low: number, high: number): string {
  const slots = values.map((_, i) => i);
  return spark(binned(slots, values, values.length, COLUMNS), low, high);
}
