// The journal on an ECMA-419 flash partition: a node's records survive on flash that only clears
// bits, in the halves that the profile declares, and a geometry that does not fit is refused.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compileProfile } from "../../../host/core/profile.js";
import {
  type CoreInstance,
  FlashJournal,
  type FlashPartition,
  ThinFilmBattery,
} from "../../../host/moddable/index.js";
import { buildPath } from "../../../tools/build/paths.js";
import { single } from "../../../tools/vectors/nodes.js";

const BLOCK = 4096;

/** A partition of blocks, as `embedded:storage/flash` shows it. */
class Partition implements FlashPartition {
  readonly bytes: Uint8Array;
  erased = 0;
  constructor(readonly blocks: number) {
    this.bytes = new Uint8Array(blocks * BLOCK).fill(0x00);
  }
  status() {
    return { size: this.bytes.length, blocks: this.blocks, blockLength: BLOCK };
  }
  read(byteLength: number, offset: number): ArrayBuffer {
    return this.bytes.slice(offset, offset + byteLength).buffer;
  }
  write(bytes: Uint8Array, offset: number): void {
    bytes.forEach((byte, i) => (this.bytes[offset + i]! &= byte));
  }
  eraseBlock(first: number, end: number): void {
    this.erased += end - first;
    this.bytes.fill(0xff, first * BLOCK, end * BLOCK);
  }
}

function batteryOn(flash: FlashPartition, now: () => number): ThinFilmBattery {
  const module = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm"))));
  const storage = { storage_kind: 2, storage_at: 0, storage_slots_log2: 5, record_share: 0.001 };
  class Input {
    readonly resolution = 12;
    read = () => Math.round((3950 / 4500) * 4096);
  }
  return new ThinFilmBattery({
    core: () => {
      const { exports } = new WebAssembly.Instance(module, {});
      const memory = (exports.memory as WebAssembly.Memory).buffer;
      return { ...(exports as unknown as CoreInstance), memory };
    },
    profile: compileProfile({ ...single, ...storage, erase_share: 0.001 }).buffer as ArrayBuffer,
    sensor: { io: Input, pin: 1, full_scale_mV: 4500 },
    now,
    journal: new FlashJournal(flash),
    onError: (message) => assert.fail(message),
  });
}

test("records fill both halves in turn, and a cold start finds the newest", () => {
  const flash = new Partition(2);
  let now = 0;
  const battery = batteryOn(flash, () => now);
  let last = battery.sample();
  for (let wake = 0; wake < 120; wake++) {
    now += 600_000;
    last = battery.sample({ harvest_mean_nA: wake % 60 < 30 ? 4000 : 0, active_ms: 20 });
  }
  assert.ok(flash.erased >= 3, `${flash.erased} erases: the halves were not used in turn`);
  const again = batteryOn(flash, () => now).sample();
  assert.ok(Math.abs(again.remaining_nAh - last.remaining_nAh) < 3000);
  assert.ok(again.soc_sigma < 0.2);
});

test("an erase that is no whole block names the bytes and the fields to change", () => {
  const journal = new FlashJournal(new Partition(2));
  assert.throws(
    () => journal.erase(0, 128),
    /^RangeError: erase of 128 bytes at 0: not whole blocks of 4096 bytes; see storage_at/,
  );
});
