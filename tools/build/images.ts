// Compilers and emulators for the C core: which exist here, how a program or an image is built and
// run.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { buildPath, projectPath } from "./paths.js";

/** A family of chips: its compiler, the emulator's command, what starts an image. */
export interface Family {
  compiler: string;
  /** Names the small C library. */
  library: string;
  startup: string;
  emulator: string[];
  packages: string;
}

const ARM: Family = {
  compiler: "arm-none-eabi-gcc",
  library: "--specs=nano.specs",
  startup: "startup.c",
  emulator: ["qemu-system-arm", "-icount", "shift=0"],
  packages: "apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm",
};

const RISCV: Family = {
  compiler: "riscv64-unknown-elf-gcc",
  library: "--specs=picolibc.specs",
  startup: "startup_riscv.c",
  emulator: ["qemu-system-riscv32", "-bios", "none"],
  packages: "apt-get install gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf qemu-system-misc",
};

/** A chip that images are linked for: where its memory is, and what it executes. */
export interface Target {
  name: string;
  family: Family;
  folder: string;
  flags: string[];
}

/** A chip that QEMU emulates. */
export interface Chip extends Target {
  machine: string;
}

/** A chip whose timer counts instructions. */
export interface CountingChip extends Chip {
  /** Instructions per SysTick tick under `-icount shift=0`: 1 ns each over the timer's period. */
  instructionsPerTick: number;
}

export const CHIPS: Record<"m0plus" | "m4f" | "m33", CountingChip> = {
  m0plus: {
    name: "Cortex-M0+",
    family: ARM,
    machine: "microbit",
    folder: "microbit",
    flags: ["-mcpu=cortex-m0plus", "-mthumb", "-mfloat-abi=soft"],
    instructionsPerTick: 62.5,
  },
  m4f: {
    name: "Cortex-M4F",
    family: ARM,
    machine: "mps2-an386",
    folder: "mps2-an386",
    flags: ["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"],
    instructionsPerTick: 40,
  },
  m33: {
    name: "Cortex-M33",
    family: ARM,
    machine: "mps2-an505",
    folder: "mps2-an505",
    flags: ["-mcpu=cortex-m33", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv5-sp-d16"],
    instructionsPerTick: 50,
  },
};

export const RV32: Chip = {
  name: "RISC-V rv32imac",
  family: RISCV,
  machine: "virt",
  folder: "virt-rv32",
  flags: ["-march=rv32imac", "-mabi=ilp32"],
};

/** Emulated by the npm package rp2040js. */
export const RP2040: Target = { ...CHIPS.m0plus, name: "RP2040", folder: "rp2040" };

export const ARM_GCC = ARM.compiler;
export const ARM_PACKAGES = ARM.packages;

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
export const INCLUDES = [`-I${projectPath("host/c")}`, `-I${buildPath("c")}`];

/** Whether a program can be started here. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}

/** The command that brings what a chip's images need; undefined: all is here. */
export function missingFor({ family }: Chip): string | undefined {
  const there = isInstalled(family.compiler) && isInstalled(family.emulator[0]!);
  return there ? undefined : family.packages;
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
  compile(chip.family.compiler, [
    ...chip.flags,
    chip.family.library,
    ...COMMON,
    ...SMALL,
    "-Wall",
    "-Wextra",
    "-ffunction-sections",
    "-fdata-sections",
    ...extra,
    ...INCLUDES,
    `-I${images}`,
    `${images}/${chip.family.startup}`,
    ...sources,
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
  const [emulator, ...rest] = chip.family.emulator;
  const result = spawnSync(
    emulator!,
    [
      ...[...rest, "-M", chip.machine, "-nographic", "-monitor", "none", "-serial", "none"],
      ...["-semihosting-config", "enable=on,target=native", "-kernel", elf],
    ],
    { cwd: folder, encoding: "utf8", timeout: 600_000, stdio: ["ignore", "pipe", "pipe"] },
  );
  const output = result.stdout + result.stderr;
  return { output, ok: result.status === 0 };
}
