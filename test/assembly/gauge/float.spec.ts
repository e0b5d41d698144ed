// What a float voltage says about a hypothesis: its row and variance, written out here and put
// through the textbook's filter; and when a voltage is taken for one.

import {
  PMIC_LIMITING,
  VALUE_HARVEST_NOW,
  VALUE_LIMITING,
  VALUE_METERED,
  VALUE_VOLTAGE,
  gauge,
  sample,
} from "../../../assembly/abi";
import { evaluate_ocv, ocv_mV, ocv_slope_mV } from "../../../assembly/cell/ocv";
import { entry, state } from "../../../assembly/gauge/hypothesis";
import { new_node, node, start_node } from "../node_under_test";
import { correct_dense, disagreement, expected_variance, h, read_from, x } from "./dense_filter";
import { begin, hyp, read, upper_share } from "./reading";

const FLOAT_MV2: f64 = 4;

/** SOC and the scales are not tied to what the float voltage tells of. */
function untie(): void {
  for (let i = 3; i < 7; i++) {
    store<f32>(entry(hyp, 7, i), 0);
    for (let k = 0; k < 3; k++) store<f32>(entry(hyp, i, k), 0);
  }
  read_from(hyp);
}

/** The row and the reading of a float voltage. */
function held(soc: f64, off_mV: f64): void {
  h[5] = 1 - upper_share(soc);
  h[6] = upper_share(soc);
  h[3] = 4150;
  const expected = 4150 * (1 + x[3]) + h[5] * x[5] + h[6] * x[6];
  expect<bool>(read(expected + off_mV)).toBe(true);
  correct_dense(off_mV, FLOAT_MV2);
  expect<f64>(disagreement(hyp)).toBeLessThan(2e-3);
  expect<f32>(gauge.innovation_mV).toBeCloseTo(<f32>off_mV, 1);
}

describe("a voltage that the charger holds", () => {
  beforeEach(() => {
    new_node();
    start_node();
  });

  test("compares the set point's error with the reading's, and neither is the reference", () => {
    begin(0.99);
    sample.pmic_flags = PMIC_LIMITING;
    held(0.99, 3);
  });

  test("says no more where what is offered may well bring it there", () => {
    begin(0.9);
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 200000;
    sample.pmic_flags = PMIC_LIMITING;
    held(0.9, 3);
  });

  test("says more where all that is offered would not bring it there: SOC is higher", () => {
    begin(0.9);
    sample.pmic_flags = PMIC_LIMITING;
    untie();
    h[5] = 1 - upper_share(0.9);
    h[6] = upper_share(0.9);
    h[3] = 4150;
    const voltage_mV = 4150 * (1 + x[3]) + h[5] * x[5] + h[6] * x[6] + 1;
    correct_dense(1, FLOAT_MV2);
    evaluate_ocv(0.9, 25);
    const slope_mV = <f64>ocv_slope_mV;
    h[3] = 0;
    h[7] = slope_mV;
    h[1] = -500 * 0.003;
    const drop_mV = h[1] * x[1];
    const y = voltage_mV - h[5] * x[5] - h[6] * x[6] - <f64>ocv_mV - drop_mV;
    expect<bool>(read(voltage_mV)).toBe(true);
    const axis_mV = 0.003 * slope_mV;
    const warmth_mV = 0.3 - 0.1 * ((0.9 - 0.7) / 0.3);
    const R = 1 + 1.0 / 12 + 0.5 + 6 * 6 + axis_mV * axis_mV + 0.04 * drop_mV * drop_mV;
    const S = expected_variance() + R + warmth_mV * warmth_mV;
    // beyond the gate of 4 sigma the reading counts as if on it
    correct_dense(y, max(S, (y * y) / 16) - expected_variance());
    expect<f64>(disagreement(hyp)).toBeLessThan(2e-3);
    expect<f64>(<f64>state(hyp, 7)).toBeGreaterThan(0);
  });

  test("is none where nobody tells, whatever is offered: the set point may be another", () => {
    node.observables = node.observables & ~VALUE_LIMITING & ~VALUE_METERED;
    start_node();
    for (let harvest_nA: f32 = 0; harvest_nA < 3000; harvest_nA += 1000) {
      begin(0.99);
      sample.valid = VALUE_VOLTAGE | VALUE_HARVEST_NOW;
      sample.harvest_now_nA = harvest_nA;
      untie();
      for (let k = 4; k < 7; k++) store<f32>(entry(hyp, k, 3), 0);
      expect<bool>(read(4150)).toBe(false);
      expect<f32>(state(hyp, 3)).toBe(<f32>x[3]);
    }
  });

  test("is none for a board that tells, when it tells of none", () => {
    node.observables |= VALUE_LIMITING;
    node.observables &= ~VALUE_METERED;
    start_node();
    begin(0.99);
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 1000;
    expect<bool>(read(4150)).toBe(false);
  });

  test("is a rest voltage for a board that meters the harvest at the cell", () => {
    node.observables |= VALUE_METERED;
    start_node();
    begin(0.9);
    sample.pmic_flags = PMIC_LIMITING;
    expect<bool>(read(4150)).toBe(false);
    expect<f64>(disagreement(hyp)).toBeGreaterThan(0);
  });
});
