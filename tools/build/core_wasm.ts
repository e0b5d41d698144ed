// The release build of the core: asc with the release options of asconfig.json, then binaryen once
// more for size, which brings 4 %.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { command, projectPath, projectRoot } from "./paths.js";

type Options = Record<string, string | number | boolean | string[]>;

/** Options of asconfig.json as arguments of asc. */
function argumentsOf(options: Options): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (name === "outFile" || value === false) return [];
    if (value === true) return [`--${name}`];
    return (Array.isArray(value) ? value : [value]).flatMap((one) => [`--${name}`, String(one)]);
  });
}

/** What asc says when a last round of binaryen no longer made the code smaller: no fault. */
const CONVERGED = "Last converge was suboptimal.";

function run(name: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(process.execPath, [command(name), ...args], {
    cwd: projectRoot,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (error) throw error;
  const said = stderr.split("\n").filter((line) => line !== "" && line !== CONVERGED);
  if (said.length > 0) console.error(said.join("\n"));
  if (status !== 0) throw new Error(`${name} ${args[0]}: exit code ${status}`);
}

/**
 * Low memory is where the areas lie, not unused; what binaryen may assume is only that an address
 * plus a constant below 1024 never wraps around 2^32 into it, so that the constant may become the
 * access's offset. No address of the core does: bases are areas, tables or the profile, and the
 * last byte of none of these is the last of the address space.
 */
const SMALLER = ["-Oz", "--low-memory-unused", "--converge"];

/** Constants of the build, and what a board without a charge counter leaves out of it. */
const COMPLETE = "UNDER_LOAD=1";
const REST_ONLY = "UNDER_LOAD=0";

/** Builds `entry` into the wasm `out`; names of functions are kept. */
export function buildRelease(entry: string, out: string, rest_only = false): void {
  const config = JSON.parse(readFileSync(projectPath("asconfig.json"), "utf8")) as {
    targets: { release: Options };
    options: Options;
  };
  const { use } = config.options as { use: string[] };
  if (!use.includes(COMPLETE)) throw new Error(`asconfig.json: options.use has no ${COMPLETE}`);
  const chosen = use.map((one) => (one === COMPLETE && rest_only ? REST_ONLY : one));
  const options = argumentsOf({ ...config.options, ...config.targets.release, use: chosen });
  run("asc", [entry, "--config", "none", "-o", out, "--debug", ...options]);
  run("wasm-opt", [out, ...SMALLER, "--debuginfo", "-o", out]);
}

/**
 * Writes the wasm that is shipped: without names, and with constants that a function needs often in
 * a local, 2 % less. The C is made without the latter: a C compiler knows better where they belong.
 */
export function ship(named: string, out: string): void {
  run("wasm-opt", [named, "--const-hoisting", "--reorder-locals", "--strip-debug", "-o", out]);
}
