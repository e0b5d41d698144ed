// A node from which nothing flows: only what is read moves the gauge. SOC is known, half full.

import { VALUE_VOLTAGE, sample, vital } from "../../../assembly/abi";
import { evaluate_ocv, ocv_mV } from "../../../assembly/cell/ocv";
import { hypothesis, set_soc_variance, soc_row } from "../../../assembly/gauge/hypothesis";
import { clear_sample, new_node, node, rest_at, start_node } from "../node_under_test";

/** 50 uAh. */
export const CAPACITY_PC: f64 = 1.8e11;

/** The voltage that the estimate rests at. */
export function rest_mV(): f32 {
  evaluate_ocv(<f32>(<f64>vital.charge_pC / CAPACITY_PC), 25);
  return ocv_mV;
}

/** SOC, and nothing that hangs on it, is known to this sigma. */
export function set_sigma(sigma: f32): void {
  memory.fill(soc_row(hypothesis(0)), 0, 28);
  set_soc_variance(hypothesis(0), sigma * sigma);
}

export function begin(): void {
  new_node();
  node.sleep_drain_nA = 0;
  node.self_drain_nA = 0;
  node.leak_sigma_nA = 0;
  start_node();
  rest_at(3960, 25);
  clear_sample();
  sample.temperature_degC = 25;
  sample.valid = VALUE_VOLTAGE;
  sample.voltage_mV = 3960;
}
