// The RP2040 of npm rp2040js with an image in its flash, at the image's reset vector. No boot ROM
// runs: that of the real chip is not part of the package.

import { ConsoleLogger, LogLevel, RP2040 } from "rp2040js";

const FLASH_AT = 0x10000000;
const RAM_AT = 0x20000000;

export class Rp2040Chip extends RP2040 {
  /** `image` begins with its vector table. */
  constructor(image: Uint8Array) {
    super();
    this.logger = new ConsoleLogger(LogLevel.Error, true);
    this.flash.set(image);
    quicken(this);
    this.core.VTOR = FLASH_AT;
    this.core.reset();
  }

  /** As the emulator's, without the 16 MB of ones that its constructor fills flash with. */
  override reset(): void {
    this.core.reset();
    this.pwm.reset();
  }
}

/**
 * Accesses of the core to flash and RAM, past the emulator's look-up of all that an address may be:
 * half as fast again. All other addresses go the usual way.
 */
function quicken(chip: RP2040): void {
  const { core } = chip;
  const flash = { halves: chip.flash16, words: new Uint32Array(chip.flash.buffer) };
  const ram = {
    halves: new Uint16Array(chip.sram.buffer),
    words: new Uint32Array(chip.sram.buffer),
  };
  const inRam = (address: number) => address >>> 18 === RAM_AT >>> 18;
  const inFlash = (address: number) => address >>> 24 === FLASH_AT >>> 24;
  core.readUint16 = (address) =>
    inFlash(address)
      ? flash.halves[(address & 0xffffff) >>> 1]!
      : inRam(address)
        ? ram.halves[(address & 0x3ffff) >>> 1]!
        : chip.readUint16(address);
  core.readUint32 = (address) =>
    inRam(address)
      ? ram.words[(address & 0x3ffff) >>> 2]!
      : inFlash(address)
        ? flash.words[(address & 0xffffff) >>> 2]!
        : chip.readUint32(address);
  core.writeUint32 = (address, value) => {
    if (inRam(address)) ram.words[(address & 0x3ffff) >>> 2] = value;
    else chip.writeUint32(address, value);
  };
}
