// A Pico in rp2040js, started as its boot ROM does: the second stage of the flash is compared with
// its checksum, copied to RAM and run. An FRAM answers on SPI0. Sleep is fast-forwarded.

import { Simulator } from "rp2040js";
import { type Segment } from "../../../tools/firmware/uf2.js";

const FLASH = 0x10000000;
const BOOT_RAM = 0x20041f00;
const BOOT_BYTES = 252;
const BOOT_STACK = 0x20042000;
const CLOCK_HZ = 12e6;
const FRAM_SELECT = 17;

/** The ROM's own reckoning: CRC-32/MPEG-2. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

export class EmulatedPico {
  readonly #simulator = new Simulator();
  readonly clock = this.#simulator.clock;
  readonly chip = this.#simulator.rp2040;
  readonly fram = new Uint8Array(512).fill(0xff);
  #command: number[] = [];
  #writable = false;

  constructor(segments: readonly Segment[]) {
    for (const { address, bytes } of segments) this.chip.flash.set(bytes, address - FLASH);
    const spi = this.chip.spi[0]!;
    spi.onTransmit = (byte) => spi.completeTransmit(this.#exchange(byte));
    this.chip.gpio[FRAM_SELECT]!.addListener(() => (this.#command = []));
    const { core, sram, flash } = this.chip;
    const boot = flash.subarray(0, BOOT_BYTES);
    const expected = new DataView(flash.buffer, flash.byteOffset).getUint32(BOOT_BYTES, true);
    if (checksum(boot) !== expected) throw new Error("the boot ROM refuses this second stage");
    sram.set(boot, BOOT_RAM - 0x20000000);
    core.SP = BOOT_STACK;
    core.PC = BOOT_RAM;
  }

  /** FRAM with the usual opcodes; two bytes of address. */
  #exchange(byte: number): number {
    const [opcode, high = 0, low = 0] = this.#command;
    const place = ((high << 8) | low) + this.#command.length - 3;
    this.#command.push(byte);
    if (opcode === undefined) this.#writable ||= byte === 6;
    if (this.#command.length <= 3 || opcode === undefined) return 0;
    if (opcode === 2 && this.#writable) this.fram[place % this.fram.length] = byte;
    return opcode === 3 ? this.fram[place % this.fram.length]! : 0;
  }

  /** Until the processor sleeps; how many instructions that took. */
  work(most = 3_000_000): number {
    const { core } = this.chip;
    for (let count = 0; count < most; count++) {
      if (core.waiting) return count;
      this.clock.tick((core.executeInstruction() * 1e9) / CLOCK_HZ);
    }
    throw new Error(`the chip does not sleep; it is at 0x${core.PC.toString(16)}`);
  }

  /** To the next alarm of the timer. */
  sleep(): void {
    for (let tries = 0; this.chip.core.waiting && tries < 100; tries++) {
      const { nanosToNextAlarm } = this.clock;
      this.clock.tick(nanosToNextAlarm);
      if (nanosToNextAlarm === 0) throw new Error("the chip sleeps without an alarm");
      this.chip.core.executeInstruction();
    }
  }

  bytes(address: number, length: number): Uint8Array {
    const at = address - 0x20000000;
    return this.chip.sram.slice(at, at + length);
  }
}
