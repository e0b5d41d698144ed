// I2C FRAM with two address bytes (MB85RC64 to MB85RC512, FM24CL64, FM24V02 and their kin) as the
// journal's storage. No erase, no waiting; a write that does not stick (WP pin) is found by reading
// back. Parts with one address byte (MB85RC04, FM24CL04) have their page in the device address and
// are not served.

import { type I2cDevice } from "./bus.js";

export interface FramOptions {
  /** Size of the part; 32768 for 256 kbit. */
  bytes: number;
  /** Bytes of data in one bus transaction, which some ports limit; left out: 32. */
  chunk?: number;
}

/** 7-bit address with A2..A0 low. */
export const FRAM_ADDRESS = 0x50;

export class Fram {
  readonly bytes: number;
  private device: I2cDevice;
  private chunk: number;

  constructor(device: I2cDevice, options: FramOptions) {
    const chunk = options.chunk === undefined ? 32 : options.chunk;
    if (!(options.bytes >= 4096 && options.bytes <= 65536)) {
      throw new Error("fram: bytes = " + options.bytes + " must be 4096 to 65536");
    }
    if (!(chunk >= 1)) throw new Error("fram: chunk = " + chunk + " must be 1 or more");
    this.device = device;
    this.bytes = options.bytes;
    this.chunk = chunk;
  }

  read(address: number, into: Uint8Array): void {
    this.check("read", address, into.length);
    for (let at = 0; at < into.length; at += this.chunk) {
      const length = Math.min(this.chunk, into.length - at);
      this.device.write(this.head(address + at), false);
      const bytes = new Uint8Array(this.device.read(length));
      if (bytes.length !== length) throw new Error("fram: read: only " + bytes.length + " bytes");
      into.set(bytes, at);
    }
  }

  /** Writes, and reads back: throws where another byte stands. */
  program(address: number, bytes: Uint8Array): void {
    this.check("program", address, bytes.length);
    for (let at = 0; at < bytes.length; at += this.chunk) {
      const data = bytes.subarray(at, Math.min(at + this.chunk, bytes.length));
      const message = new Uint8Array(2 + data.length);
      message.set(this.head(address + at), 0);
      message.set(data, 2);
      this.device.write(message);
    }
    const found = new Uint8Array(bytes.length);
    this.read(address, found);
    for (let i = 0; i < bytes.length; i++) {
      if (found[i] !== bytes[i]) {
        throw new Error("fram: byte " + (address + i) + " did not take the write; WP pin high?");
      }
    }
  }

  erase(): void {
    throw new Error("fram: needs no erase; the profile's storage_kind must be 1 (FRAM)");
  }

  private check(what: string, address: number, length: number): void {
    if (!(address >= 0 && address + length <= this.bytes)) {
      const place = length + " bytes at " + address;
      throw new Error("fram: " + what + " of " + place + " leaves its " + this.bytes + " bytes");
    }
  }

  private head(address: number): Uint8Array {
    return new Uint8Array([address >> 8, address & 255]);
  }
}
