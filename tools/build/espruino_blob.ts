// The core as a position-independent blob of Thumb code (host/espruino/native/blob.c): compiled for
// the Cortex-M4F as Espruino is, with floats in integer registers, and checked to be the same bytes
// wherever it is linked.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { SIGNATURES } from "../../host/core/abi.js";
import { crc32 } from "../../host/core/profile.js";
import { ARM_GCC, COMMON, INCLUDES, SMALL, compile } from "./images.js";
import { buildPath, projectPath } from "./paths.js";

/** Espruino's own: make/family/NRF52.make passes floats in integer registers. */
export const ESPRUINO_CPU = [
  ...["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=softfp", "-mfpu=fpv4-sp-d16"],
];
const EXPORTS = SIGNATURES.map(({ name }) => name);
const HEAD_BYTES = 16;
/** Two places that have no bit in common but those of their alignment. */
const PLACES = [0, 0x2aa54];

export interface Blob {
  bytes: Uint8Array;
  /** CRC-32 of what follows the head. */
  crc: number;
  /** Where linear memory lies in an instance. */
  data_at: number;
  /** Where each export begins; one more is what to call: the mark of Thumb code. */
  offsets: Record<string, number>;
}

/** The module's core reads voltages at rest only: its boards have no charge counter, and their
 * Storage no room. The complete one is for the conformance matrix. */
export type Rooms = "rest" | "complete";
const CORE_FOLDER = { rest: "c_rest", complete: "c" } as const;

function link(at: number, rooms: Rooms): string {
  const folder = buildPath("espruino");
  mkdirSync(folder, { recursive: true });
  const elf = `${folder}/blob_${rooms}_${at.toString(16)}.elf`;
  const native = projectPath("host/espruino/native");
  compile(ARM_GCC, [
    ...ESPRUINO_CPU,
    ...[...COMMON, ...SMALL, "-fPIE", "-Wall", "-Wextra"],
    ...["-ffunction-sections", "-fdata-sections", `-I${buildPath(CORE_FOLDER[rooms])}`],
    ...[...INCLUDES, `${native}/blob.c`],
    ...["-nostdlib", "-Wl,--gc-sections", ...EXPORTS.map((name) => `-Wl,-u,w2c_core_${name}`)],
    ...[`-Wl,--section-start=.blob=0x${at.toString(16)}`, "-Wl,--entry=0"],
    ...[`-T${native}/blob.ld`, "-lgcc", "-o", elf],
  ]);
  return elf;
}

function binaryOf(elf: string): Uint8Array {
  const binary = elf.replace(/\.elf$/, ".bin");
  compile("arm-none-eabi-objcopy", ["-O", "binary", elf, binary]);
  return new Uint8Array(readFileSync(binary));
}

function offsetsOf(elf: string): Record<string, number> {
  const listing = execFileSync("arm-none-eabi-nm", [elf], { encoding: "utf8" });
  const entries = EXPORTS.map((name): [string, number] => {
    const found = new RegExp(`^([0-9a-f]+) T w2c_core_${name}$`, "m").exec(listing);
    if (!found) throw new Error(`${elf}: no export ${name}`);
    return [name, Number.parseInt(found[1]!, 16)];
  });
  return Object.fromEntries(entries);
}

/** Length and CRC into the head of blob.c; what the compiler wrote behind them is returned. */
function finish(bytes: Uint8Array): { crc: number; data_at: number } {
  const view = new DataView(bytes.buffer);
  const crc = crc32(bytes.subarray(HEAD_BYTES));
  view.setUint32(4, bytes.length, true);
  view.setUint32(8, crc, true);
  return { crc, data_at: view.getUint32(12, true) };
}

const built: Partial<Record<Rooms, Blob>> = {};

/** Builds the blob with all exports; once in a process. */
export function buildBlob(rooms: Rooms = "rest"): Blob {
  const before = built[rooms];
  if (before !== undefined) return before;
  const [elf, elsewhere] = PLACES.map((at) => link(at, rooms)) as [string, string];
  const bytes = binaryOf(elf);
  if (!Buffer.from(bytes).equals(Buffer.from(binaryOf(elsewhere)))) {
    throw new Error("the blob is not the same everywhere: it holds an absolute address");
  }
  const blob = { bytes, ...finish(bytes), offsets: offsetsOf(elf) };
  built[rooms] = blob;
  return blob;
}
