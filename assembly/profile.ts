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
  VALUE_CHARGE,
  VALUE_CURRENT,
} from "./abi";
import { derive } from "./derived";
import { real_of_u32 } from "./math/convert";
import { crc32 } from "./math/crc32";

/** 'PMFT' in memory order. */
const MAGIC: u32 = 0x54464d50;
/** The CRC covers everything behind these five words. */
const HEAD: i32 = 20;
const FIELDS: i32 = PROFILE_WORDS << 2;
/** With the largest tables that the counts of SOC nodes, temperatures and elements allow. */
const LONGEST: i32 = FIELDS + 4 * (8 * 64 + 8 * (1 + 2 * 64));
/** All four elements of a cell's polarization, or none; their logarithms. */
const POLARIZATIONS: u32 = 4;
const LOG_MOST: f32 = 60;
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
  const curves = candidate.polarization_count * candidate.soc_count;
  if (<u32>length != FIELDS + ((tables + blocks + curves) << 2)) return STATUS_PROFILE_LENGTH;
  const bad = first_bad_entry(at, candidate);
  if (bad != 0) return STATUS_PROFILE_TABLE | (((<u32>(bad - at)) >> 2) << 8);
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

/** The limits lie one behind the other, three levels each: ccd, voltage and temperature. */
const LIMITS: i32 = <i32>(offsetof<Profile>("ccd_level_0") >> 2);
const VOLTAGE_MAX: i32 = LIMITS + 3;
const VOLTAGE_MIN: i32 = LIMITS + 6;
const TEMPERATURE_MAX: i32 = LIMITS + 9;
const TEMPERATURE_MIN: i32 = LIMITS + 12;
const LIMITS_END: i32 = LIMITS + 15;
const SLEEP_MIN: i32 = <i32>(offsetof<Profile>("sleep_min_ms") >> 2);
const SURVIVAL: i32 = <i32>(offsetof<Profile>("survival_soc") >> 2);

const OBSERVABLES: i32 = <i32>(offsetof<Profile>("observables") >> 2);
const POLARIZATION: i32 = <i32>(offsetof<Profile>("polarization_count") >> 2);
const CYCLE: i32 = <i32>(offsetof<Profile>("cycle_s") >> 2);

/** Word index of a limit that contradicts its neighbour; 0: none. */
function first_disorder(candidate: Profile): i32 {
  const at = changetype<usize>(candidate);
  let level = 0;
  for (let word = LIMITS; word < LIMITS_END; word++) {
    const lower = (word >= VOLTAGE_MIN && word < TEMPERATURE_MAX) || word >= TEMPERATURE_MIN;
    const wider = entry(at, word) - entry(at, word - 1);
    if (level != 0 && (lower ? wider > 0 : wider < 0)) return word;
    level = level < 2 ? level + 1 : 0;
  }
  if (entry(at, VOLTAGE_MIN) >= entry(at, VOLTAGE_MAX)) return VOLTAGE_MIN;
  if (entry(at, TEMPERATURE_MIN) >= entry(at, TEMPERATURE_MAX)) return TEMPERATURE_MIN;
  if (candidate.sleep_min_ms > candidate.sleep_max_ms) return SLEEP_MIN;
  if (candidate.survival_soc > candidate.reserve_soc) return SURVIVAL;
  if (candidate.cycle_s % 24 != 0) return CYCLE;
  const whole = candidate.polarization_count % POLARIZATIONS == 0;
  if (!whole || (UNDER_LOAD == 0 && candidate.polarization_count != 0)) return POLARIZATION;
  const counts = (candidate.observables & (VALUE_CHARGE | VALUE_CURRENT)) != 0;
  if (UNDER_LOAD == 0 && counts) return OBSERVABLES;
  return 0;
}

@inline
function entry(at: usize, word: i32): f32 {
  return load<f32>(at + (word << 2));
}

/** Address of the first table entry that is out of range or out of order; 0: none. */
function first_bad_entry(at: usize, candidate: Profile): usize {
  const stride: usize = candidate.soc_count << 2;
  const soc = at + FIELDS;
  const end = soc + stride;
  if (load<f32>(soc) != 0) return soc;
  if (load<f32>(end - 4) != 1) return end - 4;
  for (let node = soc; node != end; node += 4) {
    if (node != soc && !(load<f32>(node) >= load<f32>(node - 4) + SOC_STEP)) return node;
    let companion = node + stride;
    if (outside(companion, <f32>0.001, 100000000)) return companion;
    companion += stride;
    if (outside(companion, <f32>0.001, 1000)) return companion;
    companion += stride;
    if (outside(companion, -100, 100)) return companion;
  }
  let block = soc + 4 * stride;
  for (let k: u32 = 0; k < candidate.temperature_count; k++) {
    if (outside(block, -60, 150)) return block;
    if (k > 0 && !(load<f32>(block) >= load<f32>(block - 2 * stride - 4) + 1)) return block;
    const bad = first_not_monotone(soc, block + 4, stride);
    if (bad != 0) return bad;
    block += 4 + 2 * stride;
  }
  const curves = block + <usize>candidate.polarization_count * stride;
  for (; block != curves; block += 4) {
    if (outside(block, -LOG_MOST, LOG_MOST)) return block;
  }
  return 0;
}

/** Written so that NaN is outside. */
function outside(at: usize, low: f32, high: f32): bool {
  const value = load<f32>(at);
  return !(value >= low && value <= high);
}

/**
 * OCV must rise and its slopes stay within three secants: then the cubic between two nodes is
 * monotone (Fritsch and Carlson, SIAM J. Numer. Anal. 17 (1980) 238).
 */
function first_not_monotone(soc: usize, ocv: usize, stride: usize): usize {
  const end = ocv + stride;
  if (outside(ocv, 0, 6000)) return ocv;
  for (let node = ocv + 4; node != end; node += 4) {
    if (outside(node, 0, 6000)) return node;
    soc += 4;
    const rise = load<f32>(node) - load<f32>(node - 4);
    const secant = rise / (load<f32>(soc) - load<f32>(soc - 4));
    if (!(secant > 0)) return node;
    // a little more than three: the compiler of the profile rounded its slopes to f32
    const steepest: f32 = <f32>3.0001 * secant;
    const slope = node + stride;
    if (outside(slope - 4, 0, steepest)) return slope - 4;
    if (outside(slope, 0, steepest)) return slope;
  }
  return 0;
}
