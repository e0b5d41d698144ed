// Critical current density: the highest areal charging current that plates lithium without a short.
//
// No measured law over temperature and age is published for LiPON cells; the derating is linear
// beyond two temperatures and hyperbolic in resistance growth, all set by the profile (assumption,
// conservative; see docs/MODELS.md).

import { vital } from "../abi";
import { real } from "../math/real";
import { profile } from "../profile";

/** 1 mA is 1e6 nA. */
const NA_PER_MA: real = 1000000;

/** Highest plating current of the whole pack at `temperature_degC`, nA. */
export function ccd_current_nA(temperature_degC: real): real {
  const node = profile;
  let share: real = 1;
  const below_K = <real>node.ccd_cold_degC - temperature_degC;
  const above_K = temperature_degC - <real>node.ccd_hot_degC;
  if (below_K > 0) share -= below_K * <real>node.ccd_cold_per_K;
  if (above_K > 0) share -= above_K * <real>node.ccd_hot_per_K;
  if (share < 0) return 0;
  const growth = vital.resistance_scale - 1;
  if (growth > 0) share /= 1 + <real>node.ccd_age * growth;
  return <real>node.ccd_mA_cm2 * <real>node.area_cm2 * <real>node.parallel * NA_PER_MA * share;
}
