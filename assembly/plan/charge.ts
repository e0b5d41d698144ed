// Charge schedule: which source feeds, how far it is loaded, to which voltage and with what
// current.

import { ACTUATOR_CHARGE_LIMIT, ACTUATOR_MPP, ACTUATOR_SOURCE, decision } from "../abi";
import { float_mV } from "../derived";
import { ccd_nA } from "../guard/limits";
import { best_ratio, best_source } from "../harvest/sources";
import { guarded_i32 } from "../math/convert";
import { real } from "../math/real";
import { profile } from "../profile";

/** Writes the charging half of the decision. */
export function plan_charge(): void {
  const node = profile;
  decision.charge_enable = 1;
  decision.source = node.actuators & ACTUATOR_SOURCE ? <u8>best_source : 0;
  decision.mpp_ratio = node.actuators & ACTUATOR_MPP ? <f32>best_ratio : 0;
  decision.float_mV = <f32>float_mV;
  decision.charge_limit_nA = charge_setting_nA();
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
