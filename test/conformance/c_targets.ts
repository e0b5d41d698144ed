// The C core on every compiler and chip: built once, run on any vector file.

import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import {
  ARM_GCC,
  ARM_PACKAGES,
  CHIPS,
  COMMON,
  INCLUDES,
  RP2040,
  RV32,
  buildImage,
  compile,
  isInstalled,
  missingFor,
  rawImage,
  runImage,
  type Chip,
} from "../../tools/build/images.js";
import { buildPath, projectPath } from "../../tools/build/paths.js";
import {
  absent,
  processVerdict,
  runProcess,
  verdict,
  type ConformanceResult,
} from "../runtimes/engine.js";

export interface CTarget {
  name: string;
  /** False: another build of an engine that is counted already. */
  counts: boolean;
  run(vector: string): Promise<ConformanceResult>;
}

const SOURCES = [projectPath("test/conformance/c/conformance.c"), buildPath("c/core.c")];
const FOLDER = buildPath("conformance");

function hostTarget(name: string, compiler: string, extra: string[], counts: boolean): CTarget {
  const program = `${FOLDER}/${name.replaceAll(/\W+/g, "_")}`;
  let built = false;
  return {
    name,
    counts,
    async run(vector) {
      if (!isInstalled(compiler)) return absent(`apt-get install ${compiler}`);
      if (!built) {
        mkdirSync(FOLDER, { recursive: true });
        const warnings = ["-Wall", "-Wextra"];
        const files = [...INCLUDES, ...SOURCES, "-lm", "-o", program];
        compile(compiler, [...COMMON, ...warnings, ...extra, ...files]);
        built = true;
      }
      return processVerdict(await runProcess(program, [resolve(vector)]));
    },
  };
}

/** `checked`: each access to memory is checked, and constants lie in RAM. */
function chipTarget(chip: Chip, checked = false): CTarget {
  let elf = "";
  const image = checked ? "conformance_checked" : "conformance";
  const flags = checked ? ["-DTFMB_CHECKED"] : [];
  return {
    name: `C, ${chip.name} (QEMU ${chip.machine}${checked ? ", checked" : ""})`,
    counts: !checked,
    async run(vector) {
      const missing = missingFor(chip);
      if (missing !== undefined) return absent(missing);
      elf ||= buildImage(chip, image, SOURCES, flags);
      // the image opens golden.bin in its working folder
      const folder = `${FOLDER}/${chip.folder}${checked ? "_checked" : ""}`;
      mkdirSync(folder, { recursive: true });
      const copy = `${folder}/golden.bin`;
      if (resolve(vector) !== copy) copyFileSync(vector, copy);
      const { output, ok } = runImage(chip, elf, dirname(copy));
      const result = verdict(output);
      return ok ? result : { ...result, identical: false, steps: 0 };
    },
  };
}

/** The same image in npm rp2040js, which models the chip's memory map and cycles. */
function rp2040Target(): CTarget {
  const session = projectPath("test/conformance/rp2040_session.ts");
  let image = "";
  return {
    name: "C, RP2040 (rp2040js)",
    counts: true,
    async run(vector) {
      if (!isInstalled(ARM_GCC)) return absent(ARM_PACKAGES);
      image ||= rawImage(buildImage(RP2040, "conformance", SOURCES));
      const script = ["--import", "tsx", session, image, resolve(vector)];
      return processVerdict(await runProcess(process.execPath, script));
    },
  };
}

const SANITIZERS = [
  "-g",
  "-DTFMB_CHECKED",
  "-fsanitize=address,undefined",
  "-fno-sanitize-recover",
];

export const cTargets: CTarget[] = [
  hostTarget("C, x86-64 (gcc)", "gcc", [], true),
  hostTarget("C, x86-64 (clang)", "clang", [], true),
  hostTarget("C, x86-64 (gcc, sanitizers)", "gcc", SANITIZERS, false),
  hostTarget("C, x86-64 (clang, sanitizers)", "clang", SANITIZERS, false),
  chipTarget(CHIPS.m0plus),
  chipTarget(CHIPS.m4f),
  chipTarget(CHIPS.m4f, true),
  chipTarget(CHIPS.m33),
  chipTarget(RV32),
  rp2040Target(),
];
