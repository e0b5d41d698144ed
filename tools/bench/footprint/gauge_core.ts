// The core with its gauge update and its plan as exports of their own, for the footprint bench
// only: the same functions that a step runs, the walk up to them, and the inputs of the gauge.

import { sample, vital } from "../../../assembly/abi";
import {
  booked_harvest_pC,
  booked_load_pC,
  booked_scale,
  book_interval,
  drained_pC,
  harvested_pC,
  limited,
  unsure_pC,
} from "../../../assembly/ledger/book";
import { limiting_decay, limiting_reach } from "../../../assembly/ledger/limiting";
import * as derived from "../../../assembly/derived";
import { surprise } from "../../../assembly/gauge/correct";
import { report_gauge } from "../../../assembly/gauge/report";
import { update_gauge } from "../../../assembly/gauge/update";
import { judge_limits } from "../../../assembly/guard/limits";
import { follow_forecast } from "../../../assembly/harvest/forecast";
import { follow_means } from "../../../assembly/harvest/mean";
import { rank_sources } from "../../../assembly/harvest/sources";
import { track_point } from "../../../assembly/harvest/tracker";
import { plan_charge } from "../../../assembly/plan/charge";
import { plan_load } from "../../../assembly/plan/load";
import { plan_measurement } from "../../../assembly/plan/measure";
import { profile } from "../../../assembly/profile";
import { accepted, active_ms, check_sample } from "../../../assembly/sample/check";
import { dt_s, per_s, read_clock } from "../../../assembly/sample/clock";

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
  time_at_current_s,
  time_at_power_s,
  time_to_empty_s,
  time_to_full_s,
} from "../../../assembly/index";
export { update_gauge as bench_gauge } from "../../../assembly/gauge/update";
export { update_loaded as bench_loaded } from "../../../assembly/gauge/loaded/update";

/** The walk up to the gauge (assembly/step.ts). */
export function bench_before_gauge(): void {
  read_clock();
  vital.time_ms = sample.time_ms;
  check_sample();
  book_interval();
}

/** The walk up to the plan, but for what the plan's rooms do before the limits. */
export function bench_before_plan(): void {
  bench_before_gauge();
  update_gauge();
  report_gauge();
  judge_limits(0);
}

/** What each wake's plan takes: harvest estimate, ratio, forecast, price, charge and load. */
export function bench_plan(): void {
  rank_sources();
  track_point();
  follow_means();
  follow_forecast();
  plan_load();
  plan_charge();
  plan_measurement();
}

/** Writes gauge_inputs (by_hand/gauge.h) at `at`. */
export function bench_inputs(at: usize): void {
  store<i64>(at, derived.charge_low_pC);
  store<i64>(at, derived.charge_high_pC, 8);
  store<f32>(at, harvested_pC, 16);
  store<f32>(at, drained_pC, 20);
  store<f32>(at, booked_harvest_pC, 24);
  store<f32>(at, booked_load_pC, 28);
  store<f32>(at, unsure_pC, 32);
  store<f32>(at, dt_s, 36);
  store<f32>(at, per_s, 40);
  store<f32>(at, derived.capacity_pC, 44);
  store<f32>(at, derived.soc_per_pC, 48);
  store<f32>(at, derived.soc_per_nA_s, 52);
  store<f32>(at, derived.resistance_25_mV_nA, 56);
  store<f32>(at, derived.float_mV, 60);
  store<f32>(at, derived.temperature_sigma_K, 64);
  store<f32>(at, derived.reading_variance_mV2, 68);
  store<f32>(at, derived.dwell_variance_mV2, 72);
  store<f32>(at, derived.table_variance_mV2, 76);
  store<f32>(at, derived.hysteresis_variance_mV2, 80);
  store<f32>(at, derived.pulse_variance_mV2, 84);
  store<f32>(at, derived.gate_squared, 88);
  store<f32>(at, derived.flow_variance_per_pC, 92);
  store<f32>(at, derived.leak_variance_per_s, 96);
  store<f32>(at, derived.load_variance_per_s, 100);
  store<f32>(at, derived.harvest_variance_per_s, 104);
  store<f32>(at, derived.resistance_variance_per_s, 108);
  store<f32>(at, derived.soc_variance_min, 112);
  store<f32>(at, limiting_decay, 116);
  store<f32>(at, limiting_reach, 120);
  store<u32>(at, limited ? 1 : 0, 124);
  store<u32>(at, accepted, 128);
  store<f32>(at, surprise, 132);
  store<f32>(at, derived.drift_mV_K, 136);
  store<f32>(at, derived.error_most_mV, 140);
  store<f32>(at, booked_scale, 144);
  store<u32>(at, <u32>changetype<usize>(profile), 148);
  store<u32>(at, active_ms, 152);
}
