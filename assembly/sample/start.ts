// Starting: from a good record, widened by what may have happened while off; or from nothing, with
// an SOC that the first rest voltage will give.

import { FAULT_RESTARTED, VITAL_AT, VITAL_SIZE, WARM_AT, Warm, vital, warm } from "../abi";
import { real_of_u32 } from "../math/convert";
import { real } from "../math/real";
import { PC_PER_NA_S } from "../math/units";
import { clear_words } from "../math/words";
import { soc_per_pC } from "../derived";
import { profile } from "../profile";

/** boot(): no clock survived. */
export const UNKNOWN_OFF: u32 = 0xffffffff;
const NEUTRAL_DEGC: real = 25;
const NO_RECORD_PC: i64 = -0x8000000000000;

/** Vital as on the first day: half full, give or take everything. */
export function forget_vital(): void {
  clear_words(VITAL_AT, VITAL_SIZE);
  vital.temperature_degC = NEUTRAL_DEGC;
  vital.faults_latched = FAULT_RESTARTED;
}

/** Warm details start anew, but for the forecast (harvest/forecast.ts). */
export function forget_warm(): void {
  clear_words(WARM_AT, <i32>offsetof<Warm>("forecast_0"));
  // no temperature was seen yet: the first one is taken whatever it is
  warm.stale_s = 0x40000000;
  // far below any charge: the journal holds no record of this life yet, one is due
  warm.recorded_charge_pC = NO_RECORD_PC;
}

/**
 * Charge lost, and its variance, over `off_s` seconds without the firmware; unknown: anything up to
 * profile.unknown_off_s, all equally likely. The mean is booked, the spread goes to the covariance.
 */
export function off_drain_pC(off_s: u32): real {
  const node = profile;
  const drain_nA = <real>node.off_drain_nA + <real>node.self_drain_nA * <real>node.parallel;
  const seconds: real =
    off_s == UNKNOWN_OFF ? <real>node.unknown_off_s * <real>0.5 : real_of_u32(off_s);
  return (drain_nA + vital.leak_nA) * seconds * PC_PER_NA_S;
}

/** Variance of SOC from the time off: the leak's error, and the time's own where it is unknown. */
export function off_variance(off_s: u32, leak_sigma_nA: real): real {
  const node = profile;
  const unknown = off_s == UNKNOWN_OFF;
  const seconds: real = unknown ? <real>node.unknown_off_s * <real>0.5 : real_of_u32(off_s);
  const per_nA = seconds * PC_PER_NA_S * soc_per_pC;
  let variance = per_nA * per_nA * leak_sigma_nA * leak_sigma_nA;
  if (unknown) {
    // a uniform spread of +-a has a variance of a^2 / 3
    const spread = off_drain_pC(off_s) * soc_per_pC;
    variance += spread * spread * <real>0.3333333;
  }
  return variance;
}
