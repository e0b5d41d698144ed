// Coulomb counting without a current sensor: every interval is booked path by path from what the
// firmware knows it did. What was measured is booked as measured.
//
// vital.charge_pC is always the sum of the books since the start: the ledger closes to the pC.

import {
  PATH_ACTIVE,
  PATH_BURST,
  PATH_CORRECTION,
  PATH_HARVEST,
  PATH_LEAK,
  PATH_MEASURED,
  PATH_SELF,
  PATH_SLEEP,
  PMIC_LIMITING,
  PMIC_PAUSED,
  VALUE_CHARGE,
  VALUE_HARVEST,
  VALUE_HARVEST_NOW,
  VALUE_LIMITING,
  VALUE_METERED,
  VALUE_VOLTAGE,
  sample,
  vital,
  warm,
} from "../abi";
import { capacity_pC, float_mV } from "../derived";
import { real_of } from "../math/convert";
import { settled } from "../math/exp";
import { real } from "../math/real";
import { NA_S_PER_PC, PC_PER_NA_S } from "../math/units";
import { profile } from "../profile";
import { accepted, active_ms, is_counted } from "../sample/check";
import { dt_ms, dt_s, per_s } from "../sample/clock";
import { accrue, add_to_book } from "./accrue";
import { limiting_charge_pC } from "./limiting";

/** A charger that does not tell may limit from this close below its set point. */
const NEAR_FLOAT: real = 0.99;
/** More of the capacity is not in doubt, whatever the interval: near the float, and anywhere. */
const SILENT: real = 0.06;
const MISSED: real = 0.5;
/** An interval is suspect from so many times the longest sleep. */
const LATE: u32 = 3;
/** It often flows at so many times its mean of a day. */
const MISSED_MEANS: real = 4;
/** Light that was seen is gone in so many seconds. */
const FADING_S: real = 3600;
const HALF: real = 0.5;
const QUARTER: real = 0.25;

/** What the last interval harvested, and what node, leak and cell drained. */
export let harvested_pC: real = 0;
export let drained_pC: real = 0;
/** What the program booked of it, before the learned scales; where charge was measured, that. */
export let booked_harvest_pC: real = 0;
export let booked_load_pC: real = 0;
/** Scale at which the load was booked: what was measured is booked as measured. */
export let booked_scale: real = 0;
/** Of what was booked, or was not, nobody can be sure: one sigma. */
export let unsure_pC: real = 0;
/** The interval ended at the float voltage: its harvest was what the cell could take. */
export let limited: bool = false;
/** Nobody read the harvest of the interval; what was booked is a guess. */
export let guessed: bool = false;

/** Books the interval into the ledger. */
export function book_interval(): void {
  const node = profile;
  limited = false;
  guessed = false;
  booked_harvest_pC = 0;
  booked_load_pC = 0;
  unsure_pC = 0;
  let harvest_pC: i64 = 0;
  let drain_pC: i64 = 0;
  if (accepted & VALUE_HARVEST) warm.offered_nA = sample.harvest_mean_nA;
  if (is_counted()) {
    add_to_book(PATH_MEASURED, sample.charge_pC);
    if (sample.charge_pC > 0) {
      harvest_pC = sample.charge_pC;
    } else {
      drain_pC = -sample.charge_pC;
    }
    booked_scale = 1;
    booked_load_pC = -real_of(sample.charge_pC);
  } else {
    drain_pC = -book_load();
    booked_scale = vital.load_scale;
    booked_load_pC = real_of(drain_pC) / vital.load_scale;
    harvest_pC = book_harvest(drain_pC);
  }
  const leak_pC = -accrue(PATH_LEAK, <f32>-vital.leak_nA, dt_ms);
  const self_pC = -accrue(PATH_SELF, -node.self_drain_nA * <f32>node.parallel, dt_ms);
  const net_pC = harvest_pC - drain_pC - leak_pC - self_pC;
  move_charge(net_pC);
  harvested_pC = real_of(harvest_pC);
  drained_pC = real_of(drain_pC + leak_pC + self_pC);
  if (dt_ms / LATE > node.sleep_max_ms && !is_counted()) doubt_clock();
}

/** Nobody planned to sleep that long: the clock may have jumped, and all that was booked, too. */
function doubt_clock(): void {
  const before_pC = unsure_pC;
  doubt((harvested_pC + drained_pC) * per_s * NA_S_PER_PC * QUARTER, MISSED);
  if (before_pC > unsure_pC) unsure_pC = before_pC;
}

/** Charge that the books hold already into the cell, or out of it. */
function move_charge(net_pC: i64): void {
  vital.charge_pC += net_pC;
  if (net_pC < 0) {
    const throughput_pC = vital.throughput_pC - net_pC;
    vital.throughput_pC = throughput_pC < 0 ? i64.MAX_VALUE : throughput_pC;
  }
}

