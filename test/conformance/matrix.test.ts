// The same bits on every engine: the golden vector must be reproduced word by word, and a vector
// with a single wrong bit must be refused by each of them.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { buildPath } from "../../tools/build/paths.js";
import { goldenVector } from "../../tools/vectors/generate.js";
import { GOLDEN, judgeAll, matrixText, type Row } from "./matrix.js";

const seed = Math.floor(Math.random() * 2 ** 31);

test("the committed golden vector is what the debug core makes today", () => {
  const module = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.debug.wasm"))));
  const { file, steps } = goldenVector(module);
  assert.ok(steps >= 10_000, `${steps} steps`);
  const committed = readFileSync(GOLDEN);
  const same = Buffer.from(file.buffer).equals(committed);
  assert.ok(
    same,
    "golden.bin differs from the debug core; after an intended change: npm run vectors",
  );
});

test("every engine reproduces the golden vector and refuses a broken one", async (t) => {
  const rows = await judgeAll(seed);
  mkdirSync(buildPath("conformance"), { recursive: true });
  writeFileSync(buildPath("conformance/matrix.txt"), `${matrixText(rows)}\n`);
  for (const row of rows) {
    await t.test(row.engine, (sub) => checkRow(row, sub));
  }
});

function checkRow(row: Row, sub: { skip(reason: string): void }): void {
  if (!row.ran && process.env.CI !== "true") return sub.skip(row.remark);
  assert.ok(row.ran, row.remark);
  assert.ok(row.identical, row.remark);
  assert.ok(row.noticesFlip, `a flipped bit (seed ${seed}) was not noticed`);
  assert.ok(row.noticesChange, "a changed expectation was not noticed");
}
