// A hypothesis of random moments that a spec reads a voltage into, as the walk would.

import { VALUE_VOLTAGE, sample, vital, warm } from "../../../assembly/abi";
import { evaluate_ocv, ocv_mV, ocv_slope_mV, resistance_factor } from "../../../assembly/cell/ocv";
import { pack_resistance_mV_nA } from "../../../assembly/cell/resistance";
import { soc_of } from "../../../assembly/derived";
import { diffusion_of, hypothesis } from "../../../assembly/gauge/hypothesis";
import { correct_with_voltage } from "../../../assembly/gauge/rest";
import { find_rest_current, find_rest_drop } from "../../../assembly/gauge/rest_current";
import { check_sample } from "../../../assembly/sample/check";
import { clear_sample } from "../node_under_test";
import { P, draw, h, read_from, start_random, write_to, x } from "./dense_filter";

/** 50 uAh in pC. */
const CAPACITY_PC: f64 = 1.8e11;

export const hyp = hypothesis(1);

/** A hypothesis of random moments at this SOC; SOC itself known to 0.2 %: the tangent counts. */
export function begin(soc: f64): void {
  clear_sample();
  start_random(21);
  draw();
  x[1] = 1.1;
  x[2] = 0.9;
  x[3] = 0.001;
  x[7] = 0;
  for (let i = 0; i < 8; i++) {
    P[56 + i] *= 0.002 / 0.03;
    P[8 * i + 7] *= 0.002 / 0.03;
  }
  write_to(hyp);
  memory.fill(diffusion_of(hyp), 0, 8);
  read_from(hyp);
  vital.charge_pC = <i64>(soc * CAPACITY_PC);
  vital.resistance_scale = 1.5;
  warm.resistance_variance = 0;
  // as far from the reading before as a reading counts in full
  warm.moved_soc = 0.01;
  sample.valid = VALUE_VOLTAGE;
  sample.temperature_degC = 25;
  vital.temperature_degC = 25;
  for (let i = 0; i < 8; i++) h[i] = 0;
}

/** Corrects the hypothesis with this voltage, as the walk would. */
export function read(voltage_mV: f64): bool {
  sample.voltage_mV = <f32>voltage_mV;
  check_sample();
  const soc = soc_of(vital.charge_pC);
  evaluate_ocv(soc, vital.temperature_degC);
  find_rest_current();
  find_rest_drop(pack_resistance_mV_nA(resistance_factor, vital.temperature_degC));
  return correct_with_voltage(hyp, soc);
}

/** The row of a rest voltage above 0.6, for these currents through 3 kohm. */
export function rest_row(soc: f64, harvest_nA: f64): void {
  evaluate_ocv(<f32>soc, 25);
  h[5] = 1 - upper_share(soc);
  h[6] = upper_share(soc);
  h[1] = -500 * 0.003;
  h[2] = harvest_nA * 0.003;
  h[7] = ocv_slope_mV;
}

/** What the hypothesis expects to read. */
export function expected_mV(): f64 {
  return <f64>ocv_mV + h[1] * x[1] + h[2] * x[2] + h[5] * x[5] + h[6] * x[6];
}

/** Between the nodes at 0.6 and 1. */
export function upper_share(soc: f64): f64 {
  return (soc - 0.6) / 0.4;
}
