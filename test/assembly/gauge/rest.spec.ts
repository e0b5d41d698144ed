// What a rest voltage says about a hypothesis: its row and variance, written out here and put
// through the textbook's filter.

import {
  PMIC_PAUSED,
  VALUE_HARVEST,
  VALUE_HARVEST_NOW,
  VALUE_VOLTAGE,
  gauge,
  sample,
  warm,
} from "../../../assembly/abi";
import { evaluate_ocv, ocv_mV, ocv_slope_mV, soc_at_rest } from "../../../assembly/cell/ocv";
import {
  diffusion_of,
  entry,
  set_soc_variance,
  set_state,
  soc_row,
  soc_variance,
  state,
  variance,
} from "../../../assembly/gauge/hypothesis";
import { harvest_now_nA } from "../../../assembly/gauge/rest";
import { new_node, node, start_node } from "../node_under_test";
import { correct_dense, disagreement, h, read_from, x } from "./dense_filter";
import { begin, hyp, read, upper_share } from "./reading";

/** Noise and rounding of 1 mV, and what no reading is steadier than. */
const READING_MV2: f64 = 1 + 1.0 / 12 + 0.5;
/** 2.4 sigma of the fit's 3 mV. */
const DWELL_MV2: f64 = 7.2 * 7.2;

/** The row of a rest voltage above 0.6, for these currents through 3 kohm. */
function rest_row(soc: f64, harvest_nA: f64): void {
  evaluate_ocv(<f32>soc, 25);
  h[5] = 1 - upper_share(soc);
  h[6] = upper_share(soc);
  h[1] = -500 * 0.003;
  h[2] = harvest_nA * 0.003;
  h[7] = ocv_slope_mV;
}

/** What the hypothesis expects to read. */
function expected_mV(): f64 {
  return <f64>ocv_mV + h[1] * x[1] + h[2] * x[2] + h[5] * x[5] + h[6] * x[6];
}

/** Variance of a rest reading with this drop, but for what moves with SOC and temperature. */
function rest_mV2(drop_mV: f64): f64 {
  const axis_mV = 0.003 * <f64>ocv_slope_mV;
  const warmth_mV = 0.3 - 0.1 * ((0.8 - 0.7) / 0.3);
  const dropped = 0.04 * drop_mV * drop_mV;
  return READING_MV2 + DWELL_MV2 + axis_mV * axis_mV + dropped + warmth_mV * warmth_mV;
}

describe("a rest voltage", () => {
  beforeEach(() => {
    new_node();
    start_node();
  });

  test("has a row of OCV slope, drops of load and harvest, and the reading's error", () => {
    begin(0.8);
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 3000;
    rest_row(0.8, 3000);
    const drop = h[1] * x[1] + h[2] * x[2];
    const expected = expected_mV();
    expect<bool>(read(expected + 4)).toBe(false);
    correct_dense(4, rest_mV2(drop));
    expect<f64>(disagreement(hyp)).toBeLessThan(2e-3);
    expect<f32>(gauge.innovation_mV).toBeCloseTo(4, 1);
  });

  test("takes the harvest's mean where nobody knows the current now", () => {
    begin(0.8);
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST;
    sample.harvest_mean_nA = 3000;
    rest_row(0.8, 3000);
    read(expected_mV());
    expect<f32>(harvest_now_nA).toBe(3000);
    expect<f32>(Mathf.abs(gauge.innovation_mV)).toBeLessThan(0.01);
  });

  test("has no harvest in it while charging is paused", () => {
    begin(0.8);
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST | VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 3000;
    sample.harvest_mean_nA = 3000;
    sample.pmic_flags = PMIC_PAUSED;
    rest_row(0.8, 0);
    read(expected_mV());
    expect<f32>(harvest_now_nA).toBe(0);
    expect<f32>(Mathf.abs(gauge.innovation_mV)).toBeLessThan(0.01);
  });

  test("sees the surface, whose lead is known to itself", () => {
    begin(0.8);
    store<f32>(diffusion_of(hyp), 0.02);
    store<f32>(diffusion_of(hyp), 0.01, 4);
    rest_row(0.8 + 0.7 * 0.03, 0);
    const lead_mV = 0.021 * <f64>ocv_slope_mV;
    const expected = expected_mV();
    read(expected);
    expect<f32>(Mathf.abs(gauge.innovation_mV)).toBeLessThan(0.01);
    correct_dense(0, rest_mV2(h[1] * x[1]) + lead_mV * lead_mV);
    expect<f64>(disagreement(hyp)).toBeLessThan(2e-3);
  });

  test("shares the model's error with the reading before: the less charge moved, the more", () => {
    const moved: StaticArray<f32> = [0, 0.0005, 0.001, 0.005, 0.04];
    const times: StaticArray<f64> = [10, 10, 10, 2, 0.25];
    for (let i = 0; i < 5; i++) {
      begin(0.8);
      warm.moved_soc = moved[i];
      rest_row(0.8, 0);
      const expected = expected_mV();
      const R = rest_mV2(h[1] * x[1]) + (times[i] - 1) * DWELL_MV2;
      read(expected + 4);
      correct_dense(4, R);
      expect<f64>(disagreement(hyp)).toBeLessThan(2e-3);
    }
  });

  test("counts the resistance's own error in the drop", () => {
    begin(0.8);
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 10000;
    warm.resistance_variance = 0.09;
    rest_row(0.8, 10000);
    const drop = h[1] * x[1] + h[2] * x[2];
    const expected = expected_mV();
    read(expected);
    correct_dense(0, rest_mV2(drop) + (drop * drop * 0.09) / 2.25);
    expect<f64>(disagreement(hyp)).toBeLessThan(2e-3);
  });

  test("of a wide SOC has the secant over sqrt(3) sigma for a slope, its bend in the mean", () => {
    begin(0.8);
    const sigma: f64 = 0.06;
    set_soc_variance(hyp, <f32>(sigma * sigma));
    memory.fill(soc_row(hyp), 0, 28);
    read_from(hyp);
    rest_row(0.8, 0);
    const reach = <f32>(Math.sqrt(3) * sigma);
    const middle = <f64>ocv_mV;
    evaluate_ocv(<f32>0.8 + reach, 25);
    const above = <f64>ocv_mV;
    evaluate_ocv(<f32>0.8 - reach, 25);
    const below = <f64>ocv_mV;
    h[7] = (above - below) / (2 * reach);
    const bend = ((above + below) / 2 - middle) / 3;
    evaluate_ocv(0.8, 25);
    const expected = expected_mV() + bend;
    const axis = 0.003 * h[7];
    const tangent = 0.003 * <f64>ocv_slope_mV;
    const R = rest_mV2(h[1] * x[1]) - tangent * tangent + axis * axis + 2 * bend * bend;
    read(expected + 5);
    expect<f32>(gauge.innovation_mV).toBeCloseTo(5, 1);
    correct_dense(5, R);
    expect<f64>(disagreement(hyp)).toBeLessThan(5e-3);
  });

  test("with an absurd drop teaches nothing", () => {
    begin(0.8);
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 1e8;
    read(3980);
    expect<f64>(disagreement(hyp)).toBe(0);
  });
});

