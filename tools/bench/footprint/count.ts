// Instruction counts on emulated chips: median over steps of the golden vector.

import { copyFileSync, mkdirSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { adaptCoreC } from "../../build/core_c.js";
import { buildRelease } from "../../build/core_wasm.js";
import { buildImage, runImage, type CountingChip } from "../../build/images.js";
import { buildPath, command, projectPath } from "../../build/paths.js";

/** Instructions of one kind of wake: median, mean and largest. */
export interface Spread {
  median: number;
  mean: number;
  largest: number;
  counted: number;
}

export interface Counts {
  /** All with one hypothesis: a whole step, the gauge update and the plan; the update by hand. */
  step: Spread;
  gauge: Spread;
  /** From the harvest's estimate to the decision. */
  plan: Spread;
  byHand: Spread;
  /** The update of wakes that only predict, and of those that correct with a voltage. */
  predicting: Spread;
  correcting: Spread;
  /** The update of a node that reads under load. */
  loaded: Spread;
  /** What each further hypothesis adds to such updates; a step with MANY of them, median. */
  furtherPredicting: number;
  furtherCorrecting: number;
  manyStep: number;
  /** On every counted state, with any number of hypotheses, the two updates left the same bytes. */
  sameBits: boolean;
  /** sizeof the instance, and the deepest stack of a step, bytes. */
  instance_bytes: number;
  stack_bytes: number;
}

/** How many hypotheses the boards ask for. */
export const MANY = 7;

const FOLDER = buildPath("bench");

/** The core with bench_gauge and bench_inputs, as C; built like the release. */
export function buildGaugeCore(): string {
  mkdirSync(FOLDER, { recursive: true });
  const [wasm, c] = [`${FOLDER}/core.wasm`, `${FOLDER}/core.c`];
  buildRelease("tools/bench/footprint/gauge_core.ts", wasm);
  execFileSync(process.execPath, [command("wasm2c"), wasm, "-n", "core", "-o", c]);
  adaptCoreC(c);
  return c;
}

function spreadOf(values: number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const sum = sorted.reduce((all, value) => all + value, 0);
  return {
    median: Math.round(sorted[Math.floor(sorted.length / 2)] ?? NaN),
    mean: Math.round(sum / sorted.length),
    largest: Math.round(sorted.at(-1) ?? NaN),
    counted: sorted.length,
  };
}

/** Fields of a line that count.c printed, in ticks. */
type Line = Record<string, number>;

const KINDS = { predicting: 0, correcting: 1 } as const;

function countsOf(
  lines: Line[],
  perTick: number,
): Omit<Counts, "loaded" | "instance_bytes" | "stack_bytes"> {
  const one = lines.filter((line) => line.hypotheses === 1);
  const spread = (key: string, of = one) => spreadOf(of.map((line) => line[key]! * perTick));
  const kind = (number: number) => one.filter((line) => line.kind === number);
  // where all are still there afterwards: none was merged or dropped, so only their number counts
  const further = (number: number) => {
    const kept = kind(number).filter((line) => line.alive === MANY);
    return spreadOf(kept.map((line) => ((line.many! - line.gauge!) * perTick) / (MANY - 1))).median;
  };
  return {
    step: spread("step"),
    gauge: spread("gauge"),
    plan: spread("plan"),
    byHand: spread("hand"),
    predicting: spread("gauge", kind(KINDS.predicting)),
    correcting: spread("gauge", kind(KINDS.correcting)),
    furtherPredicting: further(KINDS.predicting),
    furtherCorrecting: further(KINDS.correcting),
    manyStep: spread("many_step").median,
    sameBits: lines.every((line) => line.same === 1 && line.many_same === 1),
  };
}

/** Memory of the image: three copies of it must fit into 16 KB. */
const MEMORY = "-DTFMB_MEMORY_BYTES=(TFMB_PROFILE_AT+1344)";

/** Runs the counting image; `every` n-th step is counted, `repeats` times. */
export function countInstructions(
  chip: CountingChip,
  coreC: string,
  every: number,
  repeats: number,
): Counts {
  const here = projectPath("tools/bench/footprint");
  const sources = [`${here}/count.c`, `${here}/by_hand/gauge.c`, coreC];
  const sizes = [`-DEVERY=${every}`, `-DREPEATS=${repeats}`, `-DMANY=${MANY}`, MEMORY];
  const elf = buildImage(chip, "count", sources, [...sizes, `-I${FOLDER}`, `-I${here}`]);
  copyFileSync(projectPath("test/conformance/golden.bin"), `${FOLDER}/golden.bin`);
  const { output } = runImage(chip, elf, FOLDER);
  const linesOf = (head: string): Line[] =>
    [...output.matchAll(new RegExp(`^${head} (.*)$`, "gm"))].map(([, fields]) => {
      const pairs = fields!.split(" ").map((field) => field.split("="));
      return Object.fromEntries(pairs.map(([name, ticks]) => [name, Number(ticks)])) as Line;
    });
  const lines = linesOf("count");
  const perCall = chip.instructionsPerTick / repeats;
  const memory = /^instance bytes=(\d+) stack bytes=(\d+)$/m.exec(output);
  if (lines.length === 0 || !memory) throw new Error(`${chip.name}: no counts: ${output}`);
  return {
    ...countsOf(lines, perCall),
    loaded: spreadOf(linesOf("loaded").map(({ gauge }) => gauge! * perCall)),
    instance_bytes: Number(memory[1]),
    stack_bytes: Number(memory[2]),
  };
}
