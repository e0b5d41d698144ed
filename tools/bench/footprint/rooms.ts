// Flash by room of the core. In the shipped core most rooms are inlined into step(), where no
// symbol tells them apart; so they are measured in a twin of the same source in which nothing is
// inlined. Its sum is about 15 % above the shipped total: shares count, not bytes.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readTable } from "../../abi/table.js";
import { adaptCoreC, constantsAt, readBank } from "../../build/core_c.js";
import { type Chip } from "../../build/images.js";
import { buildPath, command, projectPath, projectRoot } from "../../build/paths.js";
import { compileCore } from "./sections.js";

const FOLDER = buildPath("bench/rooms");
const DISABLED = ["bulk-memory", "sign-extension", "nontrapping-f2i"];
/** wasm-opt's three reasons to inline, each limited to functions of no size. */
const NO_INLINING = [
  "--always-inline-max-function-size=0",
  "--flexible-inline-max-function-size=0",
  "--one-caller-inline-max-function-size=0",
];
/** The C compiler may not inline the core's functions either, only accesses to memory. */
const PROTOTYPE = /^static \w+ w2c_core_assembly0x2F\w+\(.*\);$/gm;

function run(name: string, args: string[]): void {
  execFileSync(process.execPath, [command(name), ...args], {
    cwd: projectRoot,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** The core as C, optimised like the release but without inlining. */
function buildTwin(): string {
  mkdirSync(FOLDER, { recursive: true });
  const bank = readBank(
    readFileSync(projectPath("assembly/gauge/hypothesis.ts"), "utf8"),
    readTable().areasEnd,
  );
  const [plain, wasm, c] = [`${FOLDER}/plain.wasm`, `${FOLDER}/core.wasm`, `${FOLDER}/core.c`];
  run("asc", [
    ...[projectPath("assembly/index.ts"), "-o", plain, "--debug", "--runtime", "stub"],
    // without asconfig.json, whose release target would optimise, and inline, already here
    ...["--config", "none", "--noAssert", "--uncheckedBehavior", "always"],
    ...["--use", "abort=", "--use", "UNDER_LOAD=1"],
    ...["--memoryBase", String(constantsAt(bank)), "--initialMemory", "1"],
    ...["--maximumMemory", "1", ...DISABLED.flatMap((feature) => ["--disable", feature])],
  ]);
  run("wasm-opt", [plain, ...NO_INLINING, "-O3", "--converge", "--debuginfo", "-o", wasm]);
  run("wasm2c", [wasm, "-n", "core", "-o", c]);
  adaptCoreC(c);
  const text = readFileSync(c, "utf8");
  const kept = text.replace(PROTOTYPE, "__attribute__((noinline)) $&");
  if (kept === text) throw new Error(`${c}: no prototypes found: another version of wasm2c?`);
  writeFileSync(c, kept);
  return c;
}

/** `assembly/gauge/update/x` belongs to room gauge, `assembly/step/x` to step. */
function roomOf(symbol: string): string {
  const parts = /^w2c_core_assembly0x2F(.*)$/.exec(symbol)?.[1]?.split("0x2F");
  return parts?.[0] ?? "exports";
}

/** Code bytes by room, largest first. */
export function codeByRoom(chip: Chip): Record<string, number> {
  const folder = `${FOLDER}/${chip.folder}`;
  const object = compileCore(chip, buildTwin(), folder, []);
  const listing = execFileSync("arm-none-eabi-nm", ["-S", "-t", "d", object], { encoding: "utf8" });
  const rooms: Record<string, number> = {};
  for (const [, bytes, symbol] of listing.matchAll(/^\d+ (\d+) [tT] (\S+)$/gm)) {
    const room = roomOf(symbol!);
    rooms[room] = (rooms[room] ?? 0) + Number(bytes);
  }
  return Object.fromEntries(Object.entries(rooms).sort(([, a], [, b]) => b - a));
}
