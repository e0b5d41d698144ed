// The package as others get it: built into dist/, imported by its own name, core included.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { projectPath, projectRoot } from "../tools/build/paths.js";

function run(...args: string[]): string {
  const result = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}

test("dist/ serves every entry of the package's exports", () => {
  run("--import", "tsx", "tools/dist.ts");
  const { exports } = JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as {
    exports: Record<string, string | Record<string, string>>;
  };
  const paths = Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry),
  );
  assert.ok(paths.length > 0);
  for (const path of paths) assert.ok(existsSync(projectPath(path)), `${path} is missing`);
});

test("the package imports itself by name and runs its own core", () => {
  const program = `
    import { readFileSync } from "node:fs";
    import { fileURLToPath } from "node:url";
    import { Core, statusText } from "tfmb";
    import { ThinFilmBattery } from "tfmb/moddable";
    const wasm = readFileSync(fileURLToPath(import.meta.resolve("tfmb/core.wasm")));
    const core = await Core.instantiate(wasm);
    console.log(typeof ThinFilmBattery, statusText(core.exports.step()));
  `;
  assert.match(run("--input-type=module", "--eval", program), /^function .*profile/);
});

test("the rig of the package runs a scenario of the package on the package's core", () => {
  const program = `
    import { rig } from "tfmb/hil";
    const node = await rig({ scenario: "hil/desk-day", hours: 2 });
    await node.runFor(1);
    await node.inject({ harvester_share: 0 });
    await node.runFor(0.5);
    await node.close();
    console.log(node.deeds.steps, node.words.gauge.soc > 0.5);
  `;
  assert.match(run("--input-type=module", "--eval", program), /^[89] true/);
});
