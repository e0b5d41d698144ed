// Heat of a cell from what flows in it at every moment, to check the plant's books against: the
// same cathode in steps of seconds, but voltages from the published formulas, heat as power over
// time.
//
//   P = i^2 R + i eta(i, x_s) + i_self U_s                             and in the cathode
//       (i - i_self) (U_s - s U_front - (1 - s) U_back) + sum of J (U_k+1 - U_k)
//
// U_s at the electrolyte, s the share of the flux that enters there, J from volume k to the next.
// The plant (host/sim/cell.ts) books the same from means over steps of minutes instead.

import { Cathode } from "../../../host/sim/cathode.js";
import { USUAL_GRID, type Grid } from "../../../host/sim/grid.js";
import { type CellPhysics } from "../../../host/sim/cell.js";
import { Curve } from "../../../host/sim/curve.js";
import { LithiumTable } from "../../../host/sim/lithium.js";

const F_C_MOL = 96485.33212;
const GAS_J_MOL_K = 8.314462618;
const BOLTZMANN_EV_K = 8.617333262e-5;
const KELVIN = 273.15;
const YEAR_S = 31557600;

/** How finely time is cut: the first step after a change of current, and how they grow. */
export interface Steps {
  first_s: number;
  growth: number;
  longest_s: number;
}

export const FINE_STEPS: Steps = { first_s: 0.02, growth: 1.3, longest_s: 10 };

/** One moment: heat by cause, pW (nA mV), and what flows into the cathode, m/s. */
interface Moment {
  ohmic: number;
  kinetic: number;
  diffusion: number;
  self_discharge: number;
  inflow: number;
}

export class Heat {
  /** Heat so far by cause, pJ; the names are those of `CellLosses`. */
  readonly lost = { ohmic: 0, kinetic: 0, diffusion: 0, self_discharge: 0 };
  temperature_degC: number;
  /** Sites alive and resistance, over the fresh cell's. */
  alive = 1;
  growth = 1;
  readonly cathode: Cathode;
  readonly #of: CellPhysics;
  readonly #table: LithiumTable;
  readonly #emf_mV: Curve;
  readonly #dudt_mV_K: Curve;
  readonly #share: number;

  constructor(of: CellPhysics, soc: number, grid: Grid = USUAL_GRID) {
    this.#of = of;
    this.#table = new LithiumTable(of);
    this.#emf_mV = new Curve(of.emf.lithium, of.emf.voltage_mV);
    this.#dudt_mV_K = new Curve(of.entropy.lithium, of.entropy.dudt_mV_K);
    const lithium = of.lithium_empty - soc * (of.lithium_empty - of.lithium_full);
    this.cathode = new Cathode(this.#table, of.cathode_um * 1e-6, lithium, grid);
    this.temperature_degC = of.reference_degC;
    this.#share = of.diffusion.electron_ratio / (1 + of.diffusion.electron_ratio);
  }

  /** All heat so far, pJ. */
  get total_pJ(): number {
    return Object.values(this.lost).reduce((sum, part) => sum + part, 0);
  }

  /** A current that goes straight from one value to another. */
  drive(start_nA: number, end_nA: number, dt_s: number, steps: Steps = FINE_STEPS): void {
    const current_nA = (at_s: number) => start_nA + ((end_nA - start_nA) * at_s) / dt_s;
    let length_s = Math.min(steps.first_s, dt_s);
    let before = this.#moment(start_nA);
    for (let time_s = 0; time_s < dt_s;) {
      const left_s = dt_s - time_s;
      if (length_s > left_s * (1 - 1e-12)) length_s = left_s;
      const { inflow } = this.#moment(current_nA(time_s + length_s / 2));
      this.cathode.step(length_s, inflow * this.#share, inflow * (1 - this.#share));
      time_s += length_s;
      const after = this.#moment(current_nA(time_s));
      for (const cause of ["ohmic", "kinetic", "diffusion", "self_discharge"] as const) {
        this.lost[cause] += (length_s * (before[cause] + after[cause])) / 2;
      }
      before = after;
      length_s = Math.min(length_s * steps.growth, steps.longest_s);
    }
  }

  #voltage_mV(lithium: number): number {
    const { entropy, reference_degC } = this.#of;
    const known = Math.min(Math.max(lithium, entropy.lithium[0]!), entropy.lithium.at(-1)!);
    const off_K = this.temperature_degC - reference_degC;
    return this.#emf_mV.at(lithium) + off_K * this.#dudt_mV_K.at(known);
  }

  #moment(current_nA: number): Moment {
    const of = this.#of;
    const { x, width_m, depth_m } = this.cathode;
    const share = this.#share;
    const molar = of.sites_mol_m3 * F_C_MOL;
    const alive_m2 = of.area_cm2 * this.alive * 1e-4;
    const sites_nC = molar * depth_m * alive_m2 * 1e9;
    const window = of.lithium_empty - of.lithium_full;
    const self_nA = (of.self_discharge_per_year / YEAR_S) * sites_nC * window;
    const per_nA = 1e-9 / (molar * alive_m2);
    const surface =
      x[0]! - (current_nA * per_nA * share * width_m[0]!) / (2 * this.#table.diffusion(x[0]!));
    const surface_mV = this.#voltage_mV(surface);
    const faces_mV = share * this.#voltage_mV(x[0]!) + (1 - share) * this.#voltage_mV(x.at(-1)!);
    let within = 0;
    for (let k = 0; k + 1 < x.length; k++) {
      const distance_m = (width_m[k]! + width_m[k + 1]!) / 2;
      const flux = (this.#table.flux(x[k]!) - this.#table.flux(x[k + 1]!)) / distance_m;
      within += flux * (this.#voltage_mV(x[k + 1]!) - this.#voltage_mV(x[k]!));
    }
    return {
      ...this.#interfaces(current_nA, surface),
      self_discharge: self_nA * surface_mV,
      diffusion: (current_nA - self_nA) * (surface_mV - faces_mV) + (sites_nC / depth_m) * within,
      inflow: (self_nA - current_nA) * per_nA,
    };
  }

  /** Heat of electrolyte and contacts, and of charge transfer, pW. */
  #interfaces(current_nA: number, surface: number): { ohmic: number; kinetic: number } {
    const of = this.#of;
    const kelvin = this.temperature_degC + KELVIN;
    const cold_per_K = 1 / kelvin - 1 / (of.reference_degC + KELVIN);
    const slower = Math.exp((of.activation_eV / BOLTZMANN_EV_K) * cold_per_K);
    const current_mA_cm2 = (current_nA * 1e-6 * this.growth) / of.area_cm2;
    const x = Math.min(Math.max(surface, 0.001), 0.999);
    const exchange_mA_cm2 = of.cathode_exchange_mA_cm2 * Math.sqrt(x * (1 - x));
    const driven = (of_mA_cm2: number) => Math.asinh((current_mA_cm2 * slower) / (2 * of_mA_cm2));
    const thermal_mV = (2e3 * GAS_J_MOL_K * kelvin) / F_C_MOL;
    const over_mV = thermal_mV * (driven(of.anode_exchange_mA_cm2) + driven(exchange_mA_cm2));
    const ohmic_mV = current_mA_cm2 * (of.electrolyte_ohm_cm2 * slower + of.series_ohm_cm2);
    return { ohmic: current_nA * ohmic_mV, kinetic: current_nA * over_mV };
  }
}
