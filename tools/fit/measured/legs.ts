// Slow legs of a record: stretches of steady current in one direction that take so long that the
// voltage is nearly the OCV.

import { type Log } from "../log.js";
import { type Record } from "./record.js";

export interface Leg {
  /** First and last row. */
  first: number;
  last: number;
  charging: boolean;
  /** Charge that flowed, nAh, positive. */
  charge_nAh: number;
  hours: number;
}

/** A full leg at C/8 takes as long. */
const SLOW_H = 8;
/** Steady: this near to the mean of the leg so far. */
const STEADY = 0.2;
/** Of the largest current: below is rest. */
const REST_SHARE = 1e-3;

/** Smallest current of a log that is not rest. */
export const restBelow_nA = ({ current_nA }: Log): number =>
  REST_SHARE * current_nA.reduce((most, nA) => Math.max(most, Math.abs(nA)), 0);

/** All slow legs of a log, in order. */
export function slowLegs(log: Log): Leg[] {
  const { t_s, current_nA, charge_nAh } = log;
  const rest_nA = restBelow_nA(log);
  const legs: Leg[] = [];
  for (let first = 0; first < t_s.length;) {
    const sign = Math.sign(current_nA[first]!);
    let sum_nA = current_nA[first]!;
    let last = first;
    while (last + 1 < t_s.length) {
      const mean_nA = sum_nA / (last + 1 - first);
      if (Math.abs(current_nA[last + 1]! - mean_nA) > STEADY * Math.abs(mean_nA)) break;
      last++;
      sum_nA += current_nA[last]!;
    }
    const hours = (t_s[last]! - t_s[first]!) / 3600;
    if (hours >= SLOW_H && Math.abs(current_nA[first]!) > rest_nA) {
      const moved_nAh = Math.abs(charge_nAh[last]! - charge_nAh[first]!);
      legs.push({ first, last, charging: sign > 0, charge_nAh: moved_nAh, hours });
    }
    first = last + 1;
  }
  return legs;
}

/** Median of a stretch of a column. */
export function medianOf(values: Float64Array, first = 0, last = values.length - 1): number {
  return values.slice(first, last + 1).sort()[(last - first + 1) >> 1]!;
}

/** Rows `first` to `last` of a log. */
export function cut(log: Log, first: number, last: number): Log {
  const slice = (values: Float64Array) => values.slice(first, last + 1);
  return {
    t_s: slice(log.t_s),
    step: slice(log.step),
    current_nA: slice(log.current_nA),
    voltage_mV: slice(log.voltage_mV),
    temperature_degC: slice(log.temperature_degC),
    charge_nAh: slice(log.charge_nAh),
  };
}

/** Less charge than this share of the cell's in all tells nothing. */
const MOVES_MIN = 0.02;

/**
 * What follows the last slow leg, from the end of the rest behind it: pulses, fast cycles. It
 * shares the record's warnings; undefined: nothing that could be used.
 */
export function afterSlowLegs(record: Record, capacity_nAh: number): Record | undefined {
  const { log, file } = record;
  const rest_nA = restBelow_nA(log);
  const end = slowLegs(log).at(-1)!.last;
  let first = end + 1;
  while (Math.abs(log.current_nA[first + 1] ?? Infinity) < rest_nA) first++;
  const rows = log.t_s.length;
  if (first + 1 >= rows) return undefined;
  const moved_nAh = log.charge_nAh
    .slice(first)
    .reduce((sum, nAh, i, all) => sum + Math.abs(nAh - (all[i - 1] ?? nAh)), 0);
  if (moved_nAh < MOVES_MIN * capacity_nAh) return undefined;
  if (Math.abs(log.current_nA[first]!) > rest_nA) {
    record.warnings.push("what follows the slow legs begins without a rest: not used");
    return undefined;
  }
  return { ...record, file: `${file}, rest`, log: cut(log, first, rows - 1) };
}
