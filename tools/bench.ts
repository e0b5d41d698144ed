// `npm run bench -- SUITE [--json] [OPTIONS]`: measures what the project claims, with its goal
// beside it. Exits 0 when it could measure, whatever passed; 2 for a suite that does not exist.

import { execFileSync } from "node:child_process";
import { SelectionError } from "./bench/gauge/selection.js";
import { judge, table, type Answer, type Measurement } from "./bench/report.js";
import { checkBuilt, NotBuiltError } from "./build/built.js";
import { projectRoot } from "./build/paths.js";

type Suite = (words: readonly string[]) => Promise<Answer>;

/** A suite that has no options and no page. */
const alone = (measure: () => Promise<Measurement[]>): Suite => {
  return async () => ({ measured: await measure() });
};

/** Loaded when asked for: some read the build as they are loaded. */
const SUITES: Record<string, () => Promise<Suite>> = {
  footprint: async () => alone((await import("./bench/footprint.js")).footprint),
  fidelity: async () => alone((await import("./bench/fidelity.js")).fidelity),
  gauge: async () => (await import("./bench/gauge.js")).gauge,
  schedule: async () => (await import("./bench/schedule.js")).schedule,
  speed: async () => alone((await import("./bench/speed.js")).speed),
  robustness: async () => alone((await import("./bench/robustness.js")).robustness),
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
const load = SUITES[suite ?? ""];
if (!load) {
  const names = Object.keys(SUITES).join(", ");
  console.error(`bench: suite = ${suite ?? "(none)"} must be one of: ${names}`);
  process.exit(2);
}
const json = flags.includes("--json");
try {
  checkBuilt();
  const run = await load();
  const { measured, rows, page } = await run(flags.filter((flag) => flag !== "--json"));
  const metrics = judge(suite!, measured);
  if (json) {
    console.log(JSON.stringify({ suite, commit: commit(), metrics, rows }, undefined, 1));
  } else {
    if (page !== undefined) console.log(`${page}\n`);
    console.log(table(suite!, commit(), metrics));
  }
} catch (error) {
  if (!(error instanceof SelectionError || error instanceof NotBuiltError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 2;
}
