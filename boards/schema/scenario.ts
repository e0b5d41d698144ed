// What a file of boards/scenarios/ holds: which parts make the node, where it stands and for how
// long. Its numbers are choices, not facts.

import * as v from "valibot";
import { HOURS_MAX } from "../../host/sim/environment/site.js";
import { number, text } from "./quantity.js";
import { steps } from "./steps.js";

const whole = (min: number, max: number) =>
  v.pipe(number(min, max, "1"), v.integer(`must be an integer ${min}..${max}`));

/** The simulator knows one cell; the profile may describe more. */
const pack = v.strictObject({
  series: whole(1, 16),
  parallel: whole(1, 16),
  capacity_spread: number(0, 0.5, "1"),
});

/** What is not drawn from the spread of the parts by the seed, but given. */
const specimen = v.strictObject({
  capacity_ratio: v.optional(number(0.1, 2, "1")),
  resistance_ratio: v.optional(number(0.1, 100, "1")),
  diffusion_ratio: v.optional(number(0.1, 10, "1")),
  emf_offset_mV: v.optional(number(-100, 100, "mV")),
  load_ratio: v.optional(number(0.1, 10, "1")),
  leak_nA: v.optional(number(0, 1e6, "nA")),
});

export const scenario = v.strictObject({
  $schema: text,
  title: text,
  cell: text,
  board: text,
  load: text,
  /** How firmware plans; "balanced" where it is not given. */
  plan: v.optional(text),
  site: text,
  /** Day of the year on which a run in the climate of its site begins; 1 where it is not given. */
  start_day: v.optional(whole(1, 365)),
  pack,
  hours: number(0.1, HOURS_MAX, "h"),
  seed: whole(0, 4294967295),
  start_soc: number(0, 1, "1"),
  specimen: v.optional(specimen),
  /** What happens on the rig, in this order; `tfmb simulate` runs scenarios without steps. */
  steps: v.optional(steps),
});

export type ScenarioFile = v.InferOutput<typeof scenario>;
