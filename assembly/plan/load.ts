// Load schedule: spend what is above the reserve, evenly over the horizon, best worth first.
//
// Affordable mean drain = harvest mean + (charge - reserve) / horizon. Half of what it exceeds
// idling by pays for waking; the rest is saved as credit until it buys an event, best worth per
// charge first. "The TFMB discharged in active mode and recharged under ambient illumination during
// sleep mode" (Zheng et al., Nano-Micro Lett. 18 (2026) 159, section 5).

import {
  MODE_ACTIVE,
  MODE_BURST,
  MODE_SLEEP,
  MODE_SURVIVAL,
  decision,
  gauge,
  vital,
  warm,
} from "../abi";
import { weakest_soc } from "../cell/pack";
import { drain_allowed_nA, prepare_drain } from "../gauge/power";
import { drained_pC } from "../ledger/book";
import { guarded_u32, real_of_u32 } from "../math/convert";
import { real } from "../math/real";
import { PC_PER_NA_S } from "../math/units";
import { capacity_pC, event_order } from "../derived";
import { profile } from "../profile";
import { dt_s } from "../sample/clock";

const MS: real = 0.001;
/** Above this SOC a surplus would soon be refused by the float voltage: spend it. */
const BURST_SOC: real = 0.95;
/** Credit is kept up to this share of the charge above the reserve. */
const CREDIT_SHARE: real = 0.25;
/** Leaving survival needs this much more than entering it. */
const SURVIVAL_HYSTERESIS: real = 0.02;

/** Writes the load half of the decision. */
export function plan_load(): void {
  const node = profile;
  for (let kind = 0; kind < 4; kind++) decision.set_events(kind, 0);
  const soc = weakest_soc(<real>gauge.soc);
  decision.drain_limit_nA = 0;
  let survival_soc = <real>node.survival_soc;
  if (vital.mode == MODE_SURVIVAL) survival_soc += SURVIVAL_HYSTERESIS;
  if (!(soc > survival_soc)) {
    decision.mode = <u8>MODE_SURVIVAL;
    decision.sleep_ms = node.sleep_max_ms;
    return;
  }
  const above_pC = (soc - <real>node.reserve_soc) * capacity_pC;
  const horizon_pC_nA = <real>node.horizon_s * PC_PER_NA_S;
  const idle_nA = <real>node.sleep_drain_nA + vital.leak_nA;
  const surplus_nA = warm.harvest_mean_nA + above_pC / horizon_pC_nA - idle_nA;
  if (!(surplus_nA > 0)) {
    warm.credit_pC = 0;
    decision.mode = <u8>MODE_SLEEP;
    decision.sleep_ms = node.sleep_max_ms;
    return;
  }
  prepare_drain(<real>gauge.soc);
  decision.drain_limit_nA = <f32>drain_allowed_nA(1);
  earn(surplus_nA + idle_nA, above_pC);
  const full = soc > BURST_SOC && warm.harvest_mean_nA > warm.drain_mean_nA;
  decision.mode = <u8>(full ? MODE_BURST : MODE_ACTIVE);
  decision.sleep_ms = affordable_sleep_ms(surplus_nA);
  const budget_pC = warm.credit_pC + surplus_nA * real_of_u32(decision.sleep_ms) - wake_pC();
  spend(full ? budget_pC + budget_pC : budget_pC);
}

/** Credit grows by what the last interval could have drained and did not. */
function earn(affordable_nA: real, above_pC: real): void {
  const most_pC: real = above_pC > 0 ? above_pC * CREDIT_SHARE : 0;
  const credit_pC = warm.credit_pC + affordable_nA * dt_s * PC_PER_NA_S - drained_pC;
  warm.credit_pC = credit_pC < 0 ? 0 : credit_pC < most_pC ? credit_pC : most_pC;
}

/** Charge of one usual wake, above what sleeping costs. */
@inline
function wake_pC(): real {
  const node = profile;
  return (<real>node.active_drain_nA - <real>node.sleep_drain_nA) * <real>node.wake_ms;
}

/** The shortest sleep that the surplus pays for, half of it kept for events. */
function affordable_sleep_ms(surplus_nA: real): u32 {
  const node = profile;
  const wanted = guarded_u32(<f32>((wake_pC() + wake_pC()) / surplus_nA));
  if (wanted < node.sleep_min_ms) return node.sleep_min_ms;
  return wanted < node.sleep_max_ms ? wanted : node.sleep_max_ms;
}

/** Buys events, the class with the best worth first, as far as pulses allow. */
function spend(budget_pC: real): void {
  const node = profile;
  let left_pC = budget_pC;
  for (let order = event_order; order != 0xffffffff; order = (order >> 8) | 0xff000000) {
    const kind = <i32>(order & 255);
    const cost_pC = <real>node.event_drain_pC(kind);
    if (!(cost_pC <= left_pC) || !pulse_allowed(kind)) continue;
    let count: u32 = 65535;
    if (cost_pC * 65535 > left_pC) count = guarded_u32(<f32>(left_pC / cost_pC));
    decision.set_events(kind, <u16>count);
    left_pC -= <real>count * cost_pC;
  }
}

/** One event's pulse keeps the cell above its cut-off. */
function pulse_allowed(kind: i32): bool {
  const node = profile;
  const pulse_s = <real>node.event_pulse_ms(kind) * MS;
  return <real>node.event_pulse_nA(kind) <= drain_allowed_nA(pulse_s);
}
