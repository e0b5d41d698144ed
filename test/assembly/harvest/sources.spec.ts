// Which source gives most now, from its open-circuit voltage, by the laws of each kind.

import { VALUE_SOURCE, decision, sample } from "../../../assembly/abi";
import { best_power_nW } from "../../../assembly/harvest/sources";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const ALL: u32 = VALUE_SOURCE * 15;

/** The open-circuit voltages of the four sources. */
function look(pv: f32, piezo: f32, teg: f32, rf: f32): void {
  sample.valid = ALL;
  sample.source_mV_0 = pv;
  sample.source_mV_1 = piezo;
  sample.source_mV_2 = teg;
  sample.source_mV_3 = rf;
  step_after(60000);
}

function begin(): void {
  new_node();
  start_node();
  rest_at(3960, 25);
  clear_sample();
}

describe("the power of a source", () => {
  beforeEach(begin);

  test("with light is photocurrent times the voltage at the matched point", () => {
    look(1500, 0, 0, 0);
    // 0.02 nA (exp(1500 / 130) - 1) x 0.75 x 1500 mV x 0.85
    const expected = 0.02 * (Math.exp(1500.0 / 130) - 1) * 0.75 * 1.5 * 0.85;
    expect<f64>(<f64>best_power_nW / expected).toBeCloseTo(1, 4);
    expect<u8>(decision.source).toBe(1);
    expect<f32>(decision.mpp_ratio).toBe(0.75);
  });

  test("with light is that of the voltage at 25 degC: heat lowers it", () => {
    node.source_drift_mV_K_0 = -2;
    start_node();
    rest_at(3960, 45);
    clear_sample();
    look(1500, 0, 0, 0);
    // 1540 mV at 25 degC
    const expected = 0.02 * (Math.exp(1540.0 / 130) - 1) * 0.75 * 1.5 * 0.85;
    expect<f64>(<f64>best_power_nW / expected).toBeCloseTo(1, 4);
  });

  test("of the other kinds is the gain times the square of the voltage", () => {
    look(0, 1000, 0, 0);
    expect<f32>(best_power_nW).toBeCloseTo(350000, -1);
    expect<u8>(decision.source).toBe(2);
    look(0, 0, 50, 0);
    expect<f32>(best_power_nW).toBeCloseTo(12000, 0);
    expect<u8>(decision.source).toBe(3);
    look(0, 0, 0, 2000);
    expect<f32>(best_power_nW).toBeCloseTo(12000, 0);
    expect<u8>(decision.source).toBe(4);
    expect<f32>(decision.mpp_ratio).toBe(0.45);
  });
});

describe("the best source", () => {
  beforeEach(begin);

  test("changes with what each gives", () => {
    look(1500, 100, 20, 100);
    expect<u8>(decision.source).toBe(2);
    look(1500, 10, 25, 100);
    expect<u8>(decision.source).toBe(3);
    look(1500, 10, 0, 100);
    expect<u8>(decision.source).toBe(1);
  });

  test("is none in the dark", () => {
    look(0, 0, 0, 0);
    expect<u8>(decision.source).toBe(0);
    expect<f32>(decision.mpp_ratio).toBe(0);
  });

  test("is only looked for among those that were measured", () => {
    look(0, 1000, 50, 0);
    sample.valid = VALUE_SOURCE << 2;
    step_after(60000);
    expect<u8>(decision.source).toBe(3);
    sample.valid = 0;
    step_after(60000);
    expect<u8>(decision.source).toBe(0);
  });

  test("is only looked for among those that the board has", () => {
    node.source_kind_1 = 0;
    start_node();
    look(0, 1000, 50, 0);
    expect<u8>(decision.source).toBe(3);
  });

  test("stays the best in light beyond all measure", () => {
    look(60000, 0, 0, 0);
    expect<u8>(decision.source).toBe(1);
  });
});
