// Conformance of the wasm2js core on QuickJS: a second foreign engine, from npm, itself compiled
// to WebAssembly, so that it runs wherever Node does.

import {
  INSTALL_ENGINES,
  absent,
  driverSource,
  read,
  readWords,
  replayCall,
  verdict,
  type ConformanceOptions,
  type ConformanceResult,
} from "./engine.js";

/** The few names of quickjs-emscripten that are used; its own types come only with the package. */
interface Handle {
  dispose(): void;
}
interface Context {
  global: Handle;
  newArrayBuffer(buffer: ArrayBufferLike): Handle;
  newFunction(name: string, run: (argument: Handle) => void): Handle;
  setProp(object: Handle, key: string, value: Handle): void;
  getString(handle: Handle): string;
  evalCode(source: string, filename: string): unknown;
  unwrapResult(result: unknown): Handle;
  dispose(): void;
}
interface Package {
  getQuickJS(): Promise<{ newContext(): Context }>;
}

async function load(): Promise<Package | undefined> {
  const name: string = "quickjs-emscripten";
  try {
    return (await import(name)) as Package;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

function define(context: Context, name: string, value: Handle): void {
  context.setProp(context.global, name, value);
  value.dispose();
}

export async function run(options: ConformanceOptions): Promise<ConformanceResult> {
  const quickjs = await load();
  if (!quickjs) return absent(INSTALL_ENGINES);
  const context = (await quickjs.getQuickJS()).newContext();
  const lines: string[] = [];
  const evaluate = (source: string, filename: string) =>
    context.unwrapResult(context.evalCode(source, filename)).dispose();
  try {
    define(context, "tfmb_vector", context.newArrayBuffer(readWords(options.vector).buffer));
    const print = (line: Handle) => void lines.push(context.getString(line));
    define(context, "tfmb_print", context.newFunction("tfmb_print", print));
    evaluate(driverSource(), "conformance.js");
    evaluate(read(options.coreJs), options.coreJs);
    evaluate(replayCall("new Uint32Array(tfmb_vector)", "tfmb_print"), "replay");
  } finally {
    context.dispose();
  }
  return verdict(lines.join("\n"));
}
