// Conformance of the wasm2js core on Duktape (Debian's `duk`): an ES5 engine that interprets, the
// closest stand-in for Espruino that a package brings.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  absent,
  driverSource,
  processVerdict,
  read,
  readWords,
  replayCall,
  runProcess,
  type ConformanceOptions,
  type ConformanceResult,
} from "./engine.js";

/** Bytes in one string literal: a multiple of 3, so that no chunk but the last is padded. */
const CHUNK_BYTES = 12288;

/** `duk` reads no files but scripts, so the vector travels inside the script. */
function vectorSource(words: Uint32Array): string {
  const bytes = Buffer.from(words.buffer);
  const lines = [`var tfmb_bytes = new Uint8Array(${bytes.length});`];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const text = bytes.subarray(at, at + CHUNK_BYTES).toString("base64");
    lines.push(`tfmb_bytes.set(Duktape.dec("base64", "${text}"), ${at});`);
  }
  return lines.join("\n");
}

export async function run(options: ConformanceOptions): Promise<ConformanceResult> {
  const folder = mkdtempSync(join(tmpdir(), "tfmb-duktape-"));
  try {
    const script = join(folder, "replay.js");
    const parts = [
      driverSource(),
      read(options.coreJs),
      vectorSource(readWords(options.vector)),
      replayCall("new Uint32Array(tfmb_bytes.buffer)", "print"),
    ];
    writeFileSync(script, parts.join("\n"));
    const result = await runProcess("duk", [script]);
    return result.found ? processVerdict(result) : absent("apt-get install duktape");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
