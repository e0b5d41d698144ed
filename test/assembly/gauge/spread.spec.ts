// The bank's first reading: hypotheses spread over the ADC's gain, each of which reads the interval
// of SOC that the OCV's inverse gives.

import { VALUE_HARVEST_NOW, sample, vital, warm } from "../../../assembly/abi";
import { evaluate_ocv, ocv_slope_mV, soc_at_rest } from "../../../assembly/cell/ocv";
import { soc_of } from "../../../assembly/derived";
import { spread_bank } from "../../../assembly/gauge/bank";
import {
  diffusion_of,
  entry,
  hypothesis,
  set_weight,
  soc_variance,
  state,
  variance,
  weight,
} from "../../../assembly/gauge/hypothesis";
import { find_rest_current, find_rest_drop } from "../../../assembly/gauge/rest_current";
import { check_sample } from "../../../assembly/sample/check";
import { clear_sample, new_node, node, start_node } from "../node_under_test";
import { positive } from "./dense_filter";

/** 50 uAh in pC. */
const CAPACITY_PC: f64 = 1.8e11;
/** One sigma of the gain at 4150 mV. */
const SIGMA_MV: f64 = 0.002 * 4150;

/** A node that knows nothing but a rest voltage. */
function begin(count: u32, voltage_mV: f32): void {
  new_node();
  node.hypotheses = count;
  node.adc_gain_sigma = 0.002;
  start_node();
  clear_sample();
  // the sigma itself, not the byte that the record keeps of it
  store<f32>(entry(hypothesis(0), 5, 5), <f32>(SIGMA_MV * SIGMA_MV + 1));
  sample.voltage_mV = voltage_mV;
  // no current, no drop
  find_rest_current();
  find_rest_drop(0);
}

/** SOCs that rest so far below and above a voltage: their middle, and half of what lies between. */
let middle: f64 = 0;
let half: f64 = 0;

function between(rest_mV: f64, unread_mV: f64): void {
  const low = <f64>soc_at_rest(<f32>(rest_mV - unread_mV), 25);
  const high = <f64>soc_at_rest(<f32>(rest_mV + unread_mV), 25);
  middle = (low + high) / 2;
  half = (high - low) / 2;
}

/** SOC of a hypothesis, as a fraction. */
function soc_read(hyp: usize): f64 {
  return <f64>vital.charge_pC / CAPACITY_PC + <f64>state(hyp, 7);
}

