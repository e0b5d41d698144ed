// Where journal records lie: raw pages of the chip's flash, or FRAM on I2C or SPI. Not Storage: its
// write erases the old file before the new one is there.
//
// Each port executes read, program and erase at an offset from its beginning and says whether it
// worked; what was programmed is read back.

import {
  type EspruinoE,
  type EspruinoFlash,
  type EspruinoI2C,
  type EspruinoSPI,
  type EspruinoStorage,
  type Journal,
  type Pin,
  type Places,
} from "./espruino.js";

declare const E: EspruinoE;
declare const AT: Places;
declare function require(name: "Flash"): EspruinoFlash;
declare function require(name: "Storage"): EspruinoStorage;

/** `storage.op`; the third programs. */
const READ = 1;
const ERASE = 3;
const PAGE_BYTES = 4096;
/** Commands of an SPI FRAM. */
const SPI_WRITE_ENABLE = 6;
const SPI_WRITE = 2;
const SPI_READ = 3;

/** Flash pages from `begin` on, the start of a page; a half of the journal is whole pages. */
export function flash(begin: number): Journal {
  const chip = require("Flash");
  return {
    read: function (at, into) {
      into.set(chip.read(into.length, begin + at));
    },
    program: function (at, bytes) {
      chip.write(bytes, begin + at);
    },
    erase: function (at, length) {
      for (let done = 0; done < length;) {
        chip.erasePage(begin + at + done);
        const page = chip.getPage(begin + at + done);
        done += page ? page.length : length;
      }
    },
  };
}

/** Where `bytes` of whole pages begin, within a file of Storage that keeps them from other use. */
export function pages(bytes: number): number {
  const storage = require("Storage");
  const name = "tfmb.jnl";
  if (storage.read(name) === undefined) storage.write(name, "\xff", 0, bytes + PAGE_BYTES);
  const at = E.getAddressOf(storage.read(name), true);
  if (at === 0)
    throw new Error("tfmb: no room in a Storage of the chip's own flash: give flash(address)");
  return at + (-at & (PAGE_BYTES - 1));
}

function refuseErase(): void {
  throw new Error("tfmb: FRAM has no erase: the profile's storage kind must be fram");
}

/** FRAM with two address bytes, like FM24V and MB85RC parts, at an I2C address. */
export function fram(bus: EspruinoI2C, device: number): Journal {
  return {
    read: function (at, into) {
      bus.writeTo(device, [at >> 8, at & 255]);
      into.set(bus.readFrom(device, into.length));
    },
    program: function (at, bytes) {
      bus.writeTo(device, [at >> 8, at & 255], bytes);
    },
    erase: refuseErase,
  };
}

/** FRAM with two address bytes, like FM25 and MB85RS parts, on SPI (at most 20 MHz, mode 0). */
export function framSPI(bus: EspruinoSPI, select: Pin): Journal {
  function command(code: number, at: number, length: number): Uint8Array {
    const sent = new Uint8Array(3 + length);
    sent.set([code, at >> 8, at & 255]);
    return sent;
  }
  return {
    read: function (at, into) {
      const answer = bus.send(command(SPI_READ, at, into.length), select);
      for (let i = 0; i < into.length; i++) into[i] = answer[3 + i] as number;
    },
    program: function (at, bytes) {
      const sent = command(SPI_WRITE, at, bytes.length);
      sent.set(bytes, 3);
      bus.send(new Uint8Array([SPI_WRITE_ENABLE]), select);
      bus.send(sent, select);
    },
    erase: refuseErase,
  };
}

/** Executes what the `storage` area asks for; true: it worked, and what was written is there. */
export function execute(journal: Journal, view: DataView): boolean {
  const op = view.getUint32(AT.storage.op, true);
  const at = view.getUint32(AT.storage.address, true);
  const length = view.getUint32(AT.storage.length, true);
  try {
    if (op === ERASE) {
      journal.erase(at, length);
      return true;
    }
    const memory_at = view.byteOffset + view.getUint32(AT.storage.memory_at, true);
    const bytes = new Uint8Array(view.buffer, memory_at, length);
    if (op === READ) {
      journal.read(at, bytes);
      return true;
    }
    journal.program(at, bytes);
    const seen = new Uint8Array(length);
    journal.read(at, seen);
    for (let i = 0; i < length; i++) if (seen[i] !== bytes[i]) return false;
    return true;
  } catch {
    return false;
  }
}
