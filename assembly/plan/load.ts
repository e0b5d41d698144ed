// Load schedule: at the price of stored charge, how long to sleep and how many events of each class
// to allow until the next wake; the class that is worth least for its charge is refused first.
//
// "The TFMB discharged in active mode and recharged under ambient illumination during sleep mode"
// (Zheng et al., Nano-Micro Lett. 18 (2026) 159, section 5).

import {
  MODE_ACTIVE,
  MODE_BURST,
  MODE_SLEEP,
  MODE_SURVIVAL,
  decision,
  gauge,
  sample,
  vital,
  warm,
} from "../abi";
import { weakest_soc } from "../cell/pack";
import { event_order } from "../derived";
import { drain_allowed_nA, prepare_drain } from "../gauge/power";
import { guarded_u32, real_of_u32 } from "../math/convert";
import { real } from "../math/real";
import { PC_PER_NA_S } from "../math/units";
import { profile } from "../profile";
import { dt_s } from "../sample/clock";
import { spilled_soc, stored_pC } from "./path";
import { ask_price, is_plenty, wanted_events } from "./price";

const S: real = 0.001;
/** Leaving survival needs this much more than entering it. */
const SURVIVAL_HYSTERESIS: real = 0.02;
/** So near the SOC above which charge is spilled there is too much of it. */
const BURST_SOC: real = 0.03;
/** Waking takes at most this part of what events take. */
const WAKE_PART: real = 8;
/** Less than so many events are carried from wake to wake. */
const CARRY_MAX: real = 2;
/** So little is not late: what single precision loses while a day's wakes are added up. */
const ALMOST: real = 0.0001;
const EVENTS_MAX: u32 = 65535;
/** decision.drain_limit_nA is for so long. */
const LIMIT_MS: u32 = 1000;

/** Writes the load half of the decision. */
export function plan_load(): void {
  const node = profile;
  correct_carry();
  decision.drain_limit_nA = 0;
  decision.sleep_ms = node.sleep_max_ms;
  const soc = <real>gauge.soc;
  const weakest = weakest_soc(soc);
  if (ask_price(weakest)) set_rates();
  let survival_soc = <real>node.survival_soc;
  if (vital.mode == MODE_SURVIVAL) survival_soc += SURVIVAL_HYSTERESIS;
  if (!(weakest > survival_soc)) {
    decision.mode = <u8>MODE_SURVIVAL;
    return;
  }
  decision.mode = <u8>MODE_SLEEP;
  if (!(spent_pC_s > 0)) return;
  prepare_drain(soc);
  decision.drain_limit_nA = <f32>drain_allowed_nA(real_of_u32(LIMIT_MS) * S);
  decision.sleep_ms = sleep_ms;
  decision.mode = <u8>(is_plenty && soc > spilled_soc() - BURST_SOC ? MODE_BURST : MODE_ACTIVE);
  allow_events();
}

/**
 * What was allowed counted on the planned sleep: an earlier wake takes back, a later one adds. An
 * event that was allowed and that nobody needed is still due.
 */
function correct_carry(): void {
  // after a start nothing was planned
  const more_s: real = warm.path_bin != 0 ? dt_s - real_of_u32(decision.sleep_ms) * S : 0;
  for (let order = event_order; order != 0xffffffff; order = (order >> 8) | 0xff000000) {
    const kind = <i32>(order & 255);
    const allowed = <u32>decision.events(kind);
    let due = warm.event_carry(kind) + <real>load<f32>(RATES + (kind << 2)) * more_s;
    if (allowed != 0) {
      const done = <u32>sample.events(kind);
      if (allowed > done) due += <real>(allowed - done);
      decision.set_events(kind, 0);
    }
    warm.set_event_carry(kind, due < CARRY_MAX ? due : CARRY_MAX);
  }
}

