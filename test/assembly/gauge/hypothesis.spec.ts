// Where a hypothesis keeps what: places that do not overlap, and the nodes of the voltage's error.

import { AREAS_END } from "../../../assembly/abi";
import {
  BANK_AT,
  ERROR,
  HYPOTHESES_MAX,
  HYPOTHESIS_BYTES,
  SOC,
  STATES,
  diffusion_of,
  entry,
  find_nodes,
  hypothesis,
  left_node,
  right_share,
  set_soc_variance,
  set_state,
  set_weight,
  soc_row,
  soc_variance,
  state,
  variance,
  voltage_error_mV,
  weight,
} from "../../../assembly/gauge/hypothesis";
import { profile_at } from "../../../assembly/index";

/** The error at `soc` of a hypothesis whose errors at 0.3, 0.6 and 1 are 2, -1 and 7 mV. */
function error_at(soc: f32): f32 {
  const hyp = hypothesis(0);
  set_state(hyp, ERROR, 2);
  set_state(hyp, ERROR + 1, -1);
  set_state(hyp, ERROR + 2, 7);
  find_nodes(soc);
  return voltage_error_mV(hyp);
}

describe("the bank", () => {
  test("holds nine hypotheses of 48 words one behind the other, behind the areas", () => {
    expect<usize>(BANK_AT & 15).toBe(0);
    expect<usize>(HYPOTHESIS_BYTES).toBe(192);
    for (let i = 0; i < HYPOTHESES_MAX; i++) {
      expect<usize>(hypothesis(i)).toBe(BANK_AT + <usize>i * 192);
    }
    assert(BANK_AT >= AREAS_END + 64, "behind the row");
    assert(<usize>profile_at() >= BANK_AT + 9 * 192, "before the profile");
  });
});

describe("a hypothesis", () => {
  test("keeps each of its 47 numbers in a word of its own", () => {
    const hyp = hypothesis(3);
    memory.fill(hyp, 0, HYPOTHESIS_BYTES);
    let next: f32 = 1;
    for (let i = 0; i < STATES; i++) set_state(hyp, i, next++);
    for (let i = 0; i < STATES; i++) {
      for (let k = 0; k <= i; k++) store<f32>(entry(hyp, i, k), next++);
    }
    store<f32>(diffusion_of(hyp), next++);
    store<f32>(diffusion_of(hyp), next++, 4);
    set_weight(hyp, next);
    next = 1;
    for (let i = 0; i < STATES; i++) expect<f32>(state(hyp, i)).toBe(next++);
    for (let i = 0; i < STATES; i++) {
      for (let k = 0; k <= i; k++) expect<f32>(load<f32>(entry(hyp, i, k))).toBe(next++);
    }
    expect<f32>(load<f32>(diffusion_of(hyp))).toBe(45);
    expect<f32>(load<f32>(diffusion_of(hyp), 4)).toBe(46);
    expect<f32>(weight(hyp)).toBe(47);
  });

  test("reaches the row of SOC and the variances by their shorter names", () => {
    const hyp = hypothesis(8);
    for (let i = 0; i < STATES; i++) store<f32>(entry(hyp, SOC, i), <f32>10 + <f32>i);
    expect<f32>(load<f32>(soc_row(hyp), 0)).toBe(10);
    expect<f32>(soc_variance(hyp)).toBe(17);
    expect<f32>(variance(hyp, SOC)).toBe(17);
    set_soc_variance(hyp, 3);
    expect<f32>(load<f32>(entry(hyp, SOC, SOC))).toBe(3);
  });
});

describe("the error of a voltage", () => {
  test("is each node's own at SOC 0.3, 0.6 and 1, and level beyond", () => {
    expect<f32>(error_at(0.3)).toBeCloseTo(2, 5);
    expect<f32>(error_at(0.6)).toBeCloseTo(-1, 5);
    expect<f32>(error_at(1)).toBeCloseTo(7, 5);
    expect<f32>(error_at(-0.05)).toBe(2);
    expect<f32>(error_at(1.06)).toBe(7);
  });

  test("is straight between the nodes", () => {
    expect<f32>(error_at(0.4)).toBeCloseTo(1, 5);
    expect<f32>(error_at(0.45)).toBeCloseTo(0.5, 5);
    expect<f32>(error_at(0.8)).toBeCloseTo(3, 5);
  });

  test("has shares within 0 and 1 at any SOC, also at one that is no number", () => {
    const odd: StaticArray<f32> = [-1e9, 0, 0.59999, 0.60001, 1e9, f32.NaN, -Infinity];
    for (let i = 0; i < odd.length; i++) {
      find_nodes(odd[i]);
      assert(right_share >= 0 && right_share <= 1, "a share");
      assert(left_node == 0 || left_node == 1, "a node");
    }
  });
});
