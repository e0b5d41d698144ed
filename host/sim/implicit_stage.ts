// One implicit stage of diffusion, solved to its end: the rare case in which D changes so much over
// a step that one Newton step of cathode.ts is not enough, as when a drained surface rests for
// hours.
//
//   width (x - base) = h (inflow - outflow)(x)
//
// Newton's method with Thomas's algorithm. Every step of it conserves lithium; the flux rises with
// lithium, so that it converges from anywhere.

import { type LithiumTable } from "./lithium.js";

/** Solved to so much lithium, in at most so many steps. */
const SOLVED = 1e-13;
const TRIALS = 50;

export interface Stage {
  table: LithiumTable;
  width_m: Float64Array;
  /** One over the distances between the centres. */
  per_m: Float64Array;
  /** Lithium before what flows in during `h`. */
  base: Float64Array;
  h: number;
  /** Inflow through the two faces, lithium fraction times m/s. */
  front: number;
  back: number;
}

/** Moves `x`, a first guess, to the solution. */
export function solveStage(x: Float64Array, stage: Stage): void {
  const { width_m } = stage;
  const count = x.length;
  const right = new Float64Array(count);
  const lower = new Float64Array(count);
  const upper = new Float64Array(count);
  const pivot = new Float64Array(count);
  for (let trial = 0; trial < TRIALS; trial++) {
    if (residual(x, stage, right) < SOLVED) return;
    matrix(x, stage, lower, pivot, upper);
    for (let i = 1; i < count; i++) {
      const share = lower[i]! / pivot[i - 1]!;
      pivot[i]! -= share * upper[i - 1]!;
      right[i]! -= share * right[i - 1]!;
    }
    let change = 0;
    for (let i = count - 1; i >= 0; i--) {
      change = (right[i]! - upper[i]! * change) / pivot[i]!;
      x[i]! += change;
    }
  }
  if (residual(x, stage, right) > 1e-9) {
    throw new Error(`diffusion over ${stage.h} s did not converge in ${width_m.length} volumes`);
  }
}

/** What each volume misses, times its width; returns the most that any misses. */
function residual(x: Float64Array, stage: Stage, right: Float64Array): number {
  const { table, width_m, per_m, base, h, front, back } = stage;
  const last = x.length - 1;
  let inflow = front;
  let worst = 0;
  for (let i = 0; i <= last; i++) {
    const outflow = i < last ? (table.flux(x[i]!) - table.flux(x[i + 1]!)) * per_m[i]! : -back;
    const missing = h * (inflow - outflow) - width_m[i]! * (x[i]! - base[i]!);
    right[i] = missing;
    worst = Math.max(worst, Math.abs(missing) / width_m[i]!);
    inflow = outflow;
  }
  return worst;
}

/** width - h d(inflow - outflow)/dx. */
function matrix(
  x: Float64Array,
  { table, width_m, per_m, h }: Stage,
  lower: Float64Array,
  pivot: Float64Array,
  upper: Float64Array,
): void {
  const last = x.length - 1;
  for (let i = 0; i <= last; i++) {
    const before = i > 0 ? h * per_m[i - 1]! : 0;
    const after = i < last ? h * per_m[i]! : 0;
    pivot[i] = width_m[i]! + (before + after) * table.diffusion(x[i]!);
    lower[i] = i > 0 ? -before * table.diffusion(x[i - 1]!) : 0;
    upper[i] = i < last ? -after * table.diffusion(x[i + 1]!) : 0;
  }
}
