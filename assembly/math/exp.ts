// The exponential function of the core, in plain arithmetic so that every engine gives the same
// bits.
//
// exp(x) = 2^n exp(r), n = round(x / ln 2), |r| <= ln 2 / 2 (Cody and Waite's two-part ln 2);
// exp(r) = 1 + r + r^2 q(r), q of degree 3 by Chebyshev interpolation: 4.1e-7 relative error.

import { real } from "./real";

/** ln 2 in two parts: the first has few bits, so n * LN2_HIGH is exact. */
const LN2_HIGH: real = 0.693145751953125;
const LN2_LOW: real = 1.42860682030941723e-6;
const LOG2_E: real = 1.4426950408889634;
/** exp(-17.4) is half a unit in the last place of 1 in f32: beyond, nothing of the past is left. */
const FORGOTTEN: real = 17.4;
/** Below it the series of 1 - exp(-x) is both shorter and more exact. */
const SHORT: real = 0.02;

/** `half` rounds x / ln 2 to the nearest integer: 0.5 with the sign of x. */
function reduced_exp(x: real, half: real): real {
  const n = <i32>(x * LOG2_E + half);
  const r = x - <real>n * LN2_HIGH - <real>n * LN2_LOW;
  const q: real =
    <real>0.4999974899 +
    r * (<real>0.1666663083 + r * (<real>0.0418338041 + r * <real>0.0083572001));
  const scale = reinterpret<f32>((n + 127) << 23);
  return (1 + r + r * r * q) * <real>scale;
}

/** exp(x) for any x: 0 below -87, clamped above 88 (1.65e38). NaN gives 0. */
export function exp(x: real): real {
  if (!(x > -87)) return 0;
  if (x > 88) x = 88;
  return reduced_exp(x, x < 0 ? -0.5 : 0.5);
}

/** exp(-x) for x >= 0: what is left after x time constants; exactly 0 once f32 cannot tell. */
export function decay(x: real): real {
  // written so that NaN is forgotten, too
  return x < FORGOTTEN ? reduced_exp(-x, -0.5) : 0;
}

/** 1 - exp(-x) for x >= 0: how much of a change has happened after x time constants. */
export function settled(x: real): real {
  if (x < SHORT) return x * (1 - x * (<real>0.5 - x * <real>0.1666667));
  return 1 - decay(x);
}
