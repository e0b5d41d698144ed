// State of power: the highest current that the pack sustains for a time.
//
// Over a pulse of t seconds a constant current i moves the terminal voltage by
//   i (R r + OCV' (t + g sum w_n (1 - a_n) tau) / Q)
// and the surface SOC by the bracket over Q: discharge ends at the cut-off voltage or when the
// surface is empty, whichever comes first; charge ends at the highest voltage or at the CCD.

import { vital } from "../abi";
import { ccd_current_nA } from "../cell/ccd";
import {
  approach_ocv,
  evaluate_ocv,
  ocv_mV,
  ocv_slope_mV,
  resistance_factor,
  tau_s,
} from "../cell/ocv";
import { weakest_soc } from "../cell/pack";
import { pack_resistance_mV_nA } from "../cell/resistance";
import { soc_of, soc_per_nA_s } from "../derived";
import { settled } from "../math/exp";
import { real } from "../math/real";
import { profile } from "../profile";

// The pack as a pulse sees it: surface SOC, terminal resistance, OCV slope, diffusion time.
let surface: real = 0;
let ohmic_mV_nA: real = 0;
let slope_mV: real = 0;
let diffusion_s: real = 0;
let drain_room_mV: real = 0;

/** How far the surface is ahead, by the diffusion states that vital keeps. */
@inline
function lead(): real {
  return <real>profile.diffusion_gain * (vital.diffusion_0 + vital.diffusion_1);
}

/** Looks at the weakest cell's surface; the drains asked for next refer to this moment. */
export function prepare_drain(soc: real): void {
  surface = weakest_soc(soc) + lead();
  approach_ocv(surface, vital.temperature_degC);
  drain_room_mV = <real>profile.series * (ocv_mV - <real>profile.voltage_min_mV(1));
  take_pack();
}

/** Takes over resistance, slope and diffusion at the SOC evaluated last. */
function take_pack(): void {
  const base = pack_resistance_mV_nA(resistance_factor, vital.temperature_degC);
  ohmic_mV_nA = base * vital.resistance_scale;
  slope_mV = <real>profile.series * ocv_slope_mV;
  diffusion_s = tau_s;
}

/** Surface SOC moved by 1 nA over `duration_s`: what flows, and what diffusion holds back. */
function soc_per_nA(duration_s: real): real {
  const node = profile;
  const ratio = duration_s / diffusion_s;
  const first = <real>node.diffusion_weight(0) * settled(<real>node.diffusion_pole(0) * ratio);
  const second = <real>node.diffusion_weight(1) * settled(<real>node.diffusion_pole(1) * ratio);
  const held_s = <real>node.diffusion_gain * (first + second) * diffusion_s;
  return (duration_s + held_s) * soc_per_nA_s;
}

/** Highest discharge current for `duration_s` above the recommended cut-off, nA. */
export function drain_allowed_nA(duration_s: real): real {
  if (!(surface > 0 && drain_room_mV > 0)) return 0;
  const moved = soc_per_nA(duration_s);
  const by_voltage = drain_room_mV / (ohmic_mV_nA + slope_mV * moved);
  if (!(by_voltage * moved > surface)) return by_voltage;
  return surface / moved;
}

/** Highest charge current for `duration_s` below the recommended voltage and CCD, nA. */
export function charge_allowed_nA(duration_s: real): real {
  const node = profile;
  const by_ccd = ccd_current_nA(vital.temperature_degC) * <real>node.ccd_level(1);
  const soc = soc_of(vital.charge_pC);
  evaluate_ocv(soc + lead(), vital.temperature_degC);
  const room_mV = <real>node.series * (<real>node.voltage_max_mV(1) - ocv_mV);
  take_pack();
  if (!(room_mV > 0)) return 0;
  const by_voltage = room_mV / (ohmic_mV_nA + slope_mV * soc_per_nA(duration_s));
  return by_voltage < by_ccd ? by_voltage : by_ccd;
}
