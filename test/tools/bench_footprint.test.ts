// The footprint bench counts what it says: the gauge that is written by hand in C is the core's to
// the bit, every sort of wake is among what is counted, and goals that are met stay so.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { buildGaugeCore, countInstructions, MANY } from "../../tools/bench/footprint/count.js";
import { ramOf } from "../../tools/bench/footprint/espruino.js";
import { goalOf } from "../../tools/bench/report.js";
import { CHIPS } from "../../tools/build/images.js";
import { buildPath } from "../../tools/build/paths.js";

/** Of the golden vector's steps; the bench counts every eighth. */
const EVERY = 40;

describe("footprint", () => {
  it("counts the core's gauge and the same in C, which leaves the same bits", () => {
    const counts = countInstructions(CHIPS.m4f, buildGaugeCore(), EVERY, 20);
    assert.ok(counts.sameBits);
    const { gauge, byHand, predicting, correcting, loaded } = counts;
    for (const { counted } of [gauge, byHand, predicting, correcting, loaded]) {
      assert.ok(counted > 10);
    }
    assert.ok(predicting.median < correcting.median && correcting.median < gauge.largest);
    const ratio = gauge.median / byHand.median;
    assert.ok(ratio < goalOf("footprint", "cortex_m4f_gauge_ratio_to_c"), String(ratio));
  });

  it("finds Espruino's RAM within its goal, and the hypotheses' beyond", () => {
    const module = readFileSync(buildPath("espruino/tfmb.min.js"), "utf8");
    const [one, many] = [ramOf(module, 1), ramOf(module, MANY)];
    assert.ok(one.bytes <= goalOf("footprint", "espruino_ram_bytes"), String(one.bytes));
    assert.ok(many.bytes - one.bytes >= many.state_bytes - one.state_bytes);
    assert.equal((many.state_bytes - one.state_bytes) % (MANY - 1), 0);
  });
});
