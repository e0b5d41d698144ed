// The native core behind `tfmb/core`: the C of wasm2c through XS FFI, in the shape of tfmb_core().
// The whole instance lies in one ArrayBuffer, which every call gets as a pointer: XS may move it
// between calls, and does not mind, for the instance holds no pointers (host/c/tfmb.h).

import FFI from "mc/ffi";
import { type CoreInstance } from "./core_port.js";

/** A new core. Its memory has the size that the C was compiled for. */
export function tfmb_core(): CoreInstance {
  const native = new FFI();
  const memory = new ArrayBuffer(native.tfmb_native_bytes());
  native.tfmb_native_init(memory);
  return {
    memory,
    memory_at: native.tfmb_native_memory_at(),
    layout_hash: () => native.tfmb_native_layout_hash(memory),
    profile_at: () => native.tfmb_native_profile_at(memory),
    load_profile: (length) => native.tfmb_native_load_profile(memory, length),
    boot: (reason, off_s, time_ms) =>
      native.tfmb_native_boot(memory, reason, off_s >>> 0, time_ms >>> 0),
    step: () => native.tfmb_native_step(memory),
    storage_done: (result) => native.tfmb_native_storage_done(memory, result),
  };
}
