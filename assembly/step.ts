// The walk of one sample through the rooms, and the start.
//
//   sample -> ledger -> gauge -> guard -> harvest -> plan -> guard -> journal

import {
  DECISION_AT,
  DECISION_SIZE,
  FAULT_CLOCK,
  FAULT_STORAGE,
  MODE_SURVIVAL,
  PMIC_LIMITING,
  REASON_COLD,
  STATUS_CLOCK_STOPPED,
  STATUS_NOT_BOOTED,
  STATUS_NO_PROFILE,
  STATUS_OK,
  STATUS_REJECTED,
  STATUS_STORAGE,
  STATUS_STORAGE_IDLE,
  VALUE_VOLTAGE,
  decision,
  sample,
  storage,
  vital,
  warm,
} from "./abi";
import { forget_segment, ocv_slope_mV, soc_at_rest } from "./cell/ocv";
import { forget_resistance } from "./cell/resistance";
import { start_covariance } from "./gauge/hold";
import { report_gauge } from "./gauge/report";
import { update_gauge } from "./gauge/update";
import { judge_limits } from "./guard/limits";
import { veto_decision } from "./guard/veto";
import { follow_means } from "./harvest/mean";
import { rank_sources } from "./harvest/sources";
import {
  LOADED,
  NO_PROFILE,
  READING_A,
  RUNNING,
  clear_storage,
  consider_record,
  continue_record,
  continue_recovery,
  give_up_record,
  seal_wake,
  start_recovery,
} from "./journal/record";
import { record_is_good, retained_is_good, seal_vital } from "./journal/seal";
import { book_interval, correct_charge } from "./ledger/book";
import { wide_of } from "./math/convert";
import { real } from "./math/real";
import { plan_charge } from "./plan/charge";
import { plan_load } from "./plan/load";
import { plan_measurement } from "./plan/measure";
import { capacity_pC } from "./derived";
import { profile } from "./profile";
import { accepted, check_sample, rejected } from "./sample/check";
import { read_clock, whole_s } from "./sample/clock";
import { forget_vital, forget_warm, off_drain_pC, off_variance } from "./sample/start";

/** Until the first rest voltage SOC is only known to lie between empty and full. */
const SOC_VARIANCE_UNSEEN: real = 1;
/** Above this variance the filter's linearisation means nothing: read SOC from the rest voltage. */
const SOC_VARIANCE_READ: real = 0.04;

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
  read_first_voltage();
  update_gauge();
  report_gauge();
  follow_means();
  judge_limits(faults);
  rank_sources();
  plan_charge();
  plan_load();
  plan_measurement();
  veto_decision();
  warm.unrecorded_s += whole_s;
  const waits = consider_record();
  decision.rejected = rejected;
  if (rejected != 0) return STATUS_REJECTED | (rejected << 8);
  return waits ? STATUS_STORAGE : STATUS_OK;
}

/** Nothing is booked for a time nobody knows; the next interval starts from this reading. */
function refuse_clock(status: u32): u32 {
  vital.clock_faults += 1;
  vital.faults_latched |= FAULT_CLOCK;
  decision.faults |= FAULT_CLOCK;
  decision.faults_latched = vital.faults_latched;
  if (status != STATUS_CLOCK_STOPPED) {
    vital.time_ms = sample.time_ms;
    const wider = vital.covariance_0 + off_variance(0xffffffff);
    vital.covariance_0 = wider < SOC_VARIANCE_UNSEEN ? wider : SOC_VARIANCE_UNSEEN;
  }
  seal_wake();
  return status;
}

/** A filter that knows nothing about SOC starts from the rest voltage. */
function read_first_voltage(): void {
  if (vital.covariance_0 <= SOC_VARIANCE_READ || (accepted & VALUE_VOLTAGE) == 0) return;
  if (sample.pmic_flags & PMIC_LIMITING) return;
  const node = profile;
  const cell_mV = <real>sample.voltage_mV / <real>node.series;
  const soc = soc_at_rest(cell_mV, vital.temperature_degC);
  correct_charge(wide_of(soc * capacity_pC) - vital.charge_pC);
  // what the reading does not know about the voltage, over the slope it was read on
  const model_mV = <real>node.voltage_sigma_mV;
  const gain_mV = <real>node.adc_gain_sigma * cell_mV;
  const read_mV2 = model_mV * model_mV + gain_mV * gain_mV;
  const start = <real>node.soc_sigma * <real>node.soc_sigma;
  const variance = start + read_mV2 / (ocv_slope_mV * ocv_slope_mV);
  start_covariance(variance < SOC_VARIANCE_READ ? variance : SOC_VARIANCE_READ);
}

/** Starts from retained RAM where it is good, else from the journal, else from nothing. */
export function start(reason: u32, off_s: u32, time_ms: u32): u32 {
  if (warm.boot_state == NO_PROFILE) return STATUS_NO_PROFILE;
  const retained = reason != REASON_COLD && retained_is_good();
  forget_warm();
  warm.boot_state = LOADED;
  warm.boot_off_s = off_s;
  warm.boot_time_ms = time_ms;
  clear_storage();
  if (!retained && profile.storage_kind != 0) {
    start_recovery();
    return STATUS_STORAGE;
  }
  if (retained) {
    give_up_record();
  } else {
    forget_record();
  }
  return resume();
}

function forget_record(): void {
  forget_vital();
  start_covariance(SOC_VARIANCE_UNSEEN);
  vital.charge_pC = wide_of(capacity_pC * <real>0.5);
}

/** The books open with the charge found; what the time off may have taken widens the error. */
function resume(): u32 {
  const found_pC = vital.charge_pC;
  const off_s = warm.boot_off_s;
  vital.charge_pC = 0;
  correct_charge(found_pC - wide_of(off_drain_pC(off_s)));
  const wider = vital.covariance_0 + off_variance(off_s);
  vital.covariance_0 = wider < SOC_VARIANCE_UNSEEN ? wider : SOC_VARIANCE_UNSEEN;
  vital.time_ms = warm.boot_time_ms;
  vital.boots += 1;
  warm.recorded_charge_pC = vital.charge_pC;
  warm.boot_state = RUNNING;
  wait_for_a_sample();
  seal_vital();
  return STATUS_OK;
}

/** Until the first sample the node knows nothing: look soon, do nothing before. */
function wait_for_a_sample(): void {
  memory.fill(DECISION_AT, 0, DECISION_SIZE);
  decision.mode = <u8>MODE_SURVIVAL;
  decision.sleep_ms = profile.sleep_min_ms;
  decision.faults_latched = vital.faults_latched;
}

/** The host executed the waiting storage operation. */
export function storage_executed(result: i32): u32 {
  if (storage.op == 0) return STATUS_STORAGE_IDLE;
  const success = result == 0;
  if (warm.boot_state >= READING_A && warm.boot_state < RUNNING) {
    if (continue_recovery(success)) return STATUS_STORAGE;
    if (!record_is_good()) forget_record();
    // a whole record was read: it counts, although it says that it was being written
    vital.recording = 0;
    return resume();
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
  warm.boot_state = LOADED;
}

/** A profile was refused: the node stays in its safe state. */
export function profile_refused(): void {
  warm.boot_state = NO_PROFILE;
}

/** Clears latched faults that are no longer active. */
export function acknowledge_faults(mask: u32): u32 {
  if (warm.boot_state != RUNNING) return STATUS_NOT_BOOTED;
  vital.faults_latched &= ~mask | decision.faults;
  decision.faults_latched = vital.faults_latched;
  seal_wake();
  return STATUS_OK;
}
