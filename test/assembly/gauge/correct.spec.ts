// The corrections against a Kalman filter in its textbook form, written here in double precision on
// full matrices: K = P h' / (h P h' + R), x <- x + K y, P <- (I - K h) P.

import { vital } from "../../../assembly/abi";
import {
  begin_corrections,
  correct_all,
  correct_resistance,
  gated,
  innovation_variance_mV2,
  soc_shift,
} from "../../../assembly/gauge/correct";
import { new_node, start_node } from "../node_under_test";

/** The full covariance of the textbook filter and its states. */
const P: StaticArray<f64> = new StaticArray<f64>(9);
const x: StaticArray<f64> = new StaticArray<f64>(3);
/** Sizes of soc, leak in nA and resistance scale: they make the errors comparable. */
const SCALE: StaticArray<f64> = [0.05, 10, 0.2];

/** xorshift32, as a number in [0, 1). */
let state: u32 = 88172645;
function random(): f64 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return <f64>state / 4294967296;
}

/** A random covariance A A' with the sizes above, well conditioned; into P and into vital. */
function new_covariance(): void {
  for (let i = 0; i < 3; i++) {
    for (let k = 0; k <= i; k++) {
      // lower triangle of a Cholesky factor
      x[k] = i == k ? 0.5 + random() : random() - 0.5;
    }
    for (let k = 0; k < 3; k++) P[3 * i + k] = k <= i ? x[k] : 0;
  }
  const factor = P.slice<StaticArray<f64>>();
  for (let i = 0; i < 3; i++) {
    for (let k = 0; k < 3; k++) {
      let sum: f64 = 0;
      for (let j = 0; j < 3; j++) sum += factor[3 * i + j] * factor[3 * k + j];
      P[3 * i + k] = sum * SCALE[i] * SCALE[k];
    }
  }
  for (let i = 0; i < 3; i++) x[i] = 0;
  vital.covariance_0 = <f32>P[0];
  vital.covariance_1 = <f32>P[1];
  vital.covariance_2 = <f32>P[2];
  vital.covariance_3 = <f32>P[4];
  vital.covariance_4 = <f32>P[5];
  vital.covariance_5 = <f32>P[8];
  vital.leak_nA = 0;
  vital.resistance_scale = 0;
  begin_corrections();
}

/** The textbook's update. */
function textbook(y: f64, h0: f64, h2: f64, R: f64): void {
  const Ph: StaticArray<f64> = new StaticArray<f64>(3);
  for (let i = 0; i < 3; i++) Ph[i] = P[3 * i] * h0 + P[3 * i + 2] * h2;
  const S = h0 * Ph[0] + h2 * Ph[2] + R;
  const before = P.slice<StaticArray<f64>>();
  for (let i = 0; i < 3; i++) {
    const K = Ph[i] / S;
    x[i] += K * y;
    for (let k = 0; k < 3; k++) {
      P[3 * i + k] = before[3 * i + k] - K * (h0 * before[k] + h2 * before[6 + k]);
    }
  }
}

/** Largest disagreement of the core and the textbook, in units of the sizes above. */
function disagreement(): f64 {
  const found: StaticArray<f64> = [soc_shift, vital.leak_nA, vital.resistance_scale];
  let worst: f64 = 0;
  for (let i = 0; i < 3; i++) worst = max(worst, Math.abs(found[i] - x[i]) / SCALE[i]);
  let word = 0;
  for (let i = 0; i < 3; i++) {
    for (let k = i; k < 3; k++) {
      const error = <f64>vital.covariance(word++) - P[3 * i + k];
      worst = max(worst, Math.abs(error) / (SCALE[i] * SCALE[k]));
    }
  }
  return worst;
}

/** All leading minors of the stored covariance are positive. */
function positive(): bool {
  const a = <f64>vital.covariance_0 / (SCALE[0] * SCALE[0]);
  const b = <f64>vital.covariance_1 / (SCALE[0] * SCALE[1]);
  const c = <f64>vital.covariance_2 / (SCALE[0] * SCALE[2]);
  const d = <f64>vital.covariance_3 / (SCALE[1] * SCALE[1]);
  const e = <f64>vital.covariance_4 / (SCALE[1] * SCALE[2]);
  const f = <f64>vital.covariance_5 / (SCALE[2] * SCALE[2]);
  const minor = a * d - b * b;
  const determinant = f * minor - a * e * e + 2 * b * c * e - c * c * d;
  return a > 0 && minor > 0 && determinant > 0;
}

