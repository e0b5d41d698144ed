// Conformance of the wasm2js core on Node's own engine, in a fresh context: the script sees only
// what ECMAScript defines, as on a microcontroller.

import { createContext, runInContext } from "node:vm";
import {
  driverSource,
  read,
  readWords,
  replayCall,
  verdict,
  type ConformanceOptions,
  type ConformanceResult,
} from "./engine.js";

export async function run(options: ConformanceOptions): Promise<ConformanceResult> {
  const lines: string[] = [];
  const context = createContext({
    tfmb_words: readWords(options.vector),
    tfmb_print: (line: string) => lines.push(line),
  });
  runInContext(driverSource(), context, { filename: "conformance.js" });
  runInContext(read(options.coreJs), context, { filename: options.coreJs });
  runInContext(replayCall("tfmb_words", "tfmb_print"), context);
  return verdict(lines.join("\n"));
}
