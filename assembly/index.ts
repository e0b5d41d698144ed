// The ABI: the only exports of the core. At most four scalar arguments each; everything wider goes
// through the areas of assembly/abi.txt.

import {
  ABI_VERSION,
  LAYOUT_HASH,
  MODE_SURVIVAL,
  REASON_WAKE,
  STATUS_ARGUMENT,
  STATUS_OK,
  decision,
  vital,
  warm,
} from "./abi";
import { evaluate_ocv } from "./cell/ocv";
import { soc_of } from "./derived";
import { charge_allowed_nA, drain_allowed_nA, prepare_drain } from "./gauge/power";
import { seconds_at, seconds_at_load, seconds_to_empty, seconds_to_full } from "./gauge/time_left";
import { RUNNING } from "./journal/record";
import { guarded_i32 as to_i32, guarded_u32 as to_u32, real_of_u32 } from "./math/convert";
import { real } from "./math/real";
import { accept_profile } from "./profile";
import {
  acknowledge_faults,
  profile_accepted,
  profile_refused,
  start,
  storage_executed,
  walk,
} from "./step";

/** major << 16 | minor. */
export function abi_version(): u32 {
  return ABI_VERSION;
}

/** Hash of the layout table. */
export function layout_hash(): u32 {
  return LAYOUT_HASH;
}

/** Where the host puts profile bytes: behind areas, bank and constants. */
export function profile_at(): u32 {
  return (<u32>(__heap_base + 15)) & ~15;
}

/** Checks and uses `length` profile bytes at `profile_at()`. */
export function load_profile(length: i32): u32 {
  return map_profile(profile_at(), length);
}

/** Checks and uses profile bytes in place, for example in flash; the address is not copied from. */
export function map_profile(address: u32, length: i32): u32 {
  const status = accept_profile(<usize>address, length);
  if (status == STATUS_OK) {
    profile_accepted();
  } else {
    profile_refused();
  }
  return answer(status);
}

/** Starts; `off_s` is the time without power, 0xffffffff when no clock survived. */
export function boot(reason: u32, off_s: u32, time_ms: u32): u32 {
  if (reason > REASON_WAKE) return answer(STATUS_ARGUMENT);
  return answer(start(reason, off_s, time_ms));
}

/** One walk: sample -> decision, gauge, storage. */
export function step(): u32 {
  return answer(walk());
}

/** The operation in `storage` was executed; 0: with success. */
export function storage_done(result: i32): u32 {
  return answer(storage_executed(result));
}

/** Highest current for `duration_ms`; direction 1 charge, -1 discharge; 0 when not running. */
export function allowed_current_nA(direction: i32, duration_ms: u32): f32 {
  if (warm.boot_state != RUNNING) return 0;
  const duration_s = real_of_u32(duration_ms) * <real>0.001;
  if (direction >= 0) return <f32>charge_allowed_nA(duration_s);
  const soc = soc_of(vital.charge_pC);
  evaluate_ocv(soc, vital.temperature_degC);
  prepare_drain(soc);
  return <f32>drain_allowed_nA(duration_s);
}

/** Seconds until the weakest cell is empty in `mode`; -1: not known yet, or never. */
export function time_to_empty_s(mode: u32): f32 {
  if (warm.boot_state != RUNNING || mode > MODE_SURVIVAL) return -1;
  return <f32>seconds_to_empty(mode);
}

/** Seconds to full (positive) or empty (negative) at a net current; -1: not known yet, or never. */
export function time_at_current_s(current_nA: f32): f32 {
  if (warm.boot_state != RUNNING) return -1;
  return <f32>seconds_at(<real>current_nA, current_nA < 0);
}

/** Seconds to empty at a power drawn from the cell; -1: not known yet, or never. */
export function time_at_power_s(power_nW: f32): f32 {
  if (warm.boot_state != RUNNING) return -1;
  return <f32>seconds_at_load(<real>power_nW);
}

/** Seconds until full; -1: not known yet, or never. */
export function time_to_full_s(): f32 {
  if (warm.boot_state != RUNNING) return -1;
  return <f32>seconds_to_full();
}

/** The core's conversion: NaN gives 0, values beyond the range its ends. */
export function guarded_i32(x: f32): i32 {
  return to_i32(x);
}

/** The same, unsigned. */
export function guarded_u32(x: f32): u32 {
  return to_u32(x);
}

/** Clears these latched fault bits, unless they are active. */
export function acknowledge(faults: u32): u32 {
  return answer(acknowledge_faults(faults));
}

@inline
function answer(status: u32): u32 {
  decision.status = <i32>status;
  return status;
}
