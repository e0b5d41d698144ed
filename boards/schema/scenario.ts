// What a file of boards/scenarios/ holds: which parts make the node, and what happens to it. Its
// numbers are choices, not facts; a note says why.

import * as v from "valibot";
import { number, text } from "./quantity.js";

const whole = (min: number, max: number) =>
  v.pipe(number(min, max, "1"), v.integer(`must be an integer ${min}..${max}`));

/** The simulator knows one cell; the profile may describe more. */
const pack = v.strictObject({
  series: whole(1, 16),
  parallel: whole(1, 16),
  capacity_spread: number(0, 0.5, "1"),
});

/** An indoor day: lamps in working hours, daylight through a window. */
const light = v.strictObject({
  lamp_lux: number(0, 100000, "lx"),
  lamp_from_h: number(0, 24, "h"),
  lamp_to_h: number(0, 24, "h"),
  window_lux: number(0, 200000, "lx"),
  window_from_h: number(0, 24, "h"),
  window_to_h: number(0, 24, "h"),
  cloud_share: number(0, 1, "1"),
  note: text,
});

const temperature = v.strictObject({
  mean_degC: number(-60, 150, "degC"),
  swing_K: number(0, 100, "K"),
  warmest_h: number(0, 24, "h"),
});

/** How the simulated specimen differs from what its files say. */
const specimen = v.strictObject({
  capacity_ratio: number(0.1, 2, "1"),
  resistance_ratio: number(0.1, 100, "1"),
  load_ratio: number(0.1, 10, "1"),
  leak_nA: number(0, 1e6, "nA"),
  note: text,
});

export const scenario = v.strictObject({
  $schema: text,
  title: text,
  cell: text,
  board: text,
  load: text,
  pack,
  seed: whole(0, 4294967295),
  start_soc: number(0, 1, "1"),
  light,
  temperature,
  specimen,
});

export type ScenarioFile = v.InferOutput<typeof scenario>;
export type IndoorLight = ScenarioFile["light"];
