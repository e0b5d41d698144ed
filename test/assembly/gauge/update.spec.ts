// The gauge's turn in the walk: which measurement corrects what, and what it tells about it.

import {
  PMIC_LIMITING,
  PMIC_PAUSED,
  VALUE_HARVEST,
  VALUE_HARVEST_NOW,
  VALUE_PULSE,
  VALUE_TEMPERATURE,
  VALUE_VOLTAGE,
  gauge,
  sample,
  vital,
} from "../../../assembly/abi";
import { evaluate_ocv, ocv_mV } from "../../../assembly/cell/ocv";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const MINUTE_MS: u32 = 60000;
const USED_REST: u32 = 1;
const USED_PULSE: u32 = 2;
const INFLATED: u32 = 4;
const USED_FLOAT: u32 = 8;
/** 50 uAh. */
const CAPACITY_PC: f32 = 1.8e11;

/** Prediction of the rest voltage in a minute's time, without load. */
function rest_mV(): f32 {
  evaluate_ocv(<f32>vital.charge_pC / CAPACITY_PC, 25);
  return ocv_mV;
}

function begin(): void {
  new_node();
  node.sleep_drain_nA = 0;
  node.self_drain_nA = 0;
  start_node();
  rest_at(3960, 25);
  clear_sample();
  sample.temperature_degC = 25;
}

describe("a rest voltage", () => {
  beforeEach(begin);

  test("moves SOC towards it, and is told with its innovation", () => {
    const before = vital.charge_pC;
    sample.valid = VALUE_VOLTAGE;
    sample.voltage_mV = rest_mV() + 6;
    step_after(MINUTE_MS);
    expect<u32>(gauge.corrections).toBe(USED_REST);
    expect<f32>(gauge.innovation_mV).toBeCloseTo(6, 1);
    assert(vital.charge_pC > before, "upwards");
    sample.voltage_mV = rest_mV() - 6;
    const high = vital.charge_pC;
    step_after(MINUTE_MS);
    assert(vital.charge_pC < high, "downwards");
  });

  test("that is as predicted moves nothing", () => {
    sample.valid = VALUE_VOLTAGE;
    sample.voltage_mV = rest_mV();
    const before = vital.charge_pC;
    step_after(MINUTE_MS);
    assert(abs(vital.charge_pC - before) < 20000000, "less than a 1e-4 of SOC");
  });

  test("is expected above the OCV by the drop of the charging current", () => {
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST | VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 5000;
    // 5 uA through 2 kohm
    sample.voltage_mV = rest_mV() + 10;
    step_after(1);
    expect<f32>(Mathf.abs(gauge.innovation_mV)).toBeLessThan(0.5);
  });

  test("is expected at the OCV while charging is paused", () => {
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST | VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 5000;
    sample.pmic_flags = PMIC_PAUSED;
    sample.voltage_mV = rest_mV();
    step_after(1);
    expect<f32>(Mathf.abs(gauge.innovation_mV)).toBeLessThan(0.5);
  });

  test("far off is taken with care", () => {
    // not yet certain, so that a wild reading could do harm
    sample.valid = VALUE_VOLTAGE;
    sample.voltage_mV = rest_mV() + 600;
    const before = vital.charge_pC;
    step_after(MINUTE_MS);
    expect<u32>(gauge.corrections).toBe(USED_REST | INFLATED);
    assert(vital.charge_pC - before < <i64>(0.05 * CAPACITY_PC), "5 % of SOC at most");
  });

  test("makes SOC more certain, the steeper the curve the more", () => {
    sample.valid = VALUE_VOLTAGE;
    vital.charge_pC = <i64>(0.3 * CAPACITY_PC);
    vital.covariance_0 = 0.0025;
    sample.voltage_mV = rest_mV();
    step_after(MINUTE_MS);
    const flat = gauge.soc_sigma;
    expect<f32>(flat).toBeLessThan(0.05);
    vital.charge_pC = <i64>(0.9 * CAPACITY_PC);
    vital.covariance_0 = 0.0025;
    vital.covariance_1 = 0;
    vital.covariance_2 = 0;
    sample.voltage_mV = rest_mV();
    step_after(MINUTE_MS);
    expect<f32>(gauge.soc_sigma).toBeLessThan(flat / 2);
  });
});

describe("a load step", () => {
  beforeEach(begin);

  test("moves the resistance and not SOC", () => {
    sample.valid = VALUE_VOLTAGE | VALUE_PULSE;
    sample.pmic_flags = PMIC_LIMITING;
    sample.voltage_mV = rest_mV();
    // 30 uA through 2 kohm are 60 mV; here it is half as much again
    sample.voltage_loaded_mV = sample.voltage_mV - 90;
    sample.pulse_drain_nA = 30000;
    vital.covariance_2 = 0;
    const before = vital.charge_pC;
    for (let i = 0; i < 10; i++) step_after(1);
    expect<u32>(gauge.corrections & USED_PULSE).toBe(USED_PULSE);
    expect<f32>(gauge.resistance_scale).toBeCloseTo(1.5, 1);
    expect<f32>(gauge.resistance_ohm).toBeCloseTo(<f32>2000 * gauge.resistance_scale, 0);
    assert(abs(vital.charge_pC - before) < 20000000, "SOC stays");
  });

  test("is compared at the temperature of the cell", () => {
    sample.valid = VALUE_TEMPERATURE;
    sample.temperature_degC = 0;
    vital.temperature_degC = 0;
    sample.valid = VALUE_VOLTAGE | VALUE_PULSE;
    sample.voltage_mV = 3960;
    // seven times the resistance
    sample.voltage_loaded_mV = 3960 - <f32>(0.002 * 7.13 * 10000);
    sample.pulse_drain_nA = 10000;
    for (let i = 0; i < 10; i++) step_after(1);
    expect<f32>(gauge.resistance_scale).toBeCloseTo(1, 1);
  });
});

describe("at the held voltage", () => {
  test("no rest voltage is used, and that is told", () => {
    begin();
    sample.valid = VALUE_VOLTAGE;
    sample.pmic_flags = PMIC_LIMITING;
    sample.voltage_mV = 4150;
    step_after(MINUTE_MS);
    expect<u32>(gauge.corrections).toBe(USED_FLOAT);
  });
});
