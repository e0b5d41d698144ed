// What the GNU linker put into an image, piece by piece, read from its map file.

import { readFileSync } from "node:fs";

export interface Piece {
  /** Input section, for example `.text.w2c_core_step`. */
  section: string;
  bytes: number;
  /** The object file, or `libgcc.a(_arm_addsubsf3.o)`. */
  from: string;
}

const START = "Linker script and memory map";
const SECTION = String.raw`\.(?:text|rodata|data|bss|vectors|ARM)[\w.$-]*|COMMON`;
/** Long names stand on a line of their own, so the address may follow on the next. */
const PIECE = new RegExp(`^ (${SECTION})\\s+0x[0-9a-f]+\\s+0x([0-9a-f]+) (\\S.*)$`, "gm");

/** All pieces that were linked; discarded ones come before START. */
export function readLinkMap(path: string): Piece[] {
  const text = readFileSync(path, "utf8");
  const start = text.indexOf(START);
  if (start < 0) throw new Error(`${path}: no line "${START}"; is it a map of GNU ld?`);
  return [...text.slice(start).matchAll(PIECE)]
    .map(([, section = "", hex = "", from = ""]) => ({
      section,
      bytes: Number.parseInt(hex, 16),
      from: from.split("/").at(-1) ?? from,
    }))
    .filter(({ bytes }) => bytes > 0);
}

const kind = (piece: Piece) => /^\.?[A-Za-z]+/.exec(piece.section)?.[0] ?? "";

/** Takes flash: code, constants, and the start values of variables. */
export const isFlash = (piece: Piece): boolean =>
  [".text", ".rodata", ".data", ".vectors", ".ARM"].includes(kind(piece));

/** Takes RAM for good. */
export const isRam = (piece: Piece): boolean => [".data", ".bss", "COMMON"].includes(kind(piece));

export const sum = (pieces: Piece[]): number => pieces.reduce((all, { bytes }) => all + bytes, 0);
