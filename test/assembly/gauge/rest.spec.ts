// What a rest voltage says about a hypothesis: its row and variance, written out here and put
// through the textbook's filter.

import {
  PMIC_PAUSED,
  VALUE_ACTIVE,
  VALUE_CHARGE,
  VALUE_CURRENT,
  VALUE_HARVEST,
  VALUE_HARVEST_NOW,
  VALUE_METERED,
  VALUE_VOLTAGE,
  gauge,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { evaluate_ocv, ocv_mV, ocv_slope_mV, resistance_factor } from "../../../assembly/cell/ocv";
import { pack_resistance_mV_nA } from "../../../assembly/cell/resistance";
import {
  diffusion_of,
  set_soc_variance,
  set_state,
  soc_row,
} from "../../../assembly/gauge/hypothesis";
import { harvest_now_nA, rest_current_nA } from "../../../assembly/gauge/rest_current";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";
import { correct_dense, disagreement, h, read_from, x } from "./dense_filter";
import { begin, expected_mV, hyp, read, rest_row, upper_share } from "./reading";

/** Noise and rounding of 1 mV, and what no reading is steadier than. */
const READING_MV2: f64 = 1 + 1.0 / 12 + 0.5;
/** 2 sigma of the fit's 3 mV. */
const DWELL_MV2: f64 = 6 * 6;

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

  test("takes the harvest's mean where the board knows no current now", () => {
    node.observables &= ~VALUE_HARVEST_NOW;
    start_node();
    begin(0.8);
    sample.valid = VALUE_VOLTAGE | VALUE_HARVEST;
    warm.offered_nA = 3000;
    rest_row(0.8, 3000);
    const expected = expected_mV();
    read(expected);
    expect<f32>(harvest_now_nA).toBe(3000);
    expect<f32>(Mathf.abs(gauge.innovation_mV)).toBeLessThan(0.01);
    correct_dense(0, rest_mV2(h[1] * x[1] + h[2] * x[2]));
    expect<f64>(disagreement(hyp)).toBeLessThan(2e-3);
  });

  test("counts half of the last harvest, and the mean of a day, where it was not read", () => {
    for (let read_mean: u32 = 0; read_mean < 2; read_mean++) {
      begin(0.8);
      sample.valid = VALUE_VOLTAGE | (read_mean ? VALUE_HARVEST : 0);
      warm.offered_nA = 3000;
      warm.harvest_mean_nA = 400;
      rest_row(0.8, 3000);
      const expected = expected_mV();
      const unread_mV = (read_mean ? 1500 : 1900) * 0.003;
      read(expected + 4);
      correct_dense(4, rest_mV2(h[1] * x[1] + h[2] * x[2]) + unread_mV * unread_mV);
      expect<f64>(disagreement(hyp)).toBeLessThan(2e-3);
    }
  });

  test("takes what was counted and what the node drained for the harvest that nobody reads", () => {
    rest_at(3960, 25);
    clear_sample();
    sample.valid = VALUE_VOLTAGE | VALUE_CHARGE | VALUE_ACTIVE;
    sample.voltage_mV = 3960;
    // 3000 nA for an hour, less 500 nA asleep, a second awake at 900 uA, and ten events
    const slept_pC: i64 = 500 * 3599000;
    const awake_pC: i64 = 900000 * 1000 + 10 * 60000000;
    sample.active_ms = 1000;
    sample.events_0 = 10;
    sample.charge_pC = 3000 * 3600000 - slept_pC - awake_pC;
    step_after(3600000);
    expect<f32>(harvest_now_nA).toBeCloseTo(3000, 0);
    // the mean that a board reads beside it is not better, a current of that moment is
    sample.valid |= VALUE_HARVEST;
    sample.harvest_mean_nA = 9000;
    step_after(3600000);
    expect<f32>(harvest_now_nA).toBeCloseTo(3000, 0);
    sample.valid |= VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 2000;
    step_after(3600000);
    expect<f32>(harvest_now_nA).toBe(2000);
    // in the dark the events were a tenth fewer than booked: no harvest
    sample.valid = VALUE_VOLTAGE | VALUE_CHARGE | VALUE_ACTIVE;
    sample.charge_pC = -slept_pC - (awake_pC / 10) * 9;
    step_after(3600000);
    expect<f32>(harvest_now_nA).toBe(0);
  });

  test("knows its drop by the current that was read, whatever else is told", () => {
    node.observables |= VALUE_CURRENT;
    start_node();
    begin(0.8);
    sample.valid = VALUE_VOLTAGE | VALUE_CURRENT | VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 9000;
    sample.pmic_flags = PMIC_PAUSED;
    sample.current_nA = -20000;
    rest_row(0.8, 0);
    // no scale of a book is in it
    h[1] = 0;
    const drop_mV = -20000 * 0.003;
    read(expected_mV() + drop_mV + 4);
    correct_dense(4, rest_mV2(drop_mV));
    expect<f64>(disagreement(hyp)).toBeLessThan(2e-3);
    expect<f32>(rest_current_nA()).toBe(-20000);
  });

  test("far from 25 degC knows gain and OCV less: 0.024 of the gain's sigma per kelvin", () => {
    begin(0.8);
    vital.temperature_degC = 5;
    sample.temperature_degC = 5;
    evaluate_ocv(0.8, 5);
    const drop_mV_nA = <f64>pack_resistance_mV_nA(resistance_factor, 5) * 1.5;
    h[5] = 1 - upper_share(0.8);
    h[6] = upper_share(0.8);
    h[1] = -500 * drop_mV_nA;
    h[7] = ocv_slope_mV;
    const drift_mV = 0.024 * 0.0005 * 4150 * 20;
    const expected = expected_mV();
    read(expected + 4);
    correct_dense(4, rest_mV2(h[1] * x[1]) + drift_mV * drift_mV);
    expect<f64>(disagreement(hyp)).toBeLessThan(2e-3);
  });

  test("above full counts where the harvest is metered, as everywhere", () => {
    node.observables |= VALUE_METERED;
    start_node();
    begin(1);
    store<f32>(diffusion_of(hyp), 0.03);
    expect<bool>(read(4150)).toBe(false);
    expect<f64>(disagreement(hyp)).toBeGreaterThan(0);
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
