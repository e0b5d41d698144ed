// One node's core: the blob and its profile in flash, and one buffer in RAM that holds all state
// and is passed by address.
//
// The interpreter may move the buffer while it tidies its memory. The core keeps addresses relative
// to it, so a buffer that moved is started anew, as after a reset that RAM survived.

import { Reason, Status } from "../core/abi.js";
import { type BlobFacts, type EspruinoE, type NativeFunction, type Places } from "./espruino.js";

declare const E: EspruinoE;
declare const AT: Places;
declare const BLOB: BlobFacts;
declare function peek32(address: number): number;
declare function getTime(): number;

const UNKNOWN_OFF = -1;
const HYPOTHESES_MAX = 9;

/** The core's clock: the low 32 bits of one that has more. */
export function now_ms(): number {
  return Math.round(getTime() * 1000) % 4294967296;
}

/** Properties with `_` are of this module; the build shortens their names. */
export class Instance {
  /** Linear memory. */
  readonly _view: DataView;
  private readonly _state: Uint8Array;
  private _mapped_at = 0;
  private readonly _core_at: number;
  readonly _profile_at: number;
  private readonly _native_step: NativeFunction;
  private readonly _native_done: NativeFunction;

  /** Addresses in flash. */
  constructor(core_at: number, profile_at: number) {
    // the head of native/blob.c
    if (peek32(core_at + 4) !== BLOB.bytes || (peek32(core_at + 8) | 0) !== BLOB.crc) {
      throw new Error("tfmb: no core of this build at " + core_at + ": write tfmb.bin again");
    }
    const hypotheses = peek32(profile_at + AT.profile.hypotheses);
    // nothing but a profile has a plausible number there, and the core will say what is wrong
    const banks = hypotheses >= 1 && hypotheses <= HYPOTHESES_MAX ? hypotheses : 1;
    const data_bytes = BLOB.bank_at + banks * BLOB.hypothesis_bytes;
    this._state = new Uint8Array(BLOB.data_at + data_bytes);
    this._view = new DataView(this._state.buffer, BLOB.data_at);
    this._core_at = core_at;
    this._profile_at = profile_at;
    this._native_step = this._native(BLOB.entry.step, "int(int)");
    this._native_done = this._native(BLOB.entry.storage_done, "int(int,int)");
  }

  /** An export of the blob, by its offset; one more is the mark of Thumb code. */
  _native(entry: number, signature: string): NativeFunction {
    return E.nativeCall(this._core_at + entry + 1, signature);
  }

  /** Starts from nothing, or from the journal: then storage waits. */
  _boot(): number {
    return this._start(Reason.cold, UNKNOWN_OFF);
  }

  _step(): number {
    return this._native_step(this._at());
  }

  _storage_done(result: number): number {
    return this._native_done(this._at(), result);
  }

  /** The address for a call; starts anew where the buffer moved. */
  _at(): number {
    if (E.getAddressOf(this._state, true) !== this._mapped_at) this._start(Reason.warm, 0);
    return this._mapped_at;
  }

  private _start(reason: number, off_s: number): number {
    const at = E.getAddressOf(this._state, true);
    if (at === 0 || (at & 3) !== 0) {
      throw new Error("tfmb: no " + this._state.length + " bytes of RAM in one aligned piece");
    }
    this._mapped_at = at;
    const map_profile = this._native(BLOB.entry.map_profile, "int(int,int,int)");
    const boot = this._native(BLOB.entry.boot, "int(int,int,int,int)");
    const length = peek32(this._profile_at + AT.profile.length);
    const status = map_profile(at, (this._profile_at - at - BLOB.data_at) | 0, length);
    if (status !== Status.ok) {
      throw new Error("tfmb: profile refused, status " + (status & 255) + ", " + (status >> 8));
    }
    return boot(at, reason, off_s, now_ms() | 0);
  }
}
