// Time to empty and to full: at the learned means, at a current, at a power. "Not known yet" (-1)
// is an answer.

import { MODE_ACTIVE, MODE_BURST, vital, warm } from "../abi";
import { evaluate_ocv, ocv_mV } from "../cell/ocv";
import { weakest_soc } from "../cell/pack";
import { capacity_pC, soc_of } from "../derived";
import { real } from "../math/real";
import { PC_PER_NA_S } from "../math/units";
import { profile } from "../profile";

const UNKNOWN: real = -1;
/** Thirty years: never. */
const NEVER_S: real = 1e9;
/** Above this error of SOC (one sigma) a time would be a guess. */
const SOC_SIGMA_MAX: real = 0.25;
/** 1 nW over 1 mV is 1000 nA. */
const NA_MV_PER_NW: real = 1000;

/** What the node takes in a mode, with leak and self-discharge, nA. */
function drain_in_mode_nA(mode: u32): real {
  const node = profile;
  if (mode == MODE_ACTIVE) return warm.drain_mean_nA;
  const hidden = vital.leak_nA + <real>node.self_drain_nA * <real>node.parallel;
  const booked: real = mode == MODE_BURST ? <real>node.active_drain_nA : <real>node.sleep_drain_nA;
  return booked * vital.load_scale + hidden;
}

/** Seconds to the weakest cell's empty; -1: not known yet, or never at this harvest. */
export function seconds_to_empty(mode: u32): real {
  return seconds_at(warm.harvest_mean_nA - drain_in_mode_nA(mode), true);
}

/** Seconds to full at the learned means; -1: not known yet, or never. */
export function seconds_to_full(): real {
  return seconds_at(warm.harvest_mean_nA - warm.drain_mean_nA, false);
}

/** Seconds at a net current to empty, or to full; -1: not known yet, or it flows the other way. */
export function seconds_at(current_nA: real, empty: bool): real {
  const away_nA = empty ? -current_nA : current_nA;
  if (vital.soc_sigma > SOC_SIGMA_MAX || !(away_nA > 0)) return UNKNOWN;
  const soc = soc_of(vital.charge_pC);
  const spread: real = 1 - <real>profile.capacity_spread;
  const way: real = empty ? weakest_soc(soc) * spread : 1 - soc;
  const left_s = (way * capacity_pC) / (away_nA * PC_PER_NA_S);
  return way > 0 ? (left_s < NEVER_S ? left_s : UNKNOWN) : 0;
}

/** Seconds to empty at a constant power: the charge left at the mean of the OCV on the way down. */
export function seconds_at_load(power_nW: real): real {
  const soc = soc_of(vital.charge_pC);
  const temperature_degC = vital.temperature_degC;
  // Simpson's rule, but for the knee below a tenth, where next to no energy is left
  evaluate_ocv(soc, temperature_degC);
  let sum_mV = ocv_mV;
  evaluate_ocv((soc + <real>0.1) * <real>0.5, temperature_degC);
  sum_mV += 4 * ocv_mV;
  evaluate_ocv(<real>0.1, temperature_degC);
  sum_mV += ocv_mV;
  const mean_mV = sum_mV * <real>profile.series * <real>0.16666667;
  return seconds_at((-power_nW * NA_MV_PER_NW) / mean_mV, true);
}
