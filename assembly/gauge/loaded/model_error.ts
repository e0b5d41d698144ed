// What the model of the cell is off by, m: a state, for it is alike for hours.
//
//   m <- a_m m                             over an interval
//   m <- m size(drop) / size(drop before)  a share of the drop, so it grows and fades with that
//
// Its size is a voltage, a share of the drop, and an error along the SOC axis times the slope: the
// axis is that of slow discharges, whose counters differ, most in the cold. These are the sizes of
// what is left of laboratory files that a fit did not see (docs/MODELS.md).

import { warm } from "../../abi";
import { coldness } from "../../cell/polarization";
import { decay, settled } from "../../math/exp";
import { real } from "../../math/real";
import { profile } from "../../profile";
import { set_state, state, variance } from "../hypothesis";
import { MODEL_MV } from "../learned";
import { grow } from "../predict";
import { slope_mV } from "./moment";
import { MODEL, mix } from "./states";

/** MODEL_MV, and this share of the drop. */
const MODEL_SHARE: real = 0.1;
/** Along the SOC axis this share of what is used, in the first tenth as much as at its end; per kK
 * of coldness so many times that more; and this share of the lead. */
const AXIS: real = 0.009;
const AXIS_PER_KK: real = 3;
const AXIS_LEAD: real = 0.05;
export const AXIS_FULL: real = 0.1;
/** Alike for so long. */
const MODEL_S: real = 10000;
/** Means of what was lately are over so long. */
export const LATELY_S: real = 300;

/** Error of the SOC axis where so much is used. */
export function axis_error(used: real): real {
  const cold: real = coldness > 0 ? coldness : 0;
  return AXIS * (1 + AXIS_PER_KK * cold) * used;
}

/** But for the axis, mV^2 of the pack: all its cells are off alike. */
export function model_mV2(): real {
  const series = <real>profile.series;
  const drop_mV = MODEL_SHARE * warm.drop_mean_mV;
  return series * series * (MODEL_MV * MODEL_MV + drop_mV * drop_mV);
}

/** It is forgotten over an interval, and comes anew. */
export function fade_model(hyp: usize, dt_s: real, used: real, lead: real): void {
  const times: real = dt_s * (1 / MODEL_S);
  const left = decay(times);
  scale_model(hyp, left);
  const axis = axis_error(max<real>(used, AXIS_FULL)) + AXIS_LEAD * abs<real>(lead);
  const axis_mV = slope_mV * axis;
  grow(hyp, MODEL, settled(times + times) * (model_mV2() + axis_mV * axis_mV));
}

/** The drop that it is a share of has changed. */
export function follow_drop(hyp: usize, dt_s: real, drop_mV: real): void {
  const before_mV2 = model_mV2();
  const moved = settled(dt_s * (1 / LATELY_S));
  warm.drop_mean_mV += moved * (abs<real>(drop_mV) - warm.drop_mean_mV);
  const after_mV2 = model_mV2();
  let by2 = after_mV2 / before_mV2;
  // after a start the mean is that of nothing yet: what was restored does not grow beyond its size
  const room2 = after_mV2 / variance(hyp, MODEL);
  if (by2 > 1 && by2 > room2) by2 = max<real>(room2, 1);
  scale_model(hyp, sqrt<real>(by2));
}

function scale_model(hyp: usize, by: real): void {
  set_state(hyp, MODEL, by * state(hyp, MODEL));
  mix(hyp, MODEL, by, MODEL, 0);
}
