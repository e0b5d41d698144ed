// An RF rectifier gives what its table says, goes smoothly between its rows and never gives more
// than comes in.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readPart } from "../../../../boards/parts.js";
import { plain } from "../../../../boards/schema/quantity.js";
import { RfRectifier, type RfPhysics } from "../../../../host/sim/sources/rf_rectifier.js";
import { projectPath } from "../../../../tools/build/paths.js";
import { near } from "../cell_fixture.js";

const physicsOf = (input_uW: number[], efficiency: number[], open_mV: number[]): RfPhysics => ({
  kind: "rf",
  rectifier: { input_uW, efficiency, open_mV },
});
const rectifier = new RfRectifier(physicsOf([10, 100, 1000], [0.2, 0.5, 0.6], [300, 1500, 5000]));

describe("an RF rectifier", () => {
  it("has the efficiency and open-circuit voltage of its rows", () => {
    for (const [input_uW, efficiency, open_V] of [
      [10, 0.2, 0.3],
      [100, 0.5, 1.5],
      [1000, 0.6, 5],
    ] as const) {
      const source = rectifier.at(input_uW);
      near(source.open_V, open_V, 1e-12, `${input_uW} uW, V`);
      near(source.maximum().power_W, efficiency * input_uW * 1e-6, 1e-12, `${input_uW} uW, W`);
      near(source.internal_ohm, open_V ** 2 / (4 * efficiency * input_uW * 1e-6), 1e-12, "ohm");
    }
  });

  it("halves a decade in the middle of its logarithm", () => {
    const source = rectifier.at(Math.sqrt(1000));
    near(source.open_V, Math.sqrt(0.3 * 1.5), 1e-12, "V");
    near(source.maximum().power_W, 0.35 * Math.sqrt(1000) * 1e-6, 1e-12, "W");
  });

  it("gives nothing below its first row, and no more above its last", () => {
    for (const power_uW of [0, -1, 9.99, NaN]) {
      assert.equal(rectifier.at(power_uW).maximum().power_W, 0);
      assert.equal(rectifier.at(power_uW).currentAt(0), 0);
    }
    assert.deepEqual(rectifier.at(1e9).maximum(), rectifier.at(1000).maximum());
    assert.equal(rectifier.at(1e9).currentAt(6), 0, "diodes block");
  });

  it("never gives more than comes in, and more of more", () => {
    const power = fc.double({ min: 0, max: 5000, noNaN: true });
    fc.assert(
      fc.property(power, power, (a, b) => {
        const [less, more] = [a, b].sort((x, y) => x - y).map((uW) => rectifier.at(uW).maximum());
        assert.ok(less!.power_W <= more!.power_W * (1 + 1e-12));
        assert.ok(more!.power_W <= 1e-6 * Math.max(a, b));
      }),
    );
  });

  it("takes a table of one row, and the example's file", () => {
    near(
      new RfRectifier(physicsOf([50], [0.4], [800])).at(80).maximum().power_W,
      20e-6,
      1e-12,
      "W",
    );
    const { physics } = plain(readPart(projectPath("boards"), "harvester", "rf-868MHz"));
    assert.equal(physics.kind, "rf");
    const example = new RfRectifier(physics);
    near(example.at(10).maximum().power_W, 2.84e-6, 1e-9, "-20 dBm, W");
    near(example.at(100).maximum().power_W, 55e-6, 1e-9, "-10 dBm, W");
    near(example.at(100).internal_ohm, 10000, 1e-3, "ohm");
  });

  it("refuses a table that makes no sense, in one line", () => {
    const wrong = (...columns: Parameters<typeof physicsOf>) =>
      new RfRectifier(physicsOf(...columns));
    assert.throws(() => wrong([1, 2], [0.1], [9, 9]), /columns of 2, 1, 2 rows; make equal/);
    assert.throws(() => wrong([2, 1], [0.1, 0.1], [9, 9]), /\[1\] at 1 uW: input_uW must rise/);
    assert.throws(() => wrong([1], [1.1], [9]), /\[0\] at 1 uW: efficiency = 1.1 must be > 0/);
    assert.throws(() => wrong([1], [0.1], [0]), /\[0\] at 1 uW: open_mV must be > 0/);
  });
});
