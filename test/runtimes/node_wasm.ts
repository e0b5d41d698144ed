// Conformance of the release core as it is: WebAssembly in Node.

import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import {
  driverSource,
  readWords,
  replayCall,
  verdict,
  type ConformanceOptions,
  type ConformanceResult,
} from "./engine.js";

/** `coreJs` is not used; the path of the .wasm comes beside it. */
export async function run(
  options: ConformanceOptions & { coreWasm: string },
): Promise<ConformanceResult> {
  const lines: string[] = [];
  const module = new WebAssembly.Module(new Uint8Array(readFileSync(options.coreWasm)));
  const context = createContext({
    tfmb_words: readWords(options.vector),
    tfmb_print: (line: string) => lines.push(line),
    tfmb_core: () => new WebAssembly.Instance(module, {}).exports,
  });
  runInContext(driverSource(), context, { filename: "conformance.js" });
  runInContext(replayCall("tfmb_words", "tfmb_print"), context);
  return verdict(lines.join("\n"));
}
