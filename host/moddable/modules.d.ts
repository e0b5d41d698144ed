// Modules of the Moddable SDK: those whose typings are on npm, and as far as they are used here
// those that are not. (`tfmb/...` are paths of tsconfig.json.)

/// <reference types="@moddable/typings/embedded_io/_common" />
/// <reference types="@moddable/typings/embedded_io/analog" />
/// <reference types="@moddable/typings/embedded_io/i2c" />
/// <reference types="@moddable/typings/embedded_io/smbus" />
/// <reference types="@moddable/typings/embedded_io/serial" />
/// <reference types="@moddable/typings/Resource" />
/// <reference types="@moddable/typings/timer" />
/// <reference types="@moddable/typings/xs" />

/** XS FFI: methods are the functions of the manifest's key `ffi`. */
declare module "mc/ffi" {
  export default class FFI {
    tfmb_native_bytes(): number;
    tfmb_native_memory_at(): number;
    tfmb_native_init(core: ArrayBuffer): void;
    tfmb_native_layout_hash(core: ArrayBuffer): number;
    tfmb_native_profile_at(core: ArrayBuffer): number;
    tfmb_native_load_profile(core: ArrayBuffer, length: number): number;
    tfmb_native_boot(core: ArrayBuffer, reason: number, off_s: number, time_ms: number): number;
    tfmb_native_step(core: ArrayBuffer): number;
    tfmb_native_storage_done(core: ArrayBuffer, result: number): number;
  }
}

/** Module `sleep` of nRF52. */
declare module "sleep" {
  const Sleep: {
    readonly resetReason: number;
    deep(duration_ms?: number): void;
    getRetainedValue(index: number): number;
    setRetainedValue(index: number, value: number): void;
  };
  export default Sleep;
}

/** What the example's manifest says under `config`. */
declare module "mc/config" {
  const config: { data: number; clock: number; voltage_pin: number; full_scale_mV: number };
  export default config;
}

declare module "embedded:sensor/Temperature/TMP117" {
  export default class TMP117 {
    constructor(options: { sensor: object });
    sample(): { temperature: number };
  }
}
