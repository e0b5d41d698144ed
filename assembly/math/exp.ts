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

/** exp(x) for any x: 0 below -87, clamped above 88 (1.65e38). NaN gives 0. */
export function exp(x: real): real {
  if (!(x > -87)) return 0;
  if (x > 88) x = 88;
  const n = <i32>(x * LOG2_E + <real>(x < 0 ? -0.5 : 0.5));
  const r = x - <real>n * LN2_HIGH - <real>n * LN2_LOW;
  const q: real = 0.4999974899 + r * (0.1666663083 + r * (0.0418338041 + r * <real>0.0083572001));
  const scale = reinterpret<f32>((n + 127) << 23);
  return (1 + r + r * r * q) * <real>scale;
}
