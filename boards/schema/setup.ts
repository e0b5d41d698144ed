// What a file of boards/scenarios/gauge/setups/ holds: the life that the twin test bed gives a cell
// while its gauge is judged. Its numbers are choices, not facts.

import * as v from "valibot";
import { number, text } from "./quantity.js";

const whole = (min: number, max: number) =>
  v.pipe(number(min, max, "1"), v.integer(`must be an integer ${min}..${max}`));

/** The load, as a share of the cell's charge a day; a part of it comes in events. */
const load = v.strictObject({
  per_day: number(0, 4, "1/day"),
  event_share: number(0, 1, "1"),
  /** Events of each wake: every count from min to max is as likely. */
  events_min: whole(0, 1000),
  events_max: whole(1, 1000),
});

/** Each sunny day offers so many times the day's load, drawn between min and max. */
const surplus = v.strictObject({
  of_load_min: number(0, 100, "1"),
  of_load_max: number(0, 100, "1"),
  sunny_days: whole(1, 365),
  dark_days: whole(0, 365),
});

/** The harvest of each day is set so that the true SOC falls and rises between two values. */
const track = v.strictObject({
  low_soc: number(0, 1, "1"),
  high_soc: number(0, 1, "1"),
  period_days: number(0.1, 365, "day"),
  fall_days: number(0.1, 365, "day"),
  /** What the rise aims at where the cell shall reach the float voltage: above 1. */
  rise_soc: v.optional(number(0, 2, "1")),
});

/** From this day on the track is left, upwards. */
const leave = v.strictObject({
  day: number(0, 3660, "day"),
  soc: number(0, 2, "1"),
  in_days: number(0.1, 365, "day"),
  /** Above this SOC the flat of the OCV lies behind. */
  left_soc: number(0, 1, "1"),
});

export const setup = v.strictObject({
  $schema: text,
  title: text,
  cells: v.pipe(
    v.array(text, "must be a list of cells"),
    v.minLength(1, "must name a cell"),
    v.maxLength(64, "must name at most 64 cells"),
  ),
  days: whole(1, 3660),
  /** Not a row of the bench's matrix: health is judged in it. */
  apart: v.optional(v.boolean("must be true or false")),
  /** The cell ages by its physics, day by day. */
  ages: v.optional(v.boolean("must be true or false")),
  wake_s: number(10, 3600, "s"),
  low_degC: number(-40, 85, "degC"),
  high_degC: number(-40, 85, "degC"),
  load,
  /** Without: the start of the track. */
  start: v.optional(v.strictObject({ soc_min: number(0, 1, "1"), soc_max: number(0, 1, "1") })),
  surplus: v.optional(surplus),
  track: v.optional(track),
  leave: v.optional(leave),
  /** From which day errors count; "cv": not before the cell has reached the float voltage. */
  judged_day: number(0, 3660, "day"),
  judged_after: v.picklist(["day", "cv"], "must be one of day, cv"),
});

export type SetupFile = v.InferOutput<typeof setup>;
