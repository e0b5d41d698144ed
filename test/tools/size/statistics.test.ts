// What is said of a share is no more than its trials show.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { atMost } from "../../../tools/size/page.js";
import { allowedBad, percentile, trialsToShow, wilson } from "../../../tools/size/statistics.js";

/** Quantile of the standard normal for 0.95. */
const Z = 1.6448536;

const counts = fc
  .integer({ min: 1, max: 500 })
  .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)));

describe("the score interval", () => {
  it("has bounds that solve Wilson's equation: the share is z standard errors away", () => {
    fc.assert(
      fc.property(counts, ([bad, trials]) => {
        const { low, high } = wilson(bad, trials);
        for (const p of [low, high]) {
          if (p === 0 || p === 1) continue;
          const z2 = (bad / trials - p) ** 2 / ((p * (1 - p)) / trials);
          assert.ok(Math.abs(z2 / (Z * Z) - 1) < 1e-6, `${bad} of ${trials}: ${p}`);
        }
        assert.ok(low <= bad / trials && bad / trials <= high);
      }),
    );
  });

  it("says of 0 of 40 that it is at most 7 %, and of nothing that it may be anything", () => {
    assert.equal(atMost(wilson(0, 40).high), "7 %");
    assert.equal(atMost(0.0042), "0.5 %");
    assert.deepEqual(wilson(0, 0), { low: 0, high: 1 });
    assert.equal(wilson(5, 5).high, 1);
  });

  it("holds: the upper bound misses the truth in about one of twenty series of trials", () => {
    // exact binomial sum, no random numbers; the score interval is near its level, not above it
    for (const [p, trials] of [
      [0.05, 87],
      [0.2, 60],
    ] as const) {
      let [missed, term] = [0, (1 - p) ** trials];
      for (let bad = 0; bad <= trials; bad++) {
        if (wilson(bad, trials).high < p) missed += term;
        term *= (((trials - bad) / (bad + 1)) * p) / (1 - p);
      }
      assert.ok(missed > 0.01 && missed < 0.08, `${p}, ${trials}: ${missed}`);
    }
  });
});

describe("counts", () => {
  it("trialsToShow is the fewest trials that show a limit with one bad among them", () => {
    for (const limit of [0.5, 0.2, 0.05, 0.01]) {
      const trials = trialsToShow(limit);
      assert.ok(wilson(1, trials).high <= limit);
      assert.ok(wilson(1, trials - 1).high > limit);
    }
  });

  it("allowedBad does not lose one to rounding", () => {
    assert.equal(allowedBad(1 - 0.95, 20), 1);
    assert.equal(allowedBad(1 - 0.9, 30), 3);
    assert.equal(allowedBad(0.05, 19), 0);
  });

  it("percentile gives a value that was seen", () => {
    assert.equal(percentile([3, 1, 2], 0.5), 2);
    assert.equal(percentile([0, 0, 0, 9], 0.75), 0);
    assert.equal(percentile([0, 0, 0, 9], 0.9), 9);
    assert.ok(Number.isNaN(percentile([], 0.5)));
  });
});
