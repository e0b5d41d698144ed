// Charge schedule: which source feeds, how far it is loaded, to which voltage and with what
// current.

import {
  ACTUATOR_CHARGE_LIMIT,
  ACTUATOR_SOURCE,
  MODE_SURVIVAL,
  decision,
  gauge,
  vital,
  warm,
} from "../abi";
import { float_mV, gentle_mV } from "../derived";
import { ccd_nA } from "../guard/limits";
import { best_source } from "../harvest/sources";
import { ratio } from "../harvest/tracker";
import { guarded_i32 } from "../math/convert";
import { real } from "../math/real";
import { profile } from "../profile";
import { whole_s } from "../sample/clock";
import { is_kept_gently } from "./path";
import { is_plenty } from "./price";

/** Writes the charging half of the decision. */
export function plan_charge(): void {
  const node = profile;
  decision.charge_enable = 1;
  decision.source = node.actuators & ACTUATOR_SOURCE ? chosen_source() : 0;
  decision.mpp_ratio = <f32>ratio;
  if (decision.source != 0 && <u32>decision.source != best_source && ratio > 0) {
    // another than the one whose ratio is managed: its usual ratio, and nothing to try
    decision.mpp_ratio = node.source_mpp_ratio(<i32>decision.source - 1);
    decision.probe_ratio = 0;
    warm.mpp_tried = 0;
  }
  follow_plenty();
  decision.float_mV = <f32>(is_kept_gently() ? gentle_mV : float_mV);
  decision.charge_limit_nA = charge_setting_nA();
}

/**
 * How long more charge has been worth nothing. By day, while a small cell fills anyway, its price
 * is low however dear it will be at night: only who was never short does not need the top.
 */
function follow_plenty(): void {
  const cycle_s = profile.cycle_s;
  warm.plenty_s = is_plenty ? min<u32>(warm.plenty_s + min<u32>(whole_s, cycle_s), cycle_s) : 0;
}

/** 1 nW over 1 mV is 1000 nA. */
const NA_MV_PER_NW: f32 = 1000;

/**
 * The strongest source; where the board cannot set the current, the strongest that stays below the
 * operating share of the CCD. 0: each is too strong, or there is none. A node that only survives
 * takes the weakest of those: dead, it would be charged by whatever there is.
 */
function chosen_source(): u8 {
  if (profile.actuators & ACTUATOR_CHARGE_LIMIT) return <u8>best_source;
  const most_nW = <f32>(ccd_nA * <real>profile.ccd_level(0) * float_mV) / NA_MV_PER_NW;
  let chosen: u8 = 0;
  let weakest: u8 = 0;
  let power_nW: f32 = 0;
  for (let source = 0; source < 4; source++) {
    const nW = gauge.source_nW(source);
    if (nW > 0 && (weakest == 0 || nW < gauge.source_nW(<i32>weakest - 1))) {
      weakest = <u8>(source + 1);
    }
    if (!(nW > power_nW && nW <= most_nW)) continue;
    power_nW = nW;
    chosen = <u8>(source + 1);
  }
  return chosen == 0 && vital.mode == MODE_SURVIVAL ? weakest : chosen;
}

/** The charger's highest setting below the operating share of the CCD, in the board's steps. */
function charge_setting_nA(): f32 {
  const node = profile;
  if ((node.actuators & ACTUATOR_CHARGE_LIMIT) == 0) return node.charge_max_nA;
  const wanted = ccd_nA * <real>node.ccd_level(0);
  const capped: f32 = wanted < <real>node.charge_max_nA ? <f32>wanted : node.charge_max_nA;
  const step = node.charge_step_nA;
  if (!(step > 0)) return capped;
  return step * <f32>guarded_i32(capped / step);
}
