// Resets of the emulated RP2040 at random instructions: of its start, of a wake, within an I2C
// write to the FRAM. After each the node starts from what RAM and FRAM hold, and that must be a
// valid state, not older than the last record that was completed, and bit for bit what the core in
// this process makes of the same bytes.

import { execFileSync } from "node:child_process";
import { AREAS, Faults, Reason } from "../../../../host/core/abi.js";
import { PowerFailure } from "../../../../host/hil/devices/device.js";
import { Rp2040 } from "../../../../host/hil/devices/rp2040.js";
import { type ImageReply } from "../../../../host/hil/wire/image_frame.js";
import { buildPath } from "../../../../tools/build/paths.js";
import { Medium } from "../../../property/power_cuts/medium.js";
import { recordLife, type RecordedLife } from "./recorded_life.js";
import { Reference } from "./reference.js";

/** So many instructions a life lasts at most: a start, and a few wakes. */
const LIFE = 800_000;
const HOURS = 24;
const RAM_AT = 0x20000000;
/** Before the wake that follows it, a start. */
const START_MS = 1000;

export interface ResetTally {
  resets: number;
  /** Of these: before the start had answered; from retained RAM; with a record torn. */
  inStart: number;
  retained: number;
  torn: number;
  /** Starts that were judged, and those that went wrong. */
  starts: number;
  lost: number;
  firstLoss?: string;
  records: number;
  instructions: number;
}

/** Where in RAM the image keeps its core: frames that went out hold copies of vital as well. */
function coreInRam(): number {
  const elf = buildPath("images/rp2040/node.elf");
  const symbols = execFileSync("arm-none-eabi-nm", [elf], { encoding: "utf8" });
  return parseInt(/^(\w+) b node$/m.exec(symbols)?.[1] ?? "", 16) - RAM_AT;
}

/** xorshift32: the same resets for the same seed, everywhere. */
function randomOf(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

class Resets {
  readonly tally: ResetTally = {
    ...{ resets: 0, inStart: 0, retained: 0, torn: 0 },
    ...{ starts: 0, lost: 0, records: 0, instructions: 0 },
  };
  readonly #medium: Medium;
  readonly #device: Rp2040;
  readonly #reference: Reference;
  /** Where in RAM the image keeps its vital area. */
  #vitalAt = -1;
  /** Sequence of the last record that the image called complete. */
  #completed: number | undefined;
  #at = 0;

  constructor(
    readonly life: RecordedLife,
    readonly random: (below: number) => number,
  ) {
    const view = new DataView(life.profile.buffer, life.profile.byteOffset);
    const { crc, storage_at } = AREAS.profile.fields;
    const at = view.getUint32(storage_at.offset, true);
    this.#medium = new Medium("fram", at, 1, view.getUint32(crc.offset, true));
    const storage = {
      read: (address: number, into: Uint8Array) => this.#medium.read(address, into),
      program: (address: number, bytes: Uint8Array) => this.#program(address, bytes),
      erase: () => {
        throw new Error("FRAM is not erased");
      },
    };
    this.#device = new Rp2040({ storage });
    this.#reference = new Reference(storage);
  }

  async run(count: number): Promise<ResetTally> {
    const { board } = this.#device;
    let isKept = false;
    while (this.tally.resets < count) {
      const isArmed = this.#vitalAt >= 0;
      board.failsAt = isArmed ? board.instructions + 1 + this.random(LIFE) : Infinity;
      try {
        await this.#live(isKept);
      } catch (error) {
        if (!(error instanceof PowerFailure)) throw error;
        this.tally.resets++;
      }
      isKept = this.random(2) === 1;
      await this.#device.cut(isKept ? "kept" : "lost");
    }
    this.tally.instructions = board.instructions;
    return this.tally;
  }

  /** A start and wakes until the power fails; the first life only shows where vital lies. */
  async #live(isKept: boolean): Promise<void> {
    const { samples, profile } = this.life;
    const reason = isKept ? Reason.warm : Reason.cold;
    const off_s = isKept ? 0 : this.random(3) === 0 ? undefined : this.random(100_000);
    const start = { profile, reason, off_s, time_ms: timeOf(samples[this.#at]!) - START_MS };
    const retained = isKept ? this.#retained() : undefined;
    this.tally.inStart++;
    const reply = await this.#device.boot(start);
    this.tally.inStart--;
    this.#judge(reply, this.#reference.boot(start, retained), isKept);
    if (this.#vitalAt < 0) {
      const ram = Buffer.from(this.#device.board.ram.buffer);
      this.#vitalAt = ram.indexOf(reply.vital, coreInRam());
      return;
    }
    for (;;) {
      const woken = await this.#device.step(samples[this.#at]!);
      this.#at = (this.#at + 1) % (samples.length - 1);
      this.tally.records += woken.records;
      if (woken.records > 0) this.#completed = sequenceOf(woken.vital);
    }
  }

  #retained(): Uint8Array {
    return this.#device.board.ram.slice(this.#vitalAt, this.#vitalAt + AREAS.vital.size);
  }

  /** A whole record is told to be one by its length; a shorter one was cut. */
  #program(address: number, bytes: Uint8Array): void {
    if (bytes.length < AREAS.vital.size) this.tally.torn++;
    this.#medium.program(address, bytes, bytes.length);
  }

  #judge(reply: ImageReply, expected: ImageReply, isKept: boolean): void {
    this.tally.starts++;
    if (isKept) this.tally.retained++;
    const wrong = this.#objection(reply, expected);
    if (wrong === undefined) return;
    this.tally.lost++;
    this.tally.firstLoss ??= `${wrong}, after reset ${this.tally.resets}`;
  }

  #objection(reply: ImageReply, expected: ImageReply): string | undefined {
    if (reply.status !== expected.status) return `status ${reply.status}`;
    for (const area of ["decision", "gauge", "vital"] as const) {
      if (!Buffer.from(reply[area]).equals(expected[area])) return `another ${area}`;
    }
    const newest = this.#medium.newest()?.sequence;
    if (this.#completed !== undefined && newest === undefined) return "the journal was lost";
    if (newest === undefined) return undefined;
    if (isOlder(newest, this.#completed ?? newest)) return "a completed record was lost";
    if (isOlder(sequenceOf(reply.vital), newest)) return "an older record was found";
    return isForgetful(reply.vital) ? "started without the record" : undefined;
  }
}

const wordOf = (bytes: Uint8Array, offset: number) =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(offset, true);
const timeOf = (sample: Uint8Array) => wordOf(sample, AREAS.sample.fields.time_ms.offset);
const sequenceOf = (vital: Uint8Array) => wordOf(vital, AREAS.vital.fields.sequence.offset);
const isOlder = (one: number, other: number) => ((one - other) | 0) < 0;

/** The first start of a life: nothing was found. */
const isForgetful = (vital: Uint8Array) =>
  (wordOf(vital, AREAS.vital.fields.faults_latched.offset) & Faults.restarted) !== 0 &&
  (wordOf(vital, AREAS.vital.fields.boots.offset) & 0xffff) === 1;

/** `count` resets; the same seed makes the same ones. */
export function resets(count: number, seed: number): Promise<ResetTally> {
  const life = recordLife(HOURS, ({ board: { profile } }) => {
    // one hypothesis for speed, and a record as often as the core writes one at all
    profile.hypotheses.value = 1;
    profile.storage.record_share.value = 0.001;
    profile.storage.record_s.value = 60;
  });
  return new Resets(life, randomOf(seed)).run(count);
}
