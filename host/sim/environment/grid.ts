// Rows with times of their own become values on a regular grid, without losing light.

import { type Series } from "../course.js";
import { type Environment } from "./environment.js";

/** Rows of a recording: each one's value holds until the next one's time. */
export interface Samples {
  t_s: number[];
  /** Lux, or what else was recorded. */
  values: number[];
  /** As long as the others, or empty. */
  temperature_degC: number[];
}

type Grid = Omit<Environment, "name">;

/** A grid has at most so many values. */
const VALUES_MAX = 2 ** 22;
/** Times this near to a grid are on it: share of a step. */
const NEAR_STEPS = 0.05;

/** The step of times that are regular but for rounding; undefined: they are not. */
function regularStep_s(t_s: readonly number[]): number | undefined {
  const steps = t_s.length - 1;
  const step_s = (t_s[steps]! - t_s[0]!) / steps;
  const near = t_s.every((t, i) => Math.abs(t - t_s[0]! - i * step_s) <= NEAR_STEPS * step_s);
  return near ? step_s : undefined;
}

/** The shortest interval, doubled until the grid is small enough. */
function smallestStep_s(t_s: readonly number[], length_s: number): number {
  let step_s = Infinity;
  for (let i = 1; i < t_s.length; i++) step_s = Math.min(step_s, t_s[i]! - t_s[i - 1]!);
  while (length_s / step_s > VALUES_MAX) step_s *= 2;
  return step_s;
}

/** Mean value of each cell of the grid. */
function meansOn({ t_s, values }: Samples, step_s: number, count: number): Float32Array {
  const grid = new Float32Array(count);
  let row = 0;
  for (let i = 0; i < count; i++) {
    const end_s = t_s[0]! + (i + 1) * step_s;
    let from_s = t_s[0]! + i * step_s;
    let dose = 0;
    while (row + 1 < t_s.length && t_s[row + 1]! < end_s) {
      dose += values[row]! * Math.max(t_s[row + 1]! - from_s, 0);
      from_s = Math.max(t_s[row + 1]!, from_s);
      row++;
    }
    grid[i] = (dose + values[row]! * (end_s - from_s)) / step_s;
  }
  return grid;
}

/** Temperature at the grid's times, straight between the rows. */
function warmthOn({ t_s, temperature_degC }: Samples, step_s: number, count: number): Float32Array {
  let row = 0;
  return Float32Array.from({ length: count }, (_, i) => {
    const time_s = t_s[0]! + i * step_s;
    while (row + 1 < t_s.length && t_s[row + 1]! <= time_s) row++;
    const next = Math.min(row + 1, t_s.length - 1);
    const span_s = t_s[next]! - t_s[row]!;
    const share = span_s > 0 ? (time_s - t_s[row]!) / span_s : 0;
    return temperature_degC[row]! + share * (temperature_degC[next]! - temperature_degC[row]!);
  });
}

/**
 * At least two rows on a grid that begins with the first. Regular times (but for 5 % of a step)
 * stay as they are. Others get the shortest interval as their step, and each value is the mean over
 * its step of what is held from row to row, so that the dose is kept. A step is doubled until there
 * are at most 4 194 304 values. Below 0 is 0.
 */
export function seriesOf(samples: Samples): Series & { regular: boolean } {
  const { t_s, values } = samples;
  const steps = t_s.length - 1;
  const span_s = ((t_s[steps]! - t_s[0]!) / steps) * t_s.length;
  const regular_s = regularStep_s(t_s);
  const step_s = regular_s ?? smallestStep_s(t_s, span_s);
  const count = regular_s ? t_s.length : Math.ceil(span_s / step_s - NEAR_STEPS);
  const means = regular_s ? Float32Array.from(values) : meansOn(samples, step_s, count);
  const regular = regular_s !== undefined;
  return { step_s, values: means.map((value) => Math.max(value, 0)), regular };
}

/** Light on such a grid. Without temperatures `constant_degC` takes their place. */
export function gridOf(samples: Samples, constant_degC: number): Grid {
  const { temperature_degC } = samples;
  const { step_s, values: lux, regular } = seriesOf(samples);
  const count = lux.length;
  const length_s = count * step_s;
  const grid = { step_s, lux, length_s };
  if (temperature_degC.length === 0) {
    const constant = Float32Array.of(constant_degC, constant_degC);
    return { ...grid, temperature_step_s: length_s / 2, temperature_degC: constant };
  }
  const warmth = regular ? Float32Array.from(temperature_degC) : warmthOn(samples, step_s, count);
  return { ...grid, temperature_step_s: step_s, temperature_degC: warmth };
}