describe("a bank that spreads", () => {
  test("tries nine gains from -2.5 to 2.5 sigma, as likely as the normal distribution says", () => {
    begin(9, 4100);
    spread_bank(soc_of(vital.charge_pC));
    expect<u8>(warm.alive).toBe(9);
    for (let i = 0; i < 9; i++) {
      const sigmas: f64 = <f64>i * 0.625 - 2.5;
      for (let k = 4; k < 7; k++) {
        expect<f64>(<f64>state(hypothesis(i), k)).toBeCloseTo(sigmas * SIGMA_MV, 3);
      }
      expect<f64>(<f64>weight(hypothesis(i))).toBeCloseTo(Math.exp(-0.5 * sigmas * sigmas), 5);
    }
  });

  test("reads each one's SOC from the rest voltage less its error, give or take 6 mV", () => {
    for (let mV: f32 = 3650; mV < 4180; mV += 50) {
      begin(9, mV);
      spread_bank(soc_of(vital.charge_pC));
      for (let i = 0; i < 9; i++) {
        between(<f64>mV - (<f64>i * 0.625 - 2.5) * SIGMA_MV, 6);
        expect<f64>(soc_read(hypothesis(i))).toBeCloseTo(middle, 4);
      }
    }
  });

  test("gives each a width of 0.8 of the way to its neighbour, and 1 mV of the table's", () => {
    begin(5, 4100);
    spread_bank(soc_of(vital.charge_pC));
    const width = 0.8 * 1.25 * SIGMA_MV;
    for (let i = 0; i < 5; i++) {
      const hyp = hypothesis(i);
      for (let k = 4; k < 7; k++) {
        expect<f64>(<f64>variance(hyp, k)).toBeCloseTo(width * width + 1, 2);
        for (let j = 4; j < k; j++) {
          expect<f64>(<f64>load<f32>(entry(hyp, k, j))).toBeCloseTo(width * width, 2);
        }
        for (let j = 0; j < 4; j++) expect<f32>(load<f32>(entry(hyp, k, j))).toBe(0);
        expect<f32>(load<f32>(entry(hyp, 7, k))).toBe(0);
      }
      assert(positive(hyp, 1e-5), "a covariance");
    }
  });

  test("knows SOC to 1 % and half of what 6 mV either way of an unrested cell rest at", () => {
    for (let mV: f32 = 3650; mV < 4180; mV += 50) {
      begin(5, mV);
      spread_bank(soc_of(vital.charge_pC));
      between(<f64>mV, 6);
      expect<f64>(<f64>soc_variance(hypothesis(2))).toBeCloseTo(1e-4 + half * half, 6);
    }
    // where the curve is straight that is 6 mV over its slope
    begin(5, 4100);
    spread_bank(soc_of(vital.charge_pC));
    evaluate_ocv(soc_at_rest(4100, 25), 25);
    const steep = <f64>ocv_slope_mV;
    expect<f64>(<f64>soc_variance(hypothesis(2))).toBeCloseTo(1e-4 + 36 / (steep * steep), 5);
  });

  test("of one hypothesis has no gain to try and puts the gain's error into SOC's", () => {
    begin(1, 4100);
    spread_bank(soc_of(vital.charge_pC));
    expect<u8>(warm.alive).toBe(1);
    expect<f32>(state(hypothesis(0), 5)).toBe(0);
    between(4100, 6 + SIGMA_MV);
    expect<f64>(soc_read(hypothesis(0))).toBeCloseTo(middle, 4);
    expect<f64>(<f64>soc_variance(hypothesis(0))).toBeCloseTo(1e-4 + half * half, 6);
  });

  test("takes off the drop that is known, and four tenths of it are in doubt", () => {
    begin(3, 4100);
    sample.harvest_now_nA = 20500;
    sample.valid = VALUE_HARVEST_NOW;
    check_sample();
    // 20 uA beside the load through 2 kohm
    find_rest_current();
    find_rest_drop(0.002);
    spread_bank(soc_of(vital.charge_pC));
    between(4060, 6 + 0.4 * 40);
    expect<f64>(soc_read(hypothesis(1))).toBeCloseTo(middle, 4);
    expect<f64>(<f64>soc_variance(hypothesis(1))).toBeCloseTo(1e-4 + half * half, 6);
  });

  test("takes off nothing where the drop is absurd", () => {
    begin(3, 4100);
    sample.harvest_now_nA = 1e8;
    sample.valid = VALUE_HARVEST_NOW;
    check_sample();
    find_rest_current();
    find_rest_drop(1);
    spread_bank(soc_of(vital.charge_pC));
    between(4100, 6);
    expect<f64>(soc_read(hypothesis(1))).toBeCloseTo(middle, 4);
  });

  test("tells no gains apart behind a hysteresis: one, uniform over 2.5 sigma of all of it", () => {
    begin(9, 4000);
    node.hysteresis_mV = 10;
    start_node();
    store<f32>(entry(hypothesis(0), 5, 5), <f32>(SIGMA_MV * SIGMA_MV + 1));
    spread_bank(soc_of(vital.charge_pC));
    expect<u8>(warm.alive).toBe(1);
    between(4000, 2.5 * (6 + SIGMA_MV + 10));
    expect<f64>(soc_read(hypothesis(0))).toBeCloseTo(middle, 4);
    expect<f64>(<f64>soc_variance(hypothesis(0))).toBeCloseTo(1e-4 + 0.64 * half * half, 6);
  });

  test("that was merged wider than the gain's stated error tries no more than that", () => {
    begin(5, 4100);
    store<f32>(entry(hypothesis(0), 5, 5), <f32>(9 * SIGMA_MV * SIGMA_MV));
    spread_bank(soc_of(vital.charge_pC));
    for (let i = 0; i < 5; i++) {
      const sigmas: f64 = <f64>i * 1.25 - 2.5;
      expect<f64>(<f64>state(hypothesis(i), 5)).toBeCloseTo(sigmas * SIGMA_MV, 3);
    }
  });

  test("again begins from the mixture of what it had, not from its first", () => {
    begin(5, 4100);
    spread_bank(soc_of(vital.charge_pC));
    // all but the second have long been ruled out
    for (let i = 0; i < 5; i++) set_weight(hypothesis(i), i == 1 ? 1 : 0);
    const error = state(hypothesis(1), 5);
    spread_bank(soc_of(vital.charge_pC));
    expect<f32>(state(hypothesis(2), 5)).toBeCloseTo(error, 4);
  });

  test("starts from a cell at rest: no surface runs ahead", () => {
    begin(3, 4000);
    store<f32>(diffusion_of(hypothesis(0)), 0.3);
    spread_bank(soc_of(vital.charge_pC));
    for (let i = 0; i < 3; i++) expect<f32>(load<f32>(diffusion_of(hypothesis(i)))).toBe(0);
  });
});
