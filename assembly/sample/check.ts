// Range and plausibility of every measured value. What is not finite, out of range or contradicts
// the board is excluded and counted; nothing behind this door sees it.

import {
  FAULT_SENSOR,
  FAULT_STALE,
  SAMPLE_AT,
  Sample,
  VALUE_ACTIVE,
  VALUE_CHARGE,
  VALUE_CURRENT,
  VALUE_HARVEST,
  VALUE_HARVEST_NOW,
  VALUE_PROBE,
  VALUE_PULSE,
  VALUE_SOURCE,
  VALUE_TEMPERATURE,
  VALUE_VOLTAGE,
  sample,
  vital,
  warm,
} from "../abi";
import { real_of_u32, wide_of } from "../math/convert";
import { real } from "../math/real";
import { profile } from "../profile";
import { dt_ms, whole_s } from "./clock";

/** A cell's temperature cannot change faster than this many K per second, plus sensor error. */
const TEMPERATURE_SLOPE_K_PER_MS: real = 0.001;
const TEMPERATURE_JUMP_K: real = 5;
/** Without a plausible temperature for an hour the model is guessing. */
const STALE_S: u32 = 3600;
const VOLTAGE: usize = offsetof<Sample>("voltage_mV");
const VOLTAGE_LOADED: usize = offsetof<Sample>("voltage_loaded_mV");
const PULSE_DRAIN: usize = offsetof<Sample>("pulse_drain_nA");
const TEMPERATURE: usize = offsetof<Sample>("temperature_degC");
const HARVEST_MEAN: usize = offsetof<Sample>("harvest_mean_nA");
const HARVEST_NOW: usize = offsetof<Sample>("harvest_now_nA");
const PROBE: usize = offsetof<Sample>("probe_nA");
const CURRENT: usize = offsetof<Sample>("current_nA");
const SOURCES: usize = offsetof<Sample>("source_mV_0");
const CURRENT_MAX_NA: f32 = 100000000;
const VOLTAGE_MAX_MV: f32 = 60000;

/** sample.valid bits that may be used, and those that were claimed and excluded. */
export let accepted: u32 = 0;
export let rejected: u32 = 0;
/** Time awake, never longer than the interval. */
export let active_ms: u32 = 0;

/** A counter's charge is in the sample, and the cell's current. */
@inline
export function is_counted(): bool {
  return UNDER_LOAD != 0 && (accepted & VALUE_CHARGE) != 0;
}

@inline
export function is_current_read(): bool {
  return UNDER_LOAD != 0 && (accepted & VALUE_CURRENT) != 0;
}

/** `bit` when the f32 of the sample at that offset is not within; written so that NaN is not. */
function outside(offset: usize, low: f32, high: f32, bit: u32): u32 {
  const value = load<f32>(SAMPLE_AT + offset);
  return value >= low && value <= high ? 0 : bit;
}

/** Decides which values of the sample may be used; call after `read_clock`. Returns fault bits. */
export function check_sample(): u32 {
  const claimed = sample.valid & profile.observables;
  let bad =
    outside(VOLTAGE, 1, VOLTAGE_MAX_MV, VALUE_VOLTAGE) |
    outside(HARVEST_MEAN, 0, CURRENT_MAX_NA, VALUE_HARVEST) |
    outside(HARVEST_NOW, 0, CURRENT_MAX_NA, VALUE_HARVEST_NOW) |
    outside(PROBE, 0, CURRENT_MAX_NA, VALUE_PROBE) |
    outside(CURRENT, -CURRENT_MAX_NA, CURRENT_MAX_NA, VALUE_CURRENT);
  for (let i = 0; i < 4; i++) {
    bad |= outside(SOURCES + ((<usize>i) << 2), 0, VOLTAGE_MAX_MV, VALUE_SOURCE << i);
  }
  // a load step is a fall of a voltage that may be used itself
  if ((claimed & ~bad & VALUE_VOLTAGE) == 0) bad |= VALUE_PULSE;
  bad |= outside(VOLTAGE_LOADED, 1, sample.voltage_mV, VALUE_PULSE);
  bad |= outside(PULSE_DRAIN, 1, CURRENT_MAX_NA, VALUE_PULSE);
  if (claimed & VALUE_CHARGE) {
    const most_pC = wide_of(CURRENT_MAX_NA * real_of_u32(dt_ms));
    if (sample.charge_pC > most_pC || sample.charge_pC < -most_pC) bad |= VALUE_CHARGE;
  }
  if (!temperature_plausible()) bad |= VALUE_TEMPERATURE;
  active_ms = claimed & VALUE_ACTIVE ? sample.active_ms : 0;
  if (active_ms > dt_ms) {
    bad |= VALUE_ACTIVE;
    active_ms = dt_ms;
  }
  accepted = claimed & ~bad;
  rejected = claimed & bad;
  if (rejected == 0) return take_temperature();
  warm.rejected += 1;
  return FAULT_SENSOR | take_temperature();
}

/** In range, and not a jump that a cell's heat capacity forbids. */
function temperature_plausible(): bool {
  if (outside(TEMPERATURE, -60, 150, 1) != 0) return false;
  // after an hour without a good value the old one means nothing
  if (warm.stale_s > STALE_S) return true;
  const step = <real>sample.temperature_degC - vital.temperature_degC;
  const allowed = TEMPERATURE_JUMP_K + TEMPERATURE_SLOPE_K_PER_MS * real_of_u32(dt_ms);
  return step <= allowed && step >= -allowed;
}

/** Holds the last plausible temperature and its age. Returns FAULT_STALE when it is too old. */
function take_temperature(): u32 {
  if (accepted & VALUE_TEMPERATURE) {
    vital.temperature_degC = <real>sample.temperature_degC;
    warm.stale_s = 0;
    return 0;
  }
  if (warm.stale_s < 0x40000000) warm.stale_s += whole_s;
  return warm.stale_s > STALE_S && (profile.observables & VALUE_TEMPERATURE) != 0 ? FAULT_STALE : 0;
}
