// Plausibility of the measured values: ends of the ranges, values that contradict each other, the
// memory of the temperature. Every wild value in every field: test/property/values.test.ts.

import {
  FAULT_SENSOR,
  FAULT_STALE,
  STATUS_OK,
  STATUS_REJECTED,
  VALUE_ACTIVE,
  VALUE_CHARGE,
  VALUE_HARVEST,
  VALUE_PULSE,
  VALUE_SOURCE,
  VALUE_TEMPERATURE,
  VALUE_VOLTAGE,
  decision,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const SECOND_MS: u32 = 1000;
const HOUR_MS: u32 = 3600000;

/** What is excluded of a sample that claims these values. */
function rejected_of(valid: u32): u32 {
  sample.valid = valid;
  step_after(SECOND_MS);
  return decision.rejected;
}

function temperature(degC: f32, dt_ms: u32): u32 {
  sample.valid = VALUE_TEMPERATURE;
  sample.temperature_degC = degC;
  step_after(dt_ms);
  return decision.rejected;
}

describe("a measured value", () => {
  beforeEach(() => {
    new_node();
    start_node();
    rest_at(3960, 25);
    clear_sample();
  });

  test("is taken up to the ends of its range and not beyond", () => {
    sample.voltage_mV = 60000;
    expect<u32>(rejected_of(VALUE_VOLTAGE)).toBe(0);
    sample.voltage_mV = 60001;
    expect<u32>(rejected_of(VALUE_VOLTAGE)).toBe(VALUE_VOLTAGE);
    sample.voltage_mV = 0;
    expect<u32>(rejected_of(VALUE_VOLTAGE)).toBe(VALUE_VOLTAGE);
    sample.harvest_mean_nA = 100000000;
    expect<u32>(rejected_of(VALUE_HARVEST)).toBe(0);
    sample.harvest_mean_nA = -1;
    expect<u32>(rejected_of(VALUE_HARVEST)).toBe(VALUE_HARVEST);
  });

  test("that is excluded is named in status, mask and fault, and counted", () => {
    sample.voltage_mV = f32.NaN;
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST;
    expect<u32>(step_after(SECOND_MS)).toBe(STATUS_REJECTED | (VALUE_VOLTAGE << 8));
    expect<u32>(decision.rejected).toBe(VALUE_VOLTAGE);
    expect<u32>(decision.faults & FAULT_SENSOR).toBe(FAULT_SENSOR);
    expect<u32>(warm.rejected).toBe(1);
    sample.voltage_mV = 3960;
    expect<u32>(step_after(SECOND_MS)).toBe(STATUS_OK);
    expect<u32>(decision.faults & FAULT_SENSOR).toBe(0);
  });

  test("that the board cannot measure is not looked at", () => {
    node.observables = VALUE_VOLTAGE;
    start_node();
    sample.voltage_mV = 3960;
    sample.harvest_mean_nA = f32.NaN;
    expect<u32>(rejected_of(0xfff)).toBe(0);
  });

  test("of a pulse needs a rest voltage above it", () => {
    sample.voltage_mV = 3960;
    sample.voltage_loaded_mV = 3900;
    sample.pulse_drain_nA = 30000;
    expect<u32>(rejected_of(VALUE_VOLTAGE | VALUE_PULSE)).toBe(0);
    expect<u32>(rejected_of(VALUE_PULSE)).toBe(VALUE_PULSE);
    sample.voltage_loaded_mV = 3961;
    expect<u32>(rejected_of(VALUE_VOLTAGE | VALUE_PULSE)).toBe(VALUE_PULSE);
  });

  test("of charge is no more than 0.1 A over the interval", () => {
    sample.charge_pC = <i64>99999000 * SECOND_MS;
    expect<u32>(rejected_of(VALUE_CHARGE)).toBe(0);
    sample.charge_pC = <i64>-100001000 * SECOND_MS;
    expect<u32>(rejected_of(VALUE_CHARGE)).toBe(VALUE_CHARGE);
    sample.charge_pC = i64.MIN_VALUE;
    expect<u32>(rejected_of(VALUE_CHARGE)).toBe(VALUE_CHARGE);
  });

  test("of time awake is no longer than the interval; longer is booked as all of it", () => {
    sample.active_ms = SECOND_MS;
    expect<u32>(rejected_of(VALUE_ACTIVE)).toBe(0);
    const before = vital.charge_pC;
    sample.active_ms = SECOND_MS + 1;
    expect<u32>(rejected_of(VALUE_ACTIVE)).toBe(VALUE_ACTIVE);
    expect<i64>(before - vital.charge_pC).toBe(900000250);
  });

  test("of a source is judged by itself", () => {
    sample.source_mV_1 = f32.NaN;
    sample.source_mV_3 = -1;
    expect<u32>(rejected_of(VALUE_SOURCE * 15)).toBe(VALUE_SOURCE * 10);
  });
});

describe("the temperature", () => {
  beforeEach(() => {
    new_node();
    start_node();
    rest_at(3960, 25);
    clear_sample();
  });

  test("is kept while none is measured", () => {
    temperature(27, SECOND_MS);
    sample.valid = 0;
    step_after(SECOND_MS);
    expect<f32>(vital.temperature_degC).toBe(27);
  });

  test("may not jump further than a cell can warm: 5 K and 1 K per s", () => {
    expect<u32>(temperature(31.1, SECOND_MS)).toBe(VALUE_TEMPERATURE);
    expect<f32>(vital.temperature_degC).toBe(25);
    expect<u32>(temperature(30.9, SECOND_MS)).toBe(0);
    expect<u32>(temperature(24.8, SECOND_MS)).toBe(VALUE_TEMPERATURE);
    expect<u32>(temperature(-20, 60 * SECOND_MS)).toBe(0);
  });

  test("is stale after an hour without a plausible one, and then any is taken", () => {
    expect<u32>(temperature(120, 10 * SECOND_MS)).toBe(VALUE_TEMPERATURE);
    expect<u32>(decision.faults & FAULT_STALE).toBe(0);
    sample.valid = 0;
    step_after(HOUR_MS);
    expect<u32>(decision.faults & FAULT_STALE).toBe(FAULT_STALE);
    expect<u32>(temperature(120, SECOND_MS)).toBe(0);
    expect<u32>(decision.faults & FAULT_STALE).toBe(0);
    expect<f32>(vital.temperature_degC).toBe(120);
  });

  test("is never stale on a board without a sensor", () => {
    node.observables = VALUE_VOLTAGE;
    start_node();
    sample.valid = 0;
    step_after(48 * HOUR_MS);
    expect<u32>(decision.faults & FAULT_STALE).toBe(0);
  });

  test("seen first is taken whatever it is", () => {
    start_node();
    expect<u32>(temperature(-40, SECOND_MS)).toBe(0);
    expect<f32>(vital.temperature_degC).toBe(-40);
  });
});
