// States of the gauge under load, and what is done to their covariance.
//
// One hypothesis serves. Of its states LOAD is the scale h of what is counted, the counter's gain
// and the label's capacity in one; LEAK is what the counter misses; and some stand for others: the
// set point's is that of the surface's lead, the voltage error's in the middle is what the model is
// off by, and those at its ends belong to an empty and to a full cell, straight between.

import { real } from "../../math/real";
import { ERROR, FLOAT, SOC, entry, variance } from "../hypothesis";

export const SURFACE: i32 = FLOAT;
export const MODEL: i32 = ERROR + 1;
export const EMPTY_ERROR: i32 = ERROR;
export const FULL_ERROR: i32 = ERROR + 2;

/**
 * P <- F P F' where F leaves every state but one as it is, and makes that one `by` times itself and
 * `share` times another.
 */
export function mix(hyp: usize, index: i32, by: real, other: i32, share: real): void {
  const cross = covariance(hyp, index, other);
  const theirs = variance(hyp, other);
  for (let i = 0; i <= SOC; i++) {
    if (i == index) continue;
    const at = place(hyp, index, i);
    store<real>(at, by * load<real>(at) + share * covariance(hyp, other, i));
  }
  const at = place(hyp, index, index);
  store<real>(at, by * (by * load<real>(at) + 2 * share * cross) + share * share * theirs);
}

/** A state of its own variance, tied to no other. */
export function isolate(hyp: usize, index: i32, own: real): void {
  mix(hyp, index, 0, index, 0);
  store<real>(place(hyp, index, index), own);
}

@inline
function place(hyp: usize, a: i32, b: i32): usize {
  return a > b ? entry(hyp, a, b) : entry(hyp, b, a);
}

export function covariance(hyp: usize, a: i32, b: i32): real {
  return load<real>(place(hyp, a, b));
}

/** Variance of the voltage's own error at a SOC, mV^2 of the pack. */
export function table_mV2(hyp: usize, soc: real): real {
  const full = within(max<real>(soc, 0), 1);
  const empty: real = 1 - full;
  return (
    empty * empty * variance(hyp, EMPTY_ERROR) +
    full * (full * variance(hyp, FULL_ERROR) + 2 * empty * covariance(hyp, EMPTY_ERROR, FULL_ERROR))
  );
}

/** At most so large either way; 0 for what is no number. */
export function within(value: real, most: real): real {
  return value < most ? (value > -most ? value : -most) : value >= most ? most : 0;
}
