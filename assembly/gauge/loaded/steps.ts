// The scale of all resistances, learned where the current steps: between, a drop may be anything
// slow, and at rest there is none.

import { sample, vital, warm } from "../../abi";
import { capacity_pC, reading_variance_mV2 } from "../../derived";
import { exp } from "../../math/exp";
import { real } from "../../math/real";
import { NA_S_PER_PC } from "../../math/units";
import { profile } from "../../profile";
import { is_current_read } from "../../sample/check";
import { dt_s } from "../../sample/clock";
import { LOAD, state, variance } from "../hypothesis";
import { learn_scale } from "../resistance";
import { now_nA } from "./moment";

/** A step is so much of a change, within so long; its drop is known to this share. */
const STEP_PER_S: real = 0.3 / <real>3600;
const STEP_S: real = 3;
const STEP_ERROR: real = 1;
/** What steps mean, before they are seen: nothing, the counter, the cell. */
const NOTHING: real = 0.6;
const CURRENT: real = 0.3;
const CELL: real = 0.1;
/** What a profile's resistance is off by anyway, and what age makes of it. */
const SCALE_VARIANCE: real = 0.0225;
const AGED_VARIANCE: real = 0.36;

const SCALE_LEAST: real = 0.05;

/** Of all resistances, as the voltage uses it. */
export let scale: real = 0;

/**
 * Steps that are larger than the profile expects may mean nothing (its own error), a current that
 * is larger than the counter says, or the cell: each as likely as it makes them.
 */
export function find_scale(hyp: usize): void {
  const off = vital.resistance_scale - 1;
  const gain = state(hyp, LOAD) - 1;
  const own = warm.resistance_variance;
  const nothing = NOTHING * likelihood(off, SCALE_VARIANCE + own);
  const current = CURRENT * likelihood(off - gain, SCALE_VARIANCE + own + variance(hyp, LOAD));
  const cell = CELL * likelihood(off, AGED_VARIANCE + own);
  const sum = nothing + current + cell;
  // so far off that none is likely: then it is the cell
  const change = sum > 0 ? (current * gain + cell * off) / sum : off;
  scale = max<real>(1 + change, SCALE_LEAST);
}

/** Of a Gaussian, but for a factor common to all. */
function likelihood(off: real, spread: real): real {
  return exp((-(<real>0.5) * off * off) / spread) / sqrt<real>(spread);
}

/** Learns from the change since the last reading; drops are those of the profile, of the pack. */
export function follow_step(rest_mV: real, drop_mV: real): void {
  const over_mV = <real>sample.voltage_mV - rest_mV;
  const least_nA = (STEP_PER_S * capacity_pC * NA_S_PER_PC) / <real>profile.parallel;
  const near = dt_s < STEP_S && is_current_read() && warm.step_rest_mV != 0;
  if (near && abs<real>(now_nA - warm.step_nA) > least_nA) {
    const row_mV = drop_mV - warm.step_drop_mV;
    const off_mV = STEP_ERROR * row_mV;
    learn_scale(row_mV, over_mV - warm.step_rest_mV, off_mV * off_mV + 2 * reading_variance_mV2);
  }
  warm.step_rest_mV = over_mV;
  warm.step_drop_mV = drop_mV;
  warm.step_nA = now_nA;
}
