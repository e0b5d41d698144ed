// What stands between the terminal voltage of a cell under a known current and its OCV.
//
//   V = OCV(z + w, T) + R0 I + s asinh(R1 I / s) + v + m      s = kinetic_mV T / 298.15 K
//   v' = (R2 I - v) / tau_v        slow drop: charge transfer's tail, the electrolyte
//   w' = (L I / Q - w) / tau_w     lead of the surface over the mean: diffusion
//   ln y = table(z) + (a + b z) x + c x^2,   x = 1000 (1/T - 1/298.15 K)     y: R0, R1, R2, L
//
// One cell file serves from -20 to 40 degC with a table and three numbers for each y (Arrhenius
// with a bend); asinh is Butler and Volmer's equation inverted, for equal transfer coefficients.

import { PROFILE_WORDS } from "../abi";
import { exp, settled } from "../math/exp";
import { asinh } from "../math/log";
import { real } from "../math/real";
import { profile } from "../profile";
import { table_at } from "./ocv";

/** The four that depend on SOC and temperature, in the order of their tables. */
export const OHMIC: i32 = 0;
export const KINETIC: i32 = 1;
export const SLOW: i32 = 2;
export const LEAD: i32 = 3;

const KELVIN: real = 273.15;
const PER_KELVIN_25: real = 0.0033540164346805303;
const THOUSAND: real = 1000;

/** x, 1000 (1/T - 1/298.15 K), and T over 298.15 K. */
export let coldness: real = 0;
let warmth: real = 0;

/** The temperature of what is asked for next. */
export function set_temperature(temperature_degC: real): void {
  const kelvin = temperature_degC + KELVIN;
  coldness = THOUSAND * (1 / kelvin - PER_KELVIN_25);
  warmth = kelvin * PER_KELVIN_25;
}

/** Where the tables begin: behind those of the OCV. */
function tables(): usize {
  const node = profile;
  const words = 4 * node.soc_count + node.temperature_count * (1 + 2 * node.soc_count);
  return changetype<usize>(node) + ((<usize>(<u32>PROFILE_WORDS + words)) << 2);
}

/** One of the four at a SOC: mV/nA of one cell, or s. */
export function element(kind: i32, soc: real): real {
  const node = profile;
  const log = table_at(tables() + <usize>kind * ((<usize>node.soc_count) << 2), soc);
  const slope = <real>node.polarization_kK(kind) + <real>node.polarization_slope_kK(kind) * soc;
  return exp(log + coldness * (slope + coldness * <real>node.polarization_bend_kK2(kind)));
}

/** Drop of one cell that comes at once with a current, mV; charging raises it. */
export function prompt_mV(soc: real, current_nA: real): real {
  const bend_mV = <real>profile.kinetic_mV * warmth;
  const kinetic = (element(KINETIC, soc) * current_nA) / bend_mV;
  return element(OHMIC, soc) * current_nA + bend_mV * asinh(kinetic);
}

/** How much of a change of the slow drop, and of the lead, has happened after so long. */
export function slow_settled(dt_s: real): real {
  return settled(dt_s / (<real>profile.slow_tau_s * exp(<real>profile.slow_tau_kK * coldness)));
}

export function lead_settled(dt_s: real): real {
  return settled(dt_s / (<real>profile.lead_tau_s * exp(<real>profile.lead_tau_kK * coldness)));
}
