// The walk of one sample through the rooms, and the start.
//
//   sample -> ledger -> gauge -> guard -> harvest -> plan -> guard -> journal

import {
  DECISION_AT,
  DECISION_SIZE,
  FAULT_CLOCK,
  FAULT_STORAGE,
  MODE_SURVIVAL,
  REASON_COLD,
  STATUS_CLOCK_STOPPED,
  STATUS_NOT_BOOTED,
  STATUS_NO_PROFILE,
  STATUS_OK,
  STATUS_REJECTED,
  STATUS_STORAGE,
  STATUS_STORAGE_IDLE,
  decision,
  sample,
  storage,
  vital,
  warm,
} from "./abi";
import { forget_segment } from "./cell/ocv";
import { forget_resistance } from "./cell/resistance";
import { LEAK, hypothesis, set_soc_variance, soc_variance, variance } from "./gauge/hypothesis";
import { forget_learned, restore_learned } from "./gauge/learned";
import { update_loaded } from "./gauge/loaded/update";
import { report_gauge } from "./gauge/report";
import { restore_age, update_gauge } from "./gauge/update";
import { judge_limits } from "./guard/limits";
import { veto_decision } from "./guard/veto";
import {
  follow_forecast,
  forecast_is_good,
  forget_forecast,
  wind_forecast,
} from "./harvest/forecast";
import { follow_means } from "./harvest/mean";
import { rank_sources } from "./harvest/sources";
import { track_point } from "./harvest/tracker";
import {
  FOUND,
  LOADED,
  NO_PROFILE,
  RUNNING,
  clear_storage,
  consider_record,
  continue_record,
  continue_recovery,
  missed_share,
  number_after_recovery,
  seal_wake,
  start_recovery,
} from "./journal/record";
import { retained_is_good, seal_vital } from "./journal/seal";
import { book_interval, correct_charge } from "./ledger/book";
import { wide_of, wide_of_coarse } from "./math/convert";
import { real } from "./math/real";
import { clear_words } from "./math/words";
import { plan_charge } from "./plan/charge";
import { plan_load } from "./plan/load";
import { plan_measurement } from "./plan/measure";
import { find_gentle_soc } from "./plan/path";
import { capacity_pC } from "./derived";
import { profile } from "./profile";
import { check_sample, rejected } from "./sample/check";
import { read_clock, whole_s } from "./sample/clock";
import { UNKNOWN_OFF, forget_vital, forget_warm, off_drain_pC, off_variance } from "./sample/start";

/** One walk. Returns a status with its detail. */
export function walk(): u32 {
  if (warm.boot_state != RUNNING) {
    return warm.boot_state == NO_PROFILE ? STATUS_NO_PROFILE : STATUS_NOT_BOOTED;
  }
  const clock = read_clock();
  if (clock != STATUS_OK) return refuse_clock(clock);
  vital.time_ms = sample.time_ms;
  const faults = check_sample();
  book_interval();
  if (UNDER_LOAD != 0 && profile.polarization_count != 0) {
    update_loaded();
  } else {
    update_gauge();
  }
  report_gauge();
  rank_sources();
  track_point();
  follow_means();
  follow_forecast();
  judge_limits(faults);
  plan_load();
  plan_charge();
  plan_measurement();
  veto_decision();
  warm.unrecorded_s += whole_s;
  const waits = consider_record();
  decision.rejected = rejected;
  if (rejected != 0) return STATUS_REJECTED | (rejected << 8);
  return waits ? STATUS_STORAGE : STATUS_OK;
}

/** What harvest and events of a time that is not booked may move, as a share of capacity. */
const REFUSED: real = 0.1;

/** Nothing is booked for a time nobody knows; the next interval starts from this reading. */
function refuse_clock(status: u32): u32 {
  vital.clock_faults += 1;
  vital.faults_latched |= FAULT_CLOCK;
  decision.faults |= FAULT_CLOCK;
  decision.faults_latched = vital.faults_latched;
  if (status != STATUS_CLOCK_STOPPED) {
    vital.time_ms = sample.time_ms;
    widen_soc(UNKNOWN_OFF, REFUSED);
  }
  seal_wake();
  return status;
}

