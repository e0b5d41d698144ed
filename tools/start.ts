// `npm start`: builds the core where that is needed, then runs the default node's year in
// simulation and writes its report. Arguments go to `tfmb simulate`.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { buildPath, projectPath, projectRoot } from "./build/paths.js";

/** The newest change below assembly/, ms. */
function newestSource(): number {
  const files = readdirSync(projectPath("assembly"), { recursive: true, encoding: "utf8" });
  return Math.max(...files.map((name) => statSync(projectPath(`assembly/${name}`)).mtimeMs));
}

function run(...args: string[]): number {
  const command = ["--import", "tsx", ...args];
  return spawnSync(process.execPath, command, { cwd: projectRoot, stdio: "inherit" }).status ?? 1;
}

const core = buildPath("core.f64.wasm");
if (!existsSync(core) || statSync(core).mtimeMs < newestSource()) {
  console.error("building the core (once, about half a minute) ...");
  const status = run("tools/build.ts");
  if (status !== 0) process.exit(status);
}
process.exitCode = run(
  "tools/tfmb.ts",
  "simulate",
  "--out",
  "build/report",
  ...process.argv.slice(2),
);
