// Two properties that linked images must have: no double-precision library code in any of them, and
// the same bytes when the core is built once more from its source.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { adaptCoreC } from "../../build/core_c.js";
import { buildRelease } from "../../build/core_wasm.js";
import { type Chip } from "../../build/images.js";
import { buildPath, command, projectRoot } from "../../build/paths.js";
import { buildWholeCore } from "./sections.js";

/** Names of the Arm run-time ABI (__aeabi_dadd, __aeabi_f2d ...), of libgcc, and of libm. */
const SOFT_DOUBLE = [
  /^__aeabi_(d(add|sub|rsub|mul|div|neg|2\w+|cmp\w+)|cd\w+|(f|i|ui|l|ul)2d)$/,
  /^__(add|sub|mul|div|neg|cmp|eq|ne|lt|le|gt|ge|unord)df[23]$/,
  /^__(extendsfdf2|truncdfsf2|fix(uns)?df[sdt]i|float(un)?[sdt]idf)$/,
  /^(__ieee754_)?(sqrt|exp|log|pow|floor|ceil|trunc|fmod|fabs)$/,
];

/** Images linked so far, below build/images. */
export function linkedImages(): string[] {
  const folder = buildPath("images");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const elfs = names.filter((name) => name.endsWith(".elf")).sort();
  return elfs.map((name) => `${folder}/${name}`);
}

/** Double-precision symbols of one image. */
export function softDoubleSymbols(elf: string): string[] {
  const listing = execFileSync("arm-none-eabi-nm", [elf], { encoding: "utf8" });
  const names = listing.split("\n").map((line) => line.split(" ").at(-1) ?? "");
  return names.filter((name) => SOFT_DOUBLE.some((pattern) => pattern.test(name)));
}

const same = (a: string, b: string) => readFileSync(a).equals(readFileSync(b));

/** Builds wasm, C and image again; returns which of them changed, so an empty list is good. */
export function changedByRebuild(chip: Chip): string[] {
  const folder = buildPath("bench/again");
  mkdirSync(folder, { recursive: true });
  const run = (name: string, args: string[]) =>
    execFileSync(process.execPath, [command(name), ...args], { cwd: projectRoot });
  const [wasm, c] = [`${folder}/core.named.wasm`, `${folder}/core.c`];
  buildRelease("assembly/index.ts", wasm);
  run("wasm2c", [wasm, "-n", "core", "-o", c]);
  adaptCoreC(c);
  const pairs = [
    [buildPath("core.named.wasm"), wasm],
    [buildPath("c/core.c"), c],
    [buildWholeCore(chip), buildWholeCore(chip, "whole_core_again")],
  ] as const;
  return pairs.filter(([first, second]) => !same(first, second)).map(([first]) => first);
}
