// The square root of host/c/tfmb_sqrt.h gives the bits of the machine's own, which IEEE 754 wants
// correctly rounded.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { COMMON, INCLUDES, compile, isInstalled } from "../../../tools/build/images.js";
import { buildPath, projectPath } from "../../../tools/build/paths.js";

/** Every so many of the 2^31 floats; the whole range was compared once, with stride 1. */
const STRIDE = 1021;

test("soft square root: the same bits as sqrtf", { skip: !isInstalled("gcc") }, () => {
  const folder = buildPath("conformance");
  mkdirSync(folder, { recursive: true });
  const source = projectPath("test/conformance/c/sqrt.c");
  compile("gcc", [
    ...COMMON,
    "-Wall",
    "-Wextra",
    ...INCLUDES,
    source,
    "-lm",
    "-o",
    `${folder}/sqrt`,
  ]);
  const line = execFileSync(`${folder}/sqrt`, [String(STRIDE)], { encoding: "utf8" });
  assert.match(line, /^sqrt: identical values=2\d{6}\n$/);
});
