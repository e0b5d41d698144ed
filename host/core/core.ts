// A core instance with names instead of addresses: for Node and browsers, over WebAssembly or over
// the JavaScript build of the core (whose memory is an ArrayBuffer). No dependencies.
//
//   const core = await Core.instantiate(wasm);
//   core.loadProfile(compileProfile(values));
//   core.boot(Reason.cold, undefined, 0);
//   core.step({ time_ms: 1000, voltage_mV: 3912 });
//   core.gauge().soc
//
// A node's loop that must not allocate uses `core.sample.set("voltage_mV", x)`, `core.step()` and
// `core.areas.gauge.get("soc")`.

import { ABI_VERSION, LAYOUT_HASH, SIGNATURES, type CoreExports } from "./abi.js";
import { Area, type Snapshot } from "./fields.js";
import { writeSample, type Measured } from "./sample.js";
import { statusText } from "./status.js";

/** boot(): no clock survived. */
const UNKNOWN_OFF = 0xffffffff;

const OPERATIONS = ["none", "read", "program", "erase"] as const;

/** What the core wants done with the journal's storage. */
export interface StorageOperation {
  op: "read" | "program" | "erase";
  address: number;
  length: number;
  /** What is read or programmed: a window on the core's memory, valid until the next call. */
  bytes: Uint8Array;
}

/** Raw storage; an erase is of `length` bytes. A method that throws says that it failed. */
export interface StoragePort {
  read(address: number, into: Uint8Array): void;
  program(address: number, bytes: Uint8Array): void;
  erase(address: number, length: number): void;
}

/** The exports of any build of the core. */
export type CoreInstance = Omit<CoreExports, "memory"> & {
  memory: WebAssembly.Memory | ArrayBuffer;
};

function checked(exports: object): CoreInstance {
  const found = exports as Record<string, unknown>;
  const lacks = SIGNATURES.find(({ name }) => typeof found[name] !== "function")?.name;
  const name = lacks ?? (found.memory === undefined ? "memory" : undefined);
  if (name !== undefined) throw new TypeError(`not a tfmb core: it does not export ${name}`);
  const core = found as unknown as CoreInstance;
  const hash = core.layout_hash() >>> 0;
  if (hash !== LAYOUT_HASH || core.abi_version() >>> 16 !== ABI_VERSION >>> 16) {
    const hex = (value: number) => `0x${value.toString(16).padStart(8, "0")}`;
    const these = `the core has layout ${hex(hash)}, these files were made for ${hex(LAYOUT_HASH)}`;
    throw new TypeError(`${these}: build both from the same assembly/abi.txt`);
  }
  return core;
}

export class Core {
  readonly exports: CoreInstance;
  /** Every area; `profile` is the place where loadProfile puts the bytes. */
  readonly areas: {
    readonly [A in "vital" | "warm" | "decision" | "gauge" | "storage" | "sample"]: Area<A>;
  } & {
    readonly profile: Area<"profile">;
  };
  /** What goes in: set its fields, then step(). */
  readonly sample: Area<"sample">;
  readonly #memory: ArrayBuffer;
  readonly #profile_at: number;
  readonly #op: { get(): number };
  #profile: DataView;

  /** Compiles and starts a core from the bytes of build/core.wasm, or from a compiled module. */
  static async instantiate(wasm: BufferSource | WebAssembly.Module): Promise<Core> {
    const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
    return new Core((await WebAssembly.instantiate(module, {})).exports);
  }

