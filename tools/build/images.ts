// Compilers and emulators for the C core: which exist here, how a program or an image is built and
// run.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { buildPath, projectPath } from "./paths.js";

/** A chip that images are linked for: where its memory is, and what it executes. */
export interface Target {
  name: string;
  folder: string;
  flags: string[];
}

/** A chip that QEMU emulates. */
export interface Chip extends Target {
  machine: string;
  /** Instructions per SysTick tick under `-icount shift=0`: 1 ns each over the timer's period. */
  instructionsPerTick: number;
}

export const CHIPS: Record<"m0plus" | "m4f" | "m33", Chip> = {
  m0plus: {
    name: "Cortex-M0+",
    machine: "microbit",
    folder: "microbit",
    flags: ["-mcpu=cortex-m0plus", "-mthumb", "-mfloat-abi=soft"],
    instructionsPerTick: 62.5,
  },
  m4f: {
    name: "Cortex-M4F",
    machine: "mps2-an386",
    folder: "mps2-an386",
    flags: ["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"],
    instructionsPerTick: 40,
  },
  m33: {
    name: "Cortex-M33",
    machine: "mps2-an505",
    folder: "mps2-an505",
    flags: ["-mcpu=cortex-m33", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv5-sp-d16"],
    instructionsPerTick: 50,
  },
};

/** Emulated by the npm package rp2040js. */
export const RP2040: Target = { ...CHIPS.m0plus, name: "RP2040", folder: "rp2040" };

export const ARM_GCC = "arm-none-eabi-gcc";
export const ARM_PACKAGES =
  "apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm";

/** Bit-identical floats need separate roundings: no fused multiply-add. */
export const COMMON = ["-std=c11", "-Os", "-ffp-contract=off", "-fno-math-errno"];
/** What GCC does at -Os although it enlarges this core: 3 %. The same in host/c/Makefile. */
export const SMALL = [
  "-fno-expensive-optimizations",
  "-fno-caller-saves",
  "-fno-reorder-blocks",
  "-fno-tree-dominator-opts",
  "-fno-move-loop-invariants",
  "-fno-schedule-insns2",
  "-fno-tree-pre",
  "-fno-code-hoisting",
];
/** Generated code: unused helpers and values are normal there. */
export const GENERATED = [
  "-Wno-unused-value",
  "-Wno-unused-function",
  "-Wno-unused-parameter",
  "-Wno-unused-variable",
  "-Wno-unused-const-variable",
];
export const INCLUDES = [`-I${projectPath("host/c")}`, `-I${buildPath("c")}`];

/** Whether a program can be started here. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}

export function compile(compiler: string, args: string[]): void {
  execFileSync(compiler, args, { stdio: ["ignore", "ignore", "inherit"] });
}

/** Links sources into an image for a chip; returns the path of the .elf. */
export function buildImage(
  chip: Target,
  name: string,
  sources: string[],
  extra: string[] = [],
): string {
  const folder = buildPath(`images/${chip.folder}`);
  mkdirSync(folder, { recursive: true });
  const elf = `${folder}/${name}.elf`;
  const images = projectPath("boards/images");
  compile(ARM_GCC, [
    ...chip.flags,
    ...COMMON,
    ...SMALL,
    "-Wall",
    "-Wextra",
    ...GENERATED,
    "-ffunction-sections",
    "-fdata-sections",
    ...extra,
    ...INCLUDES,
    `-I${images}`,
    `${images}/startup.c`,
    ...sources,
    "--specs=nano.specs",
    "-nostartfiles",
    "-Wl,--gc-sections",
    `-Wl,-Map=${folder}/${name}.map`,
    `-L${images}/${chip.folder}`,
    `-T${images}/image.ld`,
    "-lm",
    "-o",
    elf,
  ]);
  return elf;
}

/** Sources of boards/images below `folder`. */
function sourcesOf(folder: string): string[] {
  const path = projectPath(`boards/images/${folder}`);
  return readdirSync(path)
    .filter((name) => name.endsWith(".c"))
    .sort()
    .map((name) => `${path}/${name}`);
}

/** As bytes from the first address of flash on, beside the .elf. */
export function rawImage(elf: string): string {
  const raw = elf.replace(/\.elf$/, ".bin");
  execFileSync("arm-none-eabi-objcopy", ["-O", "binary", elf, raw]);
  return raw;
}

/** The rig's node with the complete core: node.elf, and node.bin for emulators that load bytes. */
export function buildNodeImage(chip: Target): void {
  const folders = ["node", chip.folder];
  const shared = [projectPath("host/hil/c/frame.c"), buildPath("c/core.c")];
  const sources = [...folders.flatMap(sourcesOf), ...shared];
  const elf = buildImage(chip, "node", sources, [
    ...folders.map((folder) => `-I${projectPath(`boards/images/${folder}`)}`),
    `-I${projectPath("host/hil/c")}`,
    ...["-DIMAGE_INTERRUPTS", "-DFRAME_PAYLOAD_MAX=512"],
    // the profile stays in flash; whatever it asks for is there
    ...["-DTFMB_HYPOTHESES=9", "-DTFMB_MEMORY_BYTES=TFMB_PLAN_BYTES"],
  ]);
  rawImage(elf);
}

/** Runs an image in QEMU; its semihosting file accesses are relative to `folder`. */
export function runImage(chip: Chip, elf: string, folder: string): { output: string; ok: boolean } {
  const result = spawnSync(
    "qemu-system-arm",
    [
      ...["-M", chip.machine, "-icount", "shift=0", "-nographic", "-monitor", "none"],
      ...["-serial", "none", "-semihosting-config", "enable=on,target=native", "-kernel", elf],
    ],
    { cwd: folder, encoding: "utf8", timeout: 600_000, stdio: ["ignore", "pipe", "pipe"] },
  );
  const output = result.stdout + result.stderr;
  return { output, ok: result.status === 0 };
}
