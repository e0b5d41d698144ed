// Instruction counts on emulated chips: median over steps of the golden vector.

import { copyFileSync, mkdirSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { readTable } from "../../abi/table.js";
import { adaptCoreC } from "../../build/core_c.js";
import { buildImage, runImage, type Chip } from "../../build/images.js";
import { buildPath, command, projectPath, projectRoot } from "../../build/paths.js";

export interface Counts {
  /** Median instructions of a whole step, of the gauge update, and of the update by hand. */
  step: number;
  gauge: number;
  byHand: number;
  /** How many steps were counted. */
  counted: number;
  /** On every counted state the two updates left the same bytes. */
  sameBits: boolean;
  /** sizeof the instance, and the deepest stack of a step, bytes. */
  instance_bytes: number;
  stack_bytes: number;
}

const FOLDER = buildPath("bench");

/** The core with bench_gauge and bench_inputs, as C; same flags as the release. */
export function buildGaugeCore(): string {
  mkdirSync(FOLDER, { recursive: true });
  const node = (name: string, args: string[]) =>
    execFileSync(process.execPath, [command(name), ...args], {
      cwd: projectRoot,
      stdio: ["ignore", "ignore", "inherit"],
    });
  const entry = projectPath("tools/bench/footprint/gauge_core.ts");
  const wasm = `${FOLDER}/core.wasm`;
  const base = String(readTable().areasEnd);
  const release = ["-O3", "--converge", "--noAssert", "--uncheckedBehavior", "always", "--debug"];
  const shrink = ["--optimizeLevel", "3", "--shrinkLevel", "2"];
  const memory = ["--memoryBase", base, "--initialMemory", "1", "--maximumMemory", "1"];
  const features = ["bulk-memory", "sign-extension", "nontrapping-f2i"];
  const disable = features.flatMap((feature) => ["--disable", feature]);
  const common = ["--runtime", "stub", "--use", "abort=", ...memory, ...disable];
  node("asc", [entry, "-o", wasm, ...release, ...shrink, ...common]);
  const c = `${FOLDER}/core.c`;
  node("wasm2c", [wasm, "-n", "core", "-o", c]);
  adaptCoreC(c);
  return c;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Runs the counting image; `every` n-th step is counted, `repeats` times. */
export function countInstructions(
  chip: Chip,
  coreC: string,
  every: number,
  repeats: number,
): Counts {
  const here = projectPath("tools/bench/footprint");
  const sources = [`${here}/count.c`, `${here}/gauge_by_hand.c`, coreC];
  const defines = [`-DEVERY=${every}`, `-DREPEATS=${repeats}`, `-I${FOLDER}`, `-I${here}`];
  const elf = buildImage(chip, "count", sources, defines);
  copyFileSync(projectPath("test/conformance/golden.bin"), `${FOLDER}/golden.bin`);
  const { output } = runImage(chip, elf, FOLDER);
  const perRun = chip.instructionsPerTick / repeats;
  const counts = [...output.matchAll(/^count step=(\d+) gauge=(\d+) hand=(\d+) same=([01])$/gm)];
  const sizes = /^instance bytes=(\d+) stack bytes=(\d+)$/m.exec(output);
  if (counts.length === 0 || !sizes) throw new Error(`${chip.name}: no counts: ${output}`);
  const medianOf = (group: number) =>
    Math.round(median(counts.map((match) => Number(match[group]))) * perRun);
  return {
    step: medianOf(1),
    gauge: medianOf(2),
    byHand: medianOf(3),
    counted: counts.length,
    sameBits: counts.every((match) => match[4] === "1"),
    instance_bytes: Number(sizes[1]),
    stack_bytes: Number(sizes[2]),
  };
}
