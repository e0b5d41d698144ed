// What was learned, small enough for the record: means as they are, sigmas in a byte each, and
// their correlation with the voltage error in the middle of SOC, in a byte each. The covariance
// that is restored from it,
//
//   P = diag(s^2 (1 - t^2)) + (s t)(s t)',      s sigmas, t ties
//
// is positive for any bytes. The gain's error is common to nearly all that is uncertain, so the
// middle of the voltage error is the one factor worth keeping.

import { vital, warm } from "../abi";
import { guarded_i32 } from "../math/convert";
import { real } from "../math/real";
import { profile } from "../profile";
import { SHAPE_VARIANCE_MV2, mixed_covariance } from "./bank";
import { float_mV } from "../derived";
import {
  ERROR,
  FLOAT,
  HARVEST,
  LEAK,
  LOAD,
  SOC,
  STATES,
  diffusion_of,
  entry,
  hypothesis,
  set_mean,
  set_weight,
  take_means,
} from "./hypothesis";

/** The byte holds the upper eleven bits of an f32 from here on: 2^-20 to 2^12. */
const CODE_LOW: i32 = 856;
const RESISTANCE: i32 = 7;
const MIDDLE: i32 = ERROR + 1;
/** Under load (gauge/loaded) the error in the middle is what the model is off by, mV a cell; */
export const MODEL_MV: real = 6.5;
/** those at the ends are the table's, about half of what a fit leaves, and the ADC's gain; */
const OF_TABLE: real = 0.5;
/** and the set point's that of the surface's lead: at rest hardly any. */
const LEAD_SIGMA: real = 0.0003;
const TIE: real = 127;
const UNTIED: u8 = 128;

/** A sigma as a byte, rounded up. */
export function code_of(sigma: real): u8 {
  const code = <i32>(reinterpret<u32>(<f32>sigma) >> 20) - CODE_LOW + 1;
  return <u8>(code < 0 ? 0 : code < 255 ? code : 255);
}

export function sigma_of(code: u32): real {
  return <real>reinterpret<f32>((code + <u32>CODE_LOW) << 20);
}

/** Nothing was learned yet: what the profile says. */
export function forget_learned(): void {
  const node = profile;
  vital.leak_nA = <real>node.leak_nA;
  vital.load_scale = 1;
  vital.harvest_scale = 1;
  vital.float_error = 0;
  vital.resistance_scale = 1;
  vital.soc_sigma = 1;
  const gain_mV = <real>node.adc_gain_sigma * float_mV;
  const under_load = node.polarization_count != 0;
  const series = <real>node.series;
  const table_mV = OF_TABLE * <real>node.voltage_sigma_mV * series;
  const shape_mV2: real = under_load ? table_mV * table_mV : SHAPE_VARIANCE_MV2;
  const error_mV = sqrt<real>(gain_mV * gain_mV + shape_mV2);
  vital.set_sigma_code(LEAK, code_of(<real>node.leak_sigma_nA));
  vital.set_sigma_code(LOAD, code_of(<real>node.load_sigma));
  vital.set_sigma_code(HARVEST, code_of(<real>node.harvest_sigma));
  vital.set_sigma_code(FLOAT, code_of(under_load ? LEAD_SIGMA : <real>node.float_sigma));
  vital.set_sigma_code(RESISTANCE, code_of(<real>node.resistance_sigma));
  const tied = <u8>(UNTIED + guarded_i32(<f32>(TIE * (gain_mV / error_mV))));
  for (let i = 0; i < STATES; i++) vital.set_tie_code(i, UNTIED);
  for (let i = ERROR; i < SOC; i++) {
    if (!under_load) vital.set_tie_code(i, tied);
    vital.set_sigma_code(i, code_of(error_mV));
    set_mean(i, 0);
  }
  if (under_load) vital.set_sigma_code(MIDDLE, code_of(MODEL_MV * series));
}

/** Sigmas and ties of the bank into vital. */
export function keep_learned(): void {
  const middle = sqrt<real>(mixed_covariance(MIDDLE, MIDDLE));
  for (let i = 0; i < STATES; i++) {
    const sigma = sqrt<real>(mixed_covariance(i, i));
    if (i != SOC) vital.set_sigma_code(i, code_of(sigma));
    const covariance = i < MIDDLE ? mixed_covariance(MIDDLE, i) : mixed_covariance(i, MIDDLE);
    const tie = guarded_i32(<f32>((TIE * covariance) / (sigma * middle)));
    vital.set_tie_code(i, <u8>(UNTIED + (tie < -127 ? -127 : tie < 127 ? tie : 127)));
  }
  vital.set_sigma_code(RESISTANCE, code_of(sqrt<real>(warm.resistance_variance)));
}

function tie(index: i32): real {
  return index == MIDDLE ? 1 : <real>(<i32>vital.tie_code(index) - <i32>UNTIED) * (1 / TIE);
}

function sigma(index: i32): real {
  return index == SOC ? vital.soc_sigma : sigma_of(vital.sigma_code(index));
}

/** One hypothesis as vital says. */
export function restore_learned(): void {
  const hyp = hypothesis(0);
  take_means(hyp, 0);
  for (let i = 0; i < STATES; i++) {
    const factor = sigma(i) * tie(i);
    for (let j = 0; j < i; j++) store<real>(entry(hyp, i, j), factor * sigma(j) * tie(j));
    store<real>(entry(hyp, i, i), sigma(i) * sigma(i));
  }
  store<real>(diffusion_of(hyp), vital.diffusion_0);
  store<real>(diffusion_of(hyp), vital.diffusion_1, sizeof<real>());
  set_weight(hyp, 1);
  const resistance = sigma_of(vital.sigma_code(RESISTANCE));
  warm.resistance_variance = resistance * resistance;
  warm.alive = 1;
}
