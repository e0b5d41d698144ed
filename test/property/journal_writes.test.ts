// Where and when the journal writes: halves of several slots, and when a record is worth its charge
// and its wear.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Paths, Reason, Values } from "../../host/core/abi.js";
import { AT, STRIDE, powerOn, profileFor, slot, wake } from "./journal_node.js";
import { type NodeUnderTest } from "./node_under_test.js";
import { StorageDevice } from "./storage_device.js";

describe("a half of several slots", () => {
  const several = profileFor("flash", { storage_slots_log2: 2 });
  const SLOTS = 4;

  /** The slots that a node programmed, and the erases before them as -1. */
  const places = (device: StorageDevice) =>
    device.log
      .filter(({ op }) => op !== 1)
      .map(({ op, address }) => (op === 3 ? -1 : (address - AT) / STRIDE));

  test("is erased once for all of them, in turn with the other", () => {
    const device = new StorageDevice("flash");
    const node = powerOn(device, several);
    for (let i = 0; i < 3 * SLOTS; i++) wake(node, device, 3000 + 100 * i);
    assert.deepEqual(places(device), [-1, 0, 1, 2, 3, -1, 4, 5, 6, 7, -1, 0, 1, 2, 3]);
  });

  test("goes on behind the newest record after a power cut, without an erase", () => {
    const device = new StorageDevice("flash");
    for (let i = 0; i < 3; i++) wake(powerOn(device, several), device, 3000);
    assert.deepEqual(places(device), [-1, 0, 1, 2]);
  });

  test("does not mistake an older record in a wrong slot for its newest", () => {
    const device = new StorageDevice("flash");
    const node = powerOn(device, several);
    const charges = [0, 1, 2].map((i) => wake(node, device, 3000 + 1000 * i));
    slot(device, 3).set(slot(device, 0));
    slot(device, 6).set(slot(device, 1));
    assert.equal(powerOn(device, several).wide("vital", "charge_pC"), charges[2]);
  });

  test("needs few reads at a start: those behind the newest, and one more half", () => {
    const device = new StorageDevice("flash");
    const node = powerOn(device, several);
    for (let i = 0; i < SLOTS + 2; i++) wake(node, device, 3000 + 100 * i);
    device.log.length = 0;
    powerOn(device, several);
    assert.deepEqual(
      device.log.map(({ address }) => (address - AT) / STRIDE),
      [7, 6, 5, 3],
    );
  });
});

describe("a write is worth it", () => {
  /** 50 uAh; how much moves until the next write, in steps of 0.1 %, nAh; waiting `dt_ms` each. */
  function movedUntilWrite(node: NodeUnderTest, device: StorageDevice, dt_ms = 1000): number {
    for (let moved_nAh = 50; moved_nAh < 10000; moved_nAh += 50) {
      node.step({ dt_ms, valid: Values.charge, charge_pC: BigInt(-50 * 3600000) });
      const waits = node.get("storage", "op") !== 0;
      device.serve(node);
      if (waits) return moved_nAh;
    }
    return Infinity;
  }

  const shares = { record_share: 0.02, erase_share: 0.05, storage_slots_log2: 1 };

  test("after the share of the profile, after a larger one where it needs an erase", () => {
    const device = new StorageDevice("flash");
    const node = powerOn(device, profileFor("flash", shares));
    const moved_nAh = Array.from({ length: 5 }, () => movedUntilWrite(node, device));
    assert.equal(moved_nAh[0], 50, "at once after a start");
    assert.deepEqual(moved_nAh.slice(1), [1000, 2500, 1000, 2500]);
  });

  test("after a time as well, if anything moved; before an erase, as much as without one", () => {
    const device = new StorageDevice("flash");
    const node = powerOn(device, profileFor("flash", { ...shares, record_s: 60 }));
    const moved_nAh = Array.from({ length: 5 }, () => movedUntilWrite(node, device, 61000));
    assert.deepEqual(moved_nAh, [50, 50, 1000, 50, 1000]);
  });

  test("never when nothing moved", () => {
    const device = new StorageDevice("fram");
    const still = { leak_nA: 0, self_drain_nA: 0, record_s: 60 };
    const node = powerOn(device, profileFor("fram", still));
    for (let i = 0; i < 50; i++) {
      node.step({ dt_ms: 3600000, valid: Values.charge, charge_pC: 0n });
      device.serve(node);
    }
    assert.equal(device.log.filter(({ op }) => op === 2).length, 1);
  });

  test("though resets that RAM survived come between", () => {
    const device = new StorageDevice("fram");
    const node = powerOn(device, profileFor("fram", shares));
    movedUntilWrite(node, device);
    let moved_nAh = 0;
    for (let waits = false; !waits && moved_nAh < 5000; moved_nAh += 50) {
      node.step({ dt_ms: 1000, valid: Values.charge, charge_pC: BigInt(-50 * 3600000) });
      waits = node.get("storage", "op") !== 0;
      if (!waits) node.core.boot(Reason.warm, 0, node.get("vital", "time_ms"));
    }
    assert.ok(moved_nAh > 1000 && moved_nAh < 1100, `${moved_nAh} nAh moved`);
  });

  test("and its charge is booked, unless a counter measures it", () => {
    for (const counted of [false, true]) {
      const device = new StorageDevice("flash");
      const costs = { record_drain_pC: 5000000, erase_drain_pC: 425000000 };
      const observables = counted ? Values.charge : Values.harvest;
      const node = powerOn(device, profileFor("flash", { ...costs, observables, leak_nA: 0 }));
      node.step({ dt_ms: 1000, valid: 0 });
      const before = node.wide("warm", "book_pC", Paths.active);
      device.serve(node);
      const erase_pC = before;
      const record_pC = node.wide("warm", "book_pC", Paths.active) - before;
      assert.deepEqual([erase_pC, record_pC], counted ? [0n, 0n] : [-425000000n, -5000000n]);
    }
  });
});
