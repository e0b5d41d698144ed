// The plant's random numbers are the same on every machine, uniform and normal.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "../../../host/sim/random.js";
import { close } from "./cell_fixture.js";

const COUNT = 100000;

describe("random numbers", () => {
  it("are those of mulberry32", () => {
    // the first three of its reference implementation for the seed 1, times 2^32
    const random = new Random(1);
    const drawn = [random.uniform(), random.uniform(), random.uniform()].map((u) => u * 2 ** 32);
    assert.deepEqual(drawn, [2693262067, 11749833, 2265367787]);
  });

  it("are uniform in [0, 1)", () => {
    const random = new Random(5);
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < COUNT; i++) tenths[Math.floor(10 * random.uniform())]!++;
    // four sigmas of a binomial
    for (const count of tenths) close(count / COUNT, 0.1, 4 * Math.sqrt(0.09 / COUNT), "tenth");
  });

  it("are standard normal: mean, variance, kurtosis, and finite", () => {
    const random = new Random(6);
    let [sum, squares, fourths] = [0, 0, 0];
    for (let i = 0; i < COUNT; i++) {
      const value = random.normal();
      assert.ok(Number.isFinite(value));
      sum += value;
      squares += value ** 2;
      fourths += value ** 4;
    }
    close(sum / COUNT, 0, 4 / Math.sqrt(COUNT), "mean");
    close(squares / COUNT, 1, 4 * Math.sqrt(2 / COUNT), "variance");
    close(fourths / COUNT, 3, 4 * Math.sqrt(96 / COUNT), "fourth moment");
  });
});