/** Starts from retained RAM where it is good, else from the journal, else from nothing. */
export function start(reason: u32, off_s: u32, time_ms: u32): u32 {
  if (warm.boot_state == NO_PROFILE) return STATUS_NO_PROFILE;
  const retained = reason != REASON_COLD && retained_is_good();
  forget_warm();
  if (retained && off_s != UNKNOWN_OFF && forecast_is_good()) {
    wind_forecast(off_s);
  } else {
    forget_forecast();
  }
  warm.boot_state = LOADED;
  warm.boot_off_s = off_s;
  warm.boot_time_ms = time_ms;
  clear_storage();
  if (!retained && profile.storage_kind != 0) {
    start_recovery();
    return STATUS_STORAGE;
  }
  if (retained) {
    // it keeps this where a record keeps its CRC
    warm.recorded_charge_pC = wide_of_coarse(vital.crc);
  } else {
    forget_record();
  }
  return resume(0);
}

function forget_record(): void {
  forget_vital();
  forget_learned();
  // the first record enters a half anew
  vital.sequence = 0xffffffff;
  vital.charge_pC = wide_of(capacity_pC * <real>0.5);
}

/** The books open with the charge found; what time off and cut may have taken widens the error. */
function resume(missed: real): u32 {
  const found_pC = vital.charge_pC;
  const off_s = warm.boot_off_s;
  vital.charge_pC = 0;
  correct_charge(found_pC - wide_of(off_drain_pC(off_s)));
  restore_learned();
  widen_soc(off_s, missed);
  restore_age(off_s);
  vital.time_ms = warm.boot_time_ms;
  vital.boots += 1;
  warm.boot_state = RUNNING;
  wait_for_a_sample();
  seal_vital();
  return STATUS_OK;
}

/**
 * What may have happened in a time off, or in one that no clock told, goes to SOC's error, and a
 * share of the capacity that may have moved unnoticed.
 */
function widen_soc(off_s: u32, missed: real): void {
  const leak_sigma_nA = sqrt<real>(variance(hypothesis(0), LEAK));
  const more = off_variance(off_s, leak_sigma_nA) + missed * missed;
  for (let i = 0; i < <i32>warm.alive; i++) {
    const hyp = hypothesis(i);
    const sum = soc_variance(hyp) + more;
    set_soc_variance(hyp, sum < 1 ? sum : 1);
  }
  const wider = vital.soc_sigma * vital.soc_sigma + more;
  vital.soc_sigma = wider < 1 ? sqrt<real>(wider) : 1;
}

/** Until the first sample the node knows nothing: look soon, do nothing before. */
function wait_for_a_sample(): void {
  clear_words(DECISION_AT, DECISION_SIZE);
  decision.mode = <u8>MODE_SURVIVAL;
  decision.sleep_ms = profile.sleep_min_ms;
  decision.faults_latched = vital.faults_latched;
}

/** The host executed the waiting storage operation. */
export function storage_executed(result: i32): u32 {
  if (storage.op == 0) return STATUS_STORAGE_IDLE;
  const success = result == 0;
  if (warm.boot_state != RUNNING) {
    if (continue_recovery(success)) return STATUS_STORAGE;
    if (warm.boot_state == FOUND) {
      number_after_recovery();
    } else {
      forget_record();
    }
    return resume(missed_share());
  }
  if (!success) {
    vital.faults_latched |= FAULT_STORAGE;
    decision.faults_latched = vital.faults_latched;
  }
  return continue_record(success) ? STATUS_STORAGE : STATUS_OK;
}

/** A profile was accepted: the node must boot (again). */
export function profile_accepted(): void {
  forget_warm();
  clear_storage();
  forget_segment();
  forget_resistance();
  find_gentle_soc();
  warm.boot_state = LOADED;
}

/** A profile was refused: the node stays in its safe state. */
export function profile_refused(): void {
  warm.boot_state = NO_PROFILE;
  clear_storage();
}

/** Clears latched faults that are no longer active. */
export function acknowledge_faults(mask: u32): u32 {
  if (warm.boot_state != RUNNING) return STATUS_NOT_BOOTED;
  vital.faults_latched &= ~mask | decision.faults;
  decision.faults_latched = vital.faults_latched;
  seal_wake();
  return STATUS_OK;
}
