// The filter of the resistance scale against the textbook's of one state, in double precision.

import { sample, vital, warm } from "../../../assembly/abi";
import {
  correct_resistance,
  predict_resistance,
  pulse_gated,
} from "../../../assembly/gauge/resistance";
import { clear_sample, new_node, node, start_node, step_after } from "../node_under_test";

/** 2 kohm in mV/nA. */
const BASE_MV_NA: f32 = 0.002;
/** Two readings: noise of 1 mV and a rounding to 1 mV each. */
const READINGS_MV2: f64 = 2 * (1 + 1.0 / 12);

/** A load step of `drain_nA` that dropped the voltage by `drop_mV`. */
function load_step(drain_nA: f32, drop_mV: f32): void {
  sample.voltage_mV = 3960;
  sample.voltage_loaded_mV = 3960 - drop_mV;
  sample.pulse_drain_nA = drain_nA;
  correct_resistance(BASE_MV_NA);
}

function begin(): void {
  new_node();
  start_node();
  clear_sample();
  vital.resistance_scale = 1;
  warm.resistance_variance = 0.16;
}

describe("a load step", () => {
  beforeEach(begin);

  test("corrects scale and variance as the textbook does", () => {
    // 60 mV expected, known to 3 %
    const R = READINGS_MV2 + 1.8 * 1.8;
    const S = 60 * 60 * 0.16 + R;
    const K = (0.16 * 60) / S;
    load_step(30000, 75);
    expect<f64>(<f64>vital.resistance_scale).toBeCloseTo(1 + K * 15, 4);
    expect<f64>(<f64>warm.resistance_variance).toBeCloseTo((0.16 * R) / S, 6);
    expect<bool>(pulse_gated).toBe(false);
  });

  test("teaches little when its current is small", () => {
    load_step(100, 3);
    expect<f32>(vital.resistance_scale).toBeLessThan(1.05);
    expect<f32>(warm.resistance_variance).toBeGreaterThan(0.159);
  });

  test("finds the truth when repeated, and knows it to 3 % / sqrt(n) at best", () => {
    for (let i = 0; i < 100; i++) load_step(30000, 90);
    expect<f32>(vital.resistance_scale).toBeCloseTo(1.5, 2);
    const sigma = Math.sqrt(<f64>warm.resistance_variance);
    expect<f64>(sigma).toBeGreaterThan(0.003);
    expect<f64>(sigma).toBeLessThan(0.008);
  });

  test("beyond the gate moves as if it lay on the gate, and less the worse it is", () => {
    load_step(30000, 1060);
    expect<bool>(pulse_gated).toBe(true);
    // K = P h / (y^2 / 16)
    expect<f64>(<f64>vital.resistance_scale).toBeCloseTo(1 + (0.16 * 60 * 16) / 1000, 4);
    begin();
    load_step(30000, -940);
    expect<f64>(<f64>vital.resistance_scale).toBeCloseTo(1 - (0.16 * 60 * 16) / 1000, 4);
    begin();
    load_step(30000, 3060);
    expect<f32>(vital.resistance_scale).toBeLessThan(1.06);
  });

  test("leaves the scale within 0.05 and 50 and the variance above 0", () => {
    for (let i = 0; i < 300; i++) {
      warm.resistance_variance = 25;
      load_step(30000, i & 1 ? 0 : 3900);
      const scale = vital.resistance_scale;
      assert(scale >= 0.05 && scale <= 50, "scale inside");
      assert(warm.resistance_variance > 0, "variance positive");
    }
  });
});

describe("the scale", () => {
  beforeEach(begin);

  test("walks with time by resistance_walk per root of a day, in one step or many", () => {
    node.resistance_walk = 0.1;
    start_node();
    clear_sample();
    const start = warm.resistance_variance;
    step_after(86400000);
    const once = warm.resistance_variance;
    expect<f32>(once - start).toBeCloseTo(0.01, 5);
    for (let i = 0; i < 240; i++) step_after(360000);
    expect<f32>(warm.resistance_variance - once).toBeCloseTo(0.01, 5);
  });

  test("is only unknown beyond a variance of 25", () => {
    warm.resistance_variance = 24.9999;
    node.resistance_walk = 1;
    start_node();
    warm.resistance_variance = 24.9999;
    clear_sample();
    for (let i = 0; i < 9; i++) step_after(86400000);
    predict_resistance();
    expect<f32>(warm.resistance_variance).toBe(25);
  });
});
