// The gauge's turn in the walk: predict with what was booked, then correct with what was measured.
//
// Load step first (it fixes the resistance that the rest voltage needs):
//   V1 - V2 = i_pulse R r                         (Michigan's linear extrapolation, JSSC, 42 nW)
// then the rest voltage:
//   V1 = nS OCV(z_s, T) + i_rest R r,   z_s = z + surface lead

import {
  PMIC_LIMITING,
  PMIC_PAUSED,
  VALUE_HARVEST,
  VALUE_HARVEST_NOW,
  VALUE_PULSE,
  VALUE_VOLTAGE,
  gauge,
  sample,
  vital,
} from "../abi";
import { surface_lead } from "../cell/diffusion";
import { dudt_mV_K, evaluate_ocv, ocv_mV, ocv_slope_mV, resistance_factor } from "../cell/ocv";
import { pack_resistance_mV_nA } from "../cell/resistance";
import { real } from "../math/real";
import { profile, soc_of } from "../profile";
import { accepted } from "../sample/check";
import { correct, gated, innovation_variance_mV2 } from "./correct";
import { hold_covariance, hold_states } from "./hold";
import { predict } from "./predict";

export const USED_REST: u32 = 1;
export const USED_PULSE: u32 = 2;
export const INFLATED: u32 = 4;
export const USED_FLOAT: u32 = 8;
/** A load step and a current are known to this share (facts of the load, not of the cell). */
const PULSE_ERROR: real = 0.03;
const REST_CURRENT_ERROR: real = 0.1;

/** Pack resistance before the learned scale, mV/nA, at the present SOC and temperature. */
export let base_resistance_mV_nA: real = 0.001;
let used: u32 = 0;

/** One gauge update: charge, leak, resistance and their covariance. */
export function update_gauge(): void {
  predict();
  used = 0;
  const temperature_degC = vital.temperature_degC;
  evaluate_ocv(soc_of(vital.charge_pC) + surface_lead(), temperature_degC);
  base_resistance_mV_nA = pack_resistance_mV_nA(resistance_factor, temperature_degC);
  if (accepted & VALUE_PULSE) correct_with_pulse();
  if (sample.pmic_flags & PMIC_LIMITING) {
    used |= USED_FLOAT;
  } else if (accepted & VALUE_VOLTAGE) {
    correct_with_rest();
  }
  hold_states();
  hold_covariance();
  gauge.corrections = used;
}

function correct_with_pulse(): void {
  const node = profile;
  const drop_mV = <real>sample.voltage_mV - <real>sample.voltage_loaded_mV;
  const row = <real>sample.pulse_drain_nA * base_resistance_mV_nA;
  const expected_mV = row * vital.resistance_scale;
  const noise_mV = <real>node.adc_noise_mV;
  const lsb_mV = <real>node.adc_lsb_mV;
  const load_mV = PULSE_ERROR * expected_mV;
  // two readings, each with noise and a rounding error of lsb^2 / 12
  const variance: real =
    2 * noise_mV * noise_mV + lsb_mV * lsb_mV * <real>0.1667 + load_mV * load_mV;
  used |= USED_PULSE;
  correct(drop_mV - expected_mV, 0, row, variance);
  if (gated) used |= INFLATED;
}

function correct_with_rest(): void {
  const node = profile;
  const series = <real>node.series;
  const row_r = rest_current_nA() * base_resistance_mV_nA;
  const drop_mV = row_r * vital.resistance_scale;
  const predicted_mV = series * ocv_mV + drop_mV;
  const model_mV = <real>node.voltage_sigma_mV;
  const noise_mV = <real>node.adc_noise_mV;
  const gain_mV = <real>node.adc_gain_sigma * predicted_mV;
  const current_mV = REST_CURRENT_ERROR * drop_mV;
  const temperature_mV = series * dudt_mV_K * <real>node.temperature_sigma_K;
  const variance =
    model_mV * model_mV +
    noise_mV * noise_mV +
    gain_mV * gain_mV +
    current_mV * current_mV +
    temperature_mV * temperature_mV;
  const innovation_mV = <real>sample.voltage_mV - predicted_mV;
  used |= USED_REST;
  correct(innovation_mV, series * ocv_slope_mV, row_r, variance);
  if (gated) used |= INFLATED;
  gauge.innovation_mV = <f32>innovation_mV;
  gauge.innovation_sigma_mV = <f32>sqrt<real>(innovation_variance_mV2);
}

/** Pack current while the rest voltage was sampled: harvest, unless paused, minus the load. */
function rest_current_nA(): real {
  let current_nA: real = -(<real>profile.sleep_drain_nA);
  if (sample.pmic_flags & PMIC_PAUSED) return current_nA;
  if (accepted & VALUE_HARVEST_NOW) {
    current_nA += <real>sample.harvest_now_nA;
  } else if (accepted & VALUE_HARVEST) {
    current_nA += <real>sample.harvest_mean_nA;
  }
  return current_nA;
}
