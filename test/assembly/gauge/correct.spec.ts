// The correction of a hypothesis against a Kalman filter in its textbook form on full matrices, the
// likelihood against the normal distribution's, the gate against its definition.

import { correct, innovation_variance_mV2, surprise } from "../../../assembly/gauge/correct";
import {
  entry,
  hypothesis,
  set_soc_variance,
  set_state,
  set_weight,
  state,
  weight,
} from "../../../assembly/gauge/hypothesis";
import { clear_row, set_row } from "../../../assembly/gauge/row";
import { new_node, node, start_node } from "../node_under_test";
import {
  correct_dense,
  disagreement,
  draw,
  expected_variance,
  h,
  positive,
  random,
  start_random,
  write_to,
  x,
} from "./dense_filter";

const hyp = hypothesis(1);

/** The row of a rest voltage: two errors, load, harvest, SOC. */
function rest_row(): void {
  for (let i = 0; i < 8; i++) h[i] = 0;
  const share = random();
  h[5] = <f64>(<f32>(1 - share));
  h[6] = <f64>(<f32>share);
  h[1] = <f64>(<f32>(-5 * random()));
  h[2] = <f64>(<f32>(20 * random()));
  h[7] = <f64>(<f32>(50 + 600 * random()));
  put_row();
}

/** The row of a float voltage: one error and the set point. */
function float_row(): void {
  for (let i = 0; i < 8; i++) h[i] = 0;
  h[6] = 1;
  h[3] = 4150;
  put_row();
}

function put_row(): void {
  clear_row();
  for (let i = 0; i < 8; i++) if (h[i] != 0) set_row(i, <f32>h[i]);
}

function begin(): void {
  new_node();
  start_node();
  start_random(88172645);
  draw();
  write_to(hyp);
}

describe("a correction inside the gate", () => {
  beforeEach(begin);

  test("by a rest or float voltage agrees with the textbook to 2e-4, and P stays positive", () => {
    let worst: f64 = 0;
    let lost = 0;
    for (let n = 0; n < 5000; n++) {
      draw();
      write_to(hyp);
      if (n & 1) rest_row();
      else float_row();
      const R = <f32>(2 + 50 * random());
      const y = <f32>(10 * (random() - 0.5));
      correct_dense(y, R);
      correct(hyp, y, R);
      worst = max(worst, disagreement(hyp));
      if (!positive(hyp, 1e-5)) lost++;
    }
    expect<f64>(worst).toBeLessThan(2e-4);
    expect<i32>(lost).toBe(0);
  });

  test("stays with the textbook over a hundred in turn", () => {
    let worst: f64 = 0;
    for (let n = 0; n < 100; n++) {
      draw();
      write_to(hyp);
      for (let k = 0; k < 100; k++) {
        if (k & 1) rest_row();
        else float_row();
        const y = <f32>(random() - 0.5);
        correct_dense(y, 9);
        correct(hyp, y, 9);
      }
      worst = max(worst, disagreement(hyp));
    }
    expect<f64>(worst).toBeLessThan(1e-3);
  });

  test("tells the variance that it expected, and how far inside it was", () => {
    rest_row();
    const S = expected_variance() + 9;
    correct(hyp, 1, 9);
    expect<f64>(<f64>innovation_variance_mV2 / S).toBeCloseTo(1, 4);
    expect<f64>(<f64>surprise * S).toBeCloseTo(1, 4);
    expect<f32>(surprise).toBeLessThan(node.gate_sigma * node.gate_sigma);
  });

  test("expects no less than the reading's own variance, whatever rounding left of P", () => {
    memory.fill(hyp, 0, 192);
    set_soc_variance(hyp, -1e-3);
    rest_row();
    correct(hyp, 1, 9);
    expect<f32>(innovation_variance_mV2).toBe(9);
  });
});

