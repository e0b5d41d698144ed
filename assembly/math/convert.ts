// Conversions that cannot trap: wasm traps where JavaScript and C do something else, so every
// conversion from a real number to an integer goes through here. Wide integers are converted in two
// halves: a direct i64 <-> f32 would link soft-double code on Cortex-M.

import { real } from "./real";

/** Neither NaN nor infinite. */
@inline
export function is_finite(x: f32): bool {
  return (reinterpret<u32>(x) & 0x7f800000) != 0x7f800000;
}

/** Truncates; NaN gives 0, values beyond the range its ends. */
export function guarded_i32(x: f32): i32 {
  if (x != x) return 0;
  if (x >= 2147483648) return i32.MAX_VALUE;
  if (x < -2147483648) return i32.MIN_VALUE;
  return <i32>x;
}

/** Truncates; NaN and negative values give 0, values beyond the range its end. */
export function guarded_u32(x: f32): u32 {
  if (!(x >= 1)) return 0;
  if (x >= 4294967296) return u32.MAX_VALUE;
  return <u32>x;
}

/**
 * The nearest real number to an integer that may need more than 24 bits. Not `<real>x`: the
 * JavaScript engine XS does not round integers in Math.fround. Here only the sum is rounded, and
 * it is no integer to XS.
 */
export function real_of_u32(x: u32): real {
  return (<real>(x >> 8) + <real>(x & 255) * <real>0.00390625) * 256;
}

/** The nearest real number to a wide integer: one rounding below 2^48 in magnitude, else two. */
export function real_of(wide: i64): real {
  const sign = wide >> 47;
  if (sign == 0 || sign == -1) {
    // two exact parts of 24 bits
    const high = <i32>(wide >> 24);
    const low = (<i32>wide) & 0xffffff;
    return (<real>high + <real>low * <real>5.9604644775390625e-8) * 16777216;
  }
  const high = <i32>(wide >> 32);
  const sum = <real>(high >> 8) + <real>(high & 255) * <real>0.00390625;
  return sum * 1099511627776 + real_of_u32(<u32>wide);
}

/** A real number as a wide integer, truncated; NaN gives 0, magnitudes end at 2^55. */
export function wide_of(x: real): i64 {
  const high = guarded_i32(<f32>(x * <real>5.9604644775390625e-8));
  const low = guarded_i32(<f32>(x - <real>high * 16777216));
  return ((<i64>high) << 24) + <i64>low;
}

/** What of a wide integer, below 2^51 in magnitude, fits one word: whole 2^20. */
@inline
export function coarse_of(wide: i64): u32 {
  return <u32>(wide >> 20);
}

/** The wide integer that was made coarse. */
@inline
export function wide_of_coarse(coarse: u32): i64 {
  return (<i64>(<i32>coarse)) << 20;
}
