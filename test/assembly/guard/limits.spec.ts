// Three levels, debounce and latching of every guarded quantity.

import {
  FAULT_CCD,
  FAULT_SENSOR,
  FAULT_TEMPERATURE_HIGH,
  FAULT_TEMPERATURE_LOW,
  FAULT_UNCERTAIN,
  FAULT_VOLTAGE_HIGH,
  FAULT_VOLTAGE_LOW,
  VALUE_HARVEST,
  VALUE_HARVEST_NOW,
  VALUE_TEMPERATURE,
  VALUE_VOLTAGE,
  decision,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { hypothesis, set_soc_variance } from "../../../assembly/gauge/hypothesis";
import { acknowledge } from "../../../assembly/index";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const MINUTE_MS: u32 = 60000;
/** Operating, recommended and maximum bit of a quantity's three. */
const OPERATING: u32 = 1;
const RECOMMENDED: u32 = 2;
const MAXIMUM: u32 = 4;
/** 2 mA/cm2 on 0.25 cm2. */
const CCD_NA: f32 = 500000;

/** The three level bits of a quantity after one sample more. */
function levels(first: u32): u32 {
  step_after(MINUTE_MS);
  return (decision.faults / first) & 7;
}

function voltage(mV: f32): void {
  sample.valid = VALUE_VOLTAGE;
  sample.voltage_mV = mV;
}

function temperature(degC: f32): void {
  sample.valid = VALUE_TEMPERATURE;
  sample.temperature_degC = degC;
  // no way there: a cell needs time to warm
  vital.temperature_degC = degC;
}

function charging(nA: f32): void {
  sample.valid = VALUE_HARVEST;
  sample.harvest_mean_nA = nA;
}

function begin(): void {
  new_node();
  start_node();
  rest_at(3960, 25);
  clear_sample();
}

describe("a limit", () => {
  beforeEach(begin);

  test("is no fault at its very value", () => {
    node.debounce_0 = 1;
    start_node();
    voltage(4200);
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(0);
    voltage(4200.5);
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(OPERATING);
    voltage(3400);
    expect<u32>(levels(FAULT_VOLTAGE_LOW)).toBe(0);
    voltage(3399.5);
    expect<u32>(levels(FAULT_VOLTAGE_LOW)).toBe(OPERATING);
  });

  test("counts after as many samples in turn as its level's debounce says: 3, 2 and 1", () => {
    voltage(4400);
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(MAXIMUM);
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(MAXIMUM | RECOMMENDED);
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(MAXIMUM | RECOMMENDED | OPERATING);
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(MAXIMUM | RECOMMENDED | OPERATING);
  });

  test("starts to count anew after one sample inside", () => {
    for (let i = 0; i < 10; i++) {
      voltage(4210);
      expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(0);
      expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(0);
      voltage(4190);
      expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(0);
    }
  });

  test("is cleared by the first sample inside, level by level", () => {
    voltage(4400);
    for (let i = 0; i < 3; i++) step_after(MINUTE_MS);
    voltage(4260);
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(RECOMMENDED | OPERATING);
    voltage(4220);
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(OPERATING);
    voltage(4000);
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(0);
  });

  test("stays a fault while nothing new is measured", () => {
    voltage(4400);
    for (let i = 0; i < 3; i++) step_after(MINUTE_MS);
    sample.valid = 0;
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(7);
    sample.valid = VALUE_VOLTAGE;
    sample.voltage_mV = f32.NaN;
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(7);
    expect<u32>(decision.faults & FAULT_SENSOR).toBe(FAULT_SENSOR);
  });

  test("counts to 250 at most", () => {
    node.debounce_0 = 250;
    start_node();
    voltage(4210);
    for (let i = 0; i < 249; i++) expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(0);
    for (let i = 0; i < 300; i++) expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(OPERATING);
  });
});

describe("each quantity", () => {
  beforeEach(() => {
    new_node();
    node.debounce_0 = 1;
    node.debounce_1 = 1;
    start_node();
    rest_at(3960, 25);
    clear_sample();
  });

  test("has its three levels: low voltage", () => {
    voltage(3300);
    expect<u32>(levels(FAULT_VOLTAGE_LOW)).toBe(OPERATING);
    voltage(3100);
    expect<u32>(levels(FAULT_VOLTAGE_LOW)).toBe(OPERATING | RECOMMENDED);
    voltage(2900);
    expect<u32>(levels(FAULT_VOLTAGE_LOW)).toBe(7);
  });

  test("has its three levels: high and low temperature", () => {
    temperature(55);
    expect<u32>(levels(FAULT_TEMPERATURE_HIGH)).toBe(OPERATING);
    temperature(65);
    expect<u32>(levels(FAULT_TEMPERATURE_HIGH)).toBe(OPERATING | RECOMMENDED);
    temperature(75);
    expect<u32>(levels(FAULT_TEMPERATURE_HIGH)).toBe(7);
    temperature(-5);
    expect<u32>(levels(FAULT_TEMPERATURE_LOW)).toBe(OPERATING);
    temperature(-15);
    expect<u32>(levels(FAULT_TEMPERATURE_LOW)).toBe(OPERATING | RECOMMENDED);
    temperature(-25);
    expect<u32>(levels(FAULT_TEMPERATURE_LOW)).toBe(7);
    expect<u32>(levels(FAULT_TEMPERATURE_HIGH)).toBe(0);
  });

  test("has its three levels: plating current against the critical current", () => {
    charging(<f32>0.55 * CCD_NA);
    expect<u32>(levels(FAULT_CCD)).toBe(OPERATING);
    charging(<f32>0.9 * CCD_NA);
    expect<u32>(levels(FAULT_CCD)).toBe(OPERATING | RECOMMENDED);
    charging(<f32>1.01 * CCD_NA);
    expect<u32>(levels(FAULT_CCD)).toBe(7);
    charging(1000);
    expect<u32>(levels(FAULT_CCD)).toBe(0);
  });

  test("is judged by what is known best: the current now before its mean", () => {
    charging(<f32>0.9 * CCD_NA);
    sample.valid |= VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 100;
    expect<u32>(levels(FAULT_CCD)).toBe(0);
  });

  test("meets a critical current derated by cold, heat and age", () => {
    charging(<f32>0.45 * CCD_NA);
    expect<u32>(levels(FAULT_CCD)).toBe(0);
    // 0.8 of the full critical current at -10 degC, 0.45 of that is beyond half
    vital.temperature_degC = -10;
    expect<u32>(levels(FAULT_CCD)).toBe(OPERATING);
    vital.temperature_degC = 85;
    expect<u32>(levels(FAULT_CCD)).toBe(OPERATING | RECOMMENDED);
    vital.temperature_degC = 25;
    vital.resistance_scale = 3;
    expect<u32>(levels(FAULT_CCD)).toBe(OPERATING | RECOMMENDED);
  });

  test("of a string is judged per cell, and for the weakest cell at the low end", () => {
    node.series = 2;
    node.capacity_spread = 0.2;
    start_node();
    rest_at(7840, 25);
    clear_sample();
    voltage(8390);
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(0);
    voltage(8410);
    expect<u32>(levels(FAULT_VOLTAGE_HIGH)).toBe(OPERATING);
    // almost empty: the mean cell rests at 3480 mV, a cell of 0.8 capacity is far below it
    start_node();
    rest_at(6960, 25);
    expect<u32>(levels(FAULT_VOLTAGE_LOW)).toBe(7);
  });
});

describe("a maximum level", () => {
  beforeEach(begin);

  test("is latched, the lower ones are not", () => {
    voltage(4400);
    for (let i = 0; i < 3; i++) step_after(MINUTE_MS);
    voltage(4000);
    step_after(MINUTE_MS);
    expect<u32>(decision.faults & 7).toBe(0);
    expect<u32>(decision.faults_latched & 7).toBe(MAXIMUM);
    expect<u32>(vital.faults_latched & 7).toBe(MAXIMUM);
  });

  test("can be acknowledged only once it is over", () => {
    voltage(4400);
    for (let i = 0; i < 3; i++) step_after(MINUTE_MS);
    acknowledge(MAXIMUM);
    expect<u32>(decision.faults_latched & 7).toBe(MAXIMUM);
    voltage(4000);
    step_after(MINUTE_MS);
    acknowledge(MAXIMUM);
    expect<u32>(decision.faults_latched & 7).toBe(0);
    step_after(MINUTE_MS);
    expect<u32>(decision.faults_latched & 7).toBe(0);
  });

  test("is acknowledged bit by bit", () => {
    voltage(4400);
    step_after(MINUTE_MS);
    temperature(80);
    step_after(MINUTE_MS);
    voltage(4000);
    temperature(25);
    sample.valid = VALUE_VOLTAGE | VALUE_TEMPERATURE;
    step_after(MINUTE_MS);
    const high = FAULT_VOLTAGE_HIGH << 2;
    const hot = FAULT_TEMPERATURE_HIGH << 2;
    expect<u32>(vital.faults_latched & (high | hot)).toBe(high | hot);
    acknowledge(hot);
    expect<u32>(vital.faults_latched & (high | hot)).toBe(high);
    expect<u32>(warm.debounce(2)).toBe(0);
  });
});

describe("an SOC that is not known", () => {
  test("to a quarter is a fault, and one that is known to it is none", () => {
    begin();
    set_soc_variance(hypothesis(0), 0.0626);
    step_after(1);
    expect<u32>(decision.faults & FAULT_UNCERTAIN).toBe(FAULT_UNCERTAIN);
    set_soc_variance(hypothesis(0), 0.0624);
    step_after(1);
    expect<u32>(decision.faults & FAULT_UNCERTAIN).toBe(0);
  });
});
