// Measurement updates: scalar Kalman corrections that keep the covariance positive in f32.
//
//   K = P h / S,   S = h P h + R,   P <- (I - K h) P (I - K h)' + K R K'     (Joseph form)
//
// An innovation beyond `gate` sigma inflates R: a wrong reading moves little. Corrections of SOC
// are summed in `soc_shift` and go to the ledger once a wake.

import { vital } from "../abi";
import { gate_squared } from "../derived";
import { real } from "../math/real";

/** Sum of the corrections of SOC in this wake. */
export let soc_shift: real = 0;
/** Expected variance of the last innovation, mV^2, and whether one was beyond the gate. */
export let innovation_variance_mV2: real = 0;
export let gated: bool = false;

/** Before the first correction of a wake. */
export function begin_corrections(): void {
  soc_shift = 0;
  gated = false;
}

/** Measurement variance, inflated so far that the innovation lies on the gate. */
function gate(innovation_mV: real, predicted_mV2: real, noise_mV2: real): real {
  innovation_variance_mV2 = predicted_mV2 + noise_mV2;
  const surprise = innovation_mV * innovation_mV;
  if (!(surprise > gate_squared * innovation_variance_mV2)) return noise_mV2;
  gated = true;
  return surprise / gate_squared - predicted_mV2;
}

@inline
function move_states(k0: real, k1: real, k2: real, innovation_mV: real): void {
  soc_shift += k0 * innovation_mV;
  vital.leak_nA += k1 * innovation_mV;
  vital.resistance_scale += k2 * innovation_mV;
}

/** The row [0, 0, h2], where Joseph's form is exact and short: r keeps the share R / S. */
export function correct_resistance(innovation_mV: real, h2: real, noise_mV2: real): void {
  const p02 = vital.covariance_2;
  const p12 = vital.covariance_4;
  const ph2 = vital.covariance_5 * h2;
  const predicted = h2 * ph2;
  const noise = gate(innovation_mV, predicted, noise_mV2);
  const gain: real = 1 / (predicted + noise);
  const ph0 = p02 * h2;
  const ph1 = p12 * h2;
  const k0 = ph0 * gain;
  const k1 = ph1 * gain;
  const kept = noise * gain;
  move_states(k0, k1, ph2 * gain, innovation_mV);
  vital.covariance_0 -= k0 * ph0;
  vital.covariance_1 -= k0 * ph1;
  vital.covariance_2 = p02 * kept;
  vital.covariance_3 -= k1 * ph1;
  vital.covariance_4 = p12 * kept;
  vital.covariance_5 *= kept;
}

/** The row [h0, 0, h2]. */
export function correct_all(innovation_mV: real, h0: real, h2: real, noise_mV2: real): void {
  const p00 = vital.covariance_0;
  const p01 = vital.covariance_1;
  const p02 = vital.covariance_2;
  const p12 = vital.covariance_4;
  const p22 = vital.covariance_5;
  const ph0 = p00 * h0 + p02 * h2;
  const ph1 = p01 * h0 + p12 * h2;
  const ph2 = p02 * h0 + p22 * h2;
  const predicted = h0 * ph0 + h2 * ph2;
  if (predicted < 0) {
    // no covariance does that: hold_covariance() will start it again
    vital.covariance_0 = -1;
    return;
  }
  const noise = gate(innovation_mV, predicted, noise_mV2);
  const gain: real = 1 / (predicted + noise);
  const k0 = ph0 * gain;
  const k1 = ph1 * gain;
  const k2 = ph2 * gain;
  move_states(k0, k1, k2, innovation_mV);
  // (I - K h) P, then the columns of (I - K h)' and of K R K'
  const a00 = p00 - k0 * ph0;
  const a01 = p01 - k0 * ph1;
  const a02 = p02 - k0 * ph2;
  const a11 = vital.covariance_3 - k1 * ph1;
  const a12 = p12 - k1 * ph2;
  const a22 = p22 - k2 * ph2;
  const u0 = a00 * h0 + a02 * h2 - k0 * noise;
  const u1 = a01 * h0 + a12 * h2 - k1 * noise;
  const u2 = a02 * h0 + a22 * h2 - k2 * noise;
  vital.covariance_0 = a00 - u0 * k0;
  vital.covariance_1 = a01 - u0 * k1;
  vital.covariance_2 = a02 - u0 * k2;
  vital.covariance_3 = a11 - u1 * k1;
  vital.covariance_4 = a12 - u1 * k2;
  vital.covariance_5 = a22 - u2 * k2;
}