/** Events a second that a class gets: what the price allows, no less than its deadline asks. */
function rate(kind: i32): real {
  const node = profile;
  const wanted = wanted_events(kind) / <real>node.period_s;
  const deadline_s = node.event_deadline_s(kind);
  if (deadline_s == 0 || !(stored_pC > 0)) return wanted;
  const least: real = 1 / real_of_u32(deadline_s);
  return wanted < least ? least : wanted;
}

/** Events a second of each class at the price, and what all of them take together. */
const RATES: usize = memory.data<f32>([0, 0, 0, 0]);
let spent_pC_s: real = 0;
/** And how long to sleep between. */
let sleep_ms: u32 = 0;

function set_rates(): void {
  spent_pC_s = 0;
  for (let order = event_order; order != 0xffffffff; order = (order >> 8) | 0xff000000) {
    const kind = <i32>(order & 255);
    const each = rate(kind);
    store<f32>(RATES + (kind << 2), <f32>each);
    spent_pC_s += each * <real>profile.event_drain_pC(kind);
  }
  sleep_ms = affordable_sleep_ms();
}

/** Long enough that waking is a small part of it, short enough for every deadline. */
function affordable_sleep_ms(): u32 {
  const node = profile;
  const wake_pC =
    (<real>node.active_drain_nA - <real>node.sleep_drain_nA) * real_of_u32(node.wake_ms);
  let wanted = guarded_u32(<f32>((WAKE_PART * wake_pC) / (spent_pC_s * S)));
  for (let kind = 0; kind < 4; kind++) {
    const deadline_s = node.event_deadline_s(kind);
    if (!(node.event_worth(kind) > 0)) continue;
    if (deadline_s != 0 && wanted / 1000 >= deadline_s) wanted = deadline_s * 1000;
  }
  if (wanted < node.sleep_min_ms) return node.sleep_min_ms;
  return wanted < node.sleep_max_ms ? wanted : node.sleep_max_ms;
}

/** The best worth for its charge first, as far as pulses allow and charge and harvest reach. */
function allow_events(): void {
  const node = profile;
  const sleep_s = real_of_u32(decision.sleep_ms) * S;
  const coming_nA = warm.harvest_level_nA - <real>node.sleep_drain_nA * vital.load_scale;
  let left_pC = stored_pC;
  if (coming_nA > 0) left_pC += coming_nA * sleep_s * PC_PER_NA_S;
  for (let order = event_order; order != 0xffffffff; order = (order >> 8) | 0xff000000) {
    const kind = <i32>(order & 255);
    const drain_pC = <real>node.event_drain_pC(kind) * vital.load_scale;
    const due = <real>load<f32>(RATES + (kind << 2)) * sleep_s + warm.event_carry(kind);
    let count = guarded_u32(<f32>(due + ALMOST));
    if (count != 0) count = possible(kind, count, left_pC / drain_pC);
    const kept = due - real_of_u32(count);
    warm.set_event_carry(kind, kept < CARRY_MAX ? kept : CARRY_MAX);
    decision.set_events(kind, <u16>count);
    left_pC -= real_of_u32(count) * drain_pC;
  }
}

/** Of so many events those that the charge is there for, if the cell bears their pulse. */
function possible(kind: i32, count: u32, affordable: real): u32 {
  if (!pulse_allowed(kind)) return 0;
  if (count > EVENTS_MAX) count = EVENTS_MAX;
  return real_of_u32(count) > affordable ? guarded_u32(<f32>affordable) : count;
}

/** One event's pulse keeps the cell above its cut-off. */
function pulse_allowed(kind: i32): bool {
  const node = profile;
  const pulse_ms = node.event_pulse_ms(kind);
  const pulse_nA = node.event_pulse_nA(kind);
  // what is borne for a second is borne for less
  if (pulse_nA <= decision.drain_limit_nA && pulse_ms <= LIMIT_MS) return true;
  return <real>pulse_nA <= drain_allowed_nA(real_of_u32(pulse_ms) * S);
}
