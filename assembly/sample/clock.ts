// Time between two samples from a wrapping millisecond clock.
//
// 2^32 ms are 49.7 days: a difference of more than 40 days can only be a clock that jumped, most
// likely backwards. The core never guesses which.

import { STATUS_CLOCK_JUMP, STATUS_CLOCK_STOPPED, STATUS_OK, sample, vital, warm } from "../abi";
import { real_of_u32 } from "../math/convert";
import { real } from "../math/real";

/** 40 days. */
const DT_MAX_MS: u32 = 3456000000;

/** Time since the last accepted sample. */
export let dt_ms: u32 = 0;
export let dt_s: real = 0;
/** 1 / dt_s. */
export let per_s: real = 0;
/** Whole seconds of it; the rest is carried to the next sample in warm.carry_ms. */
export let whole_s: u32 = 0;

/** Sets `dt_ms`; returns STATUS_OK, STATUS_CLOCK_STOPPED or STATUS_CLOCK_JUMP. */
export function read_clock(): u32 {
  dt_ms = sample.time_ms - vital.time_ms;
  if (dt_ms == 0) return STATUS_CLOCK_STOPPED;
  if (dt_ms > DT_MAX_MS) return STATUS_CLOCK_JUMP;
  dt_s = real_of_u32(dt_ms) * <real>0.001;
  per_s = 1 / dt_s;
  const carried = warm.carry_ms + dt_ms;
  whole_s = carried / 1000;
  warm.carry_ms = carried - whole_s * 1000;
  return STATUS_OK;
}
