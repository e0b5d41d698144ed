// What is kept of a covariance in sixteen bytes, and the covariance that comes back: positive for
// any bytes, sigmas never smaller than they were.

import { vital, warm } from "../../../assembly/abi";
import {
  diffusion_of,
  entry,
  hypothesis,
  set_state,
  set_weight,
  state,
  variance,
  weight,
} from "../../../assembly/gauge/hypothesis";
import {
  code_of,
  forget_learned,
  keep_learned,
  restore_learned,
  sigma_of,
} from "../../../assembly/gauge/learned";
import { publish_means } from "../../../assembly/gauge/bank";
import { new_node, node, start_node } from "../node_under_test";
import { P, SIZE, draw, positive, random, start_random, write_to, x } from "./dense_filter";

/** Largest step of a byte: from a power of two to 9/8 of it. */
const STEP: f32 = 1.125;

function begin(): void {
  new_node();
  start_node();
  start_random(3);
}

describe("the byte of a sigma", () => {
  test("gives back no less than the sigma, and at most a step more", () => {
    start_random(11);
    for (let n = 0; n < 20000; n++) {
      const sigma = <f32>Math.exp(-13.8 + 21.9 * random());
      const back = sigma_of(code_of(sigma));
      assert(back >= sigma && back <= sigma * STEP, `${back} of ${sigma}`);
    }
  });

  test("grows by 6.7 to 12.5 % from one to the next, a power of two every eight", () => {
    for (let code: u32 = 0; code < 255; code++) {
      const ratio = sigma_of(code + 1) / sigma_of(code);
      assert(ratio > 1.066 && ratio <= STEP, `step ${ratio}`);
    }
    expect<f32>(sigma_of(160)).toBe(1);
    expect<f32>(sigma_of(168)).toBe(2);
    expect<f32>(sigma_of(0)).toBeCloseTo(<f32>(1.0 / 1048576), 9);
  });

  test("ends where the byte ends", () => {
    expect<u8>(code_of(0)).toBe(0);
    expect<u8>(code_of(1e-30)).toBe(0);
    expect<u8>(code_of(1e9)).toBe(255);
    expect<u8>(code_of(Infinity)).toBe(255);
    expect<u8>(code_of(f32.NaN)).toBe(255);
  });
});