const CASES: i32 = 20000;

describe("a correction inside the gate", () => {
  beforeEach(() => {
    new_node();
    start_node();
  });

  test("of the row [h0, 0, h2] agrees with the textbook to 1e-4", () => {
    let worst: f64 = 0;
    let lost = 0;
    for (let i = 0; i < CASES; i++) {
      new_covariance();
      const h0 = <f32>(50 + 600 * random());
      const h2 = <f32>(40 * (random() - 0.5));
      const R = <f32>(2 + 50 * random());
      const y = <f32>(10 * (random() - 0.5));
      textbook(y, h0, h2, R);
      correct_all(y, h0, h2, R);
      worst = max(worst, disagreement());
      if (!positive()) lost++;
    }
    expect<f64>(worst).toBeLessThan(1e-4);
    expect<i32>(lost).toBe(0);
  });

  test("of the row [0, 0, h2] agrees with the textbook to 1e-4", () => {
    let worst: f64 = 0;
    let lost = 0;
    for (let i = 0; i < CASES; i++) {
      new_covariance();
      const h2 = <f32>(20 + 300 * random());
      const R = <f32>(2 + 50 * random());
      const y = <f32>(20 * (random() - 0.5));
      textbook(y, 0, h2, R);
      correct_resistance(y, h2, R);
      worst = max(worst, disagreement());
      if (!positive()) lost++;
    }
    expect<f64>(worst).toBeLessThan(1e-4);
    expect<i32>(lost).toBe(0);
  });

  test("stays with the textbook over a hundred in turn", () => {
    let worst: f64 = 0;
    for (let i = 0; i < 200; i++) {
      new_covariance();
      for (let k = 0; k < 100; k++) {
        const h = <f32>(50 + 600 * random());
        const y = <f32>(random() - 0.5);
        if (k & 1) {
          textbook(y, h, 5, 9);
          correct_all(y, h, 5, 9);
        } else {
          textbook(y, 0, h, 9);
          correct_resistance(y, h, 9);
        }
        assert(positive(), "P is positive");
      }
      worst = max(worst, disagreement());
    }
    expect<f64>(worst).toBeLessThan(1e-4);
  });

  test("tells the variance that it expected", () => {
    new_covariance();
    correct_all(1, 100, 0, 9);
    expect<f32>(innovation_variance_mV2).toBeCloseTo(<f32>(9 + 10000 * P[0]), 3);
    expect<bool>(gated).toBe(false);
  });
});

describe("a correction beyond the gate", () => {
  beforeEach(() => {
    new_node();
    start_node();
    new_covariance();
  });

  test("is the textbook's with R so large that the innovation lies on the gate", () => {
    const y: f32 = 900;
    const S = (<f64>y * y) / 16;
    textbook(y, 100, 5, S - 10000 * P[0] - 2 * 500 * P[2] - 25 * P[8]);
    correct_all(y, 100, 5, 9);
    expect<bool>(gated).toBe(true);
    expect<f64>(disagreement()).toBeLessThan(1e-4);
  });

  test("moves less the worse it is", () => {
    let before: f32 = 1;
    for (let y: f32 = 1000; y < 1e6; y *= 3) {
      state = 88172645;
      new_covariance();
      correct_all(y, 100, 5, 9);
      const moved = Mathf.abs(soc_shift);
      expect<f32>(moved).toBeLessThan(before);
      before = moved;
    }
    expect<f32>(before).toBeLessThan(0.001);
  });

  test("of the resistance is limited alike, in both directions", () => {
    new_covariance();
    correct_resistance(1e5, 100, 9);
    expect<bool>(gated).toBe(true);
    // K y = P22 h y / (y^2 / 16)
    expect<f32>(vital.resistance_scale).toBeCloseTo(<f32>((P[8] * 100 * 16) / 1e5), 4);
    new_covariance();
    correct_resistance(-1e5, 100, 9);
    expect<f32>(vital.resistance_scale).toBeCloseTo(<f32>((P[8] * 100 * 16) / -1e5), 4);
  });
});
