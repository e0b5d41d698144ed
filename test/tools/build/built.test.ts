// A checkout that was never built, or whose build was interrupted: whatever needs the core says so
// in one line, and makes nothing.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { buildPath, projectPath } from "../../../tools/build/paths.js";

const HELD = ["assembly", "boards", "host", "test", "tools", "package.json", "asconfig.json"];

/** A tester's file, good enough to be read: half an hour at C/2. */
const RECORD = [
  "time_s,voltage_V,current_uA,temperature_degC,soc",
  ...Array.from({ length: 31 }, (_, i) => `${60 * i},${4.1 - 0.01 * i},-25,25,${1 - i / 120}`),
].join("\n");

let checkout = "";
before(() => {
  checkout = mkdtempSync(join(tmpdir(), "tfmb-unbuilt-"));
  const filter = (path: string) => !path.includes("node_modules");
  for (const name of HELD) {
    cpSync(projectPath(name), join(checkout, name), { recursive: true, filter });
  }
  writeFileSync(join(checkout, "slow.csv"), RECORD);
  symlinkSync(projectPath("node_modules"), join(checkout, "node_modules"));
});
after(() => rmSync(checkout, { recursive: true, force: true }));

/** Runs in that checkout; the one line that is said. */
function node(...words: string[]): string {
  const options = { cwd: checkout, encoding: "utf8" } as const;
  const command = ["--import", "tsx", ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, options);
  assert.equal(status, 2, `${words.join(" ")}: ${stderr}`);
  assert.equal(stdout, "");
  assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
  return stderr;
}

const tfmb = (...words: string[]) => node("tools/tfmb.ts", ...words);

it("says what is missing and what brings it, for every command that needs the core", () => {
  const core = /build\/core\.wasm is missing; run npm run build$/m;
  assert.match(tfmb("simulate"), core);
  assert.match(tfmb("size"), core);
  assert.match(tfmb("compare", "--policies", "ours"), core);
  assert.match(tfmb("replay", "slow.csv", "--cell", "enerchip-50uAh"), core);
  assert.match(tfmb("hil", "run", "cold", "--device", "c", "--out", "out"), core);
  assert.match(node("tools/bench.ts", "footprint"), core);
  assert.match(node("tools/systems.ts"), core);
  assert.match(node("tools/dist.ts"), core);
  for (const folder of ["build", "dist", "out"]) {
    assert.equal(existsSync(join(checkout, folder)), false, folder);
  }
});

it("names the file that an interrupted build did not come to", () => {
  mkdirSync(join(checkout, "build"));
  for (const name of ["core.wasm", "core.js"]) {
    cpSync(buildPath(name), join(checkout, "build", name));
  }
  const rest = /build\/c\/core\.c is missing; run npm run build$/m;
  assert.match(node("tools/dist.ts"), rest);
  assert.match(tfmb("build", "--board", "stm32l476-cbc3150", "--out", "out"), rest);
});
