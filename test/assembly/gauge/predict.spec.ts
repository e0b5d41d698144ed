// The time update of a hypothesis: the mean against the sum of what flowed at its own scales, the
// covariance against the textbook's P <- F P F' + growth in double precision.

import {
  PMIC_LIMITING,
  PMIC_PAUSED,
  VALUE_HARVEST,
  VALUE_LIMITING,
  VALUE_METERED,
  VALUE_VOLTAGE,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { evaluate_ocv, ocv_mV, soc_at_rest, tau_at } from "../../../assembly/cell/ocv";
import {
  diffusion_of,
  hypothesis,
  set_state,
  soc_variance,
  state,
} from "../../../assembly/gauge/hypothesis";
import { predict } from "../../../assembly/gauge/predict";
import { soc_of } from "../../../assembly/derived";
import { book_interval, limited, unsure_pC } from "../../../assembly/ledger/book";
import { check_sample } from "../../../assembly/sample/check";
import { read_clock } from "../../../assembly/sample/clock";
import { clear_sample, new_node, node, rest_at, start_node } from "../node_under_test";
import {
  P,
  disagreement,
  draw,
  h,
  positive,
  propagate_dense,
  start_random,
  write_to,
  x,
} from "./dense_filter";

const DAY_S: f64 = 86400;
const HOUR_MS: u32 = 3600000;
/** 50 uAh in pC. */
const CAPACITY_PC: f64 = 1.8e11;
const SLEEP_NA: f64 = 500;
const HARVEST_NA: f32 = 2000;
const FLOAT_MV: f64 = 4150;

const hyp = hypothesis(1);

/** The walk up to the gauge, then the prediction of this hypothesis alone. */
function advance(dt_ms: u32): void {
  sample.time_ms = vital.time_ms + dt_ms;
  read_clock();
  vital.time_ms = sample.time_ms;
  check_sample();
  book_interval();
  predict(hyp, soc_of(vital.charge_pC));
}

/** SOC that 1 nA moves in dt_s. */
function per_nA(dt_s: f64): f64 {
  return (dt_s * 1000) / CAPACITY_PC;
}

/** Variances grow by what the profile says of walks, and by the charge that flowed. */
function grow_dense(dt_s: f64, flowed: f64): void {
  P[0] += (0.5 * 0.5 * dt_s) / DAY_S;
  P[9] += (0.01 * 0.01 * dt_s) / DAY_S;
  P[18] += (0.05 * 0.05 * dt_s) / DAY_S;
  for (let i = 4; i < 7; i++) P[9 * i] += (0.2 * 0.2 * dt_s) / DAY_S;
  P[63] += 0.01 * 0.01 * 0.01 * flowed;
}

/** A hypothesis of random covariance whose means are the ledger's. */
function begin(): void {
  new_node();
  start_node();
  rest_at(3960, 25);
  clear_sample();
  vital.leak_nA = 4;
  vital.load_scale = 1;
  vital.harvest_scale = 1;
  start_random(7);
  draw();
  x[0] = 4;
  x[1] = 1;
  x[2] = 1;
  x[3] = 0;
  x[7] = 0;
  write_to(hyp);
  for (let i = 0; i < 8; i++) h[i] = 0;
  h[7] = 1;
}

describe("an interval between the ends", () => {
  beforeEach(begin);

  test("spreads the errors of leak, load and harvest into SOC and lets all of them walk", () => {
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = HARVEST_NA;
    advance(2 * HOUR_MS);
    h[0] = -per_nA(7200);
    h[1] = -SLEEP_NA * per_nA(7200);
    h[2] = HARVEST_NA * per_nA(7200);
    propagate_dense();
    grow_dense(7200, (SLEEP_NA + HARVEST_NA + 4.25) * per_nA(7200));
    expect<f64>(disagreement(hyp)).toBeLessThan(2e-5);
  });

  test("moves SOC against the ledger by what its own means are off the ledger's", () => {
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = HARVEST_NA;
    set_state(hyp, 0, 14);
    set_state(hyp, 1, 1.2);
    set_state(hyp, 2, 0.9);
    set_state(hyp, 7, 0.01);
    advance(2 * HOUR_MS);
    const moved = (-10 - 0.2 * SLEEP_NA - 0.1 * HARVEST_NA) * per_nA(7200);
    expect<f64>(<f64>state(hyp, 7)).toBeCloseTo(0.01 + moved, 6);
  });

  test("counts from the scale that the ledger booked with, not from 1", () => {
    vital.load_scale = 1.25;
    set_state(hyp, 1, 1.25);
    advance(HOUR_MS);
    expect<f32>(state(hyp, 7)).toBe(0);
    set_state(hyp, 1, 1);
    advance(HOUR_MS);
    expect<f64>(<f64>state(hyp, 7)).toBeCloseTo(0.25 * SLEEP_NA * per_nA(3600), 6);
  });

  test("leaves every mean but SOC's alone", () => {
    advance(24 * HOUR_MS);
    for (let i = 0; i < 7; i++) expect<f32>(state(hyp, i)).toBe(<f32>x[i]);
  });

  test("is the same in one step and in many", () => {
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = HARVEST_NA;
    node.leak_walk_nA = 0;
    node.load_walk = 0;
    node.harvest_walk = 0;
    start_node();
    rest_at(3960, 25);
    clear_sample();
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = HARVEST_NA;
    write_to(hyp);
    set_state(hyp, 1, 1.1);
    advance(2 * HOUR_MS);
    for (let i = 0; i < 8; i++) {
      x[i] = state(hyp, i);
      for (let k = 0; k < 8; k++) P[8 * i + k] = 0;
    }
    const once = hypothesis(2);
    memory.copy(once, hyp, 192);
    start_random(7);
    draw();
    x[0] = vital.leak_nA;
    x[1] = 1.1;
    x[2] = 1;
    x[3] = 0;
    x[7] = 0;
    write_to(hyp);
    const leak = state(once, 0);
    set_state(hyp, 0, leak);
    for (let i = 0; i < 720; i++) advance(10000);
    for (let word: usize = 7 * 4; word < 44 * 4; word += 4) {
      const one = load<f32>(once + word);
      expect<f32>(load<f32>(hyp + word)).toBeCloseTo(one, one > 1 ? 2 : 5);
    }
  });

  test("drives the diffusion states with its own SOC, not the ledger's", () => {
    memory.fill(diffusion_of(hyp), 0, 8);
    set_state(hyp, 1, 2);
    advance(2 * HOUR_MS);
    // long since settled: w tau dz/dt with twice the sleep current, leak and self-discharge
    const rate = -(2 * SLEEP_NA + 4.25) * per_nA(1);
    const settled = <f64>load<f32>(diffusion_of(hyp)) / (0.2 * rate);
    assert(settled > 2000 && settled < 2500, `tau of ${settled} s`);
  });

  test("is two for the surface where charging was paused at its end: then only the load", () => {
    memory.fill(diffusion_of(hyp), 0, 8);
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = HARVEST_NA;
    sample.pmic_flags = PMIC_PAUSED;
    advance(600000);
    const tau = <f64>tau_at(<f32>(<f64>vital.charge_pC / CAPACITY_PC) + state(hyp, 7));
    // settle_ms is a minute; the mean flow of harvest is in the nine before
    const drained = -(SLEEP_NA + 4.25) * per_nA(60);
    const all = (<f64>HARVEST_NA - SLEEP_NA - 4.25) * per_nA(600);
    const weights: StaticArray<f64> = [0.2, 0.125];
    const poles: StaticArray<f64> = [10, 95];
    for (let n = 0; n < 2; n++) {
      const charged = weights[n] * tau * ((all - drained) / 540);
      const rests = weights[n] * tau * (drained / 60);
      const kept = Math.exp((-poles[n] * 60) / tau);
      const after = charged * (1 - Math.exp((-poles[n] * 540) / tau));
      const expected = kept * after + rests * (1 - kept);
      expect<f64>(<f64>load<f32>(diffusion_of(hyp) + 4 * n) / expected).toBeCloseTo(1, 3);
    }
  });

  test("with a harvest that was not read puts the doubt about it into SOC", () => {
    warm.harvest_mean_nA = 300;
    advance(HOUR_MS);
    h[0] = -per_nA(3600);
    h[1] = -SLEEP_NA * per_nA(3600);
    propagate_dense();
    grow_dense(3600, (SLEEP_NA + 4.25) * per_nA(3600));
    const doubt = 600 * per_nA(3600);
    P[63] += doubt * doubt;
    expect<f64>(disagreement(hyp)).toBeLessThan(2e-5);
  });

  test("of 40 days keeps the covariance positive", () => {
    for (let i = 0; i < 20; i++) advance(3456000000);
    expect<bool>(positive(hyp, 1e-4)).toBe(true);
  });
});

describe("an interval at the held voltage", () => {
  test("forgets SOC's error by exp(-lambda) and takes the set point's in", () => {
    begin();
    sample.valid = VALUE_HARVEST | VALUE_VOLTAGE;
    sample.pmic_flags = PMIC_LIMITING;
    sample.harvest_mean_nA = 200000;
    sample.voltage_mV = 4150;
    const from = <f64>vital.charge_pC / CAPACITY_PC;
    const gap = <f64>soc_at_rest(4150, 25) - from;
    evaluate_ocv(<f32>from, 25);
    const slope_mV = (FLOAT_MV - <f64>ocv_mV) / gap;
    // 2 kohm and 50 uAh are 360 V s
    const lambda = (slope_mV * 0.001 * 600) / 360;
    advance(600000);
    h[0] = 0;
    h[3] = (1 - Math.exp(-lambda)) * (FLOAT_MV / slope_mV);
    h[7] = Math.exp(-lambda);
    propagate_dense();
    // the source carries the load beside what the cell takes
    const into = gap * (1 - Math.exp(-lambda));
    grow_dense(600, into + (2 * SLEEP_NA + 4.25) * per_nA(600));
    expect<f64>(disagreement(hyp)).toBeLessThan(1e-3);
  });

  test("that only may be held forgets nothing, and doubts what was not taken", () => {
    begin();
    node.observables = node.observables & ~VALUE_LIMITING & ~VALUE_METERED;
    node.observables |= VALUE_HARVEST | VALUE_VOLTAGE;
    start_node();
    rest_at(4100, 25);
    clear_sample();
    sample.valid = VALUE_HARVEST | VALUE_VOLTAGE;
    sample.harvest_mean_nA = 100000;
    sample.voltage_mV = 4140;
    write_to(hyp);
    set_state(hyp, 7, 0.01);
    const before = soc_variance(hyp);
    advance(600000);
    expect<bool>(limited).toBe(true);
    expect<f32>(state(hyp, 7)).toBe(0.01);
    const doubt = <f64>unsure_pC / CAPACITY_PC;
    expect<f64>(doubt).toBeGreaterThan(0.01);
    expect<f64>(<f64>soc_variance(hyp)).toBeGreaterThan(<f64>before + doubt * doubt);
  });

  test("ends where the hypothesis' own set point rests, not the ledger's", () => {
    begin();
    sample.valid = VALUE_HARVEST | VALUE_VOLTAGE;
    sample.pmic_flags = PMIC_LIMITING;
    sample.harvest_mean_nA = 200000;
    sample.voltage_mV = 4150;
    set_state(hyp, 3, -0.002);
    set_state(hyp, 7, 0.2);
    for (let i = 0; i < 48; i++) advance(HOUR_MS);
    const soc = <f64>vital.charge_pC / CAPACITY_PC + <f64>state(hyp, 7);
    const rests = <f64>soc_at_rest(<f32>(4150 * 0.998), 25);
    expect<f64>(soc).toBeCloseTo(rests, 2);
  });
});