/** SOCs between which a cell with 10 mV of hysteresis is, and the variance of one in between. */
let low: f64 = 0;
let high: f64 = 0;
let wide: f64 = 0;

function within(rest_mV: f64, drop_mV: f64): void {
  const band_mV = 3 * Math.sqrt(100 + 9 + <f64>variance(hyp, 5) + 0.04 * drop_mV * drop_mV);
  low = <f64>soc_at_rest(<f32>(rest_mV - band_mV), 25);
  high = <f64>soc_at_rest(<f32>(rest_mV + band_mV), 25);
  wide = 0.16 * (high - low) * (high - low) + 1e-4;
}

describe("the hysteresis", () => {
  beforeEach(() => {
    new_node();
    node.hysteresis_mV = 10;
    start_node();
  });

  test("says nothing where SOC lies within it and is known better", () => {
    begin(0.8);
    rest_row(0.8, 0);
    const expected = expected_mV();
    for (let off: f64 = -30; off <= 30; off += 30) {
      expect<bool>(read(expected + off)).toBe(false);
      expect<f64>(disagreement(hyp)).toBe(0);
    }
  });

  test("moves what lies outside to its edge, doubted by as much at most its width, no ties", () => {
    for (let sign: f64 = -1; sign <= 1; sign += 2) {
      begin(0.8);
      const before = <f64>soc_variance(hyp);
      rest_row(0.8, 0);
      const drop = h[1] * x[1];
      const read_mV = <f64>ocv_mV + sign * 110;
      within(read_mV, drop);
      read(read_mV + expected_mV() - <f64>ocv_mV);
      const edge = sign < 0 ? high : low;
      assert(sign < 0 ? edge < 0.8 : edge > 0.8, "outside");
      expect<f64>(0.8 + <f64>state(hyp, 7)).toBeCloseTo(edge, 4);
      const doubted = before + (edge - 0.8) * (edge - 0.8);
      expect<f64>(<f64>soc_variance(hyp)).toBeCloseTo(doubted < wide ? doubted : wide, 6);
      for (let i = 0; i < 7; i++) {
        expect<f32>(state(hyp, i)).toBe(<f32>x[i]);
        expect<f32>(load<f32>(entry(hyp, 7, i))).toBe(0);
      }
    }
  });

  test("is what SOC is known to where it was known worse, wherever within it lies", () => {
    begin(0.8);
    set_soc_variance(hyp, 0.2);
    rest_row(0.8, 0);
    const drop = h[1] * x[1];
    const expected = expected_mV();
    within(<f64>ocv_mV - 10, drop);
    read(expected - 10);
    expect<f32>(state(hyp, 7)).toBe(0);
    expect<f64>(<f64>soc_variance(hyp)).toBeCloseTo(wide, 6);
  });

  test("is asked of the surface", () => {
    begin(0.8);
    store<f32>(diffusion_of(hyp), 0.03);
    rest_row(0.821, 0);
    const drop = h[1] * x[1];
    const expected = expected_mV();
    within(<f64>ocv_mV + 90, drop);
    read(expected + 90);
    expect<f64>(0.8 + <f64>state(hyp, 7)).toBeCloseTo(low - 0.021, 4);
  });
});

describe("a hypothesis about the gain", () => {
  test("expects every voltage higher by its error", () => {
    new_node();
    start_node();
    begin(0.8);
    rest_row(0.8, 0);
    const before = expected_mV();
    for (let k = 4; k < 7; k++) set_state(hyp, k, <f32>(x[k] + 5));
    read(before + 5);
    expect<f32>(Mathf.abs(gauge.innovation_mV)).toBeLessThan(0.01);
  });
});
