// The request for a rest voltage: when the gauge will use it, SOC is worth it, charge comes in and
// the board can pause and measure.

import {
  ACTUATOR_PAUSE,
  PMIC_LIMITING,
  VALUE_CHARGE,
  VALUE_HARVEST,
  VALUE_VOLTAGE,
  decision,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { hypothesis, set_soc_variance, soc_row } from "../../../assembly/gauge/hypothesis";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const MINUTE_MS: u32 = 60000;

/** A node whose last voltage was used an hour ago, less its next sleep, and that is charging. */
function begin(): void {
  start_node();
  rest_at(4050, 25);
  clear_sample();
  sample.valid = VALUE_HARVEST | VALUE_VOLTAGE;
  sample.voltage_mV = 4050;
  sample.harvest_mean_nA = 20;
}

/** Whether the next decision asks, after this much time. */
function asked_after(dt_ms: u32): bool {
  step_after(dt_ms);
  const asks = decision.measure == 1;
  expect<u32>(decision.measure_wait_ms).toBe(asks ? 60000 : 0);
  return asks;
}

describe("a measurement", () => {
  beforeEach(() => {
    new_node();
    // so little that only time passes
    node.sleep_drain_nA = 20;
  });

  test("is asked for when the next voltage will be an hour after the last used one", () => {
    node.sleep_min_ms = 600000;
    node.sleep_max_ms = 600000;
    begin();
    expect<bool>(asked_after(40 * MINUTE_MS)).toBe(false);
    expect<bool>(asked_after(10 * MINUTE_MS)).toBe(true);
  });

  test("is asked for sooner when half a percent moves if as much flows as just now", () => {
    node.sleep_min_ms = 5000;
    node.sleep_max_ms = 5000;
    begin();
    // 0.133 % a minute
    sample.harvest_mean_nA = 4000;
    expect<bool>(asked_after(MINUTE_MS)).toBe(false);
    expect<bool>(asked_after(MINUTE_MS)).toBe(false);
    expect<bool>(asked_after(MINUTE_MS)).toBe(true);
    expect<f32>(warm.moved_soc).toBeCloseTo(<f32>((3 * 4020.25 * 60e3) / 1.8e11), 5);
  });

  test("is asked for while SOC is not known to 0.3 %", () => {
    node.sleep_min_ms = 600000;
    node.sleep_max_ms = 600000;
    begin();
    step_after(40 * MINUTE_MS);
    set_soc_variance(hypothesis(0), 0.0031 * 0.0031);
    expect<bool>(asked_after(10 * MINUTE_MS)).toBe(true);
    begin();
    step_after(50 * MINUTE_MS);
    memory.fill(soc_row(hypothesis(0)), 0, 28);
    set_soc_variance(hypothesis(0), 0.0025 * 0.0025);
    expect<bool>(asked_after(1)).toBe(false);
    expect<f32>(vital.soc_sigma).toBeLessThan(0.003);
  });

  test("is not asked for on a guess of what charges", () => {
    node.sleep_min_ms = 600000;
    node.sleep_max_ms = 600000;
    begin();
    step_after(40 * MINUTE_MS);
    sample.valid = VALUE_VOLTAGE;
    expect<bool>(asked_after(10 * MINUTE_MS)).toBe(false);
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST;
    expect<bool>(asked_after(1)).toBe(true);
  });

  test("is asked for where only a counter tells that charge comes in", () => {
    node.sleep_min_ms = 600000;
    node.sleep_max_ms = 600000;
    begin();
    sample.valid = VALUE_VOLTAGE | VALUE_CHARGE;
    sample.charge_pC = 100 * 3000000;
    expect<bool>(asked_after(50 * MINUTE_MS)).toBe(true);
    begin();
    sample.valid = VALUE_VOLTAGE | VALUE_CHARGE;
    sample.charge_pC = -100 * 3000000;
    expect<bool>(asked_after(50 * MINUTE_MS)).toBe(false);
  });

  test("is not asked for where nothing charges, or the charger holds its voltage", () => {
    node.sleep_min_ms = 600000;
    node.sleep_max_ms = 600000;
    begin();
    sample.harvest_mean_nA = 0;
    expect<bool>(asked_after(50 * MINUTE_MS)).toBe(false);
    begin();
    step_after(20 * MINUTE_MS);
    sample.pmic_flags = PMIC_LIMITING;
    sample.voltage_mV = 4150;
    step_after(1000);
    expect<bool>(asked_after(25 * MINUTE_MS)).toBe(false);
  });

  test("is not asked for of a board that cannot pause", () => {
    node.actuators &= ~ACTUATOR_PAUSE;
    begin();
    expect<bool>(asked_after(59 * MINUTE_MS)).toBe(false);
  });

  test("is not asked for of a board that cannot measure", () => {
    node.observables = VALUE_HARVEST;
    begin();
    expect<bool>(asked_after(59 * MINUTE_MS)).toBe(false);
    expect<u32>(node.observables & VALUE_VOLTAGE).toBe(0);
  });
});
