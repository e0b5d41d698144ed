// The twin of the journal's storage, FRAM or flash: bytes that survive every cut, programmed and
// erased as the part does it, with the faults of such parts.

import { type StoragePort } from "../../core/core.js";
import { type Random } from "../../sim/random.js";
import { PowerFailure } from "../devices/device.js";
import { type StorageFault } from "../faults/faults.js";

export type StorageKind = "fram" | "flash";

/** What an erase leaves; FRAM comes with zeros and is never erased. */
const BLANK = { fram: 0, flash: 0xff };

export class StorageTwin implements StoragePort {
  readonly #bytes = new Map<number, number>();
  #fault: StorageFault = {};
  #newest = { address: 0, length: 0 };

  constructor(
    readonly kind: StorageKind,
    readonly random: Random,
  ) {}

  begin(fault: StorageFault): void {
    this.#fault = { ...fault };
    for (let i = 0; i < (fault.flipped_bits ?? 0); i++) this.#flip();
  }

  end(): void {
    this.#fault = {};
  }

  read(address: number, into: Uint8Array): void {
    this.#begin();
    for (let i = 0; i < into.length; i++) into[i] = this.#byte(address + i);
  }

  program(address: number, bytes: Uint8Array): void {
    this.#begin();
    const whole = this.#fault.torn_after_bytes ?? bytes.length;
    const count = Math.min(whole, bytes.length);
    for (let i = 0; i < count; i++) {
      const at = address + i;
      // flash only clears bits
      const kept = this.kind === "flash" ? this.#byte(at) : 0xff;
      this.#bytes.set(at, bytes[i]! & kept);
    }
    if (this.#fault.torn_after_bytes !== undefined) {
      delete this.#fault.torn_after_bytes;
      throw new PowerFailure(`power failed after ${count} of ${bytes.length} bytes of a record`);
    }
    this.#newest = { address, length: bytes.length };
  }

  erase(address: number, length: number): void {
    if (this.kind === "fram") throw new Error("FRAM is not erased");
    this.#begin();
    for (let i = 0; i < length; i++) this.#bytes.set(address + i, BLANK.flash);
  }

  #byte(address: number): number {
    return this.#bytes.get(address) ?? BLANK[this.kind];
  }

  /** Counts an operation, which may be the one that fails. */
  #begin(): void {
    const fault = this.#fault;
    if (fault.power_fails_after !== undefined && fault.power_fails_after-- === 0) {
      delete fault.power_fails_after;
      throw new PowerFailure("power failed before a storage operation");
    }
    if (fault.failing !== undefined && fault.failing > 0) {
      fault.failing--;
      throw new Error("the storage does not answer");
    }
  }

  #flip(): void {
    const { address, length } = this.#newest;
    const at = address + Math.floor(this.random.uniform() * length);
    this.#bytes.set(at, this.#byte(at) ^ (1 << Math.floor(this.random.uniform() * 8)));
  }
}
