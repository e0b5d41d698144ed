// The core's manager of the operating ratio on made curves, whose best ratio is known.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { captureOf } from "../../../tools/bench/schedule/operating_point.js";
import { type MeasuredCurve } from "../../../tools/bench/schedule/measured_curves.js";

/** I = a (1 - (V/Voc)^n): best at Voc (n + 1)^(-1/n), the sharper the larger n. */
function curve(power: number, open_V = 2.4, most_A = 40e-6): MeasuredCurve {
  return {
    open_V,
    currentAt: (voltage_V) => most_A * (1 - (voltage_V / open_V) ** power),
  };
}

const bestRatio = (power: number) => (power + 1) ** (-1 / power);

describe("the manager of the operating ratio", () => {
  for (const power of [1, 2, 4, 8]) {
    it(`finds ${bestRatio(power).toFixed(2)} of the open voltage, its own cost paid`, () => {
      const { share, ratio, tries } = captureOf([curve(power)], 1);
      assert.ok(Math.abs(ratio - bestRatio(power)) < 0.08, `${ratio}`);
      assert.ok(share > 0.97 && share < 1, `${share}`);
      assert.ok(tries > 2 && tries < 60, `${tries} tries in a day`);
    });
  }

  it("is worth most where the fixed ratio suits least", () => {
    const { share, strapped } = captureOf([curve(1)], 1);
    assert.ok(share > 1.4 * strapped, `${share} against ${strapped}`);
  });

  it("follows a light that changes its kind", () => {
    const hour = <T>(value: T) => Array.from({ length: 60 }, () => value);
    const { ratio } = captureOf([...hour(curve(1)), ...hour(curve(8, 3))], 60);
    assert.ok(ratio >= 0.75, `${ratio}`);
  });
});
