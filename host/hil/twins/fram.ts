// Twin of an I2C FRAM with two address bytes, after Fujitsu's data sheet DS501-00017 (MB85RC256V):
// an address pointer that rolls over at the end of the memory, current-address and sequential
// reads, a WP pin that lets writes pass without effect, no waiting. Smaller parts ignore the upper
// address bits. The device ID (reserved address 0x7c) is not modelled: a twin answers one address.

import { acknowledges, type BusFaults, type I2cTwin } from "./register_twin.js";

/** Thrown inside a write by a power cut: what was written until then stays. */
export class FramCut extends Error {}

export class FramTwin implements I2cTwin {
  readonly faults: BusFaults = { nacks: 0, absent: false };
  readonly bytes: Uint8Array;
  /** WP pin. */
  protected = false;
  /** Data bytes taken until power is cut within a write; then FramCut is thrown. */
  cut_after = Infinity;
  writes = 0;
  #pointer = 0;

  constructor(
    size = 32768,
    readonly address = 0x50,
  ) {
    if (Math.log2(size) % 1 !== 0) throw new RangeError(`FRAM of ${size} bytes: no power of two`);
    this.bytes = new Uint8Array(size);
  }

  write(message: Uint8Array): boolean {
    if (!acknowledges(this.faults)) return false;
    if (message.length < 2) return true;
    this.#pointer = ((message[0]! << 8) | message[1]!) & (this.bytes.length - 1);
    if (message.length > 2) this.writes++;
    for (const value of message.subarray(2)) {
      if (this.cut_after <= 0) throw new FramCut("power was cut within a write");
      this.cut_after--;
      if (!this.protected) this.bytes[this.#pointer] = value;
      this.#advance();
    }
    return true;
  }

  read(length: number): Uint8Array {
    const answer = new Uint8Array(length).fill(0xff);
    if (!acknowledges(this.faults)) return answer;
    for (let i = 0; i < length; i++) {
      answer[i] = this.bytes[this.#pointer]!;
      this.#advance();
    }
    return answer;
  }

  #advance(): void {
    this.#pointer = (this.#pointer + 1) & (this.bytes.length - 1);
  }
}
