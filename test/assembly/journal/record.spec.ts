// The commands of the journal one by one: when a record is due, where it goes, what follows a
// failure. Whole lives with power cuts: test/property/journal.test.ts.

import {
  FAULT_STORAGE,
  REASON_COLD,
  REASON_WARM,
  STATUS_OK,
  STATUS_STORAGE,
  STATUS_STORAGE_IDLE,
  VALUE_HARVEST,
  VITAL_AT,
  decision,
  sample,
  storage,
  vital,
  warm,
} from "../../../assembly/abi";
import { acknowledge, boot, storage_done } from "../../../assembly/index";
import { BANK_AT } from "../../../assembly/gauge/hypothesis";
import { record_is_good } from "../../../assembly/journal/seal";
import {
  clear_sample,
  new_node,
  node,
  offer_node,
  rest_at,
  start_node,
  step_after,
} from "../node_under_test";

const READ: u32 = 1;
const PROGRAM: u32 = 2;
const ERASE: u32 = 3;
const FRAM: u32 = 1;
const FLASH: u32 = 2;
const HOUR_MS: u32 = 3600000;

/** A node with a journal of this kind that has just written what its start found. */
function begin(kind: u32): void {
  new_node();
  node.storage_kind = kind;
  node.storage_at = 0x1000;
  start_node();
  rest_at(3960, 25);
  clear_sample();
  while (storage.op != 0) storage_done(0);
}

/** Enough time for the next record. */
function wait(): u32 {
  return step_after(12 * HOUR_MS);
}

describe("a record", () => {
  beforeEach(() => {
    begin(FRAM);
  });

  test("is due after the time of the profile, not before", () => {
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 500;
    expect<u32>(step_after(11 * HOUR_MS)).toBe(STATUS_OK);
    expect<u32>(storage.op).toBe(0);
    expect<u32>(step_after(HOUR_MS)).toBe(STATUS_STORAGE);
    expect<u32>(storage.op).toBe(PROGRAM);
  });

  test("is due earlier when a share of the capacity moved, up or down", () => {
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 4000;
    // 2 % of 50 uAh are 1000 nAh
    step_after(HOUR_MS / 5);
    expect<u32>(storage.op).toBe(0);
    step_after(HOUR_MS / 5);
    expect<u32>(storage.op).toBe(PROGRAM);
    storage_done(0);
    sample.harvest_mean_nA = 0;
    step_after(2 * HOUR_MS + HOUR_MS / 10);
    expect<u32>(storage.op).toBe(PROGRAM);
  });

  test("starts to wait anew once it is written", () => {
    wait();
    expect<u32>(storage_done(0)).toBe(STATUS_OK);
    expect<u32>(storage.op).toBe(0);
    expect<u32>(warm.unrecorded_s).toBe(0);
    expect<i64>(warm.recorded_charge_pC).toBe(vital.charge_pC);
  });

  test("goes to the two slots in turn, numbered in order", () => {
    let sequence = vital.sequence;
    for (let i = 0; i < 6; i++) {
      wait();
      expect<u32>(vital.sequence).toBe(++sequence);
      expect<u32>(storage.address).toBe(0x1000 + (sequence & 1) * 0x80);
      expect<u32>(storage.memory_at).toBe(<u32>VITAL_AT);
      expect<u32>(storage.length).toBeGreaterThan(95);
      expect<bool>(record_is_good(vital)).toBe(true);
      storage_done(0);
    }
  });

  test("erases before it programs on flash, in the same slot", () => {
    begin(FLASH);
    wait();
    expect<u32>(storage.op).toBe(ERASE);
    expect<u32>(storage.length).toBe(128);
    const address = storage.address;
    expect<u32>(storage_done(0)).toBe(STATUS_STORAGE);
    expect<u32>(storage.op).toBe(PROGRAM);
    expect<u32>(storage.address).toBe(address);
    expect<u32>(storage_done(0)).toBe(STATUS_OK);
  });

  test("of a half with several slots needs one erase, in its first", () => {
    new_node();
    node.storage_kind = FLASH;
    node.storage_at = 0x1000;
    node.storage_slots_log2 = 2;
    start_node();
    rest_at(3960, 25);
    clear_sample();
    sample.valid = VALUE_HARVEST;
    for (let number: u32 = 0; number < 9; number++) {
      sample.harvest_mean_nA = number & 1 ? 800 : 200;
      if (storage.op == 0) wait();
      if ((number & 3) == 0) {
        expect<u32>(storage.op).toBe(ERASE);
        expect<u32>(storage.length).toBe(4 * 128);
        storage_done(0);
      }
      expect<u32>(storage.op).toBe(PROGRAM);
      expect<u32>(storage.address).toBe(0x1000 + (number & 7) * 128);
      storage_done(0);
    }
  });

  test("that failed is tried again with the next wake, in the same slot", () => {
    wait();
    const sequence = vital.sequence;
    const address = storage.address;
    storage_done(1);
    expect<u32>(storage.op).toBe(0);
    expect<u32>(vital.faults_latched & FAULT_STORAGE).toBe(FAULT_STORAGE);
    expect<u32>(decision.faults_latched & FAULT_STORAGE).toBe(FAULT_STORAGE);
    step_after(1000);
    expect<u32>(storage.op).toBe(PROGRAM);
    expect<u32>(vital.sequence).toBe(sequence);
    expect<u32>(storage.address).toBe(address);
  });

  test("on its way stays whole through whatever happens meanwhile", () => {
    wait();
    step_after(1000);
    expect<u32>(storage.op).toBe(PROGRAM);
    expect<bool>(record_is_good(vital)).toBe(true);
    step_after(0);
    expect<bool>(record_is_good(vital)).toBe(true);
    acknowledge(0xffffffff);
    expect<bool>(record_is_good(vital)).toBe(true);
  });

  test("is never written by a node without storage", () => {
    begin(0);
    for (let i = 0; i < 10; i++) expect<u32>(wait()).toBe(STATUS_OK);
    expect<u32>(storage_done(0)).toBe(STATUS_STORAGE_IDLE);
  });
});

