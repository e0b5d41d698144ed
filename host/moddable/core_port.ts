// The core's memory as a small engine reaches it: one DataView, places from the layout table, no
// object a field. (host/core does the same in comfort, and takes more RAM than an nRF52 can spare.)

import { AREAS, LAYOUT_HASH, Status } from "../core/abi.js";
import { type Measured, type SampleArea, writeSample } from "../core/sample.js";

/** What tfmb_core() returns: the JavaScript core, or the native one (native_core.ts). */
export interface CoreInstance {
  memory: ArrayBuffer;
  /** Where linear memory begins in `memory`; left out: 0. */
  memory_at?: number;
  layout_hash(): number;
  profile_at(): number;
  load_profile(length: number): number;
  boot(reason: number, off_s: number, time_ms: number): number;
  step(): number;
  storage_done(result: number): number;
}

/** Where journal records live: raw flash or FRAM, not a key-value store. A method that throws says
 * that it failed. */
export interface JournalPort {
  read(address: number, into: Uint8Array): void;
  program(address: number, bytes: Uint8Array): void;
  erase(address: number, length: number): void;
}

type Areas = typeof AREAS;
type Fixed = Exclude<keyof Areas, "profile">;
type Name<A extends Fixed> = keyof Areas[A]["fields"] & string;

const UNKNOWN_OFF = 0xffffffff;
const [READ, PROGRAM] = [1, 2];
/** Of an element, where it is not a word. */
const BYTES: Record<string, number> = { u8: 1, u16: 2, i64: 8 };
const OPERATIONS = ["none", "read", "program", "erase"];

export class CorePort {
  #core: CoreInstance;
  #view: DataView;
  #bytes: Uint8Array;
  #sample: SampleArea = {
    set: (name, value, index) => this.set("sample", name, value, index),
  };

  constructor(core: CoreInstance) {
    const hash = core.layout_hash() >>> 0;
    if (hash !== LAYOUT_HASH) {
      throw new TypeError(
        `core: layout ${hash} is not ${LAYOUT_HASH}, that of these modules: build both together`,
      );
    }
    const at = core.memory_at ?? 0;
    this.#core = core;
    this.#view = new DataView(core.memory, at);
    this.#bytes = new Uint8Array(core.memory, at);
  }

  get<A extends Fixed>(area: A, name: Name<A>, index = 0): number {
    const { at, type } = this.#place(area, name, index);
    if (type === "f32") return this.#view.getFloat32(at, true);
    if (type === "u16") return this.#view.getUint16(at, true);
    if (type === "u8") return this.#view.getUint8(at);
    return this.#view.getUint32(at, true);
  }

  /** A bigint for a field of 64 bits, a number for every other. */
  set<A extends Fixed>(area: A, name: Name<A>, value: number | bigint, index = 0): void {
    const { at, type } = this.#place(area, name, index);
    if (typeof value === "bigint") this.#view.setBigInt64(at, value, true);
    else if (type === "f32") this.#view.setFloat32(at, value, true);
    else if (type === "u16") this.#view.setUint16(at, value, true);
    else if (type === "u8") this.#view.setUint8(at, value);
    else this.#view.setUint32(at, value, true);
  }

  #place(area: Fixed, name: string, index: number): { at: number; type: string } {
    const { at, fields } = AREAS[area];
    const field = (fields as Record<string, { type: string; offset: number }>)[name]!;
    const size = BYTES[field.type] ?? 4;
    return { at: at + field.offset + size * index, type: field.type };
  }

  loadProfile(profile: ArrayBuffer): void {
    const at = this.#core.profile_at();
    const room = this.#bytes.length - at;
    if (profile.byteLength > room) {
      throw new RangeError(`profile: ${profile.byteLength} bytes, the core has room for ${room}`);
    }
    this.#bytes.set(new Uint8Array(profile), at);
    const status = this.#core.load_profile(profile.byteLength);
    if (status !== Status.ok) {
      throw new Error(
        `profile: refused with status ${status & 255}, word ${status >>> 8}; see docs/FORMAT.md`,
      );
    }
  }

  /** `off_s` undefined: unknown. Reads the journal where retained RAM is not good. */
  boot(reason: number, off_s: number | undefined, time_ms: number, journal: JournalServer): void {
    const off = off_s ?? UNKNOWN_OFF;
    const status = this.#core.boot(reason, off | 0, time_ms | 0);
    if ((status & 255) >= Status.no_profile) throw new Error(`boot: status ${status & 255}`);
    this.serve(journal);
  }

  /** One walk of the sample; decision and gauge are new afterwards. */
  step(measured: Measured, journal: JournalServer): number {
    writeSample(this.#sample, measured);
    const status = this.#core.step();
    this.serve(journal);
    return status;
  }

  /** Executes waiting storage operations; without a journal each of them fails honestly. */
  serve({ journal, onError }: JournalServer): void {
    for (let op = this.get("storage", "op"); op !== 0; op = this.get("storage", "op")) {
      const address = this.get("storage", "address");
      const length = this.get("storage", "length");
      const at = this.get("storage", "memory_at");
      let failed = journal === undefined;
      try {
        if (op === READ) journal?.read(address, this.#bytes.subarray(at, at + length));
        else if (op === PROGRAM) journal?.program(address, this.#bytes.slice(at, at + length));
        else journal?.erase(address, length);
      } catch (error) {
        failed = true;
        onError?.(`journal: ${OPERATIONS[op]} at ${address}: ${String(error)}`);
      }
      this.#core.storage_done(failed ? 1 : 0);
    }
  }

  /** A word of the vital area, as a signed 32-bit integer: what retained RAM keeps. */
  vitalWord(index: number): number {
    return this.#view.getInt32(AREAS.vital.at + 4 * index, true);
  }

  setVitalWord(index: number, word: number): void {
    this.#view.setInt32(AREAS.vital.at + 4 * index, word, true);
  }
}

/** What executes storage operations, and hears of those that failed. */
export interface JournalServer {
  journal?: JournalPort | undefined;
  onError?: ((message: string) => void) | undefined;
}
