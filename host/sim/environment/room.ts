// A place in a building: daylight through a window, lamps in working hours, heated air.

import { type Random } from "../random.js";

/** The `room` block of boards/sites/*.json. */
export interface RoomPhysics {
  /** Illuminance at the node over that on an open horizontal plane. */
  daylight_factor: number;
  lamps: {
    lux: number;
    /** Working hours of the local clock; beyond 24: of the next day. */
    from_h: number;
    to_h: number;
    /** Standard deviation of when lamps are switched on, and off. */
    variation_h: number;
    /** Working days from Monday on. */
    days_per_week: number;
    /** Share of working days on which the lamps stay dark. */
    absent_share: number;
    /** Days of the year, 1 to 365, on which nobody works. */
    closed_days?: number[] | undefined;
  };
  /** The building follows the outdoor air with a time constant, warmed by its use... */
  follow_h: number;
  gain_K: number;
  /** ...and heating and cooling keep it between these. */
  min_degC: number;
  max_degC: number;
}

const DAY_MIN = 1440;

/** Throws RangeError where two values of the room of site `name` contradict each other. */
export function checkRoom({ lamps, min_degC, max_degC }: RoomPhysics, name: string): void {
  const { from_h, to_h } = lamps;
  if (to_h <= from_h) {
    const remedy = `a night shift counts on, ${to_h + 24}`;
    throw new RangeError(`${name}: lamps.to_h = ${to_h} must be > from_h = ${from_h}; ${remedy}`);
  }
  if (max_degC < min_degC) {
    const remedy = "exchange them";
    throw new RangeError(`${name}: max_degC = ${max_degC} must be >= ${min_degC}; ${remedy}`);
  }
}

/** Adds the lamps of one day to lux[at...]. */
function lampDay(lamps: RoomPhysics["lamps"], random: Random, lux: Float32Array, at: number): void {
  const on = 60 * (lamps.from_h + lamps.variation_h * random.normal());
  const off = 60 * (lamps.to_h + lamps.variation_h * random.normal());
  const dark = random.uniform() < lamps.absent_share;
  const end = Math.min(at + Math.round(off), lux.length);
  for (let i = Math.max(at + Math.round(on), 0); i < end && !dark; i++) lux[i]! += lamps.lux;
}

/**
 * Turns outdoor light, one value a minute from midnight on, into the room's, in place. The day of
 * the year on which the run begins, `first_day`, counts from 0, a Monday.
 */
export function lightRoom(
  room: RoomPhysics,
  first_day: number,
  random: Random,
  lux: Float32Array,
): void {
  const { lamps, daylight_factor } = room;
  const closed = new Set(lamps.closed_days);
  for (let i = 0; i < lux.length; i++) lux[i]! *= daylight_factor;
  for (let at = 0; at < lux.length; at += DAY_MIN) {
    const day = first_day + at / DAY_MIN;
    const working = day % 7 < lamps.days_per_week && !closed.has((day % 365) + 1);
    if (working) lampDay(lamps, random, lux, at);
  }
}

/** The room's temperature at each full hour, from that outdoors, degC. */
export function heatRoom_degC(room: RoomPhysics, outdoor_degC: Float32Array): Float32Array {
  const keep = Math.exp(-1 / room.follow_h);
  let followed_degC = outdoor_degC[0]!;
  return outdoor_degC.map((now_degC) => {
    followed_degC = keep * followed_degC + (1 - keep) * now_degC;
    return Math.min(Math.max(followed_degC + room.gain_K, room.min_degC), room.max_degC);
  });
}
