// What the tests of the Espruino module share: the built files, a profile, and a context in which
// what Espruino lacks is not there.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { compileProfile } from "../../../host/core/profile.js";
import { type CoreInstance } from "../../../host/moddable/core_port.js";
import { buildBlob } from "../../../tools/build/espruino_blob.js";
import { ARM_GCC, ARM_PACKAGES, isInstalled } from "../../../tools/build/images.js";
import { buildPath, projectPath } from "../../../tools/build/paths.js";
import { single } from "../../../tools/vectors/nodes.js";
import { Device } from "./device.js";
import { FlashChip } from "./flash_chip.js";
import { type Evaluate, type Program } from "./life.js";
import { type BlobImage } from "./native_calls.js";

/** Why these tests cannot run here; undefined: they can. Under CI that is a failure. */
export function missing(program = ARM_GCC): string | undefined {
  const built = existsSync(buildPath("espruino/tfmb.min.js"));
  if (built && isInstalled(ARM_GCC) && isInstalled(program)) return undefined;
  assert.notEqual(process.env.CI, "true", `the Espruino module is not built: ${ARM_PACKAGES}`);
  return `needs: ${ARM_PACKAGES}, then npm run build`;
}

/** A made-up node whose journal is two pages of flash, with Espruino's sleep. */
export function profileBytes(changes: Partial<typeof single> = {}): Uint8Array {
  const flash = { storage_kind: 2, storage_at: 0, storage_slots_log2: 5, record_s: 3600 };
  return compileProfile({ ...single, ...flash, hypotheses: 7, sleep_drain_nA: 5000, ...changes });
}

export function blobImage(): BlobImage {
  const { bytes, data_at, offsets } = buildBlob();
  return { bytes, data_at, offsets };
}

const wasm = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm"))));

/** The release wasm in the shape of tfmb_core(). */
export function wasmCore(): CoreInstance {
  const { exports } = new WebAssembly.Instance(wasm, {});
  const memory = (exports.memory as WebAssembly.Memory).buffer;
  return { ...(exports as unknown as CoreInstance), memory };
}

/** A chip that has the blob and the profile in files of Storage. */
export function flashed(profile = profileBytes()): FlashChip {
  const chip = new FlashChip();
  chip.put("tfmb.bin", buildBlob().bytes);
  chip.put("tfmb.pro", profile);
  return chip;
}

export const newDevice = (chip = flashed()): Device => new Device(blobImage(), wasmCore, chip);

export const example = (name: string): Program => ({
  module: readFileSync(buildPath("espruino/tfmb.min.js"), "utf8"),
  app: readFileSync(projectPath(`host/espruino/example/${name}.js`), "utf8"),
});

/** What Espruino 2v29 lacks: taken away before a module is evaluated. */
const TAKE_AWAY = `
  ["fround", "imul", "clz32", "trunc", "log2", "log10", "cbrt", "hypot", "expm1", "log1p", "sinh",
   "tanh"].forEach(function (name) { delete Math[name]; });
  ["BigInt", "Map", "Set", "WeakMap", "WeakSet", "WeakRef", "Symbol", "Proxy", "Reflect",
   "WebAssembly", "SharedArrayBuffer", "Atomics", "FinalizationRegistry", "BigInt64Array",
   "BigUint64Array", "Intl"].forEach(function (name) { delete globalThis[name]; });
  ["freeze", "seal", "isFrozen", "isSealed"].forEach(function (name) { delete Object[name]; });
  ["from", "of"].forEach(function (name) { delete Array[name]; });
  ["flat", "flatMap", "at", "copyWithin"].forEach(function (name) {
    delete Array.prototype[name];
    delete Object.getPrototypeOf(Uint8Array.prototype)[name];
  });
`;

/** Evaluates in a context of its own, bare as Espruino is. */
export const evaluate: Evaluate = (text, globals, require) => {
  const context = createContext({ ...globals, require, exports: {} });
  runInContext(TAKE_AWAY, context);
  runInContext(text, context);
  return context.exports as Record<string, unknown>;
};
