// The bank: hypotheses weighed, dropped, and merged into the moments of their mixture.

import { PATH_CORRECTION, vital, warm } from "../../../assembly/abi";
import { publish_means, publish_soc, weigh_bank } from "../../../assembly/gauge/bank";
import {
  entry,
  hypothesis,
  set_state,
  set_weight,
  state,
  weight,
} from "../../../assembly/gauge/hypothesis";
import { new_node, start_node } from "../node_under_test";
import { P, disagreement, draw, positive, start_random, write_to, x } from "./dense_filter";

/** 50 uAh in pC. */
const CAPACITY_PC: f64 = 1.8e11;

/** Hypotheses of random moments, of these weights, `apart` in SOC from one to the next. */
function three(first: f32, second: f32, third: f32, apart: f32): void {
  new_node();
  start_node();
  warm.alive = 3;
  start_random(5);
  const weights: StaticArray<f32> = [first, second, third];
  for (let i = 0; i < 3; i++) {
    draw();
    write_to(hypothesis(i));
    set_state(hypothesis(i), 7, 0.01 + apart * <f32>i);
    set_weight(hypothesis(i), weights[i]);
  }
}

describe("a bank that is weighed", () => {
  test("has weights that sum to 1 in their old proportions", () => {
    three(2, 6, 8, 0.1);
    weigh_bank();
    expect<u8>(warm.alive).toBe(3);
    expect<f32>(weight(hypothesis(0))).toBeCloseTo(0.125, 6);
    expect<f32>(weight(hypothesis(1))).toBeCloseTo(0.375, 6);
    expect<f32>(weight(hypothesis(2))).toBeCloseTo(0.5, 6);
  });

  test("drops what is e^14 less likely than all together and moves up what stays", () => {
    const least = <f32>(Math.exp(-14) * 1.5);
    three(<f32>0.98 * least, 1, 0.5, 0.1);
    const soc = state(hypothesis(2), 7);
    weigh_bank();
    expect<u8>(warm.alive).toBe(2);
    expect<f32>(state(hypothesis(1), 7)).toBe(soc);
    expect<f32>(weight(hypothesis(1))).toBeCloseTo(0.3333333, 5);
    three(<f32>1.02 * least, 1, 0.5, 0.1);
    weigh_bank();
    expect<u8>(warm.alive).toBe(3);
  });

  test("keeps all when every likelihood underflowed", () => {
    three(0, 0, 0, 0.1);
    weigh_bank();
    expect<u8>(warm.alive).toBe(3);
    for (let i = 0; i < 3; i++) expect<f32>(weight(hypothesis(i))).toBeCloseTo(0.3333333, 5);
  });

  test("is never left empty, nor with a weight that is no number", () => {
    three(f32.NaN, 1, f32.NaN, 0.1);
    weigh_bank();
    expect<u8>(warm.alive).toBe(1);
    expect<f32>(weight(hypothesis(0))).toBe(1);
  });
});

/** Mixture moments of hypotheses 0, 1, 2 in double precision into the dense filter. */
function mix(): void {
  for (let i = 0; i < 8; i++) {
    x[i] = 0;
    for (let n = 0; n < 3; n++) x[i] += <f64>weight(hypothesis(n)) * <f64>state(hypothesis(n), i);
  }
  for (let i = 0; i < 8; i++) {
    for (let k = 0; k < 8; k++) {
      let sum: f64 = 0;
      for (let n = 0; n < 3; n++) {
        const hyp = hypothesis(n);
        const own = <f64>load<f32>(entry(hyp, max(i, k), min(i, k)));
        const off = (<f64>state(hyp, i) - x[i]) * (<f64>state(hyp, k) - x[k]);
        sum += <f64>weight(hyp) * (own + off);
      }
      P[8 * i + k] = sum;
    }
  }
}

describe("hypotheses that agree in SOC", () => {
  test("become one with the mean and covariance of their mixture", () => {
    three(0.25, 0.25, 0.5, 0.001);
    mix();
    weigh_bank();
    expect<u8>(warm.alive).toBe(1);
    expect<f32>(weight(hypothesis(0))).toBe(1);
    expect<f64>(disagreement(hypothesis(0))).toBeLessThan(1e-5);
    assert(positive(hypothesis(0), 1e-5), "a covariance");
  });

  test("to 0.3 % agree, and those further apart do not", () => {
    three(1, 1, 1, 0.00149);
    weigh_bank();
    expect<u8>(warm.alive).toBe(1);
    three(1, 1, 1, 0.00151);
    weigh_bank();
    expect<u8>(warm.alive).toBe(3);
  });

  test("or were held at the float voltage four times", () => {
    three(1, 1, 1, 0.02);
    warm.held = 3;
    weigh_bank();
    expect<u8>(warm.alive).toBe(3);
    warm.held = 4;
    weigh_bank();
    expect<u8>(warm.alive).toBe(1);
  });
});

describe("what the bank tells", () => {
  test("is the weighed mean of every learned state", () => {
    three(0.25, 0.25, 0.5, 0.05);
    mix();
    publish_means();
    expect<f64>(<f64>vital.leak_nA).toBeCloseTo(x[0], 4);
    expect<f64>(<f64>vital.load_scale).toBeCloseTo(x[1], 5);
    expect<f64>(<f64>vital.harvest_scale).toBeCloseTo(x[2], 5);
    expect<f64>(<f64>vital.float_error).toBeCloseTo(x[3], 6);
    for (let k = 0; k < 3; k++) {
      expect<f64>(<f64>vital.voltage_error_mV(k)).toBeCloseTo(x[4 + k], 4);
    }
  });

  test("of SOC is the mixture's mean, booked as a correction, and its sigma, wider by 1.5", () => {
    three(0.25, 0.25, 0.5, 0.05);
    // what the hypotheses differ by counts 1.5 times: means at 0.01, 0.06, 0.11
    let between: f64 = 0;
    for (let i = 0; i < 3; i++) {
      const off = 0.05 * i - 0.0625;
      between += (i == 2 ? 0.5 : 0.25) * off * off;
    }
    mix();
    const before = vital.charge_pC;
    const booked = warm.book_pC(PATH_CORRECTION);
    publish_soc();
    const moved = vital.charge_pC - before;
    expect<i64>(warm.book_pC(PATH_CORRECTION) - booked).toBe(moved);
    expect<f64>(<f64>moved / CAPACITY_PC).toBeCloseTo(x[7], 5);
    expect<f64>(<f64>vital.soc_sigma).toBeCloseTo(Math.sqrt(P[63] + 0.5 * between), 5);
  });

  test("leaves each hypothesis at the SOC it had", () => {
    three(0.25, 0.25, 0.5, 0.05);
    const before = <f64>vital.charge_pC / CAPACITY_PC + 0.06;
    publish_soc();
    const after = <f64>vital.charge_pC / CAPACITY_PC + <f64>state(hypothesis(1), 7);
    expect<f64>(after).toBeCloseTo(before, 6);
  });
});
