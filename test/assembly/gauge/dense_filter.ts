// A Kalman filter in its textbook form on full matrices in double precision, and random states and
// covariances for it: what a hypothesis of the bank is compared with.

import { STATES, entry, set_state, set_weight, state } from "../../../assembly/gauge/hypothesis";

const N: i32 = STATES;

/** States and full covariance of the textbook filter. */
export const x: StaticArray<f64> = new StaticArray<f64>(N);
export const P: StaticArray<f64> = new StaticArray<f64>(N * N);
/** The row of a measurement, or of the derivatives of SOC. */
export const h: StaticArray<f64> = new StaticArray<f64>(N);
/** Sizes of leak, load, harvest, float, three voltage errors and SOC, to compare errors by. */
export const SIZE: StaticArray<f64> = [10, 0.2, 0.1, 0.003, 3, 4, 3, 0.03];

let seed: u32 = 88172645;

export function start_random(from: u32): void {
  seed = from;
}

/** xorshift32, as a number in [0, 1). */
export function random(): f64 {
  seed ^= seed << 13;
  seed ^= seed >> 17;
  seed ^= seed << 5;
  return <f64>seed / 4294967296;
}

/** A random covariance A A', well conditioned, and states around 0, scales around 1. */
export function draw(): void {
  const factor = new StaticArray<f64>(N * N);
  for (let i = 0; i < N; i++) {
    for (let k = 0; k <= i; k++) factor[N * i + k] = i == k ? 0.5 + random() : random() - 0.5;
    x[i] = SIZE[i] * (random() - 0.5);
    if (i == 1 || i == 2) x[i] += 1;
  }
  for (let i = 0; i < N; i++) {
    for (let k = 0; k < N; k++) {
      let sum: f64 = 0;
      for (let j = 0; j < N; j++) sum += factor[N * i + j] * factor[N * k + j];
      P[N * i + k] = sum * SIZE[i] * SIZE[k];
    }
  }
}

/** Puts the textbook's states and covariance into a hypothesis. */
export function write_to(hyp: usize): void {
  for (let i = 0; i < N; i++) {
    set_state(hyp, i, <f32>x[i]);
    for (let k = 0; k <= i; k++) store<f32>(entry(hyp, i, k), <f32>P[N * i + k]);
  }
  set_weight(hyp, 1);
}

/** Takes the states and the covariance of a hypothesis over. */
export function read_from(hyp: usize): void {
  for (let i = 0; i < N; i++) {
    x[i] = state(hyp, i);
    for (let k = 0; k <= i; k++) {
      P[N * i + k] = load<f32>(entry(hyp, i, k));
      P[N * k + i] = P[N * i + k];
    }
  }
}

/** P h'. */
function spread_of(i: i32): f64 {
  let sum: f64 = 0;
  for (let k = 0; k < N; k++) sum += P[N * i + k] * h[k];
  return sum;
}

/** h P h'. */
export function expected_variance(): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < N; i++) sum += h[i] * spread_of(i);
  return sum;
}

/** K = P h' / (h P h' + R), x <- x + K y, P <- (I - K h) P; the two scales stay in 0.4..2.5. */
export function correct_dense(y: f64, R: f64): void {
  const S = expected_variance() + R;
  const Ph = new StaticArray<f64>(N);
  for (let i = 0; i < N; i++) Ph[i] = spread_of(i);
  for (let i = 0; i < N; i++) {
    x[i] += (Ph[i] / S) * y;
    for (let k = 0; k < N; k++) P[N * i + k] -= (Ph[i] * Ph[k]) / S;
  }
  for (let i = 1; i < 3; i++) x[i] = min(max(x[i], 0.4), 2.5);
}

/** P <- F P F' with F the identity but for its last row, which is h. */
export function propagate_dense(): void {
  const soc = N - 1;
  const variance = expected_variance();
  const row = new StaticArray<f64>(N);
  for (let i = 0; i < soc; i++) row[i] = spread_of(i);
  for (let i = 0; i < soc; i++) {
    P[N * i + soc] = row[i];
    P[N * soc + i] = row[i];
  }
  P[N * soc + soc] = variance;
}

/** Largest disagreement of hypothesis and textbook, in units of the sizes above. */
export function disagreement(hyp: usize): f64 {
  let worst: f64 = 0;
  for (let i = 0; i < N; i++) {
    worst = max(worst, Math.abs(<f64>state(hyp, i) - x[i]) / SIZE[i]);
    for (let k = 0; k <= i; k++) {
      const error = <f64>load<f32>(entry(hyp, i, k)) - P[N * i + k];
      worst = max(worst, Math.abs(error) / (SIZE[i] * SIZE[k]));
    }
  }
  return worst;
}

/** The covariance of a hypothesis has a Cholesky factor; `slack` of its diagonal may be missing. */
export function positive(hyp: usize, slack: f64): bool {
  const factor = new StaticArray<f64>(N * N);
  for (let i = 0; i < N; i++) {
    const own = <f64>load<f32>(entry(hyp, i, i));
    for (let k = 0; k <= i; k++) {
      let sum = <f64>load<f32>(entry(hyp, i, k));
      for (let j = 0; j < k; j++) sum -= factor[N * i + j] * factor[N * k + j];
      if (i == k) {
        sum += slack * own;
        if (!(sum >= 0)) return false;
        factor[N * i + i] = Math.sqrt(sum);
      } else {
        factor[N * i + k] = factor[N * k + k] > 0 ? sum / factor[N * k + k] : 0;
      }
    }
  }
  return true;
}
