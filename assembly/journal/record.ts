// The journal: records of the vital area as storage commands that the host executes one by one.
//
// Two halves of 2^n slots each (FRAM: one) are filled in turn; record number s lies in slot
// s mod 2^(n+1). On flash a half is erased when its first slot is written, and never while it holds
// the newest whole record. A write costs energy and wear, so it waits until enough charge moved or
// time passed, and longer when it needs an erase. A start reads each half from its end; the later
// number (compared modulo 2^32) wins. A slot that was begun is not written again before its erase.

import { VITAL_AT, Vital, storage, vital, warm } from "../abi";
import { FLASH, record_slots, soc_of } from "../derived";
import { BANK_AT } from "../gauge/hypothesis";
import { book_storage } from "../ledger/book";
import { real } from "../math/real";
import { copy_words } from "../math/words";
import { profile } from "../profile";
import { record_is_good, seal_record, seal_vital, slot_is_blank } from "./seal";

const OP_NONE: u32 = 0;
const OP_READ: u32 = 1;
const OP_PROGRAM: u32 = 2;
const OP_ERASE: u32 = 3;
const RECORD_BYTES: u32 = <u32>offsetof<Vital>("crc") + 4;
const SEALED_BYTES: usize = offsetof<Vital>("seal");
const SLOT_BYTES: u32 = 128;

/** warm.boot_state. */
export const NO_PROFILE: u8 = 0;
export const LOADED: u8 = 1;
export const READING: u8 = 2;
export const FOUND: u8 = 3;
export const RUNNING: u8 = 6;

/**
 * A command for the slot of record `number`; an erase, for the half that it enters. What is read
 * goes where the gauge will keep its hypotheses.
 */
function command(op: u32, number: u32): void {
  const slot = number & (2 * record_slots - 1);
  storage.op = op;
  storage.address = profile.storage_at + slot * SLOT_BYTES;
  storage.length = op == OP_ERASE ? record_slots * SLOT_BYTES : RECORD_BYTES;
  storage.memory_at = <u32>(op == OP_READ ? BANK_AT : VITAL_AT);
}

/** Nothing is under way. */
export function clear_storage(): void {
  storage.op = OP_NONE;
}

/**
 * Seals this wake, as a record when it is worth one. Returns true when a command waits; a command
 * that the host has not executed yet goes on with what is known now.
 */
export function consider_record(): bool {
  if (storage.op == OP_NONE && profile.storage_kind != 0 && record_is_due()) begin_record();
  seal_wake();
  return storage.op != OP_NONE;
}

/** Seals what changed: as a record while one is being programmed, else as retained RAM. */
export function seal_wake(): void {
  if (storage.op == OP_PROGRAM) {
    seal_record();
  } else {
    seal_vital();
  }
}

/** The next record is the first of its half. */
function enters_half(): bool {
  return ((vital.sequence + 1) & (record_slots - 1)) == 0;
}

function needs_erase(): bool {
  return profile.storage_kind == FLASH && enters_half();
}

/** Enough charge moved since the last record; less is enough when time passed. */
function record_is_due(): bool {
  const node = profile;
  const moved = soc_of(vital.charge_pC - warm.recorded_charge_pC);
  let least: real = 0;
  if (warm.unrecorded_s < node.record_s) {
    least = missed_share();
  } else if (needs_erase()) {
    least = <real>node.record_share;
  }
  return moved > least || -moved > least;
}

function begin_record(): void {
  if (enters_half() && <u32>vital.attempts >= record_slots) {
    // the newest whole record lies in this half, nothing whole in the other: that one anew
    vital.sequence -= record_slots;
    vital.attempts -= <u16>record_slots;
  }
  if (needs_erase()) {
    book_storage(profile.erase_drain_pC);
    command(OP_ERASE, vital.sequence + 1);
  } else {
    program_record();
  }
}

function program_record(): void {
  vital.sequence += 1;
  vital.attempts += 1;
  book_storage(profile.record_drain_pC);
  command(OP_PROGRAM, vital.sequence);
}

/** Takes the next step of a write after the host did the last one; true: another command waits. */
export function continue_record(success: bool): bool {
  if (success && storage.op == OP_ERASE) {
    program_record();
  } else {
    if (success) {
      warm.recorded_charge_pC = vital.charge_pC;
      warm.unrecorded_s = 0;
      vital.attempts = 0;
    }
    // else the last whole record stands; the next wake tries the next slot, or the erase again
    clear_storage();
  }
  seal_wake();
  return storage.op != OP_NONE;
}

/** Begins to look for a record, at the end of the second half. */
export function start_recovery(): void {
  // a start that is cut short leaves nothing that the next might take for retained RAM
  vital.seal = ~vital.seal;
  warm.boot_state = READING;
  command(OP_READ, 0xffffffff);
}

/** Judges the slot that was read; true: another read waits; false: finished. */
export function continue_recovery(success: bool): bool {
  let slot = (storage.address - profile.storage_at) / SLOT_BYTES;
  const record = changetype<Vital>(BANK_AT);
  // a record that was written to a wrong place is none
  if (success && record_is_good(record) && (record.sequence & (2 * record_slots - 1)) == slot) {
    if (warm.boot_state == READING || <i32>(record.sequence - vital.sequence) > 0) {
      copy_words(VITAL_AT, BANK_AT, SEALED_BYTES);
      warm.boot_attempts = warm.boot_used;
      warm.boot_state = FOUND;
    }
    // all before it in this half are older
    slot &= record_slots;
  } else if (warm.boot_used != 0 || !success || !slot_is_blank(record)) {
    warm.boot_used += 1;
  }
  if ((slot & (record_slots - 1)) == 0) warm.boot_used = 0;
  if (slot == 0) {
    clear_storage();
    return false;
  }
  command(OP_READ, slot - 1);
  return true;
}

/** Slots behind the record found were begun as well: the next number passes them. */
export function number_after_recovery(): void {
  vital.attempts = warm.boot_attempts;
  vital.sequence += warm.boot_attempts;
}

/** Share of the capacity that may have moved since the last record without one being due. */
export function missed_share(): real {
  return <real>(needs_erase() ? profile.erase_share : profile.record_share);
}