describe("the weight", () => {
  beforeEach(begin);

  test("is multiplied by exp(-y^2 / 2 S)", () => {
    for (let n = 0; n < 200; n++) {
      draw();
      write_to(hyp);
      set_weight(hyp, 0.25);
      rest_row();
      const S = expected_variance() + 9;
      const y = Math.sqrt(S) * (6 * random() - 3);
      correct(hyp, <f32>y, 9);
      const likelihood = Math.exp((-0.5 * y * y) / S);
      expect<f64>(<f64>weight(hyp) / (0.25 * likelihood)).toBeCloseTo(1, 4);
    }
  });

  test("does not prefer who expects less when neither was wrong", () => {
    rest_row();
    correct(hyp, 0, 9);
    const narrow = weight(hyp);
    const other = hypothesis(2);
    write_to(other);
    rest_row();
    correct(other, 0, 900);
    expect<f32>(weight(other)).toBe(narrow);
  });

  test("of two hypotheses that differ by their prediction alone is their likelihood ratio", () => {
    const other = hypothesis(2);
    write_to(other);
    rest_row();
    const S = expected_variance() + 9;
    const sigma = Math.sqrt(S);
    correct(hyp, <f32>(0.5 * sigma), 9);
    write_to(other);
    correct(other, <f32>(2.5 * sigma), 9);
    expect<f64>(<f64>weight(hyp) / <f64>weight(other)).toBeCloseTo(Math.exp(3), 2);
  });

  test("falls no further beyond the gate: a wild reading does not choose between gains", () => {
    rest_row();
    correct(hyp, 900, 9);
    const once = weight(hyp);
    write_to(hyp);
    correct(hyp, 9000, 9);
    expect<f32>(weight(hyp)).toBe(once);
    expect<f32>(once).toBeGreaterThan(0);
  });
});

describe("a correction beyond the gate", () => {
  beforeEach(begin);

  test("is the textbook's with R so large that the innovation lies on the gate", () => {
    rest_row();
    const y: f32 = 900;
    const S = (<f64>y * y) / 16;
    correct_dense(y, S - expected_variance());
    correct(hyp, y, 9);
    expect<f32>(surprise).toBe(node.gate_sigma * node.gate_sigma);
    expect<f64>(disagreement(hyp)).toBeLessThan(2e-4);
  });

  test("begins at gate_sigma of the profile, upwards and downwards", () => {
    node.gate_sigma = 3;
    start_node();
    for (let sign: f64 = -1; sign <= 1; sign += 2) {
      write_to(hyp);
      rest_row();
      const sigma = Math.sqrt(expected_variance() + 9);
      correct(hyp, <f32>(sign * 2.99 * sigma), 9);
      expect<f32>(surprise).toBeLessThan(node.gate_sigma * node.gate_sigma);
      write_to(hyp);
      correct(hyp, <f32>(sign * 3.01 * sigma), 9);
      expect<f32>(surprise).toBe(node.gate_sigma * node.gate_sigma);
    }
  });

  test("moves less the worse it is", () => {
    rest_row();
    let before: f64 = 1e9;
    for (let y: f32 = 1000; y < 1e6; y *= 3) {
      write_to(hyp);
      correct(hyp, y, 9);
      const moved = Math.abs(<f64>state(hyp, 7) - x[7]);
      expect<f64>(moved).toBeLessThan(before);
      before = moved;
    }
    expect<f64>(before).toBeLessThan(0.001);
  });
});

describe("a learned scale", () => {
  test("stays in 0.4..2.5, whatever a reading says", () => {
    for (let index = 1; index < 3; index++) {
      for (let sign: f32 = -1; sign <= 1; sign += 2) {
        begin();
        memory.fill(hyp, 0, 192);
        set_state(hyp, 1, 1);
        set_state(hyp, 2, 1);
        store<f32>(entry(hyp, index, index), 1);
        clear_row();
        set_row(index, 10);
        // alone it would move by 3
        correct(hyp, sign * 30, 1e-3);
        expect<f32>(state(hyp, index)).toBe(sign < 0 ? <f32>0.4 : <f32>2.5);
        expect<f32>(state(hyp, 3 - index)).toBe(1);
      }
    }
  });
});