  /** `exports` of a WebAssembly instance, or what tfmb_core() of build/core.js returned. */
  constructor(exports: object) {
    this.exports = checked(exports);
    const { memory } = this.exports;
    this.#memory = "buffer" in memory ? memory.buffer : memory;
    this.#profile_at = this.exports.profile_at();
    const view = new DataView(this.#memory);
    this.#profile = new DataView(this.#memory, this.#profile_at, 0);
    this.areas = {
      vital: new Area(view, "vital"),
      warm: new Area(view, "warm"),
      decision: new Area(view, "decision"),
      gauge: new Area(view, "gauge"),
      storage: new Area(view, "storage"),
      sample: new Area(view, "sample"),
      profile: new Area(view, "profile", this.#profile_at),
    };
    this.sample = this.areas.sample;
    this.#op = this.areas.storage.field("op");
  }

  /** Puts compiled profile bytes into the core. Returns a status: 0 when they were accepted. */
  loadProfile(bytes: Uint8Array): number {
    const room = this.#memory.byteLength - this.#profile_at;
    if (bytes.length > room) {
      throw new RangeError(`profile of ${bytes.length} bytes: the core has room for ${room}`);
    }
    new Uint8Array(this.#memory).set(bytes, this.#profile_at);
    this.#profile = new DataView(this.#memory, this.#profile_at, bytes.length);
    return this.exports.load_profile(bytes.length);
  }

  /** Starts; `reason` is one of `Reason`, `off_s` the time without power, undefined: unknown. */
  boot(reason: number, off_s: number | undefined, time_ms: number): number {
    return this.exports.boot(reason, (off_s ?? UNKNOWN_OFF) | 0, time_ms | 0);
  }

  /** One walk, with these measurements or with what was set in `sample` before. */
  step(measured?: Measured): number {
    if (measured !== undefined) writeSample(this.sample, measured);
    return this.exports.step();
  }

  /** A copy of what the host is to do until the next sample. */
  decision(): Snapshot<"decision"> {
    return this.areas.decision.read();
  }

  /** A copy of what is known about the cell. */
  gauge(): Snapshot<"gauge"> {
    return this.areas.gauge.read();
  }

  /** The operation that waits, whatever the last status said; undefined: none. */
  storage(): StorageOperation | undefined {
    const op = OPERATIONS[this.#op.get()] ?? "none";
    if (op === "none") return undefined;
    const { address, length, memory_at } = this.areas.storage.read();
    // an erase has no bytes: its half may be longer than the core's memory
    const bytes = new Uint8Array(this.#memory, memory_at, op === "erase" ? 0 : length);
    return { op, address, length, bytes };
  }

  /** The waiting operation was executed. */
  storageDone(success = true): number {
    return this.exports.storage_done(success ? 0 : 1);
  }

  /** Executes operations until none waits. Returns the last status; undefined: nothing waited. */
  serveStorage(port: StoragePort): number | undefined {
    let status: number | undefined;
    for (let wanted = this.storage(); wanted !== undefined; wanted = this.storage()) {
      status = this.storageDone(execute(port, wanted));
    }
    return status;
  }

  /** Highest current for that long, a magnitude. */
  allowedCurrent_nA(direction: "charge" | "discharge", duration_ms: number): number {
    return this.exports.allowed_current_nA(direction === "charge" ? 1 : -1, duration_ms);
  }

  /** Time to empty in a `Mode` at the learned harvest; undefined: not known yet, or never. */
  timeToEmpty_s(mode: number): number | undefined {
    return known(this.exports.time_to_empty_s(mode));
  }

  /** Time to full at the learned harvest; undefined: not known yet, or never. */
  timeToFull_s(): number | undefined {
    return known(this.exports.time_to_full_s());
  }

  /** Clears latched bits of `Faults` that are no longer active. */
  acknowledge(faults: number): number {
    return this.exports.acknowledge(faults | 0);
  }

  /** One line for a status of this core; a refused profile is named with field and value. */
  statusText(status: number): string {
    return statusText(status, this.#profile);
  }
}

function execute(port: StoragePort, { op, address, length, bytes }: StorageOperation): boolean {
  try {
    if (op === "read") port.read(address, bytes);
    else if (op === "program") port.program(address, bytes);
    else port.erase(address, length);
    return true;
  } catch {
    return false;
  }
}

const known = (seconds: number): number | undefined => (seconds < 0 ? undefined : seconds);
