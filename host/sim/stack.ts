// The layers of a cell between its terminals, and what a step of time does to them. Books nothing:
// see cell.ts.
//
//   V = E(x_s, T) + M h + overvoltage(i, x_s, T)
//
// x_s is lithium at the electrolyte (cathode.ts), E its EMF with dU/dT (lithium.ts), M h
// hysteresis: h follows the direction of the charge, dh/dq = kappa (sign(i) - h) (Plett, J. Power
// Sources 134 (2004) 262). Raijmakers, Danilov, Eichel, Notten, Electrochim. Acta 330 (2020)
// 135147: lithium and electrons diffuse together, so both faces of the cathode see a flux: the
// share D_e / (D_e + D_Li) the electrolyte, the rest the collector. Charging is positive.

import { Cathode, GAMMA } from "./cathode.js";
import { type Grid } from "./grid.js";
import { LithiumTable, type LithiumCurves } from "./lithium.js";
import { Overvoltage, type Interfaces } from "./overvoltage.js";
import { type PlatingPhysics } from "./plating.js";

const F_C_MOL = 96485.33212;
const YEAR_S = 31557600;
/** One nA on one cm2, in A/m2; one cm2 in m2. */
const A_M2 = 1e-5;
const M2_CM2 = 1e-4;
const MV = 1e3;

/** The `physics` block of boards/cells/*.json. */
export interface CellPhysics extends LithiumCurves, Interfaces {
  cathode_um: number;
  /** Lithium sites of the cathode. */
  sites_mol_m3: number;
  self_discharge_per_year: number;
  /** Half the gap between charge and discharge, and how fast (per SOC moved) it is crossed. */
  hysteresis?: { voltage_mV: number; per_soc: number } | undefined;
  /** Without it the anode is not watched. */
  plating?: PlatingPhysics | undefined;
}

export class Stack {
  readonly cathode: Cathode;
  /** Share of the flux that enters at the electrolyte. */
  readonly front_share: number;
  /** Lithium fraction between SOC 1 and 0. */
  readonly window: number;
  /** Charge per unit of lithium fraction, nC. */
  sites_nC = 0;
  temperature_degC: number;
  /** Terminal voltage at the start, in the mean and at the end of the last step. */
  start_mV = 0;
  mean_mV = 0;
  end_mV = 0;
  /** Current at the end of the last step. */
  end_nA = 0;
  /** Means of the last step: EMF at the surface, kinetic overvoltage, hysteresis. */
  surface_mV = 0;
  kinetic_mV = 0;
  turned_mV = 0;
  readonly #of: CellPhysics;
  readonly #table: LithiumTable;
  readonly #overvoltage: Overvoltage;
  /** Inflow of lithium through both faces per nA of discharge, m/s. */
  #inflow = 0;
  #growth = 1;
  #off_K = 0;
  /** Hysteresis state -1..1 before and after the last step. */
  #before = 0;
  #turn = 0;

