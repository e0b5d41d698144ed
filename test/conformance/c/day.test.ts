// The example node of host/c/example lives through a day with a power cut at noon: on this machine
// by way of host/c/Makefile, and in emulated chips, where it reads its profile in place from flash.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import {
  CHIPS,
  RV32,
  buildImage,
  isInstalled,
  missingFor,
  runImage,
} from "../../../tools/build/images.js";
import { buildPath, projectPath } from "../../../tools/build/paths.js";

const FOLDER = buildPath("example");
const PROFILE = `${FOLDER}/node_profile.c`;
const PROFILE_MAGIC = 0x54464d50;
const SOURCES = ["day.c", "node.c", "mock_board.c"].map((name) =>
  projectPath(`host/c/example/${name}`),
);

/** The first sound profile of the golden vector: some of its profiles are broken on purpose. */
function goldenProfile(): Uint32Array {
  const bytes = readFileSync(projectPath("test/conformance/golden.bin"));
  const words = new Uint32Array(new Uint8Array(bytes).buffer);
  let at = words.indexOf(PROFILE_MAGIC);
  for (; at >= 0; at = words.indexOf(PROFILE_MAGIC, at + 1)) {
    const profile = words.slice(at, at + words[at + 2]! / 4);
    if (crc32(new Uint8Array(profile.buffer, 20)) === profile[4]) return profile;
  }
  throw new Error("golden.bin holds no sound profile");
}

/** That profile as the C file that the example links. */
function writeProfile(): void {
  const list = [...goldenProfile()].map((word) => `${word}u`).join(",\n  ");
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(
    PROFILE,
    `#include <stdint.h>\n` +
      `extern const uint32_t node_profile[], node_profile_bytes;\n` +
      `const uint32_t node_profile[] = {\n  ${list}};\n` +
      `const uint32_t node_profile_bytes = sizeof node_profile;\n`,
  );
}

function judge(line: string): void {
  const value = (name: string) => Number(new RegExp(` ${name}=(\\d+)`).exec(line)?.[1] ?? NaN);
  assert.match(line, /^day: wakes=\d+ .* refused=0 different=0$/);
  assert.ok(value("wakes") > 24, line);
  assert.ok(value("records") > 0, line);
  assert.equal(value("boots"), 2, line);
  const error_permille = Math.abs(value("soc_permille") - value("true_permille"));
  assert.ok(error_permille < 50, line);
}

writeProfile();

test("a day on this machine, linked with libtfmb.a", { skip: !isInstalled("make") }, () => {
  const make = ["-C", projectPath("host/c"), `OUT=${FOLDER}`, `PROFILE=${PROFILE}`];
  execFileSync("make", [...make, `${FOLDER}/day`], { stdio: ["ignore", "ignore", "inherit"] });
  judge(execFileSync(`${FOLDER}/day`, { encoding: "utf8", timeout: 60_000 }).trim());
});

for (const chip of [CHIPS.m0plus, CHIPS.m4f, RV32]) {
  test(`a day on ${chip.name}, profile read in place from flash`, (t) => {
    const missing = missingFor(chip);
    if (missing !== undefined) {
      assert.notEqual(process.env.CI, "true", missing);
      return t.skip(missing);
    }
    const elf = buildImage(chip, "day", [...SOURCES, PROFILE, buildPath("c/core.c")]);
    const { output, ok } = runImage(chip, elf, FOLDER);
    judge(output.trim());
    assert.ok(ok, output);
  });
}
