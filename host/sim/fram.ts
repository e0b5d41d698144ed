// The journal's storage in a simulated node: bytes that need no erase, and survive a switch-off.

import { type StoragePort } from "../core/core.js";

/** Counts what is written. */
export class Fram implements StoragePort {
  programs = 0;
  readonly #bytes = new Map<number, Uint8Array>();

  read(address: number, into: Uint8Array): void {
    into.set(this.#bytes.get(address)?.subarray(0, into.length) ?? new Uint8Array(into.length));
  }
  program(address: number, bytes: Uint8Array): void {
    this.programs++;
    this.#bytes.set(address, bytes.slice());
  }
  erase(): void {
    throw new Error("FRAM is not erased");
  }
}
