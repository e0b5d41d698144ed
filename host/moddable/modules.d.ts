// Modules that the Moddable build maps (manifest.json) and that TypeScript cannot find by path.

/// <reference types="@moddable/typings/embedded_io/_common" />
/// <reference types="@moddable/typings/embedded_io/analog" />

declare module "tfmb/core" {
  import { type CoreInstance } from "../moddable/battery.js";
  /** wasm2js: a new core with that much linear memory. */
  export function tfmb_core(memory_bytes?: number): CoreInstance;
}
