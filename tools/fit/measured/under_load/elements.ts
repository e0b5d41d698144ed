// What stands between terminal voltage and OCV of a cell under load, by the core's equations
// (assembly/cell/polarization.ts), in units without a size of the cell: currents as C-rate,
// resistances as mV at 1C, heat as C times mV.
//
//   V = OCV(z + w, Tc) + R0 I + s asinh(R1 I / s) + v        s = kinetic_mV Tc / 298.15 K
//   v' = (R2 I - v) / tau_v                                  slow drop
//   w' = (L dz/dt - w) / tau_w                               lead of the surface over the mean
//   ln y = table(z) + (a + b z) x + c x^2                    y: R0, R1, R2 at z + w, L at z
//   Tc = T + heating P,  P' = (|I eta| - P) / 600 s          eta: all of the drop

import { between } from "../../curve.js";

/** Nodes of the four tables; few, for a drive tells a resistance only where it goes. */
export const ELEMENT_SOC = [0, 0.05, 0.1, 0.18, 0.3, 0.5, 0.75, 1] as const;
/** Nodes of all tables of a profile with these elements: those, and where the OCV needs more. */
export const NODES = [
  ...[0, 0.01, 0.02, 0.035, 0.05, 0.07, 0.09, 0.1, 0.11, 0.14, 0.17, 0.18, 0.2, 0.25, 0.3, 0.35],
  ...[0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.96, 0.98, 1],
] as const;
/** Small cells warm and cool within minutes. */
export const HEATING_S = 600;

/** One that depends on SOC and temperature. */
export interface Element {
  /** ln y at ELEMENT_SOC and 25 degC; y in mV at 1C, or s. */
  ln: readonly number[];
  /** d ln y / d (1000/T) at SOC 0 and at SOC 1, kK. */
  kK: readonly number[];
  bend_kK2: number;
}

export interface Elements {
  ohmic: Element;
  kinetic: Element;
  slow: Element;
  lead: Element;
  kinetic_mV: number;
  slow_tau_s: number;
  slow_tau_kK: number;
  lead_tau_s: number;
  lead_tau_kK: number;
  /** How much warmer than its case the cell is, K per mV of drop at 1C. */
  heating_K: number;
}

export const KINDS = ["ohmic", "kinetic", "slow", "lead"] as const;

const KELVIN = 273.15;
const PER_KELVIN_25 = 1 / 298.15;

/** 1000 (1/T - 1/298.15 K). */
export const coldness = (degC: number): number => 1000 * (1 / (degC + KELVIN) - PER_KELVIN_25);
/** T / 298.15 K. */
export const warmth = (degC: number): number => (degC + KELVIN) * PER_KELVIN_25;

/** ln y of an element at 25 degC. */
export const lnAt = ({ ln }: Element, soc: number): number => between(ELEMENT_SOC, ln, soc);

/** An element at a SOC and a temperature. */
export function elementAt(element: Element, soc: number, degC: number): number {
  const x = coldness(degC);
  const [empty_kK, full_kK] = element.kK as [number, number];
  const kK = empty_kK + soc * (full_kK - empty_kK);
  return Math.exp(lnAt(element, soc) + x * (kK + x * element.bend_kK2));
}
