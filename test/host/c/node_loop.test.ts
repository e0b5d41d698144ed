// The node loop in C does no decision twice: while the core refuses samples, here because the clock
// stands still, it neither works nor sets its charger, and looks again after a minute.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { readScenario } from "../../../boards/parts.js";
import { resolveProfile } from "../../../boards/resolve.js";
import { compileProfile } from "../../../host/core/profile.js";
import { isInstalled } from "../../../tools/build/images.js";
import { projectPath } from "../../../tools/build/paths.js";
import { libraryFiles } from "../../../tools/firmware/c_firmware.js";
import { profileC } from "../../../tools/firmware/profile_files.js";

/** Prints what each wake did: works, acts, and milliseconds slept. */
const PROGRAM = `
#include <stdio.h>
#include <stdlib.h>
#include "port.h"

extern const uint32_t node_profile[], node_profile_bytes;
static tfmb_t node;
static uint32_t clock_ms, slept_ms;
static int works, acts;

void tfmb_trap(int code) { exit(code); }
static uint32_t now_ms(void) { return clock_ms; }
static void measure(tfmb_sample_t *sample) {
  sample->valid = TFMB_VALUE_VOLTAGE | TFMB_VALUE_TEMPERATURE;
  sample->voltage_mV = 3985;
  sample->temperature_degC = 21;
}
static void act(const tfmb_decision_t *decision) { (void)decision, acts++; }
static void work(const uint16_t *allowed, uint16_t *done) {
  works++;
  for (int kind = 0; kind < 4; kind++) done[kind] = allowed[kind];
}
static int store(const tfmb_storage_t *operation, uint8_t *bytes) {
  (void)operation, (void)bytes;
  return 1;
}
static void sleep_ms(uint32_t duration_ms) { slept_ms = duration_ms; }
static const port_t port = {now_ms, measure, act, work, store, sleep_ms};

int main(void) {
  node_start(&node, &port, node_profile, node_profile_bytes);
  for (int wake = 0; wake < 6; wake++) {
    if (wake < 3 || wake > 4) clock_ms += 600000;
    works = acts = 0;
    node_wake(&node, &port);
    printf("%d %d %u\\n", works, acts, slept_ms);
  }
  return 0;
}
`;

it("neither works nor acts on a decision of before", (t) => {
  if (!isInstalled("gcc")) {
    assert.notEqual(process.env.CI, "true", "apt-get install gcc");
    return t.skip("apt-get install gcc");
  }
  const folder = mkdtempSync(join(tmpdir(), "tfmb-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const profile = compileProfile(
    resolveProfile(readScenario(projectPath("boards"), "default-year")),
  );
  const files = {
    ...libraryFiles(),
    "profile.c": profileC(profile, "a test"),
    "main.c": PROGRAM,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  const sources = ["core.c", "node.c", "profile.c", "main.c"].map((name) => join(folder, name));
  const program = join(folder, "loop");
  execFileSync("gcc", ["-std=c11", "-Wall", "-Werror", ...sources, "-lm", "-o", program]);
  const said = execFileSync(program, { encoding: "utf8" }).trim().split("\n");
  const [lives, stands] = ["1 1 600000", "0 0 60000"];
  assert.deepEqual(said, [lives, lives, lives, stands, stands, lives]);
});
