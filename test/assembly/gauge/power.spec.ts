// State of power against the pulse it promises: the voltage at the end of an allowed pulse lies at
// the limit, computed here from the cell's equations.

import { vital } from "../../../assembly/abi";
import { evaluate_ocv, ocv_mV, ocv_slope_mV } from "../../../assembly/cell/ocv";
import { allowed_current_nA } from "../../../assembly/index";
import { new_node, node, rest_at, start_node } from "../node_under_test";

const CHARGE: i32 = 1;
const DRAIN: i32 = -1;

describe("the allowed drain", () => {
  beforeEach(() => {
    new_node();
    start_node();
    rest_at(3960, 25);
  });

  test("of a short pulse is (OCV - cut-off) over R", () => {
    evaluate_ocv(<f32>vital.charge_pC / <f32>1.8e11, 25);
    const ohmic = (ocv_mV - 3200) / 0.002;
    // 1 ms moves no charge to speak of
    expect<f32>(allowed_current_nA(DRAIN, 1) / <f32>ohmic).toBeCloseTo(1, 2);
  });

  test("falls with the time it must last", () => {
    let before = allowed_current_nA(DRAIN, 0);
    for (let ms: u32 = 1; ms < 2000000000; ms *= 3) {
      const now = allowed_current_nA(DRAIN, ms);
      assert(now <= before && now >= 0, "does not rise");
      before = now;
    }
    // 50 uAh last 40 days at 52 nA from full
    expect<f32>(before).toBeLessThan(100);
  });

  test("halves when the resistance doubles", () => {
    const fresh = allowed_current_nA(DRAIN, 1);
    vital.resistance_scale *= 2;
    expect<f32>(fresh / allowed_current_nA(DRAIN, 1)).toBeCloseTo(2, 1);
  });

  test("falls in the cold", () => {
    const warm = allowed_current_nA(DRAIN, 10);
    vital.temperature_degC = 0;
    expect<f32>(warm / allowed_current_nA(DRAIN, 10)).toBeGreaterThan(6);
  });

  test("is 0 when empty, and grows with SOC", () => {
    let before: f32 = -1;
    for (let i = -5; i <= 100; i += 5) {
      vital.charge_pC = <i64>i * 1800000000;
      vital.diffusion_0 = 0;
      vital.diffusion_1 = 0;
      const now = allowed_current_nA(DRAIN, 1000);
      if (i <= 0) expect<f32>(now).toBe(0);
      assert(now >= before, "grows with SOC");
      before = now;
    }
  });

  test("follows the weakest cell of a string", () => {
    node.series = 2;
    start_node();
    rest_at(7920, 25);
    const equal = allowed_current_nA(DRAIN, 1000);
    node.capacity_spread = 0.2;
    start_node();
    rest_at(7920, 25);
    expect<f32>(allowed_current_nA(DRAIN, 1000)).toBeLessThan(equal);
  });
});

describe("the allowed charging current", () => {
  beforeEach(() => {
    new_node();
    start_node();
    rest_at(3960, 25);
  });

  test("ends at the recommended voltage for a short time", () => {
    evaluate_ocv(<f32>vital.charge_pC / <f32>1.8e11, 25);
    const ohmic = (<f32>4250 - ocv_mV) / <f32>0.002;
    expect<f32>(allowed_current_nA(CHARGE, 1) / ohmic).toBeCloseTo(1, 2);
  });

  test("ends at the recommended share of the critical current where that is lower", () => {
    vital.resistance_scale = 0.25;
    vital.charge_pC = 18000000000;
    // 0.8 of 2 mA/cm2 on 0.25 cm2
    expect<f32>(allowed_current_nA(CHARGE, 0)).toBeCloseTo(<f32>400000, 0);
  });

  test("is 0 above the recommended voltage", () => {
    vital.charge_pC = <i64>(1.06 * 1.8e11);
    vital.temperature_degC = -60;
    vital.diffusion_0 = 1;
    expect<f32>(allowed_current_nA(CHARGE, 1000)).toBe(0);
  });

  test("leaves the voltage at its limit after the time asked for", () => {
    const duration_s: f32 = 600;
    const current = allowed_current_nA(CHARGE, 600000);
    const soc: f32 = <f32>vital.charge_pC / <f32>1.8e11;
    evaluate_ocv(soc, 25);
    const charge = (current * duration_s * 1000) / <f32>1.8e11;
    // between 2500 s at 0.4 and 2000 s at 0.7
    const tau: f32 = 2500 - (500 * (soc - <f32>0.4)) / <f32>0.3;
    const first: f32 = <f32>0.2 * (1 - Mathf.exp((-10 * duration_s) / tau));
    const second: f32 = <f32>0.125 * (1 - Mathf.exp((-95 * duration_s) / tau));
    const held = (charge / duration_s) * tau * <f32>0.7 * (first + second);
    const end: f32 = ocv_mV + ocv_slope_mV * (charge + held) + current * <f32>0.002;
    expect<f32>(Mathf.abs(end - 4250)).toBeLessThan(2);
  });
});

describe("no current is allowed", () => {
  test("while the node does not run", () => {
    new_node();
    expect<f32>(allowed_current_nA(CHARGE, 1000)).toBe(0);
    expect<f32>(allowed_current_nA(DRAIN, 1000)).toBe(0);
  });
});
