// The journal: A/B records of the vital area as storage commands that the host executes one by one.
//
// A write costs energy and wear, so it waits until enough charge moved or time passed. The slot is
// chosen by the sequence number's parity: the newest record is never overwritten. At a start both
// slots are read into place; the later sequence (compared modulo 2^32) wins.

import { VITAL_AT, Vital, storage, vital, warm } from "../abi";
import { record_pC } from "../derived";
import { profile } from "../profile";
import { record_is_good, seal_record, seal_vital } from "./seal";

const OP_NONE: u32 = 0;
const OP_READ: u32 = 1;
const OP_PROGRAM: u32 = 2;
const OP_ERASE: u32 = 3;
const FLASH: u32 = 2;
const RECORD_BYTES: u32 = <u32>offsetof<Vital>("crc") + 4;

/** warm.boot_state. */
export const NO_PROFILE: u8 = 0;
export const LOADED: u8 = 1;
export const READING_A: u8 = 2;
const READING_B_A_GOOD: u8 = 3;
const READING_B_A_BAD: u8 = 4;
const READING_A_AGAIN: u8 = 5;
export const RUNNING: u8 = 6;

function command(op: u32, slot: u32): void {
  storage.op = op;
  storage.address = profile.storage_at + slot * profile.storage_stride;
  storage.length = RECORD_BYTES;
  storage.memory_at = <u32>VITAL_AT;
}

/** Nothing is under way. */
export function clear_storage(): void {
  storage.op = OP_NONE;
  storage.address = 0;
  storage.length = 0;
  storage.memory_at = 0;
}

/**
 * Seals this wake, as a record when it is worth one. Returns true when a command waits; a command
 * that the host has not executed yet goes on with what is known now.
 */
export function consider_record(): bool {
  const node = profile;
  if (storage.op == OP_NONE && node.storage_kind != 0 && record_is_due()) {
    vital.sequence += 1;
    vital.recording = 1;
    command(node.storage_kind == FLASH ? OP_ERASE : OP_PROGRAM, vital.sequence & 1);
  }
  seal_wake();
  return storage.op != OP_NONE;
}

/** Seals what changed: as a record while one is on its way, else as retained RAM. */
export function seal_wake(): void {
  if (storage.op == OP_NONE) {
    seal_vital();
  } else {
    seal_record();
  }
}

/** Enough charge moved, or enough time passed, since the last record. */
function record_is_due(): bool {
  const moved_pC = vital.charge_pC - warm.recorded_charge_pC;
  if (moved_pC > record_pC || moved_pC < -record_pC) return true;
  return warm.unrecorded_s >= profile.record_s;
}

/** The erase is done: program the same slot. */
function program_after_erase(): void {
  command(OP_PROGRAM, vital.sequence & 1);
}

/** A record was written: start counting anew. */
function settle_record(): void {
  warm.recorded_charge_pC = vital.charge_pC;
  warm.unrecorded_s = 0;
  vital.recording = 0;
  seal_vital();
  clear_storage();
}

/** Takes the next step of a write after the host did the last one; true: another command waits. */
export function continue_record(success: bool): bool {
  if (!success) {
    // the other slot still holds the last good record; try again when the next one is due
    give_up_record();
    seal_vital();
    clear_storage();
    return false;
  }
  if (storage.op == OP_ERASE) {
    program_after_erase();
    return true;
  }
  settle_record();
  return false;
}

/** A record under way may be torn: the next goes to its slot, the other holds the last good one. */
export function give_up_record(): void {
  if (vital.recording == 0) return;
  vital.recording = 0;
  vital.sequence -= 1;
}

/** Begins to look for a record. */
export function start_recovery(): void {
  warm.boot_state = READING_A;
  command(OP_READ, 0);
}

/** Judges what was read; true: another read waits; false: finished, vital holds what was found. */
export function continue_recovery(success: bool): bool {
  const good = success && record_is_good();
  if (warm.boot_state == READING_A) {
    warm.boot_sequence = vital.sequence;
    warm.boot_state = good ? READING_B_A_GOOD : READING_B_A_BAD;
    command(OP_READ, 1);
    return true;
  }
  if (warm.boot_state == READING_B_A_GOOD) {
    if (!good || <i32>(warm.boot_sequence - vital.sequence) > 0) {
      warm.boot_state = READING_A_AGAIN;
      command(OP_READ, 0);
      return true;
    }
  }
  clear_storage();
  return false;
}
