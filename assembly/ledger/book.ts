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
  sample,
  vital,
} from "../abi";
import { real_of } from "../math/convert";
import { real } from "../math/real";
import { profile } from "../profile";
import { accepted, active_ms } from "../sample/check";
import { dt_ms, per_s } from "../sample/clock";
import { accrue, add_to_book } from "./accrue";
import { limiting_charge_pC } from "./limiting";

const NA_S_PER_PC: real = 0.001;

/** What the last interval harvested, and what node, leak and cell drained. */
export let harvested_pC: real = 0;
export let drained_pC: real = 0;
/** The interval ended at the float voltage: its harvest was what the cell could take. */
export let limited: bool = false;

/** Books the interval into the ledger. */
export function book_interval(): void {
  const node = profile;
  limited = false;
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
    harvest_pC = book_harvest(drain_pC);
  }
  const leak_pC = -accrue(PATH_LEAK, <f32>-vital.leak_nA, dt_ms);
  const self_pC = -accrue(PATH_SELF, -node.self_drain_nA * <f32>node.parallel, dt_ms);
  const net_pC = harvest_pC - drain_pC - leak_pC - self_pC;
  vital.charge_pC += net_pC;
  if (net_pC < 0) {
    const throughput_pC = vital.throughput_pC - net_pC;
    vital.throughput_pC = throughput_pC < 0 ? i64.MAX_VALUE : throughput_pC;
  }
  harvested_pC = real_of(harvest_pC);
  drained_pC = real_of(drain_pC + leak_pC + self_pC);
}

/** Sleep, active time and events, from learned currents; returns the (negative) charge moved. */
function book_load(): i64 {
  const node = profile;
  let moved = accrue(PATH_SLEEP, -node.sleep_drain_nA, dt_ms - active_ms);
  if (active_ms != 0) moved += accrue(PATH_ACTIVE, -node.active_drain_nA, active_ms);
  for (let i = 0; i < 4; i++) {
    const count: u32 = sample.events(i);
    if (count != 0) moved += accrue(PATH_BURST, -node.event_drain_pC(i), count);
  }
  return moved;
}

/** Metered harvest; at the float voltage no more than the cell could take beside the load. */
function book_harvest(drain_pC: i64): i64 {
  if ((accepted & VALUE_HARVEST) == 0) return 0;
  if ((sample.pmic_flags & PMIC_LIMITING) == 0) {
    return accrue(PATH_HARVEST, sample.harvest_mean_nA, dt_ms);
  }
  limited = true;
  // what the meter saw is an upper bound: the charger throws the rest away
  const offered_nA = sample.harvest_mean_nA;
  let taken_pC = limiting_charge_pC();
  if (taken_pC < 0) {
    // the estimate stood above what the set point allows: no charge flowed, it was wrong
    correct_charge(taken_pC);
    taken_pC = 0;
  }
  const mean_nA = real_of(taken_pC + drain_pC) * per_s * NA_S_PER_PC;
  const booked_nA: f32 = mean_nA < <real>offered_nA ? <f32>mean_nA : offered_nA;
  return accrue(PATH_HARVEST, booked_nA, dt_ms);
}

/** Moves charge_pC by what the filter, or the start, found; the books stay closed. */
export function correct_charge(change_pC: i64): void {
  vital.charge_pC += change_pC;
  add_to_book(PATH_CORRECTION, change_pC);
}
