// What a journal is kept on: FRAM, written byte by byte, or flash that programming can only clear
// bits of until a half is erased. It is read by an oracle that shares no code with the core, and it
// refuses what a good journal never asks for.

import { crc32 } from "node:zlib";
import { AREAS, LAYOUT_HASH } from "../../../host/core/abi.js";

export const SLOT_BYTES = 128;
const { size: RECORD_BYTES, fields } = AREAS.vital;
/** 'VMFT' in memory order. */
const MAGIC = 0x54464d56;

export type MediumKind = "fram" | "flash";

/** A record that lies whole on the medium. */
export interface Found {
  sequence: number;
  slot: number;
}

export class Medium {
  readonly bytes: Uint8Array;
  readonly #words: Uint32Array;
  readonly #view: DataView;

  constructor(
    readonly kind: MediumKind,
    readonly at: number,
    readonly slots: number,
    readonly profileCrc: number,
  ) {
    const buffer = new ArrayBuffer(2 * slots * SLOT_BYTES);
    this.bytes = new Uint8Array(buffer).fill(kind === "flash" ? 0xff : 0x5a);
    this.#words = new Uint32Array(buffer);
    this.#view = new DataView(buffer);
  }

  get words(): Uint32Array {
    return this.#words;
  }

  copyFrom(other: Medium): void {
    this.#words.set(other.#words);
  }

  read(address: number, into: Uint8Array): void {
    const from = address - this.at;
    into.set(this.bytes.subarray(from, from + into.length));
  }

  /** Programs the first `count` bytes, and of the next one the bits that `half` leaves done. */
  program(address: number, data: Uint8Array, count: number, half?: number): void {
    const from = address - this.at;
    const flash = this.kind === "flash";
    for (let i = 0; i < count; i++) {
      this.bytes[from + i] = flash ? this.bytes[from + i]! & data[i]! : data[i]!;
    }
    if (half === undefined || count === data.length) return;
    const old = this.bytes[from + count]!;
    this.bytes[from + count] = flash ? old & (data[count]! | half) : half & 255;
  }

  /** Erases the first `count` words of a half. */
  erase(address: number, count: number): void {
    const first = (address - this.at) / 4;
    this.#words.fill(0xffffffff, first, first + count);
  }

  /** An erase that was cut: any word is as it was, erased, or with some of its bits set. */
  eraseSome(address: number, count: number, random: () => number): void {
    const first = (address - this.at) / 4;
    for (let i = first; i < first + count; i++) {
      const kind = random() % 3;
      if (kind === 0) this.#words[i] = 0xffffffff;
      if (kind === 1) this.#words[i] = this.#words[i]! | random();
    }
  }

  /** The later number of all whole records in their own slots. */
  newest(): Found | undefined {
    let best: Found | undefined;
    for (let slot = 0; slot < 2 * this.slots; slot++) {
      const at = slot * SLOT_BYTES;
      const word = (offset: number) => this.#view.getUint32(at + offset, true);
      if (word(fields.magic.offset) !== MAGIC) continue;
      if (word(fields.layout_hash.offset) !== LAYOUT_HASH >>> 0) continue;
      if (word(fields.profile_crc.offset) !== this.profileCrc) continue;
      const covered = this.bytes.subarray(at, at + fields.crc.offset);
      if (crc32(covered) !== word(fields.crc.offset)) continue;
      const sequence = word(fields.sequence.offset);
      if (sequence % (2 * this.slots) !== slot) continue;
      if (best === undefined || ((sequence - best.sequence) | 0) > 0) best = { sequence, slot };
    }
    return best;
  }

  /** What is wrong with an operation; undefined: nothing. */
  objection(op: "program" | "erase", address: number, length: number): string | undefined {
    const from = address - this.at;
    if (from % SLOT_BYTES !== 0 || from < 0 || from + length > this.bytes.length) {
      return `${op} of ${length} bytes at ${from}, outside or askew`;
    }
    const slot = from / SLOT_BYTES;
    const newest = this.newest();
    if (op === "program") {
      if (length !== RECORD_BYTES) return `program of ${length} bytes`;
      if (newest?.slot === slot) return `program over the newest record, slot ${slot}`;
      const blank = this.bytes.subarray(from, from + length).every((byte) => byte === 0xff);
      if (this.kind === "flash" && !blank) return `program of a used slot, ${slot}`;
      return undefined;
    }
    if (this.kind === "fram") return "erase of FRAM";
    if (length !== this.slots * SLOT_BYTES || slot % this.slots !== 0) return "erase of no half";
    if (newest !== undefined && Math.floor(newest.slot / this.slots) === slot / this.slots) {
      return `erase of the half that holds the newest record, slot ${newest.slot}`;
    }
    return undefined;
  }
}
