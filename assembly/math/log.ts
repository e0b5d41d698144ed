// The natural logarithm and what follows from it, in plain arithmetic as exp is.
//
// x = 2^n m, sqrt(1/2) <= m < sqrt(2);  ln m = 2 atanh(t) = 2 t (1 + t^2/3 + t^4/5 + t^6/7),
// t = (m - 1) / (m + 1), |t| < 0.172: the series ends below 1.5e-7 of it.

import { real } from "./real";

const LN_2: real = 0.6931471805599453;
/** Bits of sqrt(1/2). */
const ROOT_HALF: u32 = 0x3f3504f3;
/** Beyond, u^2 + 1 is u^2. */
const LARGE: real = 4096;

/** ln x for a finite x above 0. */
export function ln(x: real): real {
  const bits = reinterpret<u32>(<f32>x) - ROOT_HALF;
  const n = (<i32>bits) >> 23;
  const m = <real>reinterpret<f32>((bits & 0x7fffff) + ROOT_HALF);
  const t = (m - 1) / (m + 1);
  const square = t * t;
  const series = <real>0.33333333 + square * (<real>0.2 + square * <real>0.14285714);
  return <real>n * LN_2 + (t + t) * (1 + square * series);
}

/** The inverse of sinh, 3e-6 relative: u where that is small, a logarithm where it is large. */
export function asinh(u: real): real {
  const size = abs<real>(u);
  // where it is small the logarithm of nearly 1 would lose what counts
  if (size < <real>0.05) return u * (1 - u * u * <real>0.16666667);
  const value = ln(size + (size < LARGE ? sqrt<real>(size * size + 1) : size));
  return u < 0 ? -value : value;
}
