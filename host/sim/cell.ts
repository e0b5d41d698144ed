// The plant's cell: a stack of layers (stack.ts) with books. It shares neither code nor parameters
// with the core. Charging is positive.
//
// Energies are in pJ (nA mV s), each from its own flow. What came in through the terminals is what
// the cell stores plus every entry of `lost`.

import { USUAL_GRID, type Grid } from "./grid.js";
import { Float } from "./float.js";
import { Plating } from "./plating.js";
import { Stack, type CellPhysics } from "./stack.js";

export type { CellPhysics } from "./stack.js";

const HOUR_S = 3600;
const MV = 1e3;

/** Energy lost since the start, pJ; `entropic` is what a change of temperature took. */
export class CellLosses {
  ohmic = 0;
  kinetic = 0;
  diffusion = 0;
  hysteresis = 0;
  self_discharge = 0;
  entropic = 0;
  ageing = 0;
}

export class Cell {
  readonly lost = new CellLosses();
  /** Energy and charge in through the terminals since the start, pJ and nC. */
  port_pJ = 0;
  port_nC = 0;
  /** Charge lost to self-discharge and with sites that died, nC. */
  self_nC = 0;
  aged_nC = 0;
  readonly plating: Plating | undefined;
  readonly #stack: Stack;
  readonly #float: Float;

  /** A rested cell of this SOC and temperature. */
  constructor(
    physics: CellPhysics,
    soc: number,
    grid: Grid = USUAL_GRID,
    temperature_degC = physics.reference_degC,
  ) {
    this.#stack = new Stack(physics, soc, grid, temperature_degC);
    this.#float = new Float(this.#stack);
    if (physics.plating !== undefined) this.plating = new Plating(physics.plating, physics);
  }

  /** Charge between SOC 0 and 1. */
  get capacity_nAh(): number {
    return this.#stack.capacity_nC / HOUR_S;
  }

  get soc(): number {
    return this.#stack.soc;
  }

  /** Charge above SOC 0, nC. */
  get charge_nC(): number {
    return this.#stack.charge_nC;
  }

  /** Chemical energy above SOC 0, pJ. */
  get stored_pJ(): number {
    return this.#perDepth_pJ * this.#stack.cathode.chemical_Vm;
  }

  /** Terminal voltage at the start, in the mean and at the end of the last step. */
  get start_mV(): number {
    return this.#stack.start_mV;
  }

  get mean_mV(): number {
    return this.#stack.mean_mV;
  }

  get end_mV(): number {
    return this.#stack.end_mV;
  }

  /** Current at the end of the last step. */
  get end_nA(): number {
    return this.#stack.end_nA;
  }

  get temperature_degC(): number {
    return this.#stack.temperature_degC;
  }

  /** The whole cell takes this temperature; the chemical energy that moves with it is booked. */
  set temperature_degC(degC: number) {
    if (degC === this.temperature_degC) return;
    const before_pJ = this.stored_pJ;
    this.#stack.warm(degC);
    this.lost.entropic += before_pJ - this.stored_pJ;
  }

  /** Small-signal resistance of electrolyte, contacts and charge transfer. */
  get resistance_mV_nA(): number {
    return this.#stack.resistance_mV_nA;
  }

  /** Equilibrium voltage at a SOC, without hysteresis. */
  emf_mV(soc: number): number {
    return this.#stack.emf_mV(soc);
  }

  /** Terminal voltage the moment after the current becomes `current_nA`. */
  voltage_mV(current_nA: number): number {
    return this.#stack.voltage_mV(current_nA);
  }

  /** Lets a constant current flow. */
  drive(current_nA: number, dt_s: number): void {
    this.#stack.step(current_nA, current_nA, dt_s);
    this.#book(current_nA, dt_s);
  }

  /**
   * Lets `offered_nA` flow in and `drain_nA` out; at `float_mV` less is taken, so that the terminal
   * ends there. Returns the mean of what was taken; `end_nA` is the cell's current at the end.
   */
  take_nA(offered_nA: number, drain_nA: number, dt_s: number, float_mV: number): number {
    if (!(offered_nA > 0)) {
      this.drive(offered_nA - drain_nA, dt_s);
      return offered_nA;
    }
    const most_nA = offered_nA - drain_nA;
    const mean_nA = this.#float.step_nA(-drain_nA, most_nA, dt_s, float_mV);
    this.#book(mean_nA, dt_s);
    return mean_nA === most_nA ? offered_nA : mean_nA + drain_nA;
  }

  /** Sites died and interfaces grew: both shares are of the fresh cell. */
  age(alive: number, growth: number): void {
    const { stored_pJ, charge_nC } = this;
    this.#stack.resize(alive, growth);
    this.plating?.age(alive);
    this.lost.ageing += stored_pJ - this.stored_pJ;
    this.aged_nC += charge_nC - this.charge_nC;
  }

  /** Every loss of the last step from its own flow. */
  #book(current_nA: number, dt_s: number): void {
    const { lost } = this;
    const stack = this.#stack;
    const { cathode, front_share, surface_mV } = stack;
    this.plating?.watch(current_nA, stack.end_nA, dt_s, stack.temperature_degC);
    const moved_nC = current_nA * dt_s;
    const self_nC = stack.self_nA * dt_s;
    this.port_nC += moved_nC;
    this.port_pJ += moved_nC * stack.mean_mV;
    this.self_nC += self_nC;
    lost.ohmic += moved_nC * current_nA * stack.ohmic_mV_nA;
    lost.kinetic += moved_nC * stack.kinetic_mV;
    lost.hysteresis += moved_nC * stack.turned_mV;
    lost.self_discharge += self_nC * surface_mV;
    const faces_V = front_share * cathode.front_V + (1 - front_share) * cathode.back_V;
    lost.diffusion +=
      (moved_nC - self_nC) * (surface_mV - MV * faces_V) +
      this.#perDepth_pJ * cathode.dissipated_Vm;
  }

  /** Of a mean chemical energy of 1 V over the depth, in pJ per metre of depth. */
  get #perDepth_pJ(): number {
    return (this.#stack.sites_nC * MV) / this.#stack.cathode.depth_m;
  }
}
