// An I2C part made of byte registers, as a target on the bus: a pointer that the first byte of a
// write sets and every further byte moves on, bits that cannot be written, faults of the bus.
// Twins know nothing of the drivers in host/parts: what both say of a part comes from its sources.

/** A part on an I2C bus. */
export interface I2cTwin {
  /** 7-bit address. */
  readonly address: number;
  /** A write transaction; false: not acknowledged, nothing was taken. */
  write(bytes: Uint8Array): boolean;
  /** A read transaction; an address that nobody answers reads as 0xff. */
  read(length: number): Uint8Array;
}

/** Faults of the bus and of the part. */
export interface BusFaults {
  /** So many of the next transactions are not acknowledged. */
  nacks: number;
  /** The part is not there: no supply, broken line. */
  absent: boolean;
}

/** Whether a part with these faults acknowledges its address now. */
export function acknowledges(faults: BusFaults): boolean {
  if (faults.absent) return false;
  if (faults.nacks === 0) return true;
  faults.nacks--;
  return false;
}

export interface RegisterSpec {
  at: number;
  /** Value after power-on. */
  reset?: number;
  /** Bits that a write changes; left out: none, read only. */
  writable?: number;
}

export class RegisterTwin implements I2cTwin {
  readonly faults: BusFaults = { nacks: 0, absent: false };
  /** Transactions that were acknowledged. */
  transactions = 0;
  protected readonly bytes: Uint8Array;
  readonly #writable: Uint8Array;
  readonly #specs: readonly RegisterSpec[];
  #pointer = 0;

  constructor(
    readonly address: number,
    specs: readonly RegisterSpec[],
  ) {
    const count = Math.max(...specs.map(({ at }) => at)) + 1;
    this.#specs = specs;
    this.bytes = new Uint8Array(count);
    this.#writable = new Uint8Array(count);
    for (const { at, reset = 0, writable = 0 } of specs) {
      this.bytes[at] = reset;
      this.#writable[at] = writable;
    }
  }

  /** Registers as after power-on. */
  powerOn(): void {
    for (const { at, reset = 0 } of this.#specs) this.bytes[at] = reset;
    this.#pointer = 0;
  }

  write(message: Uint8Array): boolean {
    if (!this.#answers()) return false;
    if (message.length === 0) return true;
    this.#pointer = message[0]!;
    for (const value of message.subarray(1)) this.#put(value);
    return true;
  }

  read(length: number): Uint8Array {
    const answer = new Uint8Array(length).fill(0xff);
    if (!this.#answers()) return answer;
    this.refresh();
    for (let i = 0; i < length; i++) {
      if (this.#pointer < this.bytes.length) answer[i] = this.bytes[this.#pointer]!;
      this.#pointer = (this.#pointer + 1) & 255;
    }
    return answer;
  }

  /** Brings registers that follow the plant up to date. */
  protected refresh(): void {
    // a part whose registers follow nothing
  }

  /** A register was written. */
  protected written(_at: number): void {
    // nothing follows from it
  }

  #answers(): boolean {
    const answers = acknowledges(this.faults);
    if (answers) this.transactions++;
    return answers;
  }

  #put(value: number): void {
    const at = this.#pointer;
    this.#pointer = (at + 1) & 255;
    const mask = this.#writable[at] ?? 0;
    if (mask === 0) return;
    this.bytes[at] = (this.bytes[at]! & ~mask) | (value & mask);
    this.written(at);
  }
}
