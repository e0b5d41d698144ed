// `npm run bench -- SUITE [--json]`: measures what the project claims, with its goal beside it.
// Exits 0 when it could measure, whatever passed; 2 for a suite that does not exist.

import { execFileSync } from "node:child_process";
import { fidelity } from "./bench/fidelity.js";
import { footprint } from "./bench/footprint.js";
import { judge, table, type Measurement } from "./bench/report.js";
import { robustness } from "./bench/robustness.js";
import { speed } from "./bench/speed.js";
import { projectRoot } from "./build/paths.js";

const SUITES: Record<string, () => Promise<Measurement[]>> = {
  footprint,
  fidelity,
  speed,
  robustness,
};

function commit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync("git", args, { cwd: projectRoot, encoding: "utf8" }).trim();
    return git("rev-parse", "HEAD") + (git("status", "--porcelain") === "" ? "" : "+changes");
  } catch {
    return "unknown";
  }
}

const [suite, ...flags] = process.argv.slice(2);
const run = SUITES[suite ?? ""];
if (!run) {
  const names = Object.keys(SUITES).join(", ");
  console.error(`bench: suite = ${suite ?? "(none)"} must be one of: ${names}`);
  process.exit(2);
}
const metrics = judge(suite!, await run());
if (flags.includes("--json")) {
  console.log(JSON.stringify({ suite, commit: commit(), metrics }, undefined, 1));
} else {
  console.log(table(suite!, commit(), metrics));
}
