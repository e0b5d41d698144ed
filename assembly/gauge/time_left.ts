// Time to empty and to full at the learned harvest; "not known yet" (-1) is an answer.

import { MODE_ACTIVE, MODE_BURST, vital, warm } from "../abi";
import { weakest_soc } from "../cell/pack";
import { real } from "../math/real";
import { capacity_pC, soc_of } from "../derived";
import { profile } from "../profile";

const UNKNOWN: real = -1;
/** Above this error of SOC (one sigma) a time would be a guess. */
const SOC_SIGMA_MAX: real = 0.25;
const PC_PER_NA_S: real = 1000;

/** What the node takes in a mode, with leak and self-discharge, nA. */
function drain_in_mode_nA(mode: u32): real {
  const node = profile;
  const hidden = vital.leak_nA + <real>node.self_drain_nA * <real>node.parallel;
  if (mode == MODE_ACTIVE) return warm.drain_mean_nA;
  if (mode == MODE_BURST) return <real>node.active_drain_nA + hidden;
  return <real>node.sleep_drain_nA + hidden;
}

/** Seconds to the weakest cell's empty; -1: not known yet, or never at this harvest. */
export function seconds_to_empty(mode: u32): real {
  const net_nA = drain_in_mode_nA(mode) - warm.harvest_mean_nA;
  if (vital.covariance_0 > SOC_SIGMA_MAX * SOC_SIGMA_MAX || !(net_nA > 0)) return UNKNOWN;
  const weakest = weakest_soc(soc_of(vital.charge_pC));
  if (!(weakest > 0)) return 0;
  const usable_pC = weakest * (1 - <real>profile.capacity_spread) * capacity_pC;
  return usable_pC / (net_nA * PC_PER_NA_S);
}

/** Seconds to full at the learned means; -1: not known yet, or never. */
export function seconds_to_full(): real {
  const net_nA = warm.harvest_mean_nA - warm.drain_mean_nA;
  if (vital.covariance_0 > SOC_SIGMA_MAX * SOC_SIGMA_MAX || !(net_nA > 0)) return UNKNOWN;
  const missing: real = 1 - soc_of(vital.charge_pC);
  if (!(missing > 0)) return 0;
  return (missing * capacity_pC) / (net_nA * PC_PER_NA_S);
}
