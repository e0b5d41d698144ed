// The bounds of the filter: what a wild state or covariance is brought back to.

import { PATH_CORRECTION, gauge, vital, warm } from "../../../assembly/abi";
import { clear_sample, new_node, rest_at, start_node, step_after } from "../node_under_test";

/** 50 uAh. */
const CAPACITY_PC: f64 = 1.8e11;

/** SOC as the filter has it, not clipped. */
function soc(): f64 {
  return <f64>vital.charge_pC / CAPACITY_PC;
}

function restarted(): bool {
  return (
    vital.covariance_0 == 1 &&
    vital.covariance_1 == 0 &&
    vital.covariance_3 == 400 &&
    vital.covariance_5 > <f32>0.15 &&
    vital.leak_nA == 0 &&
    vital.resistance_scale == 1
  );
}

describe("the estimate", () => {
  beforeEach(() => {
    new_node();
    start_node();
    rest_at(3960, 25);
    clear_sample();
  });

  test("may leave 0..1 a little, is shown clipped, and goes no further", () => {
    vital.charge_pC = <i64>(1.03 * CAPACITY_PC);
    step_after(1000);
    expect<f64>(soc()).toBeCloseTo(1.03, 4);
    expect<f32>(gauge.soc).toBe(1);
    vital.charge_pC = <i64>(1.5 * CAPACITY_PC);
    step_after(1000);
    expect<f64>(soc()).toBeCloseTo(1.06, 4);
    vital.charge_pC = <i64>(-0.5 * CAPACITY_PC);
    step_after(1000);
    expect<f64>(soc()).toBeCloseTo(-0.05, 4);
    expect<f32>(gauge.soc).toBe(0);
  });

  test("that is brought back is booked as a correction", () => {
    const before = warm.book_pC(PATH_CORRECTION);
    vital.charge_pC = <i64>(-0.5 * CAPACITY_PC);
    step_after(1000);
    expect<f64>(<f64>(warm.book_pC(PATH_CORRECTION) - before) / CAPACITY_PC).toBeCloseTo(0.45, 4);
  });

  test("of the resistance stays between a twentieth and fifty times the profile's", () => {
    vital.resistance_scale = 1000;
    step_after(1000);
    expect<f32>(vital.resistance_scale).toBe(50);
    vital.resistance_scale = -3;
    step_after(1000);
    expect<f32>(vital.resistance_scale).toBe(0.05);
  });
});

describe("a covariance", () => {
  beforeEach(() => {
    new_node();
    start_node();
    rest_at(3960, 25);
    clear_sample();
  });

  test("that is no number or negative starts again, with what depends on it", () => {
    const wild: StaticArray<f32> = [f32.NaN, -1];
    for (let i = 0; i < wild.length; i++) {
      vital.covariance_3 = wild[i];
      step_after(1000);
      expect<bool>(restarted()).toBe(true);
      vital.covariance_5 = wild[i];
      step_after(1000);
      expect<bool>(restarted()).toBe(true);
    }
  });

  test("starts again when a learned state is no number", () => {
    vital.resistance_scale = f32.NaN;
    vital.covariance_0 = 0.01;
    step_after(1000);
    expect<bool>(restarted()).toBe(true);
    vital.leak_nA = f32.NaN;
    vital.covariance_0 = 0.01;
    step_after(1000);
    expect<bool>(restarted()).toBe(true);
  });

  test("never claims less than the floor", () => {
    vital.covariance_0 = 1e-12;
    vital.covariance_1 = 0;
    vital.covariance_2 = 0;
    step_after(1000);
    expect<f32>(gauge.soc_sigma).toBeGreaterThan(0.00099);
  });

  test("of the leak ends at a hundred times its start", () => {
    vital.covariance_3 = 1e9;
    step_after(1000);
    expect<f32>(vital.covariance_3).toBeCloseTo(40000, 0);
    expect<f32>(vital.covariance_1).toBe(0);
  });
});
