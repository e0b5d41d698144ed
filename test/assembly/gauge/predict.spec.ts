// The time update: what an interval without a measurement does to the covariance, against the
// textbook's P <- F P F' + Q in double precision.

import { VALUE_HARVEST, sample, vital } from "../../../assembly/abi";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const DAY_S: f64 = 86400;
/** 50 uAh in pC. */
const CAPACITY_PC: f64 = 1.8e11;

function set_covariance(): void {
  vital.covariance_0 = 4e-4;
  vital.covariance_1 = -0.02;
  vital.covariance_2 = 1e-3;
  vital.covariance_3 = 25;
  vital.covariance_4 = -0.1;
  vital.covariance_5 = 0.04;
}

/** d SOC / d leak over an interval. */
function lever(dt_s: f64): f64 {
  return (-dt_s * 1000) / CAPACITY_PC;
}

describe("an interval without a measurement", () => {
  beforeEach(() => {
    new_node();
    start_node();
    rest_at(3960, 25);
    clear_sample();
    set_covariance();
  });

  test("spreads the leak's error into SOC, and lets leak and resistance wander", () => {
    const dt_s: f64 = 7200;
    step_after(7200000);
    const swept = lever(dt_s);
    const flowed = (dt_s * 1000 * 500.25) / CAPACITY_PC;
    const soc = 4e-4 + 2 * swept * -0.02 + swept * swept * 25 + 0.0001 * 0.01 * flowed;
    expect<f64>(vital.covariance_0).toBeCloseTo(soc, 8);
    expect<f64>(vital.covariance_1).toBeCloseTo(-0.02 + swept * 25, 6);
    expect<f64>(vital.covariance_2).toBeCloseTo(1e-3 + swept * -0.1, 8);
    expect<f64>(vital.covariance_3).toBeCloseTo(25 + (0.25 * dt_s) / DAY_S, 4);
    expect<f32>(vital.covariance_4).toBe(-0.1);
    expect<f64>(vital.covariance_5).toBeCloseTo(0.04 + (0.0004 * dt_s) / DAY_S, 6);
  });

  test("leaves the means of leak and resistance alone", () => {
    vital.leak_nA = 11;
    vital.resistance_scale = 1.3;
    step_after(86400000);
    expect<f32>(vital.leak_nA).toBe(11);
    expect<f32>(vital.resistance_scale).toBe(1.3);
  });

  test("makes SOC less certain the more charge flowed, in either direction", () => {
    vital.covariance_1 = 0;
    vital.covariance_3 = 0;
    step_after(3600000);
    const asleep = vital.covariance_0 - <f32>4e-4;
    set_covariance();
    vital.covariance_1 = 0;
    vital.covariance_3 = 0;
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 4500;
    step_after(3600000);
    // 5000 nA flowed in all instead of 500
    expect<f32>((vital.covariance_0 - <f32>4e-4) / asleep).toBeCloseTo(10, 0);
  });

  test("is the same in one step and in many, where nothing wanders", () => {
    node.leak_walk_nA = 0;
    start_node();
    rest_at(3960, 25);
    clear_sample();
    set_covariance();
    step_after(7200000);
    const once = vital.covariance_0;
    set_covariance();
    for (let i = 0; i < 720; i++) step_after(10000);
    expect<f32>(vital.covariance_0 / once).toBeCloseTo(1, 3);
  });

  test("never claims to know less than nothing, and then drops the correlations", () => {
    vital.covariance_3 = 1e6;
    for (let i = 0; i < 20; i++) step_after(3000000000);
    expect<f32>(vital.covariance_0).toBe(1);
    expect<f32>(vital.covariance_1).toBe(0);
    expect<f32>(vital.covariance_3).toBeLessThan(40001);
  });
});
