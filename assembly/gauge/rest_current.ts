// The current while a voltage was sampled: read, or what the node takes asleep and what is
// harvested meanwhile; and the drop that it makes.

import { PMIC_PAUSED, VALUE_HARVEST, VALUE_HARVEST_NOW, sample, vital, warm } from "../abi";
import { at_float, booked_load_pC, harvested_pC, limited } from "../ledger/book";
import { real_of_u32 } from "../math/convert";
import { real } from "../math/real";
import { NA_S_PER_PC } from "../math/units";
import { profile } from "../profile";
import { accepted, active_ms, is_counted, is_current_read } from "../sample/check";
import { per_s } from "../sample/clock";

const HALF: real = 0.5;
/** The highest voltage that the core accepts at all: a drop beyond is absurd. */
export const DROP_MAX_MV: real = 60000;

/** Harvest while the voltage was sampled, unless paused; 0 where the current itself is read. */
export let harvest_now_nA: real = 0;
/** What of it nobody told, one sigma. */
export let unread_nA: real = 0;

/** Pack current that was read while the voltage was sampled; else 0. */
@inline
export function read_nA(): real {
  return is_current_read() ? <real>sample.current_nA : 0;
}

/** What the node took meanwhile, asleep; 0 where it is in what was read. */
@inline
export function drained_nA(): real {
  return is_current_read() ? 0 : <real>profile.sleep_drain_nA;
}

/** Looks at the sample once for all hypotheses. */
export function find_rest_current(): void {
  let now_nA: real = 0;
  let untold_nA: real = 0;
  if (!is_current_read() && (sample.pmic_flags & PMIC_PAUSED) == 0) {
    if (accepted & VALUE_HARVEST_NOW) {
      now_nA = <real>sample.harvest_now_nA;
    } else if (is_counted()) {
      now_nA = counted_harvest_nA();
    } else if (profile.observables & VALUE_HARVEST) {
      now_nA = <real>warm.offered_nA;
      if (profile.observables & VALUE_HARVEST_NOW) untold_nA = HALF * now_nA;
      if ((accepted & VALUE_HARVEST) == 0) untold_nA += warm.harvest_mean_nA;
    }
    if (limited && !at_float()) {
      // a charger that does not tell may let in only this
      const taken_nA = (harvested_pC * per_s * NA_S_PER_PC) / vital.harvest_scale;
      if (taken_nA < now_nA) now_nA = taken_nA;
    }
  }
  harvest_now_nA = now_nA;
  unread_nA = untold_nA;
}

/** What a counter tells of the harvest in the mean: its count, and what the program drained. */
function counted_harvest_nA(): real {
  const node = profile;
  const sleep_nA = <real>node.sleep_drain_nA;
  const nA_per_pC = per_s * NA_S_PER_PC;
  const asleep_nA = sleep_nA - booked_load_pC * nA_per_pC;
  // less than is drained asleep: it is dark, and the rest are errors of the books
  if (!(asleep_nA > 0)) return 0;
  let awake_pC = (<real>node.active_drain_nA - sleep_nA) * real_of_u32(active_ms);
  for (let i = 0; i < 4; i++) {
    awake_pC += <real>node.event_drain_pC(i) * real_of_u32(sample.events(i));
  }
  return asleep_nA + awake_pC * nA_per_pC;
}

/** The drop that the bank's means expect over a pack resistance, mV. */
export let rest_drop_mV: real = 0;

/** That current as the means have it. */
export function rest_current_nA(): real {
  return vital.harvest_scale * harvest_now_nA - vital.load_scale * drained_nA() + read_nA();
}

/** Before SOC is read from the rest voltage; after the current was found. */
export function find_rest_drop(base_mV_nA: real): void {
  const drop_mV = rest_current_nA() * base_mV_nA * vital.resistance_scale;
  // an absurd drop says that the model knows nothing about this moment
  rest_drop_mV = drop_mV < DROP_MAX_MV && drop_mV > -DROP_MAX_MV ? drop_mV : 0;
}
