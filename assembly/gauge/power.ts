// State of power: the highest current that the pack sustains for a time.
//
// Over a pulse of t seconds a constant current i moves the terminal voltage by
//   i (R r + OCV' (t + g sum w_n (1 - a_n) tau) / Q)
// and the surface SOC by the bracket over Q: discharge ends at the cut-off voltage or when the
// surface is empty, whichever comes first; charge ends at the highest voltage or at the CCD.

import { vital } from "../abi";
import { ccd_current_nA } from "../cell/ccd";
import { surface_lead } from "../cell/diffusion";
import { evaluate_ocv, ocv_mV, ocv_slope_mV, resistance_factor, tau_at } from "../cell/ocv";
import { weakest_soc } from "../cell/pack";
import { pack_resistance_mV_nA } from "../cell/resistance";
import { exp } from "../math/exp";
import { real } from "../math/real";
import { capacity_pC, profile, soc_of } from "../profile";

const PC_PER_NA_S: real = 1000;

/** Seconds by which diffusion lengthens a pulse of `duration_s`, as seen by the surface. */
function diffusion_s(duration_s: real): real {
  const node = profile;
  const tau_s = tau_at(soc_of(vital.charge_pC));
  const ratio = duration_s / tau_s;
  const first: real = 1 - exp(-(<real>node.diffusion_pole(0)) * ratio);
  const second: real = 1 - exp(-(<real>node.diffusion_pole(1)) * ratio);
  const sum = <real>node.diffusion_weight(0) * first + <real>node.diffusion_weight(1) * second;
  return <real>node.diffusion_gain * sum * tau_s;
}

/** Highest discharge current for `duration_s` that stays above the recommended cut-off, nA. */
export function drain_allowed_nA(duration_s: real): real {
  const node = profile;
  const series = <real>node.series;
  const surface = weakest_soc(soc_of(vital.charge_pC)) + surface_lead();
  if (!(surface > 0)) return 0;
  evaluate_ocv(surface, vital.temperature_degC);
  const room_mV = series * (ocv_mV - <real>node.voltage_min_mV(1));
  if (!(room_mV > 0)) return 0;
  const soc_per_nA = ((duration_s + diffusion_s(duration_s)) * PC_PER_NA_S) / capacity_pC;
  const ohmic = pack_resistance_mV_nA(resistance_factor, vital.temperature_degC);
  const by_voltage =
    room_mV / (ohmic * vital.resistance_scale + series * ocv_slope_mV * soc_per_nA);
  const by_surface = surface / soc_per_nA;
  return by_voltage < by_surface ? by_voltage : by_surface;
}

/** Highest charge current for `duration_s` below the recommended voltage and CCD, nA. */
export function charge_allowed_nA(duration_s: real): real {
  const node = profile;
  const series = <real>node.series;
  const by_ccd = ccd_current_nA(vital.temperature_degC) * <real>node.ccd_level(1);
  evaluate_ocv(soc_of(vital.charge_pC) + surface_lead(), vital.temperature_degC);
  const room_mV = series * (<real>node.voltage_max_mV(1) - ocv_mV);
  if (!(room_mV > 0)) return 0;
  const soc_per_nA = ((duration_s + diffusion_s(duration_s)) * PC_PER_NA_S) / capacity_pC;
  const ohmic = pack_resistance_mV_nA(resistance_factor, vital.temperature_degC);
  const by_voltage =
    room_mV / (ohmic * vital.resistance_scale + series * ocv_slope_mV * soc_per_nA);
  return by_voltage < by_ccd ? by_voltage : by_ccd;
}
