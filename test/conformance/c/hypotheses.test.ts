// A firmware may reserve memory for fewer hypotheses than the core knows; a profile that asks for
// more than that is refused, and so is one that is to be copied where no memory was reserved.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { AREAS, AREAS_END, Reason, Status } from "../../../host/core/abi.js";
import { Core } from "../../../host/core/core.js";
import { compileProfile } from "../../../host/core/profile.js";
import { constantsAt, planHeader, readBank } from "../../../tools/build/core_c.js";
import {
  ARM_GCC,
  ARM_PACKAGES,
  CHIPS,
  buildImage,
  isInstalled,
  runImage,
} from "../../../tools/build/images.js";
import { buildPath, projectPath } from "../../../tools/build/paths.js";
import { single } from "../../../tools/vectors/nodes.js";
import { wasm } from "../../host/core_fixture.js";

const FOLDER = buildPath("conformance");

/** A profile as C words. */
function asC(name: string, hypotheses: number): string {
  const { buffer } = compileProfile({ ...single, hypotheses, storage_kind: 0 });
  const words = [...new Uint32Array(buffer)].map((word) => `${word}u`).join(",");
  return (
    `extern const uint32_t ${name}[], ${name}_bytes;\n` +
    `const uint32_t ${name}[] = {${words}};\nconst uint32_t ${name}_bytes = sizeof ${name};\n`
  );
}

test("memory for one hypothesis takes no profile that asks for five", (t) => {
  if (!isInstalled(ARM_GCC) || !isInstalled("qemu-system-arm")) {
    assert.notEqual(process.env.CI, "true", ARM_PACKAGES);
    return t.skip(ARM_PACKAGES);
  }
  mkdirSync(FOLDER, { recursive: true });
  const profiles = `${FOLDER}/hypotheses_profiles.c`;
  const text = ["#include <stdint.h>", asC("asks_one", 1), asC("asks_five", 5)].join("\n");
  writeFileSync(profiles, text);
  const source = projectPath("test/conformance/c/hypotheses.c");
  const elf = buildImage(
    CHIPS.m4f,
    "hypotheses",
    [source, profiles, buildPath("c/core.c")],
    ["-DTFMB_HYPOTHESES=1", "-DTFMB_MEMORY_BYTES=TFMB_PLAN_BYTES"],
  );
  const { output, ok } = runImage(CHIPS.m4f, elf, FOLDER);
  assert.ok(ok, output);
  const said = new Map(
    output
      .trim()
      .split("\n")
      .map((line) => line.split(" ") as [string, string])
      .map(([name, hex]) => [name, Number.parseInt(hex, 16)]),
  );
  assert.equal(said.get("one"), Status.ok);
  assert.equal(said.get("boot"), Status.ok);
  const word = AREAS.profile.fields.hypotheses.offset / 4;
  assert.equal(said.get("five"), Status.profile_field | (word << 8));
  assert.equal(said.get("step"), Status.no_profile, "the profile of before is not used either");
  assert.equal(said.get("copied"), Status.profile_length, "no place for a profile in RAM");
});

/** A start reads the journal's first record to where the bank will be. */
function bankOfCore(): number {
  const core = new Core(new WebAssembly.Instance(wasm).exports);
  assert.equal(core.loadProfile(compileProfile(single)), Status.ok);
  assert.equal(core.boot(Reason.cold, 0, 0), Status.storage);
  return core.areas.storage.read().memory_at;
}

test("the plan's header says what the core's source says", () => {
  const source = readFileSync(projectPath("assembly/gauge/hypothesis.ts"), "utf8");
  const bank = readBank(source, AREAS_END);
  const header = planHeader(3000, 1536, bank);
  assert.match(header, new RegExp(`TFMB_BANK_AT ${bankOfCore()}\n`));
  assert.equal(constantsAt(bank), bankOfCore() + bank.hypothesesMax * bank.hypothesisBytes);
  assert.equal(readBank(source, 560, 8).bankAt, 688);
  assert.match(header, /TFMB_PROFILE_AT 3000\n/);
  assert.throws(() => readBank("nothing", 560), /hypothesis\.ts: .* not found/);
});
