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
  VALUE_CHARGE,
  VALUE_HARVEST,
  VALUE_LIMITING,
  VALUE_METERED,
  VALUE_VOLTAGE,
  sample,
  vital,
  warm,
} from "../abi";
import { capacity_pC, float_mV } from "../derived";
import { real_of } from "../math/convert";
import { real } from "../math/real";
import { profile } from "../profile";
import { accepted, active_ms } from "../sample/check";
import { dt_ms, dt_s, per_s } from "../sample/clock";
import { accrue, add_to_book } from "./accrue";
import { limiting_charge_pC } from "./limiting";

const NA_S_PER_PC: real = 0.001;
const PC_PER_NA_S: real = 1000;

/** A charger that does not tell may limit from this close below its set point. */
const NEAR_FLOAT: real = 0.99;
/** More of the capacity is not in doubt, whatever the interval: near the float, and anywhere. */
const SILENT: real = 0.03;
const MISSED: real = 0.5;

/** What the last interval harvested, and what node, leak and cell drained. */
export let harvested_pC: real = 0;
export let drained_pC: real = 0;
/** What the program booked of it, before the learned scales; 0 where charge was measured. */
export let booked_harvest_pC: real = 0;
export let booked_load_pC: real = 0;
/** Harvest of which nobody told whether the cell took it, one sigma. */
export let unsure_pC: real = 0;
/** The interval ended at the float voltage: its harvest was what the cell could take. */
export let limited: bool = false;

/** Books the interval into the ledger. */
export function book_interval(): void {
  const node = profile;
  limited = false;
  booked_harvest_pC = 0;
  booked_load_pC = 0;
  unsure_pC = 0;
  let harvest_pC: i64 = 0;
  let drain_pC: i64 = 0;
  if (accepted & VALUE_CHARGE) {
    add_to_book(PATH_MEASURED, sample.charge_pC);
    if (sample.charge_pC > 0) {
      harvest_pC = sample.charge_pC;
    } else {
      drain_pC = -sample.charge_pC;
    }
  } else {
    drain_pC = -book_load();
    booked_load_pC = real_of(drain_pC) / vital.load_scale;
    harvest_pC = book_harvest(drain_pC);
  }
  const leak_pC = -accrue(PATH_LEAK, <f32>-vital.leak_nA, dt_ms);
  const self_pC = -accrue(PATH_SELF, -node.self_drain_nA * <f32>node.parallel, dt_ms);
  const net_pC = harvest_pC - drain_pC - leak_pC - self_pC;
  move_charge(net_pC);
  harvested_pC = real_of(harvest_pC);
  drained_pC = real_of(drain_pC + leak_pC + self_pC);
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
  if (!known && !told) {
    // not read, but it flows, often far above its mean of a day; a board without such a reading
    // never had any
    if (profile.observables & VALUE_HARVEST) doubt(4 * warm.harvest_mean_nA, MISSED);
    return 0;
  }
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
  // what nobody tells may be otherwise, and nothing is to be learned of the harvest's scale from it
  if (!told) doubt(<real>offered_nA - (limited ? mean_nA : 0), SILENT);
  if (limited) return accrue(PATH_HARVEST, <f32>mean_nA, dt_ms);
  const moved_pC = book_offer(offered_nA);
  if (!told) booked_harvest_pC = 0;
  return moved_pC;
}

/** The charger says that it holds its set point; where harvest is metered that does not matter. */
function at_float(): bool {
  return (sample.pmic_flags & PMIC_LIMITING) != 0 && (profile.observables & VALUE_METERED) == 0;
}

/** Half of a current over the interval is in doubt, up to a share of the capacity. */
function doubt(current_nA: real, most: real): void {
  const half_pC = current_nA * dt_s * PC_PER_NA_S * <real>0.5;
  const most_pC = most * capacity_pC;
  unsure_pC = half_pC < most_pC ? half_pC : most_pC;
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
