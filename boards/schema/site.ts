// What a file of boards/sites/ holds: the climate in which a node stands, the room around it if it
// is indoors, and what shakes, heats or irradiates it.

import * as v from "valibot";
import { column, head, integer, quantity, text } from "./quantity.js";

type Scalar = ReturnType<typeof quantity>;

const lamps = v.strictObject({
  lux: quantity(0, 100000, "lx"),
  from_h: quantity(0, 24, "h"),
  to_h: quantity(0, 48, "h"),
  variation_h: quantity(0, 12, "h"),
  days_per_week: integer(0, 7, "days"),
  absent_share: quantity(0, 1, "1"),
  closed_days: v.optional(column(1, 365, "day of the year")),
});

/** See host/sim/environment/room.ts for the model. */
const room = v.strictObject({
  daylight_factor: quantity(0, 1, "1"),
  lamps,
  follow_h: quantity(0.1, 1000, "h"),
  gain_K: quantity(-20, 40, "K"),
  min_degC: quantity(-60, 100, "degC"),
  max_degC: quantity(-60, 100, "degC"),
});

/** A drive of each hour: `base`, but in shifts of working days; `spread` from day to day. */
const schedule = (value: Scalar) =>
  v.strictObject({
    base: value,
    shifts: v.pipe(
      v.array(
        v.strictObject({
          value,
          from_h: quantity(0, 24, "h"),
          to_h: quantity(0, 48, "h"),
          days_per_week: integer(0, 7, "days"),
        }),
        "must be a list of shifts",
      ),
      v.maxLength(8, "must have at most 8 shifts"),
    ),
    spread: quantity(0, 2, "1"),
  });

/** What drives sources that light does not: see host/sim/environment/drives.ts for the model. */
const drives = v.strictObject({
  vibration: v.optional(
    v.strictObject({
      frequency_Hz: quantity(0.1, 1e5, "Hz"),
      acceleration_m_s2: schedule(quantity(0, 1000, "m/s2")),
    }),
  ),
  heat: v.optional(
    v.strictObject({
      difference_K: v.optional(schedule(quantity(0, 200, "K"))),
      body_degC: v.optional(quantity(-60, 250, "degC")),
    }),
  ),
  rf: v.optional(
    v.strictObject({
      power_uW: v.optional(schedule(quantity(0, 1e6, "uW"))),
      steps: v.optional(
        v.strictObject({
          step_s: quantity(0.001, 86400, "s"),
          power_dBm: column(-150, 60, "dBm"),
        }),
      ),
    }),
  ),
});

/** Light in steps that repeat, in place of the climate's: see host/sim/environment/stepped.ts. */
const light = v.strictObject({
  step_s: quantity(10, 86400, "s"),
  lux: column(0, 1e6, "lx"),
  temperature_degC: quantity(-60, 100, "degC"),
});

/** Shadows on the panels of a string, in steps that repeat: see host/sim/environment/shade.ts. */
const shade = v.strictObject({
  step_s: quantity(10, 86400, "s"),
  panels: v.pipe(
    v.array(column(0, 1, "1"), "must be a list of panels, each with its share in every step"),
    v.minLength(1, "must have 1 to 64 panels"),
    v.maxLength(64, "must have 1 to 64 panels"),
  ),
});

export const site = v.strictObject({
  ...head,
  climate: text,
  light: v.optional(light),
  shade: v.optional(shade),
  room: v.optional(room),
  drives: v.optional(drives),
});

export type SiteFile = v.InferOutput<typeof site>;
