// An I2C FRAM of 32 KB in front of the rig's storage, as MB85RC256V: two address bytes, then data;
// a read of up to a record goes on from there; WP high keeps the contents. A failure of the storage
// is told as the bus can tell one: the part does not answer the next time. A power failure stops
// everything.

import { AREAS } from "../../core/abi.js";
import { type StoragePort } from "../../core/core.js";
import { PowerFailure } from "../devices/device.js";
import { type I2cPart } from "./i2c_bus.js";

const BYTES = 0x8000;
/** A journal record: what is read in one go. */
const BURST = AREAS.vital.size;

export class I2cFram implements I2cPart {
  readonly address = 0x50;
  #place = 0;
  /** What is still to be read from there. */
  #burst = new Uint8Array(0);
  #failed = false;

  /** `isProtected` tells the level of the WP pin. */
  constructor(
    readonly storage: StoragePort,
    readonly isProtected: () => boolean,
  ) {}

  connect(mode: "read" | "write"): boolean {
    if (mode === "read") return this.#fetch();
    const answers = !this.#failed;
    this.#failed = false;
    return answers;
  }

  write(bytes: Uint8Array): void {
    if (bytes.length < 2) return;
    this.#place = ((bytes[0]! << 8) | bytes[1]!) % BYTES;
    const data = bytes.slice(2);
    if (data.length === 0 || this.isProtected()) return;
    this.#failed = !succeeds(() => this.storage.program(this.#place, data));
  }

  read(length: number): Uint8Array {
    const bytes = this.#burst.subarray(0, length);
    this.#burst = this.#burst.subarray(length);
    return bytes;
  }

  #fetch(): boolean {
    this.#burst = new Uint8Array(BURST);
    return succeeds(() => this.storage.read(this.#place, this.#burst));
  }
}

function succeeds(access: () => void): boolean {
  try {
    access();
    return true;
  } catch (error) {
    if (error instanceof PowerFailure) throw error;
    return false;
  }
}
