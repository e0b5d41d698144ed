// What the gauge tells, in its units.

import { VALUE_CHARGE, gauge, sample, vital } from "../../../assembly/abi";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const HOUR_MS: u32 = 3600000;
/** 50 uAh. */
const CAPACITY_PC: i64 = 180000000000;

describe("the gauge", () => {
  beforeEach(() => {
    new_node();
    start_node();
    rest_at(3960, 25);
    clear_sample();
    sample.valid = VALUE_CHARGE;
  });

  test("tells charge as SOC and in nAh", () => {
    vital.charge_pC = CAPACITY_PC / 4;
    step_after(1);
    expect<f32>(gauge.soc).toBeCloseTo(0.25, 5);
    expect<f32>(gauge.remaining_nAh).toBeCloseTo(12500, -1);
  });

  test("counts the whole pack: parallel cells in nAh, series cells in mV", () => {
    node.series = 2;
    node.parallel = 3;
    start_node();
    rest_at(7980, 25);
    clear_sample();
    sample.valid = VALUE_CHARGE;
    vital.charge_pC = 3 * CAPACITY_PC;
    vital.diffusion_0 = 0;
    step_after(1);
    expect<f32>(gauge.remaining_nAh).toBeCloseTo(150000, -2);
    expect<f32>(gauge.ocv_mV).toBeCloseTo(8360, 0);
    expect<f32>(gauge.resistance_ohm).toBeCloseTo(<f32>1333.3333 * vital.resistance_scale, 0);
  });

  test("tells the mean current of the interval, with its sign", () => {
    sample.charge_pC = 3600000000;
    step_after(HOUR_MS);
    // 1000 nA less 0.25 nA of self-discharge and the learned leak
    const hidden: f32 = <f32>0.25 + vital.leak_nA;
    expect<f32>(gauge.current_mean_nA).toBeCloseTo(1000 - hidden, 1);
    sample.charge_pC = -7200000000;
    step_after(HOUR_MS);
    expect<f32>(gauge.current_mean_nA).toBeCloseTo(-2000 - hidden, 1);
  });

  test("counts equivalent full cycles by what was discharged", () => {
    vital.throughput_pC = 0;
    for (let i = 0; i < 30; i++) {
      sample.charge_pC = -CAPACITY_PC / 10;
      step_after(12 * HOUR_MS);
      sample.charge_pC = CAPACITY_PC / 10;
      step_after(12 * HOUR_MS);
    }
    expect<f32>(gauge.cycles).toBeCloseTo(3, 1);
    vital.throughput_pC = i64.MAX_VALUE;
    step_after(HOUR_MS);
    assert(gauge.cycles > 0, "never negative");
  });

  test("tells the roots of the variances", () => {
    vital.covariance_0 = 0.0004;
    vital.covariance_1 = 0;
    vital.covariance_3 = 9;
    vital.covariance_5 = 0.01;
    step_after(1);
    expect<f32>(gauge.soc_sigma).toBeCloseTo(0.02, 4);
    expect<f32>(gauge.leak_sigma_nA).toBeCloseTo(3, 4);
    expect<f32>(gauge.resistance_sigma).toBeCloseTo(0.1, 4);
    expect<f32>(gauge.leak_nA).toBe(vital.leak_nA);
  });
});
