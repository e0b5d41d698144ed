// The critical current density: full between two temperatures, derated beyond them and with age.

import { vital } from "../../../assembly/abi";
import { ccd_current_nA } from "../../../assembly/cell/ccd";
import { new_node, node, start_node } from "../node_under_test";

/** 2 mA/cm2 on 0.25 cm2. */
const FULL_NA: f32 = 500000;

describe("the critical current", () => {
  beforeEach(() => {
    new_node();
    start_node();
    vital.resistance_scale = 1;
  });

  test("is density times area between the two temperatures", () => {
    expect<f32>(ccd_current_nA(10)).toBe(FULL_NA);
    expect<f32>(ccd_current_nA(25)).toBe(FULL_NA);
    expect<f32>(ccd_current_nA(60)).toBe(FULL_NA);
  });

  test("falls by 1 % per K below and 2 % per K above them", () => {
    expect<f32>(ccd_current_nA(0)).toBeCloseTo(<f32>0.9 * FULL_NA, 0);
    expect<f32>(ccd_current_nA(-40)).toBeCloseTo(<f32>0.5 * FULL_NA, 0);
    expect<f32>(ccd_current_nA(85)).toBeCloseTo(<f32>0.5 * FULL_NA, 0);
  });

  test("is never negative", () => {
    expect<f32>(ccd_current_nA(-200)).toBe(0);
    expect<f32>(ccd_current_nA(150)).toBe(0);
  });

  test("falls with the growth of resistance, and does not rise when that shrinks", () => {
    vital.resistance_scale = 3;
    expect<f32>(ccd_current_nA(25)).toBeCloseTo(FULL_NA / 2, 0);
    vital.resistance_scale = 0.5;
    expect<f32>(ccd_current_nA(25)).toBe(FULL_NA);
  });

  test("never rises with age or towards either end", () => {
    let rises = 0;
    for (let t: f32 = 10; t > -100; t -= 1) {
      if (ccd_current_nA(t - 1) > ccd_current_nA(t)) rises++;
    }
    for (let t: f32 = 60; t < 150; t += 1) {
      if (ccd_current_nA(t + 1) > ccd_current_nA(t)) rises++;
    }
    for (let i = 0; i < 100; i++) {
      vital.resistance_scale = <f32>1 + <f32>i * <f32>0.1;
      const younger = ccd_current_nA(0);
      vital.resistance_scale += 0.1;
      if (ccd_current_nA(0) > younger) rises++;
    }
    expect<i32>(rises).toBe(0);
  });

  test("adds up over cells in parallel", () => {
    node.parallel = 4;
    start_node();
    expect<f32>(ccd_current_nA(25)).toBe(4 * FULL_NA);
  });
});