  /** A rested stack of this SOC and temperature. */
  constructor(physics: CellPhysics, soc: number, grid: Grid, temperature_degC: number) {
    this.#of = physics;
    this.#table = new LithiumTable(physics);
    this.#overvoltage = new Overvoltage(physics);
    const { electron_ratio } = physics.diffusion;
    this.front_share = electron_ratio / (1 + electron_ratio);
    this.window = physics.lithium_empty - physics.lithium_full;
    const depth_m = physics.cathode_um * 1e-6;
    this.cathode = new Cathode(this.#table, depth_m, this.#lithiumAt(soc), grid);
    this.temperature_degC = temperature_degC;
    this.resize(1, 1);
    this.warm(temperature_degC);
    this.end_mV = this.voltage_mV(0);
  }

  /** Takes a temperature; the chemical energies follow. */
  warm(temperature_degC: number): void {
    this.temperature_degC = temperature_degC;
    this.#off_K = temperature_degC - this.#of.reference_degC;
    this.cathode.warm(this.#off_K);
    this.#overvoltage.set(temperature_degC, this.#growth);
  }

  /** So much of the fresh area is alive, and so much resistance its interfaces have. */
  resize(alive: number, growth: number): void {
    const { area_cm2, sites_mol_m3, cathode_um } = this.#of;
    const alive_cm2 = area_cm2 * alive;
    this.#inflow = A_M2 / (F_C_MOL * sites_mol_m3 * alive_cm2);
    this.sites_nC = F_C_MOL * sites_mol_m3 * cathode_um * 1e-6 * alive_cm2 * M2_CM2 * 1e9;
    this.#growth = growth;
    this.#overvoltage.set(this.temperature_degC, growth);
  }

  /** Charge between SOC 0 and 1, and above SOC 0. */
  get capacity_nC(): number {
    return this.sites_nC * this.window;
  }

  get charge_nC(): number {
    return this.sites_nC * (this.#of.lithium_empty - this.cathode.mean);
  }

  get soc(): number {
    return (this.#of.lithium_empty - this.cathode.mean) / this.window;
  }

  /** Current of self-discharge. */
  get self_nA(): number {
    return (this.#of.self_discharge_per_year / YEAR_S) * this.capacity_nC;
  }

  /** Electrolyte and contacts. */
  get ohmic_mV_nA(): number {
    return this.#overvoltage.ohmic_mV_nA;
  }

  /** The same with charge transfer, for small currents. */
  get resistance_mV_nA(): number {
    this.#sense(0, this.cathode.x[0]!);
    return this.ohmic_mV_nA + this.#overvoltage.kinetic_mV(1, this.cathode.surface);
  }

  /** Equilibrium voltage at a SOC, without hysteresis. */
  emf_mV(soc: number): number {
    const x = this.#lithiumAt(soc);
    return MV * (this.#table.emf_V(x) + this.#off_K * this.#table.entropic(x));
  }

  /** Terminal voltage the moment after the current becomes `current_nA`. */
  voltage_mV(current_nA: number): number {
    const { cathode } = this;
    this.#sense(current_nA, cathode.x[0]!);
    const rest_mV = MV * cathode.surface_V + this.#hysteresis_mV(this.#turn);
    const kinetic_mV = this.#overvoltage.kinetic_mV(current_nA, cathode.surface);
    return rest_mV + current_nA * this.ohmic_mV_nA + kinetic_mV;
  }

  /** Lets a current flow that goes straight from the first to the second. */
  step(start_nA: number, end_nA: number, dt_s: number): void {
    const { cathode, front_share } = this;
    const over = this.#overvoltage;
    const mean_nA = (start_nA + end_nA) / 2;
    this.#sense(start_nA, cathode.x[0]!);
    const start_mV = MV * cathode.surface_V;
    const start_kinetic_mV = over.kinetic_mV(start_nA, cathode.surface);
    const inflow = (this.self_nA - mean_nA) * this.#inflow;
    cathode.step(dt_s, inflow * front_share, inflow * (1 - front_share));
    const early_nA = start_nA + GAMMA * (end_nA - start_nA);
    this.#sense(early_nA, cathode.early);
    const early_mV = MV * cathode.surface_V;
    const early_kinetic_mV = over.kinetic_mV(early_nA, cathode.surface);
    this.#sense(end_nA, cathode.x[0]!);
    const end_mV = MV * cathode.surface_V;
    const end_kinetic_mV = over.kinetic_mV(end_nA, cathode.surface);
    const ohmic_mV_nA = over.ohmic_mV_nA;
    this.end_nA = end_nA;
    this.start_mV = start_mV + start_kinetic_mV + start_nA * ohmic_mV_nA;
    this.end_mV = end_mV + end_kinetic_mV + end_nA * ohmic_mV_nA;
    // weighted as the two stages are: the start's weight would keep what dies away at once
    this.surface_mV = (1 - GAMMA) * early_mV + GAMMA * end_mV;
    this.kinetic_mV = (1 - GAMMA) * early_kinetic_mV + GAMMA * end_kinetic_mV;
    if (this.#of.hysteresis !== undefined) this.#turnBy(mean_nA, dt_s);
    this.mean_mV = this.surface_mV + this.kinetic_mV + this.turned_mV + mean_nA * ohmic_mV_nA;
  }

  /** Takes the last step back. */
  undo(): void {
    this.cathode.undo();
    this.#turn = this.#before;
  }

  #turnBy(current_nA: number, dt_s: number): void {
    const { per_soc } = this.#of.hysteresis!;
    const share = Math.abs(current_nA * dt_s) / this.capacity_nC;
    const towards = Math.sign(current_nA);
    this.#before = this.#turn;
    if (towards !== 0) this.#turn = towards + (this.#turn - towards) * Math.exp(-per_soc * share);
    const start_mV = this.#hysteresis_mV(this.#before);
    const end_mV = this.#hysteresis_mV(this.#turn);
    this.start_mV += start_mV;
    this.end_mV += end_mV;
    this.turned_mV = (start_mV + end_mV) / 2;
  }

  #hysteresis_mV(turn: number): number {
    const { hysteresis } = this.#of;
    return hysteresis === undefined ? 0 : hysteresis.voltage_mV * turn;
  }

  #lithiumAt(soc: number): number {
    return this.#of.lithium_empty - soc * this.window;
  }

  /** Lithium and EMF at the electrolyte under a current: see `Cathode.sense`. */
  #sense(current_nA: number, x: number): void {
    this.cathode.sense(-current_nA * this.#inflow * this.front_share, x);
  }
}
