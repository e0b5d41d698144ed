// Range and plausibility of every measured value. What is not finite, out of range or contradicts
// the board is excluded and counted; nothing behind this door sees it.

import {
  FAULT_SENSOR,
  FAULT_STALE,
  VALUE_ACTIVE,
  VALUE_CHARGE,
  VALUE_HARVEST,
  VALUE_HARVEST_NOW,
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
/** The bits of all sources. */
const SOURCES: u32 = VALUE_SOURCE * 15;
const CURRENT_MAX_NA: f32 = 100000000;
const VOLTAGE_MAX_MV: f32 = 60000;

/** sample.valid bits that may be used, and those that were claimed and excluded. */
export let accepted: u32 = 0;
export let rejected: u32 = 0;
/** Time awake, never longer than the interval. */
export let active_ms: u32 = 0;

/** Written so that NaN is out of range. */
@inline
function within(value: f32, low: f32, high: f32): bool {
  return value >= low && value <= high;
}

@inline
function keep(bit: u32, plausible: bool): void {
  if (!plausible) accepted &= ~bit;
}

/** Decides which values of the sample may be used; call after `read_clock`. Returns fault bits. */
export function check_sample(): u32 {
  const claimed = sample.valid & profile.observables;
  accepted = claimed;
  if (claimed & VALUE_VOLTAGE) keep(VALUE_VOLTAGE, within(sample.voltage_mV, 1, VOLTAGE_MAX_MV));
  if (claimed & VALUE_PULSE) {
    keep(
      VALUE_PULSE,
      (accepted & VALUE_VOLTAGE) != 0 &&
        within(sample.voltage_loaded_mV, 1, sample.voltage_mV) &&
        within(sample.pulse_drain_nA, 1, CURRENT_MAX_NA),
    );
  }
  if (claimed & VALUE_CHARGE) {
    const most_pC = wide_of(CURRENT_MAX_NA * real_of_u32(dt_ms));
    keep(VALUE_CHARGE, sample.charge_pC <= most_pC && sample.charge_pC >= -most_pC);
  }
  if (claimed & VALUE_HARVEST) {
    keep(VALUE_HARVEST, within(sample.harvest_mean_nA, 0, CURRENT_MAX_NA));
  }
  if (claimed & VALUE_HARVEST_NOW) {
    keep(VALUE_HARVEST_NOW, within(sample.harvest_now_nA, 0, CURRENT_MAX_NA));
  }
  if (claimed & VALUE_TEMPERATURE) keep(VALUE_TEMPERATURE, temperature_plausible());
  if (claimed & SOURCES) check_sources(claimed);
  active_ms = 0;
  if (claimed & VALUE_ACTIVE) {
    active_ms = sample.active_ms;
    keep(VALUE_ACTIVE, active_ms <= dt_ms);
    if (active_ms > dt_ms) active_ms = dt_ms;
  }
  rejected = claimed & ~accepted;
  const faults: u32 = rejected != 0 ? FAULT_SENSOR : 0;
  if (rejected != 0) warm.rejected += 1;
  return faults | take_temperature();
}

function check_sources(claimed: u32): void {
  for (let i = 0; i < 4; i++) {
    const bit = VALUE_SOURCE << i;
    if (claimed & bit) keep(bit, within(sample.source_mV(i), 0, VOLTAGE_MAX_MV));
  }
}

/** In range, and not a jump that a cell's heat capacity forbids. */
function temperature_plausible(): bool {
  if (!within(sample.temperature_degC, -60, 150)) return false;
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
