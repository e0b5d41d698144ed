// An I2C bus of the emulated RP2040 with parts on it. A part sees what it would see on the wire:
// the bytes of a write once it ends, each byte of a read when it is asked for; a write that a power
// cut ends early has reached the part as far as it came.

import { I2CMode, type RPI2C } from "rp2040js";

/** A part at one address. */
export interface I2cPart {
  readonly address: number;
  write(bytes: Uint8Array): void;
  read(length: number): Uint8Array;
  /** Its address was called; false: it does not acknowledge. Absent: it always does. */
  connect?(mode: "read" | "write"): boolean;
}

export class I2cBus {
  readonly #parts = new Map<number, I2cPart>();
  #part: I2cPart | undefined;
  #written: number[] = [];

  constructor(i2c: RPI2C, parts: readonly I2cPart[]) {
    for (const part of parts) this.#parts.set(part.address, part);
    i2c.onStart = () => {
      this.#deliver();
      i2c.completeStart();
    };
    i2c.onConnect = (address, mode) => i2c.completeConnect(this.#connect(address, mode));
    i2c.onWriteByte = (value) => {
      this.#written.push(value);
      i2c.completeWrite(true);
    };
    i2c.onReadByte = () => i2c.completeRead(this.#part?.read(1)[0] ?? 0xff);
    i2c.onStop = () => {
      this.#deliver();
      i2c.completeStop();
    };
  }

  /** Power is cut: a write that is under way ends here. */
  cut(): void {
    this.#deliver();
    this.#part = undefined;
  }

  #connect(address: number, mode: I2CMode): boolean {
    const part = this.#parts.get(address);
    const answers = part?.connect?.(mode === I2CMode.Read ? "read" : "write") ?? true;
    this.#part = answers ? part : undefined;
    return this.#part !== undefined;
  }

  #deliver(): void {
    const written = this.#written;
    this.#written = [];
    if (written.length > 0) this.#part?.write(Uint8Array.from(written));
  }
}
