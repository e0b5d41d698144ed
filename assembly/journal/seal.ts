// The vital record: its head, its CRC, and whether one may be trusted.

import { ABI_VERSION, LAYOUT_HASH, VITAL_AT, Vital, vital } from "../abi";
import { crc32 } from "../math/crc32";
import { profile } from "../profile";

/** 'VMFT' in memory order. */
const MAGIC: u32 = 0x54464d56;
const CRC_AT: i32 = <i32>offsetof<Vital>("crc");

/** Stamps the vital area; it is valid from now until the next change. */
export function seal_vital(): void {
  vital.magic = MAGIC;
  vital.abi_version = ABI_VERSION;
  vital.layout_hash = LAYOUT_HASH;
  vital.profile_crc = profile.crc;
  vital.crc = crc32(VITAL_AT, CRC_AT);
}

/** The vital area holds a whole record of this layout and this profile. */
export function vital_is_good(): bool {
  return (
    vital.magic == MAGIC &&
    vital.layout_hash == LAYOUT_HASH &&
    vital.profile_crc == profile.crc &&
    vital.crc == crc32(VITAL_AT, CRC_AT)
  );
}
