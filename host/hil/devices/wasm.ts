// The core in this process, through AssemblyScript's loader: the device that every machine has.

import { instantiate } from "@assemblyscript/loader";
import { AREAS } from "../../core/abi.js";
import { Core } from "../../core/core.js";
import { type StoragePort } from "../../core/core.js";
import { DeviceError, execute, type Device, type DeviceMaker, type Reply } from "./device.js";
import { type Start } from "./device.js";

type AreaName = "vital" | "sample" | "decision" | "gauge";

class WasmDevice implements Device {
  readonly name = "wasm";
  readonly time = "emulated";
  #core: Core;
  #memory: Uint8Array;

  constructor(
    readonly module: WebAssembly.Module,
    readonly storage: StoragePort,
    core: Core,
  ) {
    this.#core = core;
    this.#memory = memoryOf(core);
  }

  async boot({ profile, reason, off_s, time_ms }: Start): Promise<Reply> {
    const core = this.#core;
    const loaded = core.loadProfile(profile);
    return this.#served(loaded === 0 ? core.boot(reason, off_s, time_ms) : loaded);
  }

  async step(sample: Uint8Array): Promise<Reply> {
    this.#area("sample").set(sample);
    return this.#served(this.#core.step());
  }

  async cut(retained: "kept" | "lost"): Promise<void> {
    const vital = this.#area("vital").slice();
    this.#core = await newCore(this.module);
    this.#memory = memoryOf(this.#core);
    if (retained === "kept") this.#area("vital").set(vital);
  }

  async close(): Promise<void> {
    // nothing is held
  }

  #area(name: AreaName): Uint8Array {
    const { at, size } = AREAS[name];
    return this.#memory.subarray(at, at + size);
  }

  #served(status: number): Reply {
    const core = this.#core;
    let records = 0;
    for (let wanted = core.storage(); wanted !== undefined; wanted = core.storage()) {
      const success = execute(this.storage, wanted);
      if (success && wanted.op === "program") records++;
      core.storageDone(success);
    }
    const decision = this.#area("decision").slice();
    return { status: status >>> 0, decision, gauge: this.#area("gauge").slice(), records };
  }
}

function memoryOf({ exports: { memory } }: Core): Uint8Array {
  return new Uint8Array("buffer" in memory ? memory.buffer : memory);
}

const newCore = async (module: WebAssembly.Module): Promise<Core> =>
  new Core((await instantiate(module)).exports);

/** `wasm`: the bytes of core.wasm. */
export function wasmDevice(wasm: BufferSource): DeviceMaker {
  return async ({ storage }) => {
    let module: WebAssembly.Module;
    try {
      module = await WebAssembly.compile(wasm);
    } catch (error) {
      throw new DeviceError(`wasm: not a core: ${(error as Error).message.split("\n")[0]}`);
    }
    return new WasmDevice(module, storage, await newCore(module));
  };
}
