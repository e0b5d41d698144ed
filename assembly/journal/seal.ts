// The vital record: its head, its checks, and whether one may be trusted.
//
// Retained RAM is sealed after every step. A CRC-32 there would cost a fifth of the step, so the
// seal is a cheaper hash (math/hash.ts). Journal records carry a CRC-32 as well.

import { ABI_VERSION, LAYOUT_HASH, VITAL_AT, Vital, vital, warm } from "../abi";
import { coarse_of } from "../math/convert";
import { crc32 } from "../math/crc32";
import { hash_of } from "../math/hash";
import { profile } from "../profile";

/** 'VMFT' in memory order. */
const MAGIC: u32 = 0x54464d56;
const SEAL_AT: usize = VITAL_AT + offsetof<Vital>("seal");
const CRC_AT: i32 = <i32>offsetof<Vital>("crc");
/** CRC-32 of a slot that is all ones. */
const BLANK_CRC: u32 = 0x8f05a5bf;
/** Stamps retained RAM; it is valid from now until the next change. */
export function seal_vital(): void {
  vital.magic = MAGIC;
  vital.abi_version = ABI_VERSION;
  vital.layout_hash = LAYOUT_HASH;
  vital.profile_crc = profile.crc;
  vital.seal = hash_of(VITAL_AT, SEAL_AT);
  vital.crc = coarse_of(warm.recorded_charge_pC);
}

/** Stamps the vital area as a journal record. */
export function seal_record(): void {
  seal_vital();
  vital.crc = crc32(VITAL_AT, CRC_AT);
}

function head_is_good(record: Vital): bool {
  return (
    record.magic == MAGIC && record.layout_hash == LAYOUT_HASH && record.profile_crc == profile.crc
  );
}

/** Retained RAM holds a whole state of this layout and this profile. */
export function retained_is_good(): bool {
  return head_is_good(vital) && vital.seal == hash_of(VITAL_AT, SEAL_AT);
}

/** What was read from the journal is a whole record of this layout and this profile. */
export function record_is_good(record: Vital): bool {
  return head_is_good(record) && record.crc == crc32(changetype<usize>(record), CRC_AT);
}

/** What was read is a slot that was never programmed since its erase. */
export function slot_is_blank(record: Vital): bool {
  return crc32(changetype<usize>(record), CRC_AT + 4) == BLANK_CRC;
}
