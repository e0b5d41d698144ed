// Flashing an Espruino over its console: the module, the core and the profile go into its Storage,
// and each is compared there with what was sent.

import { crc32 } from "node:zlib";
import { type EspruinoRepl } from "../../host/hil/wire/espruino_repl.js";
import { UsageError } from "../commands/usage.js";

/** A line with so many bytes in base64 fits the smallest input buffer. */
const CHUNK_BYTES = 192;
/** Of a file's head in Storage. */
const HEAD_BYTES = 32;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

async function checkBoard(repl: EspruinoRepl, board: string): Promise<void> {
  const found = await repl.ask("process.env.BOARD");
  if (found === board) return;
  throw new UsageError(`this device is ${String(found)}, not ${board}; name its own --board`);
}

async function checkRoom(repl: EspruinoRepl, files: Record<string, Uint8Array>): Promise<void> {
  const sizes = Object.values(files).map(({ length }) => length + HEAD_BYTES);
  const needed = sizes.reduce((a, b) => a + b, 0);
  const free = Number(await repl.ask(`require("Storage").getFree()`));
  if (free >= needed) return;
  const remedy = `free it with require("Storage").erase(NAME), then require("Storage").compact()`;
  throw new UsageError(`the device has ${free} bytes of Storage free, ${needed} needed; ${remedy}`);
}

async function writeFile(repl: EspruinoRepl, name: string, bytes: Uint8Array): Promise<void> {
  const storage = `require("Storage")`;
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const chunk = base64(bytes.subarray(at, at + CHUNK_BYTES));
    const place = `atob("${chunk}"),${at},${bytes.length}`;
    const done = await repl.ask(`${storage}.write("${name}",${place})`);
    if (done !== true) throw new UsageError(`${name}: the device did not store byte ${at}`);
  }
  const found = Number(await repl.ask(`E.CRC32(${storage}.read("${name}"))`)) >>> 0;
  const sent = crc32(bytes);
  if (found !== sent) {
    const both = `CRC-32 ${found.toString(16)} on the device, ${sent.toString(16)} sent`;
    throw new UsageError(`${name}: ${both}; flash again`);
  }
}

/** Writes all files; `told` hears of each. Old ones of these names are erased first. */
export async function flashEspruino(
  repl: EspruinoRepl,
  board: string,
  files: Record<string, Uint8Array>,
  told: (line: string) => void,
): Promise<void> {
  repl.interrupt();
  await checkBoard(repl, board);
  for (const name of Object.keys(files)) await repl.ask(`require("Storage").erase("${name}")||0`);
  await checkRoom(repl, files);
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(repl, name, bytes);
    told(`${name}: ${bytes.length} bytes, read back`);
  }
}
