// Charge taken while the charger holds the float voltage (CV): the cell relaxes towards the SOC
// whose OCV is the set point. With OCV linear over the step and i0 = (V_set - OCV) / R,
//
//   dQ = i0 dt (1 - exp(-lambda)) / lambda,   lambda = OCV' dt / (R Q)
//
// exact for any dt on the linearised curve. This is also the anchor at "full": what was wrong about
// SOC before the step shrinks by exp(-lambda) (the gauge uses `limiting_decay`).

import { vital } from "../abi";
import { surface_lead } from "../cell/diffusion";
import { evaluate_ocv, ocv_mV, ocv_slope_mV, resistance_factor } from "../cell/ocv";
import { pack_resistance_mV_nA } from "../cell/resistance";
import { wide_of } from "../math/convert";
import { settled } from "../math/exp";
import { real } from "../math/real";
import { capacity_pC, float_mV, soc_of } from "../derived";
import { profile } from "../profile";
import { dt_s } from "../sample/clock";

const PC_PER_NA_S: real = 1000;

/** exp(-lambda) of the last limited interval. */
export let limiting_decay: real = 1;
/** d SOC / d (relative error of the set point) of the last limited interval. */
export let limiting_reach: real = 0;

/** Net charge into the cell over the interval, between nothing and `offered_pC`. */
export function limiting_charge_pC(offered_pC: real): i64 {
  const series = <real>profile.series;
  const temperature_degC = vital.temperature_degC;
  evaluate_ocv(soc_of(vital.charge_pC) + surface_lead(), temperature_degC);
  const resistance =
    pack_resistance_mV_nA(resistance_factor, temperature_degC) * vital.resistance_scale;
  const conductance: real = 1 / resistance;
  const gap_mV = float_mV - series * ocv_mV;
  const slope_mV: real = ocv_slope_mV > 1 ? series * ocv_slope_mV : series;
  const lambda = (slope_mV * conductance * PC_PER_NA_S * dt_s) / capacity_pC;
  const moved = settled(lambda);
  limiting_decay = 1 - moved;
  limiting_reach = (moved * float_mV) / slope_mV;
  const share: real = lambda > 0 ? moved / lambda : 1;
  const taken_pC = gap_mV * conductance * PC_PER_NA_S * dt_s * share;
  if (!(taken_pC > 0)) return 0;
  return wide_of(taken_pC < offered_pC ? taken_pC : offered_pC);
}
