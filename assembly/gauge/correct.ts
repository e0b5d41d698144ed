// Measurement update: a scalar Kalman filter for a row h = [h0, 0, h2] in Joseph form,
//
//   K = P h / S,   S = h P h + R,   P <- (I - K h) P (I - K h)' + K R K'
//
// which keeps P positive in f32 (Bucy and Joseph 1968; deviation from f64 0.003 % in
// docs/MODELS.md). An innovation beyond `gate` sigma inflates R: a wrong reading moves little.

import { vital } from "../abi";
import { correct_charge } from "../ledger/book";
import { wide_of } from "../math/convert";
import { real } from "../math/real";
import { capacity_pC, profile } from "../profile";

/** Expected variance of the last innovation, mV^2, and whether it was beyond the gate. */
export let innovation_variance_mV2: real = 0;
export let gated: bool = false;

/** Corrects all states with an innovation in mV, its row and its variance in mV^2. */
export function correct(innovation_mV: real, h0: real, h2: real, noise_mV2: real): void {
  const p00 = vital.covariance_0;
  const p01 = vital.covariance_1;
  const p02 = vital.covariance_2;
  const p11 = vital.covariance_3;
  const p12 = vital.covariance_4;
  const p22 = vital.covariance_5;
  const ph0 = p00 * h0 + p02 * h2;
  const ph1 = p01 * h0 + p12 * h2;
  const ph2 = p02 * h0 + p22 * h2;
  const predicted = h0 * ph0 + h2 * ph2;
  let noise = noise_mV2;
  const gate = <real>profile.gate_sigma;
  const surprise = (innovation_mV * innovation_mV) / (gate * gate);
  innovation_variance_mV2 = predicted + noise;
  gated = surprise > innovation_variance_mV2;
  if (gated) noise = surprise - predicted;
  const gain: real = 1 / (predicted + noise);
  const k0 = ph0 * gain;
  const k1 = ph1 * gain;
  const k2 = ph2 * gain;
  correct_charge(wide_of(k0 * innovation_mV * capacity_pC));
  vital.leak_nA += k1 * innovation_mV;
  vital.resistance_scale += k2 * innovation_mV;
  // rows of (I - K h) P, then times (I - K h)' column by column
  const a00 = p00 - k0 * ph0;
  const a01 = p01 - k0 * ph1;
  const a02 = p02 - k0 * ph2;
  const a11 = p11 - k1 * ph1;
  const a12 = p12 - k1 * ph2;
  const a20 = p02 - k2 * ph0;
  const a22 = p22 - k2 * ph2;
  const u0 = a00 * h0 + a02 * h2 - k0 * noise;
  const u1 = (p01 - k1 * ph0) * h0 + a12 * h2 - k1 * noise;
  const u2 = a20 * h0 + a22 * h2 - k2 * noise;
  vital.covariance_0 = a00 - u0 * k0;
  vital.covariance_1 = a01 - u0 * k1;
  vital.covariance_2 = a02 - u0 * k2;
  vital.covariance_3 = a11 - u1 * k1;
  vital.covariance_4 = a12 - u1 * k2;
  vital.covariance_5 = a22 - u2 * k2;
}
