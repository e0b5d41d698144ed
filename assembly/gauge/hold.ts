// Bounds of the filter: a Kalman filter that is never wrong about its model needs none of this; a
// real one diverges without it (an unguarded filter stayed at 89 % error on measured cells).

import { vital } from "../abi";
import { correct_charge } from "../ledger/book";
import { is_finite, wide_of } from "../math/convert";
import { real } from "../math/real";
import { capacity_pC, profile, soc_of } from "../profile";

/** The estimate may leave [0, 1] a little: clipping inside was part of that divergence. */
const SOC_LOW: real = -0.05;
const SOC_HIGH: real = 1.06;
const SCALE_LOW: real = 0.05;
const SCALE_HIGH: real = 50;
/** Share of the start sigma squared beyond which a variance only says "unknown". */
const LEAK_GROWTH: real = 100;
const RESISTANCE_VARIANCE_MAX: real = 25;

/** Keeps the means inside what a cell can be. */
export function hold_states(): void {
  const soc = soc_of(vital.charge_pC);
  if (soc < SOC_LOW) correct_charge(wide_of((SOC_LOW - soc) * capacity_pC));
  if (soc > SOC_HIGH) correct_charge(wide_of((SOC_HIGH - soc) * capacity_pC));
  if (vital.resistance_scale < SCALE_LOW) vital.resistance_scale = SCALE_LOW;
  if (vital.resistance_scale > SCALE_HIGH) vital.resistance_scale = SCALE_HIGH;
}

/** Keeps the covariance positive, finite and honest; starts it again where it is lost. */
export function hold_covariance(): void {
  const node = profile;
  const floor = <real>node.soc_sigma_floor * <real>node.soc_sigma_floor;
  const sum = vital.covariance_0 + vital.covariance_3 + vital.covariance_5;
  const healthy =
    is_finite(<f32>sum) &&
    vital.covariance_0 >= 0 &&
    vital.covariance_3 >= 0 &&
    vital.covariance_5 >= 0;
  if (!healthy || !is_finite(<f32>(vital.leak_nA + vital.resistance_scale))) {
    start_covariance(1);
    vital.leak_nA = <real>node.leak_nA;
    vital.resistance_scale = 1;
    return;
  }
  if (vital.covariance_0 < floor) vital.covariance_0 = floor;
  // SOC entirely unknown: nothing that was correlated with it holds
  if (vital.covariance_0 > 1) {
    vital.covariance_0 = 1;
    vital.covariance_1 = 0;
    vital.covariance_2 = 0;
  }
  const leak_max = LEAK_GROWTH * <real>node.leak_sigma_nA * <real>node.leak_sigma_nA;
  if (vital.covariance_3 > leak_max) {
    vital.covariance_1 = 0;
    vital.covariance_3 = leak_max;
    vital.covariance_4 = 0;
  }
  if (vital.covariance_5 > RESISTANCE_VARIANCE_MAX) {
    vital.covariance_2 = 0;
    vital.covariance_4 = 0;
    vital.covariance_5 = RESISTANCE_VARIANCE_MAX;
  }
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
