// Flash and RAM that the core takes on a chip, from a linked image that holds little else.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { readTable } from "../../abi/table.js";
import {
  ARM_GCC,
  COMMON,
  INCLUDES,
  SMALL,
  buildImage,
  compile,
  type Chip,
} from "../../build/images.js";
import { buildPath, projectPath } from "../../build/paths.js";
import { isFlash, isRam, readLinkMap, sum, type Piece } from "./link_map.js";

export interface Sections {
  /** Flash of the core's own code and constant tables. */
  code_bytes: number;
  tables_bytes: number;
  /** Flash of what the core calls in the compiler's libraries, altogether and by member. */
  library_bytes: number;
  libraries: Record<string, number>;
  /** Code, tables and libraries. */
  flash_bytes: number;
  /** RAM: one instance without a profile, and variables of the libraries. */
  instance_bytes: number;
  library_ram_bytes: number;
}

/** The profile lies in flash: linear memory ends with the last of so many hypotheses. */
const PLAN = "TFMB_PLAN_BYTES";
const planOf = (hypotheses: number, memory: string) => [
  `-DTFMB_MEMORY_BYTES=(${memory})`,
  `-DTFMB_HYPOTHESES=${hypotheses}`,
];
const OBJECT = "core.o";

/** Compiles a core.c into an object of its own, so that the link map tells it apart. */
export function compileCore(chip: Chip, coreC: string, folder: string, extra: string[]): string {
  mkdirSync(folder, { recursive: true });
  const object = `${folder}/${OBJECT}`;
  compile(ARM_GCC, [
    ...[...chip.flags, ...COMMON, ...SMALL, "-ffunction-sections", "-fdata-sections"],
    ...[...extra, ...INCLUDES, "-c", coreC, "-o", object],
  ]);
  return object;
}

/** Path of the linked image of whole_core.c around the core; its map lies beside it. */
export function buildWholeCore(
  chip: Chip,
  name = "whole_core",
  hypotheses = 1,
  memory = PLAN,
): string {
  const plan = planOf(hypotheses, memory);
  const folder = buildPath(`images/${chip.folder}`);
  const object = compileCore(chip, buildPath("c/core.c"), folder, plan);
  const keep = readTable().exports.map((entry) => `-Wl,-u,w2c_core_${entry.name}`);
  const main = projectPath("tools/bench/footprint/whole_core.c");
  return buildImage(chip, name, [main, object], [...plan, ...keep]);
}

/** Size of a variable of an image, bytes. */
function variableBytes(elf: string, name: string): number {
  const listing = execFileSync("arm-none-eabi-nm", ["-S", elf], { encoding: "utf8" });
  const match = new RegExp(`^[0-9a-f]+ ([0-9a-f]+) [bBdD] ${name}$`, "m").exec(listing);
  if (!match) throw new Error(`${elf}: no variable ${name}`);
  return Number.parseInt(match[1]!, 16);
}

const isLibrary = (piece: Piece) => /\.a\(.*\)$/.test(piece.from);

function byMember(pieces: Piece[]): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { from, bytes } of pieces) sizes[from] = (sizes[from] ?? 0) + bytes;
  return sizes;
}

/** Builds the image with memory for so many hypotheses, or of so many bytes, and reads its map. */
export function measureSections(chip: Chip, hypotheses = 1, memory = PLAN): Sections {
  const elf = buildWholeCore(chip, "whole_core", hypotheses, memory);
  const pieces = readLinkMap(elf.replace(/\.elf$/, ".map"));
  const core = pieces.filter((piece) => piece.from === OBJECT && isFlash(piece));
  const isCode = (piece: Piece) => piece.section.startsWith(".text");
  const library = pieces.filter(isLibrary);
  const code_bytes = sum(core.filter(isCode));
  const tables_bytes = sum(core.filter((piece) => !isCode(piece)));
  const library_bytes = sum(library.filter(isFlash));
  return {
    code_bytes,
    tables_bytes,
    library_bytes,
    libraries: byMember(library.filter(isFlash)),
    flash_bytes: code_bytes + tables_bytes + library_bytes,
    instance_bytes: variableBytes(elf, "core"),
    library_ram_bytes: sum(library.filter(isRam)),
  };
}
