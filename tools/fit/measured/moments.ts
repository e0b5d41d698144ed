// When a reading was taken within its row. Testers and data sets write the mean current of an
// interval beside the voltage at its end: then the drop across the resistance belongs to the
// current between this row's mean and the next one's.

import { type Log } from "../log.js";

export interface Moments {
  /** Drop per step of this row's current, and of the next one's, ohm. */
  now_ohm: number;
  next_ohm: number;
  /** Steps that were used, and those of them that the next row follows with another. */
  steps: number;
  followed: number;
}

/** Longer rows hold a rest or a leg, no edge. */
const ROW_S = 60;
/** Of the largest current: smaller steps tell little. */
const STEP_SHARE = 0.05;
/** Fewer steps that follow each other do not tell two shares apart. */
const FOLLOWED_MIN = 50;

/** Regression of the voltage's steps on the current's. */
export function momentsOf(log: Pick<Log, "t_s" | "current_nA" | "voltage_mV">): Moments {
  const { t_s, current_nA, voltage_mV } = log;
  const largest_nA = current_nA.reduce((most, nA) => Math.max(most, Math.abs(nA)), 0);
  const least_nA = STEP_SHARE * largest_nA;
  let [aa, ab, bb, ay, by, steps, followed] = [0, 0, 0, 0, 0, 0, 0];
  for (let row = 1; row + 1 < t_s.length; row++) {
    const a = (current_nA[row]! - current_nA[row - 1]!) * 1e-6;
    const b = (current_nA[row + 1]! - current_nA[row]!) * 1e-6;
    const long = t_s[row]! - t_s[row - 1]! > ROW_S;
    if (long || Math.abs(a) * 1e6 < least_nA) continue;
    const y = voltage_mV[row]! - voltage_mV[row - 1]!;
    aa += a * a;
    ab += a * b;
    bb += b * b;
    ay += a * y;
    by += b * y;
    steps++;
    if (Math.abs(b) * 1e6 >= least_nA) followed++;
  }
  const determinant = aa * bb - ab * ab;
  // without steps that follow each other only the sum can be told
  if (!(determinant > 1e-6 * aa * bb)) return { now_ohm: ay / aa, next_ohm: 0, steps, followed };
  const now_ohm = (ay * bb - by * ab) / determinant;
  return { now_ohm, next_ohm: (by * aa - ay * ab) / determinant, steps, followed };
}

/**
 * How late in its interval the voltage was read, beside the interval's mean current: the share of
 * the next row's current in the current at the reading. A tester's steady steps, recorded densely
 * after each change, do not tell it.
 */
export function lateShare({ now_ohm, next_ohm, followed }: Moments): number {
  const share = next_ohm / (now_ohm + next_ohm);
  return followed >= FOLLOWED_MIN && share > 0 && share < 1 ? share : 0;
}

/** The current when the voltage was read. */
export const atReading_nA = (current_nA: Float64Array, share: number): Float64Array =>
  current_nA.map((nA, row) => nA + share * ((current_nA[row + 1] ?? nA) - nA));
