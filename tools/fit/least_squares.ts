// Nonlinear least squares by Levenberg and Marquardt (J. SIAM 11 (1963) 431), damping scaled by the
// diagonal. Own code: ml-levenberg-marquardt 5.1 goes on from a step that made things worse, and
// did not move from its start here.

import { CholeskyDecomposition, Matrix } from "ml-matrix";

export interface Unknown {
  start: number;
  /** For the difference quotient. */
  step: number;
}

const DAMPING = 1e-2;
const DAMPING_MAX = 1e8;
const LESS = 1 / 5;
const MORE = 4;
/** Two iterations in a row that gain less than this end the search. */
const GAIN_MIN = 1e-3;
const ITERATIONS_MAX = 60;

const squareOf = (values: Float64Array) => values.reduce((sum, x) => sum + x * x, 0);

/**
 * Values that make the sum of squares of `residuals` least. `reweigh` is called with the values
 * before every iteration: what residuals count against may depend on them.
 */
export function leastSquares(
  residuals: (values: readonly number[]) => Float64Array,
  unknowns: readonly Unknown[],
  reweigh?: (values: readonly number[]) => void,
): number[] {
  let values = unknowns.map(({ start }) => start);
  reweigh?.(values);
  let off = residuals(values);
  let square = squareOf(off);
  let damping = DAMPING;
  for (let iteration = 0, idle = 0; iteration < ITERATIONS_MAX && idle < 2; iteration++) {
    if (reweigh !== undefined && iteration > 0) {
      reweigh(values);
      off = residuals(values);
      square = squareOf(off);
    }
    const columns = unknowns.map(({ step }, k) => {
      const moved = residuals(values.map((value, i) => (i === k ? value + step : value)));
      return moved.map((x, row) => (x - off[row]!) / step);
    });
    const { curvature, gradient } = normalEquations(columns, off);
    const before = square;
    while (damping < DAMPING_MAX) {
      const step = stepOf(curvature, gradient, damping);
      const tried = values.map((value, i) => value - step[i]!);
      const tried_off = residuals(tried);
      const tried_square = squareOf(tried_off);
      if (tried_square < square) {
        [values, off, square] = [tried, tried_off, tried_square];
        damping *= LESS;
        break;
      }
      damping *= MORE;
    }
    idle = square < before * (1 - GAIN_MIN) ? 0 : idle + 1;
  }
  return values;
}

function normalEquations(columns: readonly Float64Array[], off: Float64Array) {
  const count = columns.length;
  const curvature = Matrix.zeros(count, count);
  const dot = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let row = 0; row < a.length; row++) sum += a[row]! * b[row]!;
    return sum;
  };
  for (let i = 0; i < count; i++) {
    for (let k = 0; k <= i; k++) {
      const value = dot(columns[i]!, columns[k]!);
      curvature.set(i, k, value);
      curvature.set(k, i, value);
    }
  }
  return { curvature, gradient: Matrix.columnVector(columns.map((column) => dot(column, off))) };
}

/** (A + damping diag A) step = gradient. */
function stepOf(curvature: Matrix, gradient: Matrix, damping: number): number[] {
  const damped = curvature.clone();
  for (let i = 0; i < damped.rows; i++) {
    damped.set(i, i, damped.get(i, i) * (1 + damping) + 1e-12);
  }
  return new CholeskyDecomposition(damped).solve(gradient).to1DArray();
}
