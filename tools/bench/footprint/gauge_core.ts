// The core with its gauge update as an export of its own, for the footprint bench only: the same
// function that a step runs, and the inputs that the rooms before it leave behind.

import { drained_pC, harvested_pC, limited } from "../../../assembly/ledger/book";
import { limiting_decay, limiting_reach } from "../../../assembly/ledger/limiting";
import {
  capacity_pC,
  charge_high_pC,
  charge_low_pC,
  flow_variance_per_pC,
  gate_squared,
  leak_variance_max,
  leak_variance_per_s,
  pulse_variance_mV2,
  resistance_25_mV_nA,
  resistance_variance_per_s,
  rest_variance_mV2,
  soc_per_nA_s,
  soc_per_pC,
  soc_variance_min,
  temperature_sigma_K,
} from "../../../assembly/derived";
import { profile } from "../../../assembly/profile";
import { accepted } from "../../../assembly/sample/check";
import { dt_s, per_s } from "../../../assembly/sample/clock";

export {
  abi_version,
  acknowledge,
  allowed_current_nA,
  boot,
  guarded_i32,
  guarded_u32,
  layout_hash,
  load_profile,
  map_profile,
  profile_at,
  step,
  storage_done,
  time_to_empty_s,
  time_to_full_s,
} from "../../../assembly/index";
export { update_gauge as bench_gauge } from "../../../assembly/gauge/update";

/** Writes struct gauge_inputs (gauge_by_hand.h) at `at`. */
export function bench_inputs(at: usize): void {
  store<i64>(at, charge_low_pC);
  store<i64>(at, charge_high_pC, 8);
  store<f32>(at, <f32>harvested_pC, 16);
  store<f32>(at, <f32>drained_pC, 20);
  store<f32>(at, <f32>dt_s, 24);
  store<f32>(at, <f32>per_s, 28);
  store<f32>(at, <f32>capacity_pC, 32);
  store<f32>(at, <f32>soc_per_pC, 36);
  store<f32>(at, <f32>soc_per_nA_s, 40);
  store<f32>(at, <f32>rest_variance_mV2, 44);
  store<f32>(at, <f32>pulse_variance_mV2, 48);
  store<f32>(at, <f32>gate_squared, 52);
  store<f32>(at, <f32>flow_variance_per_pC, 56);
  store<f32>(at, <f32>leak_variance_per_s, 60);
  store<f32>(at, <f32>resistance_variance_per_s, 64);
  store<f32>(at, <f32>soc_variance_min, 68);
  store<f32>(at, <f32>leak_variance_max, 72);
  store<f32>(at, <f32>limiting_decay, 76);
  store<f32>(at, <f32>limiting_reach, 80);
  store<f32>(at, <f32>resistance_25_mV_nA, 84);
  store<f32>(at, <f32>temperature_sigma_K, 88);
  store<u32>(at, limited ? 1 : 0, 92);
  store<u32>(at, accepted, 96);
  store<u32>(at, <u32>changetype<usize>(profile), 100);
}