/** Books what the journal is about to draw, unless a counter measures it. */
export function book_storage(drain_pC: f32): void {
  if ((profile.observables & VALUE_CHARGE) == 0) move_charge(accrue(PATH_ACTIVE, -drain_pC, 1));
}

/** Sleep, active time and events at the learned scale; returns the (negative) charge moved. */
function book_load(): i64 {
  const node = profile;
  const scale = -(<f32>vital.load_scale);
  let moved = accrue(PATH_SLEEP, scale * node.sleep_drain_nA, dt_ms - active_ms);
  if (active_ms != 0) moved += accrue(PATH_ACTIVE, scale * node.active_drain_nA, active_ms);
  for (let i = 0; i < 4; i++) {
    const count: u32 = sample.events(i);
    if (count != 0) moved += accrue(PATH_BURST, scale * node.event_drain_pC(i), count);
  }
  return moved;
}

/** Harvest; what the source offers is at the float voltage more than the cell takes. */
function book_harvest(drain_pC: i64): i64 {
  const known = (accepted & VALUE_HARVEST) != 0;
  const told = at_float();
  if (!known && !told) return guess_harvest();
  const offered_nA = <f32>vital.harvest_scale * sample.harvest_mean_nA;
  if (!told && !may_limit()) return book_offer(offered_nA);
  // what the source offered is an upper bound: the charger throws the rest away
  let taken_pC = limiting_charge_pC();
  if (taken_pC < 0) {
    // above what the set point allows: no charge flowed, the estimate was wrong
    if (told) correct_charge(taken_pC);
    taken_pC = 0;
  }
  const mean_nA = real_of(taken_pC + drain_pC) * per_s * NA_S_PER_PC;
  limited = !known || mean_nA < <real>offered_nA;
  // what nobody tells may be otherwise, one interval after the other the same way: all of it is in
  // doubt, and nothing is to be learned of the harvest's scale from it
  if (!told) doubt(<real>offered_nA - (limited ? mean_nA : 0), SILENT);
  if (limited) return accrue(PATH_HARVEST, <f32>mean_nA, dt_ms);
  const moved_pC = book_offer(offered_nA);
  if (!told) booked_harvest_pC = 0;
  return moved_pC;
}

/** Not read, but it flows: as now, or as when it was last read, and then as in a day's mean. */
function guess_harvest(): i64 {
  if ((profile.observables & VALUE_HARVEST) == 0) return 0;
  guessed = true;
  const guess_nA = <f32>vital.harvest_scale * (read_now() ? sample.harvest_now_nA : fading_nA());
  const most_nA = MISSED_MEANS * warm.harvest_mean_nA;
  doubt(HALF * (<real>guess_nA > most_nA ? <real>guess_nA : most_nA), MISSED);
  return accrue(PATH_HARVEST, guess_nA, dt_ms);
}

/** The harvest at the end of the interval; while charging is paused nobody can read it. */
function read_now(): bool {
  if ((accepted & VALUE_HARVEST_NOW) == 0 || (sample.pmic_flags & PMIC_PAUSED) != 0) return false;
  warm.offered_nA = sample.harvest_now_nA;
  return true;
}

/** Mean over the interval of a harvest that fades within an hour or so from the last reading. */
function fading_nA(): f32 {
  const mean_nA = <f32>warm.harvest_mean_nA;
  const beyond_nA = warm.offered_nA - mean_nA;
  const times = dt_s * (1 / FADING_S);
  const faded = settled(times);
  warm.offered_nA = mean_nA + beyond_nA * <f32>(1 - faded);
  return mean_nA + beyond_nA * <f32>(faded / times);
}

/** The charger says that it holds its set point; where harvest is metered that does not matter. */
export function at_float(): bool {
  return (sample.pmic_flags & PMIC_LIMITING) != 0 && (profile.observables & VALUE_METERED) == 0;
}

/** A current over the interval is in doubt, one sigma, up to a share of the capacity. */
function doubt(current_nA: real, most: real): void {
  const flow_pC = current_nA * dt_s * PC_PER_NA_S;
  const most_pC = most * capacity_pC;
  unsure_pC = flow_pC < most_pC ? flow_pC : most_pC;
}

/** All that was offered went into the cell. */
function book_offer(offered_nA: f32): i64 {
  const moved_pC = accrue(PATH_HARVEST, offered_nA, dt_ms);
  booked_harvest_pC = real_of(moved_pC) / vital.harvest_scale;
  return moved_pC;
}

/** Nobody tells whether the charger limits, and the voltage is where it might. */
function may_limit(): bool {
  const tells = VALUE_LIMITING | VALUE_METERED;
  if (profile.observables & tells || (accepted & VALUE_VOLTAGE) == 0) return false;
  return <real>sample.voltage_mV > NEAR_FLOAT * float_mV && sample.harvest_mean_nA > 0;
}

/** Moves charge_pC by what the filter, or the start, found; the books stay closed. */
export function correct_charge(change_pC: i64): void {
  vital.charge_pC += change_pC;
  add_to_book(PATH_CORRECTION, change_pC);
}
