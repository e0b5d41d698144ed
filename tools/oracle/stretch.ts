// Which part of a long scenario is looked at: whole weeks from a day on, or the leanest.

import { type SlotWorld } from "./slot_world.js";

const DAY_S = 86400;
const WEEK_DAYS = 7;

export interface Stretch {
  world: SlotWorld;
  /** First and last day of the run, from 1 on. */
  from_day: number;
  to_day: number;
  /** Why these: chosen, or found. */
  why: string;
}

export interface StretchOptions {
  weeks?: number | undefined;
  /** From 1 on. */
  from?: number | undefined;
}

/** Throws RangeError where the run is too short. */
export function stretchOf(world: SlotWorld, { weeks, from }: StretchOptions): Stretch {
  const per_day = DAY_S / world.slot_s;
  const days = Math.floor(world.harvest_J.length / per_day);
  const length = weeks === undefined ? Math.min(WEEK_DAYS, days) : weeks * WEEK_DAYS;
  if (days < 1) throw new RangeError(`the run is shorter than a day; lengthen it with --hours`);
  if (length > days) throw new RangeError(`--weeks ${weeks}: the run has ${days} days; take fewer`);
  const last = days - length + 1;
  if (from !== undefined && from > last) {
    const most = `a run of ${days} days has ${length} days from day ${last} on at the latest`;
    throw new RangeError(`--from ${from}: ${most}`);
  }
  const cut = (day: number) =>
    world.harvest_J.slice(
      Math.round((day - 1) * per_day),
      Math.round((day - 1 + length) * per_day),
    );
  const sum = (day: number) => cut(day).reduce((total, energy_J) => total + energy_J, 0);
  let day = from ?? 1;
  if (from === undefined) {
    let least = sum(1);
    for (let start = 1 + WEEK_DAYS; start <= last; start += WEEK_DAYS) {
      const energy_J = sum(start);
      if (energy_J < least) [least, day] = [energy_J, start];
    }
  }
  const found = last > 1 ? "the leanest of the run" : "all of the run";
  const why = from === undefined ? found : "as asked";
  const to_day = day + length - 1;
  return { world: { ...world, harvest_J: cut(day) }, from_day: day, to_day, why };
}
