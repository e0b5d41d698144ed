// Bounds of the filter: a Kalman filter that is never wrong about its model needs none of this; a
// real one diverges without it (an unguarded filter stayed at 89 % error on measured cells).

import { vital } from "../abi";
import { charge_high_pC, charge_low_pC, leak_variance_max, soc_variance_min } from "../derived";
import { correct_charge } from "../ledger/book";
import { is_finite } from "../math/convert";
import { real } from "../math/real";
import { profile } from "../profile";

const SCALE_LOW: real = 0.05;
const SCALE_HIGH: real = 50;
/** Beyond this variance the resistance scale is only "unknown". */
const RESISTANCE_VARIANCE_MAX: real = 25;

/** Negative exactly when `x` is, without a floating-point compare. */
@inline
function sign_bit(x: real): i32 {
  return reinterpret<i32>(<f32>x);
}

/** Keeps the charge inside what the pack can hold. */
export function hold_charge(): void {
  const charge_pC = vital.charge_pC;
  if (charge_pC < charge_low_pC) correct_charge(charge_low_pC - charge_pC);
  if (charge_pC > charge_high_pC) correct_charge(charge_high_pC - charge_pC);
}

/** Keeps the resistance scale inside what a cell can be. */
export function hold_scale(): void {
  if (vital.resistance_scale < SCALE_LOW) vital.resistance_scale = SCALE_LOW;
  if (vital.resistance_scale > SCALE_HIGH) vital.resistance_scale = SCALE_HIGH;
}

/** After a prediction: where a variance says "unknown", nothing correlated with it holds. */
export function cap_covariance(): void {
  const p01 = vital.covariance_1;
  const least = p01 * p01;
  // rounding may leave P00 short of what its correlation with the leak needs
  if (least > vital.covariance_0 * vital.covariance_3) {
    vital.covariance_0 = least / vital.covariance_3;
  }
  if (!(vital.covariance_0 <= 1)) {
    vital.covariance_0 = 1;
    vital.covariance_1 = 0;
    vital.covariance_2 = 0;
  }
  if (vital.covariance_3 > leak_variance_max) {
    vital.covariance_1 = 0;
    vital.covariance_3 = leak_variance_max;
    vital.covariance_4 = 0;
  }
  if (vital.covariance_5 > RESISTANCE_VARIANCE_MAX) {
    vital.covariance_2 = 0;
    vital.covariance_4 = 0;
    vital.covariance_5 = RESISTANCE_VARIANCE_MAX;
  }
}

/** After a correction: positive, finite and never surer than the floor; else it starts again. */
export function hold_covariance(): void {
  const sum = vital.covariance_0 + vital.covariance_3 + vital.covariance_5;
  const negative =
    sign_bit(vital.covariance_0) | sign_bit(vital.covariance_3) | sign_bit(vital.covariance_5);
  if (
    negative < 0 ||
    !is_finite(<f32>sum) ||
    !is_finite(<f32>(vital.leak_nA + vital.resistance_scale))
  ) {
    start_covariance(1);
    vital.leak_nA = <real>profile.leak_nA;
    vital.resistance_scale = 1;
    return;
  }
  if (vital.covariance_0 < soc_variance_min) vital.covariance_0 = soc_variance_min;
}

/** Uncorrelated start: the profile's sigmas, and `soc_variance`. */
export function start_covariance(soc_variance: real): void {
  const node = profile;
  vital.covariance_0 = soc_variance;
  vital.covariance_1 = 0;
  vital.covariance_2 = 0;
  vital.covariance_3 = <real>node.leak_sigma_nA * <real>node.leak_sigma_nA;
  vital.covariance_4 = 0;
  vital.covariance_5 = <real>node.resistance_sigma * <real>node.resistance_sigma;
}
