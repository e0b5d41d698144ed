// The C library builds for every chip of host/c/Makefile, with GCC and with clang, and neither has
// anything to say about it: warnings are errors there.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { describe, it, type TestContext } from "node:test";
import { isInstalled } from "../../../tools/build/images.js";
import { buildPath, projectPath } from "../../../tools/build/paths.js";

const GCC = {
  host: "gcc",
  m0plus: "arm-none-eabi-gcc",
  m4f: "arm-none-eabi-gcc",
  m33: "arm-none-eabi-gcc",
  rv32: "riscv64-unknown-elf-gcc",
};
const PACKAGES =
  "apt-get install make gcc clang gcc-arm-none-eabi libnewlib-arm-none-eabi " +
  "gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf";

function make(...words: string[]) {
  const all = ["--no-print-directory", "-C", projectPath("host/c"), ...words];
  return spawnSync("make", all, { encoding: "utf8", env: { ...process.env, MAKEFLAGS: "" } });
}

/** Skips, but for CI, where a program is not there. */
function lacks(t: TestContext, ...programs: string[]): boolean {
  if (programs.every(isInstalled)) return false;
  assert.notEqual(process.env.CI, "true", PACKAGES);
  t.skip(PACKAGES);
  return true;
}

describe("host/c/Makefile", () => {
  for (const [chip, gcc] of Object.entries(GCC)) {
    for (const llvm of [false, true]) {
      it(`builds the core and a node loop for ${chip} with ${llvm ? "clang" : gcc}`, (t) => {
        // clang borrows the C library's headers of the chip's GCC, whose ar packs the library
        if (lacks(t, "make", gcc, ...(llvm ? ["clang"] : []))) return;
        const out = buildPath(`lib/test-${chip}${llvm ? "-llvm" : ""}`);
        rmSync(out, { recursive: true, force: true });
        const words = [`CHIP=${chip}`, `OUT=${out}`, ...(llvm ? ["LLVM=1"] : [])];
        const { status, stderr } = make(...words, `${out}/libtfmb.a`, "node");
        assert.equal(stderr, "");
        assert.equal(status, 0);
        const symbols = execFileSync("nm", ["--defined-only", `${out}/core.o`], {
          encoding: "utf8",
        });
        assert.match(symbols, / T w2c_core_step$/m);
      });
    }
  }

  it("says which chips there are when asked for another", (t) => {
    if (lacks(t, "make")) return;
    const { status, stderr } = make("CHIP=avr");
    assert.notEqual(status, 0);
    assert.match(stderr, /CHIP=avr must be one of host, m0plus m4f m33, rv32; for another/);
  });

  it("says what makes the core that is not there", (t) => {
    if (lacks(t, "make")) return;
    const { status, stderr } = make("CORE=none", "OUT=none");
    assert.notEqual(status, 0);
    assert.match(stderr, /none\/core\.c is missing; run `npm run build` first/);
  });
});
