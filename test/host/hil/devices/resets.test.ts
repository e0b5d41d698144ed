// 2,000 resets of the emulated RP2040 at random instructions lose nothing: every start finds a
// valid state, not older than the last completed record, and the same one as the core in this
// process.

import assert from "node:assert/strict";
import { it } from "node:test";
import { hasImages } from "./arm_images.js";
import { resets } from "./resets.js";

const RESETS = 2000;
const SEED = 1;

it(`starts again after ${RESETS} resets at random instructions`, async (t) => {
  if (!hasImages(t)) return;
  const tally = await resets(RESETS, SEED);
  t.diagnostic(JSON.stringify(tally));
  assert.equal(tally.resets, RESETS);
  assert.equal(tally.lost, 0, tally.firstLoss);
  // all kinds were among them: cut starts, torn records, retained RAM
  assert.ok(tally.inStart > 100 && tally.torn > 0 && tally.retained > 500, JSON.stringify(tally));
  assert.ok(tally.records > 500, `${tally.records} records`);
});
