// The node's profile: checked once, then read where it lies (linear memory, or flash on a chip).

import {
  ABI_VERSION,
  LAYOUT_HASH,
  PROFILE_HIGHS,
  PROFILE_INTEGER_HIGHS,
  PROFILE_KINDS,
  PROFILE_LOWS,
  PROFILE_WORDS,
  Profile,
  STATUS_OK,
  STATUS_PROFILE_CRC,
  STATUS_PROFILE_FIELD,
  STATUS_PROFILE_LAYOUT,
  STATUS_PROFILE_LENGTH,
  STATUS_PROFILE_MAGIC,
  STATUS_PROFILE_TABLE,
  STATUS_PROFILE_VERSION,
} from "./abi";
import { derive } from "./derived";
import { real_of_u32 } from "./math/convert";
import { crc32 } from "./math/crc32";

/** 'PMFT' in memory order. */
const MAGIC: u32 = 0x54464d50;
/** The CRC covers everything behind these five words. */
const HEAD: i32 = 20;
const FIELDS: i32 = PROFILE_WORDS << 2;
/** With the largest tables that soc_count <= 64 and temperature_count <= 8 allow. */
const LONGEST: i32 = FIELDS + 4 * (4 * 64 + 8 * (1 + 2 * 64));
/** Nodes closer together would make the slopes of a table overflow. */
const SOC_STEP: f32 = 0.0001;
/** The checked profile. Meaningless until `accept_profile` returned STATUS_OK. */
export let profile: Profile = changetype<Profile>(0);
/** Checks the bytes at `at` and uses them from now on. Returns a status with its detail. */
export function accept_profile(at: usize, length: i32): u32 {
  const candidate = changetype<Profile>(at);
  if (length < FIELDS || length > LONGEST || (length & 3) != 0) return STATUS_PROFILE_LENGTH;
  if (candidate.magic != MAGIC) return STATUS_PROFILE_MAGIC;
  if (candidate.abi_version >> 16 != ABI_VERSION >> 16 || candidate.abi_version > ABI_VERSION) {
    return STATUS_PROFILE_VERSION;
  }
  if (candidate.layout_hash != LAYOUT_HASH) return STATUS_PROFILE_LAYOUT;
  if (candidate.length != <u32>length) return STATUS_PROFILE_LENGTH;
  if (crc32(at + HEAD, length - HEAD) != candidate.crc) return STATUS_PROFILE_CRC;
  const word = first_bad_field(at);
  if (word != 0) return STATUS_PROFILE_FIELD | ((<u32>word) << 8);
  const tables = 4 * candidate.soc_count;
  const blocks = candidate.temperature_count * (1 + 2 * candidate.soc_count);
  if (<u32>length != FIELDS + ((tables + blocks) << 2)) return STATUS_PROFILE_LENGTH;
  const entry = first_bad_entry(at, candidate);
  if (entry != 0) return STATUS_PROFILE_TABLE | ((<u32>entry) << 8);
  profile = candidate;
  derive(candidate);
  return STATUS_OK;
}

/** Word index of the first field out of its range; 0: none. */
function first_bad_field(at: usize): i32 {
  for (let word = 5; word < PROFILE_WORDS; word++) {
    const kind: u32 = load<u8>(PROFILE_KINDS + word);
    const low = load<f32>(PROFILE_LOWS + ((kind >> 5) << 2));
    const high = load<f32>(PROFILE_HIGHS + ((kind & 31) << 2));
    const bits = load<u32>(at + (word << 2));
    const value =
      <i32>(kind & 31) < PROFILE_INTEGER_HIGHS ? <f32>real_of_u32(bits) : reinterpret<f32>(bits);
    if (!(value >= low && value <= high)) return word;
  }
  return first_disorder(changetype<Profile>(at));
}

