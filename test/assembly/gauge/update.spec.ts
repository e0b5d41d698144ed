// The gauge's turn in the walk: which voltage is news, what corrects what, and what it tells
// about it.

import {
  PMIC_CHARGING,
  PMIC_LIMITING,
  PMIC_PAUSED,
  REASON_WAKE,
  REASON_WARM,
  VALUE_HARVEST,
  VALUE_PULSE,
  VALUE_TEMPERATURE,
  VALUE_VOLTAGE,
  gauge,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { soc_at_rest } from "../../../assembly/cell/ocv";
import { hypothesis } from "../../../assembly/gauge/hypothesis";
import { boot } from "../../../assembly/index";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";
import { positive } from "./dense_filter";
import { CAPACITY_PC, begin, rest_mV, set_sigma } from "./still_node";

const MINUTE_MS: u32 = 60000;
const HOUR_MS: u32 = 3600000;
const USED_REST: u32 = 1;
const USED_PULSE: u32 = 2;
const INFLATED: u32 = 4;
const USED_FLOAT: u32 = 8;

/** Whether the voltage of a step after so long was used. */
function used_after(dt_ms: u32): bool {
  step_after(dt_ms);
  return (gauge.corrections & (USED_REST | USED_FLOAT)) != 0;
}

describe("a voltage is news", () => {
  beforeEach(begin);

  test("an hour after the last, and not sooner", () => {
    expect<bool>(used_after(30 * MINUTE_MS)).toBe(false);
    expect<bool>(used_after(30 * MINUTE_MS - 1000)).toBe(false);
    expect<f32>(warm.uncorrected_s).toBeCloseTo(3599, 1);
    expect<bool>(used_after(1000)).toBe(true);
    expect<f32>(warm.uncorrected_s).toBe(0);
    expect<bool>(used_after(HOUR_MS - 1)).toBe(false);
  });

  test("an hour after the last, for a node that starts anew at every wake as well", () => {
    for (let wake = 1; wake <= 12; wake++) {
      boot(REASON_WAKE, 0, vital.time_ms);
      expect<bool>(used_after(10 * MINUTE_MS)).toBe(wake % 6 == 0);
    }
  });

  test("an hour after the last, also where wakes are shorter than the age's unit", () => {
    let wakes = 0;
    do {
      boot(REASON_WAKE, 0, vital.time_ms);
      wakes++;
    } while (!used_after(10000) && wakes < 500);
    // of ten seconds each
    expect<i32>(wakes).toBeGreaterThan(330);
    expect<i32>(wakes).toBeLessThan(400);
  });

  test("after a time off of an hour, or of nobody knows how long", () => {
    boot(REASON_WARM, 3599, vital.time_ms);
    expect<bool>(used_after(1000)).toBe(true);
    boot(REASON_WARM, 0xffffffff, vital.time_ms);
    expect<bool>(used_after(1000)).toBe(true);
    boot(REASON_WARM, 60, vital.time_ms);
    expect<bool>(used_after(1000)).toBe(false);
  });

  test("sooner once 1 % of the capacity moved, in whatever direction", () => {
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST;
    // 0.9 % in a quarter of an hour, then a little more
    sample.harvest_mean_nA = 1800;
    expect<bool>(used_after(15 * MINUTE_MS)).toBe(false);
    expect<bool>(used_after(2 * MINUTE_MS)).toBe(true);
    expect<f32>(warm.moved_soc).toBe(0);
  });

  test("whenever charging was paused for it", () => {
    expect<bool>(used_after(MINUTE_MS)).toBe(false);
    sample.pmic_flags = PMIC_PAUSED;
    expect<bool>(used_after(MINUTE_MS)).toBe(true);
    expect<bool>(used_after(MINUTE_MS)).toBe(true);
  });

  test("when the charger begins or ends to limit, then every half hour", () => {
    // a cell that rests where it is held
    start_node();
    rest_at(4155, 25);
    sample.valid = VALUE_VOLTAGE;
    sample.pmic_flags = PMIC_CHARGING | PMIC_LIMITING;
    sample.voltage_mV = 4150;
    expect<bool>(used_after(1000)).toBe(true);
    expect<u32>(gauge.corrections).toBe(USED_FLOAT);
    expect<bool>(used_after(29 * MINUTE_MS)).toBe(false);
    expect<bool>(used_after(MINUTE_MS)).toBe(true);
    sample.pmic_flags = 0;
    expect<bool>(used_after(1000)).toBe(true);
    expect<u32>(gauge.corrections & USED_REST).toBe(USED_REST);
  });
});

describe("a rest voltage", () => {
  beforeEach(begin);

  test("moves SOC towards it, and is told with its innovation", () => {
    const before = vital.charge_pC;
    sample.voltage_mV = rest_mV() + 6;
    step_after(HOUR_MS);
    expect<u32>(gauge.corrections).toBe(USED_REST);
    expect<f32>(gauge.innovation_mV).toBeCloseTo(6, 0);
    assert(vital.charge_pC > before, "upwards");
    sample.voltage_mV = rest_mV() + vital.voltage_error_mV(1) - 12;
    const high = vital.charge_pC;
    step_after(HOUR_MS);
    assert(vital.charge_pC < high, "downwards");
  });

  test("far off is taken with care", () => {
    sample.voltage_mV = rest_mV() + 600;
    const before = vital.charge_pC;
    step_after(HOUR_MS);
    expect<u32>(gauge.corrections).toBe(USED_REST | INFLATED);
    assert(<f64>(vital.charge_pC - before) < 0.05 * CAPACITY_PC, "5 % of SOC at most");
  });

  test("makes SOC more certain, the steeper the curve the more", () => {
    vital.charge_pC = <i64>(0.3 * CAPACITY_PC);
    set_sigma(0.05);
    sample.voltage_mV = rest_mV();
    step_after(HOUR_MS);
    const flat = gauge.soc_sigma;
    expect<f32>(flat).toBeLessThan(0.05);
    begin();
    vital.charge_pC = <i64>(0.9 * CAPACITY_PC);
    set_sigma(0.05);
    sample.voltage_mV = rest_mV();
    step_after(HOUR_MS);
    expect<f32>(gauge.soc_sigma).toBeLessThan(flat);
  });

  test("is read, not corrected with, while SOC is not known to 20 %", () => {
    set_sigma(0.3);
    vital.soc_sigma = 0.3;
    sample.voltage_mV = 4100;
    step_after(1000);
    expect<u32>(gauge.corrections).toBe(USED_REST);
    expect<f32>(gauge.soc).toBeCloseTo(soc_at_rest(4100, 25), 4);
    expect<f32>(gauge.soc_sigma).toBeLessThan(0.2);
  });
});

describe("a filter that no longer knows SOC", () => {
  test("reads it, also when only the interval before made it so", () => {
    begin();
    set_sigma(0.3);
    expect<f32>(vital.soc_sigma).toBeLessThan(0.2);
    sample.voltage_mV = 4100;
    step_after(1000);
    expect<u32>(gauge.corrections).toBe(USED_REST);
    expect<f32>(gauge.soc).toBeCloseTo(soc_at_rest(4100, 25), 4);
  });
});

describe("a load step", () => {
  beforeEach(begin);

  test("moves the resistance and not SOC, at every wake", () => {
    sample.valid = VALUE_VOLTAGE | VALUE_PULSE;
    // 30 uA through 2 kohm are 60 mV; here it is half as much again
    sample.voltage_loaded_mV = sample.voltage_mV - 90;
    sample.pulse_drain_nA = 30000;
    const before = vital.charge_pC;
    for (let i = 0; i < 10; i++) {
      step_after(1);
      expect<u32>(gauge.corrections & ~INFLATED).toBe(USED_PULSE);
    }
    expect<f32>(gauge.resistance_scale).toBeCloseTo(1.5, 1);
    expect<f32>(gauge.resistance_ohm).toBeCloseTo(<f32>2000 * gauge.resistance_scale, 0);
    assert(abs(vital.charge_pC - before) < 20000, "SOC stays");
  });

  test("is compared at the temperature of the cell", () => {
    sample.valid = VALUE_TEMPERATURE;
    vital.temperature_degC = 0;
    sample.valid = VALUE_VOLTAGE | VALUE_PULSE;
    // seven times the resistance
    sample.voltage_loaded_mV = 3960 - <f32>(0.002 * 7.13 * 10000);
    sample.pulse_drain_nA = 10000;
    for (let i = 0; i < 10; i++) step_after(1);
    expect<f32>(gauge.resistance_scale).toBeCloseTo(1, 1);
  });
});

/** Five gains that the first voltage could not tell apart. */
function open(): void {
  new_node();
  node.hypotheses = 5;
  node.adc_gain_sigma = 0.002;
  start_node();
  rest_at(3890, 25);
  clear_sample();
}

describe("several hypotheses", () => {
  test("are told, and have each a state of its own", () => {
    open();
    expect<u32>(gauge.hypotheses).toBe(5);
    expect<f32>(gauge.soc_sigma).toBeGreaterThan(0.05);
    for (let i = 0; i < 5; i++) assert(positive(hypothesis(i), 1e-5), "a covariance");
  });

  test("agree, and become one, at the float voltage", () => {
    open();
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST;
    sample.pmic_flags = PMIC_CHARGING | PMIC_LIMITING;
    sample.harvest_mean_nA = 200000;
    // the reading is 0.2 % high
    sample.voltage_mV = <f32>(4150 * 1.002);
    for (let i = 0; i < 24; i++) step_after(HOUR_MS);
    expect<u32>(gauge.hypotheses).toBe(1);
    // reading and set point share what is wrong
    const set_mV: f32 = 4150 + vital.float_error * 4150;
    expect<f32>(vital.voltage_error_mV(2) + set_mV).toBeCloseTo(sample.voltage_mV, 0);
    expect<f32>(vital.voltage_error_mV(2)).toBeGreaterThan(2);
    expect<f32>(vital.float_error * 4150).toBeGreaterThan(2);
    expect<f32>(gauge.soc).toBeCloseTo(soc_at_rest(set_mV, 25), 3);
  });
});
