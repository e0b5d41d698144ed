// What a file of boards/sites/ holds: the climate in which a node stands, and the room around it if
// it is indoors.

import * as v from "valibot";
import { column, head, integer, quantity, text } from "./quantity.js";

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
  min_degC: quantity(-60, 60, "degC"),
  max_degC: quantity(-60, 80, "degC"),
});

export const site = v.strictObject({ ...head, climate: text, room: v.optional(room) });

export type SiteFile = v.InferOutput<typeof site>;
