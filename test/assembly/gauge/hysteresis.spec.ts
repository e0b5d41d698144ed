// What a rest voltage says of a cell with hysteresis: between which SOCs it is, and nothing within.

import { VALUE_CHARGE, VALUE_HARVEST_NOW, sample } from "../../../assembly/abi";
import { ocv_mV, soc_at_rest } from "../../../assembly/cell/ocv";
import {
  diffusion_of,
  entry,
  set_soc_variance,
  soc_variance,
  state,
  variance,
} from "../../../assembly/gauge/hypothesis";
import { new_node, node, start_node } from "../node_under_test";
import { P, correct_dense, disagreement, h, read_from, x } from "./dense_filter";
import { begin, expected_mV, hyp, read, rest_row } from "./reading";

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

/** Charge is counted; SOC is unsure to 0.2, of whose variance its scale explains this share. */
function explain(share: f64): void {
  begin(0.8);
  sample.valid |= VALUE_CHARGE | VALUE_HARVEST_NOW;
  set_soc_variance(hyp, 0.04);
  for (let i = 0; i < 7; i++) store<f32>(entry(hyp, 7, i), 0);
  store<f32>(entry(hyp, 7, 1), <f32>(0.2 * Math.sqrt(share * <f64>variance(hyp, 1))));
  read_from(hyp);
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

  test("teaches a counter's scale where one reading alone halves its variance", () => {
    explain(0.9);
    const before = <f64>variance(hyp, 1);
    rest_row(0.8, 0);
    const drop = h[1] * x[1];
    const read_mV = <f64>ocv_mV - 110;
    within(read_mV, drop);
    read(read_mV + expected_mV() - <f64>ocv_mV);
    for (let i = 0; i < 8; i++) h[i] = i == 7 ? 1 : 0;
    correct_dense((low + high) / 2 - 0.8, wide);
    expect<f64>(disagreement(hyp)).toBeLessThan(2e-3);
    expect<f64>(<f64>variance(hyp, 1)).toBeLessThan(before / 2);
    expect<f32>(load<f32>(entry(hyp, 7, 1))).not.toBe(0);
  });

  test("teaches it nothing where readings err alike and add up, or nobody counts", () => {
    for (let counted = 0; counted < 2; counted++) {
      // what nobody counts is no capacity
      explain(counted ? 0.5 : 0.9);
      if (!counted) sample.valid &= ~VALUE_CHARGE;
      rest_row(0.8, 0);
      const read_mV = <f64>ocv_mV - 110;
      read(read_mV + expected_mV() - <f64>ocv_mV);
      expect<f32>(state(hyp, 1)).toBe(<f32>x[1]);
      expect<f64>(<f64>variance(hyp, 1)).toBeCloseTo(P[9], 9);
      expect<f32>(load<f32>(entry(hyp, 7, 1))).toBe(0);
    }
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
