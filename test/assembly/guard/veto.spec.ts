// The guard's second turn: what it replaces in a decision, that it counts, and that it says what
// the board cannot enforce.

import {
  ACTUATOR_CHARGE_ENABLE,
  ACTUATOR_CHARGE_LIMIT,
  ACTUATOR_FLOAT,
  ACTUATOR_LOAD,
  MODE_ACTIVE,
  MODE_SURVIVAL,
  VALUE_HARVEST,
  VALUE_TEMPERATURE,
  VALUE_VOLTAGE,
  VETO_CHARGE,
  VETO_CHARGE_LIMIT,
  VETO_EVENTS,
  VETO_FLOAT,
  VETO_MODE,
  decision,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const MINUTE_MS: u32 = 60000;
const ALL: u32 = 0x7f;

function begin(actuators: u32): void {
  node.actuators = actuators;
  node.debounce_0 = 1;
  node.debounce_1 = 1;
  start_node();
  rest_at(4050, 25);
  clear_sample();
}

function look(voltage_mV: f32, temperature_degC: f32): void {
  sample.valid = VALUE_VOLTAGE | VALUE_TEMPERATURE;
  sample.voltage_mV = voltage_mV;
  sample.temperature_degC = temperature_degC;
  vital.temperature_degC = temperature_degC;
  step_after(MINUTE_MS);
}

describe("a decision within all limits", () => {
  test("is left alone", () => {
    new_node();
    begin(ALL);
    look(4050, 25);
    expect<u32>(decision.veto).toBe(0);
    expect<u32>(decision.unenforced).toBe(0);
    expect<u32>(warm.vetoes).toBe(0);
    expect<u8>(decision.charge_enable).toBe(1);
    expect<u8>(decision.mode).toBe(<u8>MODE_ACTIVE);
  });
});

describe("charging", () => {
  beforeEach(() => {
    new_node();
  });

  test("is switched off above the recommended voltage, and counted", () => {
    begin(ALL);
    look(4260, 25);
    expect<u8>(decision.charge_enable).toBe(0);
    expect<u32>(decision.veto & VETO_CHARGE).toBe(VETO_CHARGE);
    expect<u32>(decision.unenforced & ACTUATOR_CHARGE_ENABLE).toBe(0);
    expect<u32>(warm.vetoes).toBe(1);
    look(4260, 25);
    expect<u32>(warm.vetoes).toBe(2);
  });

  test("goes on at the operating level, which is only told", () => {
    begin(ALL);
    look(4220, 25);
    expect<u8>(decision.charge_enable).toBe(1);
    expect<u32>(decision.faults & 1).toBe(1);
  });

  test("is switched off when too hot or too cold", () => {
    begin(ALL);
    look(4050, 65);
    expect<u8>(decision.charge_enable).toBe(0);
    look(4050, -15);
    expect<u8>(decision.charge_enable).toBe(0);
    look(4050, 25);
    expect<u8>(decision.charge_enable).toBe(1);
  });

  test("is switched off beyond the recommended share of the critical current", () => {
    begin(ALL);
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 450000;
    step_after(MINUTE_MS);
    expect<u8>(decision.charge_enable).toBe(0);
    expect<u32>(decision.veto & VETO_CHARGE).toBe(VETO_CHARGE);
  });

  test("is switched off where the critical current is nil", () => {
    node.temperature_min_degC_0 = -50;
    node.temperature_min_degC_1 = -55;
    node.temperature_min_degC_2 = -60;
    node.ccd_cold_per_K = 0.1;
    begin(ALL);
    look(4050, -5);
    expect<u8>(decision.charge_enable).toBe(0);
    expect<f32>(decision.charge_limit_nA).toBe(0);
  });

  test("that the board cannot switch off is named as not enforced", () => {
    begin(ALL & ~ACTUATOR_CHARGE_ENABLE);
    look(4260, 25);
    expect<u32>(decision.veto & VETO_CHARGE).toBe(VETO_CHARGE);
    expect<u32>(decision.unenforced).toBe(ACTUATOR_CHARGE_ENABLE);
  });
});

describe("a strapped charger", () => {
  beforeEach(() => {
    new_node();
  });

  test("with too high a float voltage is vetoed and named", () => {
    node.float_strap_mV = 4280;
    begin(ALL & ~ACTUATOR_FLOAT);
    look(4050, 25);
    expect<f32>(decision.float_mV).toBe(4250);
    expect<u32>(decision.veto).toBe(VETO_FLOAT);
    expect<u32>(decision.unenforced).toBe(ACTUATOR_FLOAT);
  });

  test("with too high a current is vetoed and named, the more so in the cold", () => {
    node.charge_max_nA = 2000000;
    begin(ALL & ~ACTUATOR_CHARGE_LIMIT);
    look(4050, 25);
    expect<f32>(decision.charge_limit_nA).toBeCloseTo(400000, 0);
    expect<u32>(decision.veto).toBe(VETO_CHARGE_LIMIT);
    expect<u32>(decision.unenforced).toBe(ACTUATOR_CHARGE_LIMIT);
    look(4050, 0);
    expect<f32>(decision.charge_limit_nA).toBeCloseTo(360000, 0);
  });

  test("that a board can set is never asked for too much", () => {
    node.float_mV = 4400;
    node.charge_max_nA = 2000000;
    begin(ALL);
    look(4050, 25);
    expect<u32>(decision.unenforced).toBe(0);
    expect<f32>(decision.float_mV).toBe(4250);
    expect<f32>(decision.charge_limit_nA).toBeLessThan(250001);
  });
});

/** A rich node that would do events, but for what it measures. */
function rich(actuators: u32): void {
  begin(actuators);
  look(4100, 25);
  assert(decision.events_2 > 0, "events before");
}

describe("the load", () => {
  beforeEach(() => {
    new_node();
  });

  test("is reduced to survival below the recommended voltage, without events", () => {
    rich(ALL);
    look(3150, 25);
    expect<u8>(decision.mode).toBe(<u8>MODE_SURVIVAL);
    expect<u32>(decision.sleep_ms).toBe(node.sleep_max_ms);
    expect<u32>(decision.events_0 + decision.events_1 + decision.events_2).toBe(0);
    expect<u32>(decision.unenforced & ACTUATOR_LOAD).toBe(0);
  });

  test("is reduced when too hot, and the veto names mode and events", () => {
    rich(ALL);
    look(4100, 65);
    expect<u8>(decision.mode).toBe(<u8>MODE_SURVIVAL);
    expect<u32>(decision.veto & (VETO_MODE | VETO_EVENTS)).toBe(VETO_MODE | VETO_EVENTS);
    expect<u8>(vital.mode).toBe(<u8>MODE_SURVIVAL);
  });

  test("that the board cannot switch is named as not enforced", () => {
    rich(ALL & ~ACTUATOR_LOAD);
    look(4100, 65);
    expect<u32>(decision.unenforced).toBe(ACTUATOR_LOAD);
  });
});
