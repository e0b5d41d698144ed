// What a file of boards/loads/ holds: what the node is for, what each event costs, and how often
// the application would like it.

import * as v from "valibot";
import { head, integer, quantity, text } from "./quantity.js";

/** The core has four load classes. */
const CLASSES = 4;

const event = v.strictObject({
  name: text,
  drain_pC: quantity(0, 1e13, "pC"),
  pulse_nA: quantity(0, 1e8, "nA"),
  pulse_ms: integer(0, 3600000, "ms"),
  /** Of the first in an hour; at so many an hour one more is worth half of it, 0: never less. */
  utility: quantity(0, 1e6, "1"),
  saturation_per_h: quantity(0, 1e6, "1/h"),
  wanted_per_h: quantity(0, 1e6, "1/h"),
  deadline_s: v.optional(integer(0, 31536000, "s")),
});

export const load = v.strictObject({
  ...head,
  wake_ms: integer(1, 3600000, "ms"),
  policy: v.strictObject({
    sleep_min_ms: integer(1, 86400000, "ms"),
    sleep_max_ms: integer(1, 2592000000, "ms"),
    alarm_soc: quantity(0, 1, "1"),
    alarm_s: integer(0, 31536000, "s"),
    reserve_soc: quantity(0, 1, "1"),
    survival_soc: quantity(0, 1, "1"),
    /** Utility is counted per hour. */
    alive_worth: quantity(0, 1e6, "1"),
  }),
  events: v.pipe(
    v.array(event, "must be a list of events"),
    v.maxLength(CLASSES, `must have at most ${CLASSES} events`),
  ),
});

export type LoadFile = v.InferOutput<typeof load>;
