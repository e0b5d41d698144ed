// `npm run bench -- SUITE [--json] [OPTIONS]`: measures what the project claims, with its goal
// beside it. Exits 0 when it could measure, whatever passed; 2 for a suite that does not exist.

import { execFileSync } from "node:child_process";
import { fidelity } from "./bench/fidelity.js";
import { footprint } from "./bench/footprint.js";
import { gauge } from "./bench/gauge.js";
import { SelectionError } from "./bench/gauge/selection.js";
import { judge, table, type Answer, type Measurement } from "./bench/report.js";
import { robustness } from "./bench/robustness.js";
import { schedule } from "./bench/schedule.js";
import { speed } from "./bench/speed.js";
import { projectRoot } from "./build/paths.js";

type Suite = (words: readonly string[]) => Promise<Answer>;

/** A suite that has no options and no page. */
const alone = (measure: () => Promise<Measurement[]>): Suite => {
  return async () => ({ measured: await measure() });
};

const SUITES: Record<string, Suite> = {
  footprint: alone(footprint),
  fidelity: alone(fidelity),
  gauge,
  schedule,
  speed: alone(speed),
  robustness: alone(robustness),
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
const json = flags.includes("--json");
try {
  const { measured, rows, page } = await run(flags.filter((flag) => flag !== "--json"));
  const metrics = judge(suite!, measured);
  if (json) {
    console.log(JSON.stringify({ suite, commit: commit(), metrics, rows }, undefined, 1));
  } else {
    if (page !== undefined) console.log(`${page}\n`);
    console.log(table(suite!, commit(), metrics));
  }
} catch (error) {
  if (!(error instanceof SelectionError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 2;
}
