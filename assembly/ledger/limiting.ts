// Charge taken while the charger holds the float voltage (CV): the cell relaxes towards the SOC
// z_set that rests at the set point. With OCV straight between here and there,
//
//   dz = (z_set - z) (1 - exp(-lambda)),   lambda = (V_set - OCV) / (z_set - z) dt / (R Q)
//
// exact for any dt on that line, and it ends at z_set. Where the charger tells that
// it holds, this is also the anchor at "full": what was wrong about SOC before the step shrinks by
// exp(-lambda) (the gauge uses `limiting_decay`).

import { vital } from "../abi";
import { evaluate_ocv, ocv_mV, ocv_slope_mV, resistance_factor, soc_near_rest } from "../cell/ocv";
import { pack_resistance_mV_nA } from "../cell/resistance";
import { capacity_pC, float_mV, soc_of, soc_per_nA_s } from "../derived";
import { settled } from "../math/exp";
import { wide_of } from "../math/convert";
import { real } from "../math/real";
import { profile } from "../profile";
import { dt_s } from "../sample/clock";

/** Closer to z_set the tangent is the better slope. */
const CLOSE: real = 0.001;

/** exp(-lambda) of the last limited interval. */
export let limiting_decay: real = 0;
/** d SOC / d (relative error of the set point) of the last limited interval. */
export let limiting_reach: real = 0;

/** Net charge that brings the pack towards the set point over the interval; negative: was above. */
export function limiting_charge_pC(): i64 {
  const series = <real>profile.series;
  const temperature_degC = vital.temperature_degC;
  const soc = soc_of(vital.charge_pC);
  const set_mV = (float_mV * (1 + vital.float_error)) / series;
  const set_soc = soc_near_rest(set_mV, temperature_degC, soc);
  evaluate_ocv(soc, temperature_degC);
  const gap = set_soc - soc;
  const close = gap < CLOSE && gap > -CLOSE;
  const secant_mV = close ? ocv_slope_mV : (set_mV - ocv_mV) / gap;
  const slope_mV: real = secant_mV > 1 ? series * secant_mV : series;
  const resistance_mV_nA =
    pack_resistance_mV_nA(resistance_factor, temperature_degC) * vital.resistance_scale;
  const lambda = (slope_mV * dt_s * soc_per_nA_s) / resistance_mV_nA;
  const moved = settled(lambda);
  limiting_decay = 1 - moved;
  limiting_reach = (moved * float_mV) / slope_mV;
  return wide_of(gap * moved * capacity_pC);
}
