// ln and asinh against the library's.

import { asinh, ln } from "../../../assembly/math/log";

describe("ln", () => {
  test("is within 3e-7, absolute or relative, over 60 decades", () => {
    let worst: f64 = 0;
    for (let x: f64 = 1e-30; x < 1e30; x *= 1.0007) {
      const truth = Math.log(<f64>(<f32>x));
      worst = max(worst, Math.abs(<f64>ln(<f32>x) - truth) / max(1, Math.abs(truth)));
    }
    expect<f64>(worst).toBeLessThan(3e-7);
  });

  test("is 0 at 1, and close to it what it should be", () => {
    expect<f32>(ln(1)).toBe(0);
    expect<f32>(ln(<f32>1.001)).toBeCloseTo(<f32>0.0009995, 6);
    expect<f32>(ln(<f32>0.999)).toBeCloseTo(<f32>-0.0010005, 6);
  });
});

describe("asinh", () => {
  test("is within 3e-6 of the library's over 16 decades, and odd", () => {
    let worst: f64 = 0;
    for (let u: f64 = 1e-8; u < 1e8; u *= 1.003) {
      const truth = Math.asinh(<f64>(<f32>u));
      worst = max(worst, Math.abs(<f64>asinh(<f32>u) - truth) / truth);
      expect<f32>(asinh(<f32>-u)).toBe(-asinh(<f32>u));
    }
    // what single precision leaves of the logarithm of 1.05
    expect<f64>(worst).toBeLessThan(3e-6);
  });

  test("stays finite where a square would not", () => {
    expect<f32>(asinh(<f32>1e30)).toBeCloseTo(<f32>Math.asinh(1e30), 3);
    expect<f32>(asinh(0)).toBe(0);
  });
});
