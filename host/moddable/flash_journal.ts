// The journal on a raw flash partition: ECMA-419 "Flash", in Moddable `embedded:storage/flash`.
// For FRAM take the driver of host/parts/fram.ts instead; key-value stores lose data in a cut.

import { type JournalPort } from "./core_port.js";

/** An opened partition, as far as it is used here. */
export interface FlashPartition {
  status(): { size: number; blocks: number; blockLength: number };
  read(byteLength: number, offset: number): ArrayBuffer;
  write(bytes: Uint8Array, offset: number): void;
  /** Erases blocks from `first` to before `end`. */
  eraseBlock(first: number, end: number): void;
}

export class FlashJournal implements JournalPort {
  #flash: FlashPartition;

  constructor(flash: FlashPartition) {
    this.#flash = flash;
  }

  read(address: number, into: Uint8Array): void {
    into.set(new Uint8Array(this.#flash.read(into.length, address)));
  }

  program(address: number, bytes: Uint8Array): void {
    this.#flash.write(bytes, address);
  }

  /** The profile's halves must be whole blocks: storage_at and storage_slots_log2 say so. */
  erase(address: number, length: number): void {
    const { blockLength } = this.#flash.status();
    if (address % blockLength !== 0 || length % blockLength !== 0) {
      throw new RangeError(
        `erase of ${length} bytes at ${address}: not whole blocks of ${blockLength} bytes; ` +
          "see storage_at and storage_slots_log2 of the profile",
      );
    }
    this.#flash.eraseBlock(address / blockLength, (address + length) / blockLength);
  }
}
