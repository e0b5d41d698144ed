// exp against the library's, over everything that a real number can be.

import { decay, exp, settled } from "../../../assembly/math/exp";

/** Relative error of the core's exp at x. */
function error_at(x: f32): f64 {
  const truth = Math.exp(x);
  return Math.abs(<f64>exp(x) - truth) / truth;
}

describe("exp", () => {
  test("is within 1e-6 of the true value from -87 to 88", () => {
    let worst: f64 = 0;
    for (let i = 1; i <= 175000; i++) {
      worst = max(worst, error_at(<f32>(-87 + <f64>i * 0.001)));
    }
    expect<f64>(worst).toBeLessThan(1e-6);
  });

  test("is within 1e-6 of the true value close to 0, down to denormal numbers", () => {
    let worst: f64 = 0;
    for (let x: f32 = 1; x > 1e-44; x *= 0.7) {
      worst = max(worst, max(error_at(x), error_at(-x)));
    }
    expect<f64>(worst).toBeLessThan(1e-6);
  });

  test("is exactly 1 at 0 and -0", () => {
    expect<f32>(exp(0)).toBe(1);
    expect<f32>(exp(-0.0)).toBe(1);
  });

  test("never falls, not even where the power of two changes", () => {
    let before = exp(-87.5);
    let falls = 0;
    for (let i = 0; i <= 1760000; i++) {
      const now = exp(<f32>(-87.5 + <f64>i * 0.0001));
      if (now < before) falls++;
      before = now;
    }
    expect<i32>(falls).toBe(0);
  });

  test("is 0 below -87, at minus infinity and for NaN", () => {
    expect<f32>(exp(-87)).toBe(0);
    expect<f32>(exp(-1e30)).toBe(0);
    expect<f32>(exp(-f32.POSITIVE_INFINITY)).toBe(0);
    expect<f32>(exp(f32.NaN)).toBe(0);
  });

  test("stays finite above 88 and at infinity", () => {
    const most = exp(88);
    expect<f32>(exp(88.5)).toBe(most);
    expect<f32>(exp(f32.POSITIVE_INFINITY)).toBe(most);
    expect<f32>(most).toBeLessThan(f32.MAX_VALUE);
  });
});

describe("decay and what has settled", () => {
  test("are exp(-x) and its complement, the small ones to 2e-6 of themselves", () => {
    let worst: f64 = 0;
    for (let x: f32 = 20; x > 1e-20; x *= 0.97) {
      const gone = -Math.expm1(-(<f64>x));
      worst = max(worst, Math.abs(<f64>settled(x) - gone) / gone);
      worst = max(worst, Math.abs(<f64>decay(x) - Math.exp(-(<f64>x))));
    }
    expect<f64>(worst).toBeLessThan(2e-6);
  });

  test("know both ends: nothing happened at 0, all at infinity and at NaN", () => {
    expect<f32>(decay(0)).toBe(1);
    expect<f32>(settled(0)).toBe(0);
    expect<f32>(decay(f32.POSITIVE_INFINITY)).toBe(0);
    expect<f32>(settled(f32.POSITIVE_INFINITY)).toBe(1);
    expect<f32>(decay(f32.NaN)).toBe(0);
    expect<f32>(settled(f32.NaN)).toBe(1);
  });
});
