// The bounds of the filter: how a lost one starts again, what it knows at best and at worst, where
// the charge ends.

import { VALUE_HARVEST, gauge, sample, vital, warm } from "../../../assembly/abi";
import { soc_at_rest } from "../../../assembly/cell/ocv";
import {
  diffusion_of,
  entry,
  hypothesis,
  set_soc_variance,
  set_state,
  soc_variance,
  variance,
} from "../../../assembly/gauge/hypothesis";
import { step_after } from "../node_under_test";
import { CAPACITY_PC, begin, rest_mV, set_sigma } from "./still_node";

const HOUR_MS: u32 = 3600000;
const INFLATED: u32 = 4;
const GATE_SQUARED: f32 = 16;

describe("a filter that is lost", () => {
  beforeEach(begin);

  test("starts again after six readings in a row beyond the gate, and reads SOC", () => {
    vital.leak_nA = 3;
    set_state(hypothesis(0), 0, 3);
    // known far too well to believe that it is elsewhere
    let calm: f32 = 1;
    for (let i = 0; i < 5; i++) {
      set_sigma(0.001);
      sample.voltage_mV = 3700;
      step_after(HOUR_MS);
      expect<u32>(gauge.corrections & INFLATED).toBe(INFLATED);
      calm *= 0.75;
      expect<f32>(warm.surprise).toBeCloseTo(GATE_SQUARED * (1 - calm), 4);
    }
    set_sigma(0.001);
    step_after(HOUR_MS);
    expect<f32>(vital.soc_sigma).toBe(1);
    expect<f32>(vital.leak_nA).toBe(0);
    step_after(HOUR_MS);
    expect<f32>(gauge.soc).toBeCloseTo(soc_at_rest(3700, 25), 3);
  });

  test("is not lost where every other reading is what it expected", () => {
    for (let i = 0; i < 40; i++) {
      set_sigma(0.001);
      sample.voltage_mV = i & 1 ? rest_mV() + vital.voltage_error_mV(1) : 3700;
      step_after(HOUR_MS);
    }
    expect<f32>(vital.soc_sigma).toBeLessThan(0.2);
  });

  test("starts again when it takes for the gain what no board is off by", () => {
    // 0.05 % of 4150 mV, and 4 mV for table and years: three times their root of squares
    const most: f32 = 3 * <f32>Math.hypot(2.075, 4);
    for (let k = 0; k < 3; k++) {
      for (let sign: f32 = -1; sign <= 1; sign += 2) {
        begin();
        // a reading that fits, and changes nothing
        set_sigma(0.001);
        set_state(hypothesis(0), 4 + k, sign * (most - 0.2));
        sample.voltage_mV = rest_mV() + (k == 1 ? sign * most : 0);
        step_after(HOUR_MS);
        expect<f32>(vital.soc_sigma).toBeLessThan(0.5);
        set_state(hypothesis(0), 4 + k, sign * (most + 0.2));
        step_after(HOUR_MS);
        expect<f32>(vital.soc_sigma).toBe(1);
        expect<f32>(vital.voltage_error_mV(k)).toBe(0);
      }
    }
  });

  test("keeps of what it learned that the cell has aged: the CCD depends on it", () => {
    for (let k = 0; k < 2; k++) {
      begin();
      const learned: f32 = k == 0 ? 8 : 0.5;
      vital.resistance_scale = learned;
      for (let i = 0; i < 6; i++) {
        set_sigma(0.001);
        vital.resistance_scale = learned;
        sample.voltage_mV = 3700;
        step_after(HOUR_MS);
      }
      expect<f32>(vital.soc_sigma).toBe(1);
      // a cell does not get younger
      expect<f32>(vital.resistance_scale).toBe(k == 0 ? 8 : 1);
    }
  });

  test("doubts SOC, and nothing else, by 10 % for each reading that goes on surprising it", () => {
    set_sigma(0.001);
    const load = variance(hypothesis(0), 1);
    sample.voltage_mV = 3700;
    step_after(HOUR_MS);
    expect<f32>(soc_variance(hypothesis(0))).toBeGreaterThan(0.01);
    expect<f32>(soc_variance(hypothesis(0))).toBeLessThan(0.011);
    expect<f32>(variance(hypothesis(0), 1)).toBeCloseTo(load, 4);
  });

  test("doubts no more with a reading that fits, however surprising the ones before", () => {
    warm.surprise = 12;
    set_sigma(0.01);
    sample.voltage_mV = rest_mV() + vital.voltage_error_mV(1);
    step_after(HOUR_MS);
    expect<f32>(warm.surprise).toBeGreaterThan(2);
    expect<f32>(vital.soc_sigma).toBeLessThan(0.011);
  });

  test("doubts nothing as long as the mean square of what was expected is below 2", () => {
    warm.surprise = 2.1;
    set_sigma(0.01);
    sample.voltage_mV = rest_mV() + vital.voltage_error_mV(1);
    step_after(HOUR_MS);
    expect<f32>(warm.surprise).toBeLessThan(2);
    expect<f32>(vital.soc_sigma).toBeLessThan(0.011);
  });

  test("starts again when SOC's variance is no number, and mends a negative one", () => {
    for (let i = 0; i < 2; i++) {
      begin();
      store<f32>(entry(hypothesis(0), 7, 7), i & 1 ? f32.NaN : -1);
      step_after(1000);
      for (let k = 0; k < 8; k++)
        assert(variance(hypothesis(0), k) >= 0, `variance ${k} after ${i}`);
      expect<f32>(vital.soc_sigma <= 1 ? <f32>1 : <f32>0).toBe(1);
      expect<f32>(gauge.soc - gauge.soc).toBe(0);
    }
  });

  test("knows SOC to 1 at worst, and then nothing is tied to it", () => {
    const hyp = hypothesis(0);
    set_soc_variance(hyp, 4);
    sample.valid = 0;
    step_after(1000);
    expect<f32>(soc_variance(hyp)).toBe(1);
    for (let i = 0; i < 7; i++) expect<f32>(load<f32>(entry(hyp, 7, i))).toBe(0);
  });

  test("knows SOC to the profile's floor at best", () => {
    set_sigma(0);
    sample.valid = 0;
    step_after(1000);
    expect<f32>(soc_variance(hypothesis(0))).toBeCloseTo(1e-6, 9);
  });
});

describe("the charge", () => {
  test("stays between -5 and 106 %", () => {
    begin();
    sample.valid = 0;
    vital.charge_pC = <i64>(-0.5 * CAPACITY_PC);
    step_after(1000);
    expect<f64>(<f64>vital.charge_pC / CAPACITY_PC).toBeCloseTo(-0.05, 5);
    vital.charge_pC = <i64>(1.5 * CAPACITY_PC);
    step_after(1000);
    expect<f64>(<f64>vital.charge_pC / CAPACITY_PC).toBeCloseTo(1.06, 5);
  });

  test("of the surface is kept in vital, for the record", () => {
    begin();
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 9000;
    step_after(HOUR_MS);
    expect<f32>(vital.diffusion_0).toBe(load<f32>(diffusion_of(hypothesis(0))));
    expect<f32>(vital.diffusion_0).toBeGreaterThan(0.01);
  });
});