/** Word index of a limit that contradicts its neighbour level; 0: none. */
function first_disorder(candidate: Profile): i32 {
  for (let level = 1; level < 3; level++) {
    const at = level - 1;
    if (candidate.ccd_level(level) < candidate.ccd_level(at)) return word_ccd + level;
    if (candidate.voltage_max_mV(level) < candidate.voltage_max_mV(at)) return word_max + level;
    if (candidate.voltage_min_mV(level) > candidate.voltage_min_mV(at)) return word_min + level;
    if (candidate.temperature_max_degC(level) < candidate.temperature_max_degC(at)) {
      return word_hot + level;
    }
    if (candidate.temperature_min_degC(level) > candidate.temperature_min_degC(at)) {
      return word_cold + level;
    }
  }
  if (candidate.voltage_min_mV(0) >= candidate.voltage_max_mV(0)) return word_min;
  if (candidate.temperature_min_degC(0) >= candidate.temperature_max_degC(0)) return word_cold;
  if (candidate.sleep_min_ms > candidate.sleep_max_ms) return word_sleep;
  if (candidate.survival_soc > candidate.reserve_soc) return word_survival;
  return 0;
}

const word_ccd: i32 = <i32>(offsetof<Profile>("ccd_level_0") >> 2);
const word_max: i32 = <i32>(offsetof<Profile>("voltage_max_mV_0") >> 2);
const word_min: i32 = <i32>(offsetof<Profile>("voltage_min_mV_0") >> 2);
const word_hot: i32 = <i32>(offsetof<Profile>("temperature_max_degC_0") >> 2);
const word_cold: i32 = <i32>(offsetof<Profile>("temperature_min_degC_0") >> 2);
const word_sleep: i32 = <i32>(offsetof<Profile>("sleep_min_ms") >> 2);
const word_survival: i32 = <i32>(offsetof<Profile>("survival_soc") >> 2);

/** Word index of the first table entry that is out of range or out of order; 0: none. */
function first_bad_entry(at: usize, candidate: Profile): i32 {
  const n: i32 = candidate.soc_count;
  const soc = PROFILE_WORDS;
  if (entry(at, soc) != 0) return soc;
  if (entry(at, soc + n - 1) != 1) return soc + n - 1;
  for (let i = 0; i < n; i++) {
    const node = soc + i;
    if (i > 0 && !(entry(at, node) >= entry(at, node - 1) + SOC_STEP)) return node;
    if (!within(entry(at, node + n), <f32>0.001, 100000000)) return node + n;
    if (!within(entry(at, node + 2 * n), <f32>0.001, 1000)) return node + 2 * n;
    if (!within(entry(at, node + 3 * n), -100, 100)) return node + 3 * n;
  }
  let block = soc + 4 * n;
  for (let k: u32 = 0; k < candidate.temperature_count; k++) {
    if (!within(entry(at, block), -60, 150)) return block;
    if (k > 0 && !(entry(at, block) >= entry(at, block - 2 * n - 1) + 1)) return block;
    const bad = first_not_monotone(at, soc, block + 1, n);
    if (bad != 0) return bad;
    block += 1 + 2 * n;
  }
  return 0;
}

/** Written so that NaN is out of range. */
@inline
function within(value: f32, low: f32, high: f32): bool {
  return value >= low && value <= high;
}

@inline
function entry(at: usize, word: i32): f32 {
  return load<f32>(at + (word << 2));
}

/**
 * OCV must rise and its slopes stay within three secants: then the cubic between two nodes is
 * monotone (Fritsch and Carlson, SIAM J. Numer. Anal. 17 (1980) 238).
 */
function first_not_monotone(at: usize, soc: i32, ocv: i32, n: i32): i32 {
  for (let i = 0; i < n; i++) {
    if (!within(entry(at, ocv + i), 0, 6000)) return ocv + i;
    if (i == 0) continue;
    const rise = entry(at, ocv + i) - entry(at, ocv + i - 1);
    const secant = rise / (entry(at, soc + i) - entry(at, soc + i - 1));
    if (!(secant > 0)) return ocv + i;
    // a little more than three: the compiler of the profile rounded its slopes to f32
    const steepest: f32 = <f32>3.0001 * secant;
    const left = entry(at, ocv + n + i - 1);
    const right = entry(at, ocv + n + i);
    if (!(left >= 0 && left <= steepest)) return ocv + n + i - 1;
    if (!(right >= 0 && right <= steepest)) return ocv + n + i;
  }
  return 0;
}
