// One instance of the release core that is powered on again and again: its memory is put back to
// what it was after the profile was loaded, as if it were new. (That this is the same as a new
// instance is a test of its own.)

import { AREAS, Reason } from "../../../host/core/abi.js";
import { NodeUnderTest } from "../node_under_test.js";
import { type Medium } from "./medium.js";

/** storage.op. */
export const [READ, PROGRAM, ERASE] = [1, 2, 3];
const { vital, storage, warm } = AREAS;
const word = (at: number) => at >> 2;

export class Machine {
  readonly node = new NodeUnderTest("core.wasm");
  readonly memory: Uint8Array;
  readonly #words: Int32Array;
  readonly #wide: BigInt64Array;
  readonly #reals: Float32Array;
  readonly #new: Uint8Array;

  constructor(profile: Uint8Array) {
    this.node.load(profile);
    const { buffer } = this.node.core.memory;
    this.memory = new Uint8Array(buffer);
    this.#words = new Int32Array(buffer);
    this.#wide = new BigInt64Array(buffer);
    this.#reals = new Float32Array(buffer);
    this.#new = this.memory.slice(0, this.node.core.profile_at());
  }

  /** Power was lost: all RAM as in a new instance. */
  lose(): void {
    this.memory.set(this.#new);
  }

  /** All that the core keeps, to put back later. */
  save(): Uint8Array {
    return this.memory.slice(0, this.#new.length);
  }

  restore(saved: Uint8Array): void {
    this.memory.set(saved);
  }

  get op(): number {
    return this.#words[word(storage.at + storage.fields.op.offset)]!;
  }
  get address(): number {
    return this.#words[word(storage.at + storage.fields.address.offset)]! >>> 0;
  }
  get length(): number {
    return this.#words[word(storage.at + storage.fields.length.offset)]!;
  }
  get sequence(): number {
    return this.#words[word(vital.at + vital.fields.sequence.offset)]! >>> 0;
  }
  get charge_pC(): number {
    return Number(this.#wide[(vital.at + vital.fields.charge_pC.offset) >> 3]!);
  }
  get socSigma(): number {
    return this.#reals[word(vital.at + vital.fields.soc_sigma.offset)]!;
  }
  get bootState(): number {
    return this.memory[warm.at + warm.fields.boot_state.offset]!;
  }
  /** The vital area: what a program operation writes. */
  get vital(): Uint8Array {
    return this.memory.subarray(vital.at, vital.at + vital.size);
  }

  /** A start that reads `medium`; it ends before read number `reads`. Returns the last status. */
  boot(medium: Medium, reason: number = Reason.cold, off_s = 0, reads = Infinity): number {
    return this.serveReads(medium, this.node.core.boot(reason, off_s, 0), reads);
  }

  serveReads(medium: Medium, before: number, reads = Infinity): number {
    let status = before;
    for (let done = 0; this.op === READ && done < reads; done++) {
      const at = this.#words[word(storage.at + storage.fields.memory_at.offset)]!;
      medium.read(this.address, this.memory.subarray(at, at + this.length));
      status = this.node.core.storage_done(0);
    }
    return status;
  }
}