describe("what is restored", () => {
  beforeEach(begin);

  test("has the sigmas that were kept, up to a step larger, and the same means", () => {
    for (let n = 0; n < 500; n++) {
      draw();
      write_to(hypothesis(0));
      warm.alive = 1;
      vital.soc_sigma = <f32>Math.sqrt(P[63]);
      publish_means();
      keep_learned();
      restore_learned();
      for (let i = 0; i < 8; i++) {
        const ratio = Math.sqrt(<f64>variance(hypothesis(0), i)) / Math.sqrt(P[9 * i]);
        assert(ratio > 0.9999 && ratio < 1.1251, `sigma ${i} times ${ratio}`);
        if (i < 7) expect<f32>(state(hypothesis(0), i)).toBe(<f32>x[i]);
      }
      expect<f32>(state(hypothesis(0), 7)).toBe(0);
      expect<f32>(weight(hypothesis(0))).toBe(1);
      expect<u8>(warm.alive).toBe(1);
    }
  });

  test("keeps the correlations with the middle voltage error to a 1/127", () => {
    for (let n = 0; n < 500; n++) {
      draw();
      write_to(hypothesis(0));
      vital.soc_sigma = <f32>Math.sqrt(P[63]);
      publish_means();
      keep_learned();
      restore_learned();
      const hyp = hypothesis(0);
      for (let i = 0; i < 8; i++) {
        if (i == 5) continue;
        const was = P[8 * i + 5] / Math.sqrt(P[9 * i] * P[45]);
        const entry_now = <f64>load<f32>(entry(hyp, max(i, 5), min(i, 5)));
        const now = entry_now / Math.sqrt(<f64>variance(hyp, i) * <f64>variance(hyp, 5));
        expect<f64>(Math.abs(was - now)).toBeLessThan(1.01 / 127);
      }
    }
  });

  test("is of the whole bank: what the hypotheses differ by is in the sigmas", () => {
    draw();
    for (let i = 0; i < 2; i++) {
      write_to(hypothesis(i));
      set_weight(hypothesis(i), 0.5);
      set_state(hypothesis(i), 0, <f32>x[0] + (i ? <f32>30 : <f32>-30));
    }
    warm.alive = 2;
    publish_means();
    keep_learned();
    const ratio = <f64>sigma_of(vital.sigma_code(0)) / Math.sqrt(P[0] + 900);
    assert(ratio > 0.9999 && ratio < 1.1251, `leak's sigma times ${ratio}`);
    const other = <f64>sigma_of(vital.sigma_code(1)) / Math.sqrt(P[9]);
    assert(other > 0.9999 && other < 1.1251, `load's sigma times ${other}`);
  });

  test("is a covariance whatever the bytes are", () => {
    let lost = 0;
    for (let n = 0; n < 3000; n++) {
      for (let i = 0; i < 8; i++) {
        vital.set_sigma_code(i, <u8>(256 * random()));
        // 128 is no correlation; beyond 1 and 255 there is nothing
        vital.set_tie_code(i, <u8>(1 + 255 * random()));
      }
      vital.soc_sigma = <f32>random();
      restore_learned();
      if (!positive(hypothesis(0), 2e-6)) lost++;
    }
    expect<i32>(lost).toBe(0);
  });

  test("has the diffusion states and the resistance's variance", () => {
    vital.diffusion_0 = 0.01;
    vital.diffusion_1 = -0.02;
    warm.resistance_variance = 0.04;
    keep_learned();
    warm.resistance_variance = 0;
    restore_learned();
    expect<f32>(load<f32>(diffusion_of(hypothesis(0)))).toBe(0.01);
    expect<f32>(load<f32>(diffusion_of(hypothesis(0)), 4)).toBe(-0.02);
    const sigma = Math.sqrt(<f64>warm.resistance_variance);
    assert(sigma >= 0.2 && sigma <= 0.2251, `resistance ${sigma}`);
  });
});

describe("nothing learned", () => {
  test("is what the profile says, with one gain behind the three voltage errors", () => {
    new_node();
    node.leak_nA = 3;
    node.leak_sigma_nA = 20.1;
    node.load_sigma = 0.21;
    node.harvest_sigma = 0.16;
    node.float_sigma = 0.0031;
    node.resistance_sigma = 0.41;
    node.adc_gain_sigma = 0.002;
    start_node();
    vital.leak_nA = 99;
    vital.load_scale = 2;
    vital.harvest_scale = 2;
    vital.float_error = 2;
    vital.resistance_scale = 2;
    forget_learned();
    restore_learned();
    const hyp = hypothesis(0);
    expect<f32>(vital.leak_nA).toBe(3);
    expect<f32>(vital.load_scale).toBe(1);
    expect<f32>(vital.harvest_scale).toBe(1);
    expect<f32>(vital.float_error).toBe(0);
    expect<f32>(vital.resistance_scale).toBe(1);
    expect<f32>(vital.soc_sigma).toBe(1);
    const error_mV = Math.sqrt(8.3 * 8.3 + 1);
    const sigma: StaticArray<f64> = [20.1, 0.21, 0.16, 0.0031, error_mV, error_mV, error_mV, 1];
    for (let i = 0; i < 8; i++) {
      const ratio = Math.sqrt(<f64>variance(hyp, i)) / sigma[i];
      assert(ratio > 0.9999 && ratio < 1.1251, `sigma ${i} times ${ratio}`);
    }
    for (let i = 0; i < 8; i++) {
      for (let k = 0; k < i; k++) {
        const tied = i > 4 && i < 7 && k > 3;
        const entry_now = <f64>load<f32>(entry(hyp, i, k));
        const tie = entry_now / Math.sqrt(<f64>variance(hyp, i) * <f64>variance(hyp, k));
        if (tied) expect<f64>(tie).toBeGreaterThan(0.97);
        else expect<f64>(tie).toBe(0);
      }
    }
    expect<f64>(SIZE[7]).toBeGreaterThan(0);
  });
});
