// The guarded conversions at every boundary of their range, and the wide integers there and back.

import {
  guarded_i32,
  guarded_u32,
  is_finite,
  real_of,
  real_of_u32,
  wide_of,
} from "../../../assembly/math/convert";

/** The f32 one step further from zero, or closer to it. */
function outward(x: f32): f32 {
  return reinterpret<f32>(reinterpret<u32>(x) + 1);
}

function inward(x: f32): f32 {
  return reinterpret<f32>(reinterpret<u32>(x) - 1);
}

const TWO_31: f32 = 2147483648;
const TWO_32: f32 = 4294967296;
const DENORMAL: f32 = 1e-45;

/** xorshift32. */
let state: u32 = 2463534242;
function word(): u32 {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

describe("guarded_i32", () => {
  test("gives 0 for NaN, zeros and denormals", () => {
    expect<i32>(guarded_i32(f32.NaN)).toBe(0);
    expect<i32>(guarded_i32(0)).toBe(0);
    expect<i32>(guarded_i32(-0.0)).toBe(0);
    expect<i32>(guarded_i32(DENORMAL)).toBe(0);
    expect<i32>(guarded_i32(-DENORMAL)).toBe(0);
  });

  test("ends at its range, exact up to one step inside", () => {
    expect<i32>(guarded_i32(inward(TWO_31))).toBe(2147483520);
    expect<i32>(guarded_i32(TWO_31)).toBe(i32.MAX_VALUE);
    expect<i32>(guarded_i32(outward(TWO_31))).toBe(i32.MAX_VALUE);
    expect<i32>(guarded_i32(inward(-TWO_31))).toBe(-2147483520);
    expect<i32>(guarded_i32(-TWO_31)).toBe(i32.MIN_VALUE);
    expect<i32>(guarded_i32(outward(-TWO_31))).toBe(i32.MIN_VALUE);
    expect<i32>(guarded_i32(TWO_32)).toBe(i32.MAX_VALUE);
    expect<i32>(guarded_i32(-TWO_32)).toBe(i32.MIN_VALUE);
    expect<i32>(guarded_i32(f32.POSITIVE_INFINITY)).toBe(i32.MAX_VALUE);
    expect<i32>(guarded_i32(f32.NEGATIVE_INFINITY)).toBe(i32.MIN_VALUE);
  });

  test("truncates towards zero on both sides of one", () => {
    expect<i32>(guarded_i32(inward(1))).toBe(0);
    expect<i32>(guarded_i32(1)).toBe(1);
    expect<i32>(guarded_i32(outward(1))).toBe(1);
    expect<i32>(guarded_i32(inward(-1))).toBe(0);
    expect<i32>(guarded_i32(-1)).toBe(-1);
    expect<i32>(guarded_i32(-1.999)).toBe(-1);
  });

  test("agrees with a saturating conversion for any bits", () => {
    let wrong = 0;
    for (let i = 0; i < 200000; i++) {
      const x = reinterpret<f32>(word());
      const truth = x != x ? 0 : <i32>max<f64>(-2147483648, min<f64>(2147483647, <f64>x));
      if (guarded_i32(x) != truth) wrong++;
    }
    expect<i32>(wrong).toBe(0);
  });
});

describe("guarded_u32", () => {
  test("gives 0 for NaN, everything negative and everything below one", () => {
    expect<u32>(guarded_u32(f32.NaN)).toBe(0);
    expect<u32>(guarded_u32(-0.0)).toBe(0);
    expect<u32>(guarded_u32(DENORMAL)).toBe(0);
    expect<u32>(guarded_u32(-DENORMAL)).toBe(0);
    expect<u32>(guarded_u32(-1)).toBe(0);
    expect<u32>(guarded_u32(f32.NEGATIVE_INFINITY)).toBe(0);
    expect<u32>(guarded_u32(inward(1))).toBe(0);
    expect<u32>(guarded_u32(1)).toBe(1);
  });

  test("ends at its range, exact up to one step inside", () => {
    expect<u32>(guarded_u32(inward(TWO_31))).toBe(2147483520);
    expect<u32>(guarded_u32(TWO_31)).toBe(2147483648);
    expect<u32>(guarded_u32(inward(TWO_32))).toBe(4294967040);
    expect<u32>(guarded_u32(TWO_32)).toBe(u32.MAX_VALUE);
    expect<u32>(guarded_u32(outward(TWO_32))).toBe(u32.MAX_VALUE);
    expect<u32>(guarded_u32(f32.POSITIVE_INFINITY)).toBe(u32.MAX_VALUE);
  });

  test("agrees with a saturating conversion for any bits", () => {
    let wrong = 0;
    for (let i = 0; i < 200000; i++) {
      const x = reinterpret<f32>(word());
      const truth = x != x ? 0 : <u32>max<f64>(0, min<f64>(4294967295, <f64>x));
      if (guarded_u32(x) != truth) wrong++;
    }
    expect<i32>(wrong).toBe(0);
  });
});

describe("is_finite", () => {
  test("refuses NaN and both infinities, and nothing else", () => {
    expect<bool>(is_finite(f32.NaN)).toBe(false);
    expect<bool>(is_finite(f32.POSITIVE_INFINITY)).toBe(false);
    expect<bool>(is_finite(f32.NEGATIVE_INFINITY)).toBe(false);
    expect<bool>(is_finite(f32.MAX_VALUE)).toBe(true);
    expect<bool>(is_finite(-f32.MAX_VALUE)).toBe(true);
    expect<bool>(is_finite(DENORMAL)).toBe(true);
    expect<bool>(is_finite(0)).toBe(true);
  });
});

describe("real_of_u32", () => {
  test("is the nearest f32 of any u32", () => {
    let wrong = 0;
    for (let i = 0; i < 200000; i++) {
      const x = word() >> (word() & 31);
      if (real_of_u32(x) != <f32>(<f64>x)) wrong++;
    }
    expect<i32>(wrong).toBe(0);
    expect<f32>(real_of_u32(u32.MAX_VALUE)).toBe(TWO_32);
  });
});

describe("wide integers", () => {
  test("come back from a real number exactly, where it holds them", () => {
    let wrong = 0;
    for (let i = 0; i < 200000; i++) {
      const mantissa = <i64>(word() >> 8);
      const wide = (mantissa << (word() % 31)) * (word() & 1 ? 1 : -1);
      if (wide_of(real_of(wide)) != wide) wrong++;
    }
    expect<i32>(wrong).toBe(0);
  });

  test("become the nearest f32 below 2^48, and one of the two nearest up to 2^55", () => {
    let wrong = 0;
    for (let i = 0; i < 200000; i++) {
      const wide = (((<i64>word()) << 32) | word()) >> (9 + (word() % 54));
      const error = Math.abs(<f64>real_of(wide) - <f64>wide);
      const ulp = Math.abs(<f64>wide) * 1.2e-7;
      const small = wide < 281474976710656 && wide > -281474976710656;
      if (small ? real_of(wide) != <f32>(<f64>wide) : error > ulp) wrong++;
    }
    expect<i32>(wrong).toBe(0);
  });

  test("are truncated towards zero, and 0 for NaN", () => {
    expect<i64>(wide_of(0.999)).toBe(0);
    expect<i64>(wide_of(-0.999)).toBe(0);
    expect<i64>(wide_of(-7.9)).toBe(-7);
    expect<i64>(wide_of(8388607.5)).toBe(8388607);
    expect<i64>(wide_of(-0.0)).toBe(0);
    expect<i64>(wide_of(f32.NaN)).toBe(0);
  });

  test("end near 2^55 and keep their sign beyond", () => {
    const most: i64 = 36028797018963968;
    const beyond: StaticArray<f32> = [4e16, 1e20, f32.MAX_VALUE, f32.POSITIVE_INFINITY];
    for (let i = 0; i < beyond.length; i++) {
      const up = wide_of(beyond[i]);
      const down = wide_of(-beyond[i]);
      assert(up > most - 33554432 && up <= most + 2147483648, "upper end");
      assert(down < 33554432 - most && down >= -most - 2147483648, "lower end");
    }
  });
});
