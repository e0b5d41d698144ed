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
import {
  capacity_pC,
  pulse_variance_mV2,
  rest_variance_mV2,
  temperature_sigma_K,
} from "../derived";
import { correct_charge } from "../ledger/book";
import { wide_of } from "../math/convert";
import { profile } from "../profile";
import { accepted } from "../sample/check";
import { begin_corrections, correct_all, correct_resistance, gated, soc_shift } from "./correct";
import { cap_covariance, hold_charge, hold_covariance, hold_scale } from "./hold";
import { predict } from "./predict";

const USED_REST: u32 = 1;
const USED_PULSE: u32 = 2;
const INFLATED: u32 = 4;
const USED_FLOAT: u32 = 8;
/** A load step and a current are known to this share (facts of the load, not of the cell). */
const PULSE_ERROR: real = 0.03;
const REST_CURRENT_ERROR: real = 0.1;
/** The highest voltage that the core accepts at all. */
const DROP_MAX_MV: real = 60000;

/** Pack resistance before the learned scale, mV/nA, at the present SOC and temperature. */
export let base_resistance_mV_nA: real = 0.001;
let used: u32 = 0;

/** One gauge update: charge, leak, resistance and their covariance. */
export function update_gauge(): void {
  hold_charge();
  const soc = predict();
  cap_covariance();
  used = 0;
  begin_corrections();
  const temperature_degC = vital.temperature_degC;
  evaluate_ocv(soc + surface_lead(), temperature_degC);
  base_resistance_mV_nA = pack_resistance_mV_nA(resistance_factor, temperature_degC);
  if (accepted & VALUE_PULSE) correct_with_pulse();
  if (sample.pmic_flags & PMIC_LIMITING) {
    used |= USED_FLOAT;
  } else if (accepted & VALUE_VOLTAGE) {
    correct_with_rest();
  }
  if (gated) used |= INFLATED;
  gauge.corrections = used;
  if (soc_shift != 0) correct_charge(wide_of(soc_shift * capacity_pC));
  hold_charge();
  hold_scale();
  hold_covariance();
}

function correct_with_pulse(): void {
  const drop_mV = <real>sample.voltage_mV - <real>sample.voltage_loaded_mV;
  const row = <real>sample.pulse_drain_nA * base_resistance_mV_nA;
  const expected_mV = row * vital.resistance_scale;
  const load_mV = PULSE_ERROR * expected_mV;
  used |= USED_PULSE;
  correct_resistance(drop_mV - expected_mV, row, pulse_variance_mV2 + load_mV * load_mV);
}

function correct_with_rest(): void {
  const node = profile;
  const series = <real>node.series;
  const row_z = series * ocv_slope_mV;
  const row_r = rest_current_nA() * base_resistance_mV_nA;
  const drop_mV = row_r * vital.resistance_scale;
  // an absurd drop says that the model knows nothing about this moment
  if (!(drop_mV < DROP_MAX_MV && drop_mV > -DROP_MAX_MV)) return;
  const predicted_mV = series * ocv_mV + row_z * soc_shift + drop_mV;
  const gain_mV = <real>node.adc_gain_sigma * predicted_mV;
  const current_mV = REST_CURRENT_ERROR * drop_mV;
  const temperature_mV = dudt_mV_K * temperature_sigma_K;
  const variance =
    rest_variance_mV2 +
    gain_mV * gain_mV +
    current_mV * current_mV +
    temperature_mV * temperature_mV;
  const innovation_mV = <real>sample.voltage_mV - predicted_mV;
  used |= USED_REST;
  correct_all(innovation_mV, row_z, row_r, variance);
  gauge.innovation_mV = <f32>innovation_mV;
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