describe("a start", () => {
  beforeEach(() => {
    begin(FRAM);
    memory.fill(VITAL_AT, 0xff, 96);
    offer_node();
  });

  test("reads the second half, then the first, beside what it keeps", () => {
    expect<u32>(boot(REASON_COLD, 0, 0)).toBe(STATUS_STORAGE);
    expect<u32>(storage.op).toBe(READ);
    expect<u32>(storage.address).toBe(0x1080);
    expect<u32>(storage.memory_at).toBe(<u32>BANK_AT);
    expect<u32>(storage_done(0)).toBe(STATUS_STORAGE);
    expect<u32>(storage.op).toBe(READ);
    expect<u32>(storage.address).toBe(0x1000);
    expect<u32>(storage_done(0)).toBe(STATUS_OK);
    expect<u32>(storage.op).toBe(0);
  });

  test("does not step before the journal was read", () => {
    boot(REASON_COLD, 0, 0);
    const status = step_after(1000);
    assert(status != STATUS_OK && status != STATUS_STORAGE, "refused");
  });
});

describe("a record that a restart interrupted", () => {
  test("is written again to the same slot: the newest whole record is never overwritten", () => {
    begin(FLASH);
    wait();
    storage_done(0);
    expect<u32>(storage.op).toBe(PROGRAM);
    const torn_at = storage.address;
    const interrupted = vital.sequence;
    expect<u32>(boot(REASON_WARM, 0, 500)).toBe(STATUS_OK);
    while (storage.op == 0) wait();
    expect<u32>(storage.op).toBe(ERASE);
    expect<u32>(storage.address).toBe(torn_at);
    storage_done(0);
    expect<u32>(storage.address).toBe(torn_at);
    expect<u32>(vital.sequence).toBe(interrupted);
  });

  test("counts as written once the host said so", () => {
    begin(FRAM);
    wait();
    const written_at = storage.address;
    storage_done(0);
    boot(REASON_WARM, 0, 500);
    while (storage.op == 0) wait();
    assert(storage.address != written_at, "the other slot");
  });
});
