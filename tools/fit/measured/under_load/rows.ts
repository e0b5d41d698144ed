// A track as the row loop reads it: columns of numbers, and what each row counts in the fit.

import { momentsOf } from "../moments.js";
import { medianOf } from "../legs.js";
import { type Track } from "../../soc_axis.js";

export interface Rows {
  count: number;
  /** Time since the row before, s; 0: the cell rested until now. */
  dt_s: Float64Array;
  soc: Float64Array;
  /** Mean current over that time, by the counter, and the current at the reading, C-rate. */
  mean_C: Float64Array;
  now_C: Float64Array;
  degC: Float64Array;
  voltage_mV: Float64Array;
  /** How much a row counts: 0, 1 or ONSET. */
  use: Float64Array;
  /** Minute of each row, from 0, where means over minutes count as well; undefined: they do not. */
  minute: Int32Array | undefined;
  minutes: number;
}

/** Rows of a drive are no longer than this. */
const DRIVE_S = 5;
const DRIVE_STEPS = 30;
/** A step of the current, C-rate; rows after it tell what comes at once from what comes late. */
const STEP_C = 0.07;
const ONSET_ROWS = 6;
const ONSET = 2;
/** Less current is a rest. */
const REST_C = 0.035;
export const MINUTE_S = 60;

/** Whether a track is a drive: steps, and rows so short that the model's errors are alike. */
function isDrive({ log }: Track): boolean {
  const { t_s } = log;
  const dt_s = medianOf(t_s.slice(1).map((s, i) => s - t_s[i]!));
  return dt_s <= DRIVE_S && momentsOf(log).steps >= DRIVE_STEPS;
}

/**
 * Every row of a drive counts alike. Of steady currents the rows after a step count more; not the
 * first, and not one that says zero current where the voltage may still be that under load.
 */
function usesOf(now_C: Float64Array): Float64Array {
  const use = new Float64Array(now_C.length).fill(1);
  const isStep = (row: number) => Math.abs(now_C[row]! - now_C[row - 1]!) > STEP_C;
  use[0] = 0;
  for (let row = 1; row < use.length; row++) {
    if (isStep(row) && Math.abs(now_C[row]!) < REST_C) use[row] = 0;
  }
  for (let row = 1; row < use.length; row++) {
    if (!isStep(row)) continue;
    for (let k = row; k < Math.min(row + ONSET_ROWS, use.length); k++) {
      if (use[k] !== 0) use[k] = ONSET;
    }
  }
  return use;
}

/** The first `count` rows of a track of a cell of this capacity. */
export function rowsOf(track: Track, capacity_nAh: number, count = track.soc.length): Rows {
  const { log, soc } = track;
  const column = (at: (row: number) => number) =>
    Float64Array.from({ length: count }, (_, i) => at(i));
  const dt_s = column((row) => (row === 0 ? 0 : log.t_s[row]! - log.t_s[row - 1]!));
  const now_C = column((row) => log.current_nA[row]! / capacity_nAh);
  const drive = isDrive(track);
  const minuteOf = (row: number) => Math.floor((log.t_s[row]! - log.t_s[0]!) / MINUTE_S);
  return {
    ...{ count, dt_s, now_C },
    soc: soc.slice(0, count),
    mean_C: column((row) => (row === 0 ? 0 : ((soc[row]! - soc[row - 1]!) * 3600) / dt_s[row]!)),
    degC: log.temperature_degC.slice(0, count),
    voltage_mV: log.voltage_mV.slice(0, count),
    use: drive ? new Float64Array(count).fill(1) : usesOf(now_C),
    minute: drive ? Int32Array.from({ length: count }, (_, row) => minuteOf(row)) : undefined,
    minutes: drive ? minuteOf(count - 1) + 1 : 0,
  };
}
