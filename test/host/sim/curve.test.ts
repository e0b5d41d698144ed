// The plant's curves pass through their points, stay between them, and go on straight.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Curve } from "../../../host/sim/curve.js";
import { close } from "./cell_fixture.js";

describe("a monotone curve", () => {
  it("passes through its points, stays between them, and goes on straight", () => {
    const steps = fc.array(
      fc.record({
        dx: fc.double({ min: 0.01, max: 10, noNaN: true }),
        dy: fc.double({ min: 0, max: 10, noNaN: true }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(steps, fc.boolean(), (list, falls) => {
        const [x, y] = [[0], [0]];
        for (const { dx, dy } of list) {
          x.push(x.at(-1)! + dx);
          y.push(y.at(-1)! + (falls ? -dy : dy));
        }
        const curve = new Curve(x, y);
        x.forEach((at, i) => close(curve.at(at), y[i]!, 1e-12 * (1 + Math.abs(y[i]!)), "point"));
        for (let i = 0; i + 1 < x.length; i++) {
          for (let k = 0; k < 10; k++) {
            const left = curve.at(x[i]! + ((x[i + 1]! - x[i]!) * k) / 10);
            const right = curve.at(x[i]! + ((x[i + 1]! - x[i]!) * (k + 1)) / 10);
            const rise = falls ? left - right : right - left;
            assert.ok(rise >= -1e-12 * (1 + Math.abs(left)), `${left} then ${right}`);
          }
        }
        close(curve.at(-2), 2 * curve.at(-1) - curve.at(0), 1e-9, "before the first point");
        const end = x.at(-1)!;
        close(curve.at(end + 2), 2 * curve.at(end + 1) - curve.at(end), 1e-9, "after the last");
      }),
    );
  });

  it("bends without a kink: the harmonic mean of both slopes at an inner point", () => {
    const curve = new Curve([0, 1, 2], [0, 1, 4]);
    const slope = (curve.at(1 + 1e-6) - curve.at(1 - 1e-6)) / 2e-6;
    // 2 * 1 * 3 / (1 + 3), Fritsch and Butland 1984
    close(slope, 1.5, 1e-5, "slope");
  });

  it("refuses a single point and lists of different lengths", () => {
    assert.throws(() => new Curve([1], [1]), /needs equally many/);
    assert.throws(() => new Curve([1, 2], [1]), /needs equally many/);
  });
});
