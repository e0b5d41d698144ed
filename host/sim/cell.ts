// The plant's cell: what one Li | LiPON | LiCoO2 cell does, from published physics. It shares
// neither code nor parameters with the core.
//
//   V = E(x_s, T) + j (R_electrolyte(T) + R_series) + eta_p + eta_n
//   eta = (2RT/F) asinh(j / 2 i0)
//   dx/dt = d/dy (D(x) dx/dy) in the cathode, lithium fraction x; x_s at the electrolyte
//
// Raijmakers, Danilov, Eichel, Notten, Electrochim. Acta 330 (2020) 135147. Lithium and electrons
// diffuse together, so both sides of the cathode see a flux: the share D_e / (D_e + D_Li) the
// electrolyte, the rest the collector. Finite volumes, thin at the electrolyte; implicit Euler,
// stable for any step; charge is conserved to rounding. j > 0 charges.

import { Curve } from "./curve.js";

const F_C_MOL = 96485.33212;
const GAS_J_MOL_K = 8.314462618;
const BOLTZMANN_EV_K = 8.617333262e-5;
const KELVIN = 273.15;
const YEAR_S = 31557600;
/** One nA on one cm2, in A/m2. */
const A_M2 = 1e-5;

/** The `physics` block of boards/cells/*.json. */
export interface CellPhysics {
  area_cm2: number;
  cathode_um: number;
  /** Lithium sites of the cathode. */
  sites_mol_m3: number;
  /** EMF against lithium, at `reference_degC`. */
  emf: { lithium: number[]; voltage_mV: number[] };
  entropy: { lithium: number[]; dudt_mV_K: number[] };
  diffusion: { lithium: number[]; lithium_m2_s: number[]; electron_ratio: number };
  electrolyte_ohm_cm2: number;
  series_ohm_cm2: number;
  anode_exchange_mA_cm2: number;
  /** Times sqrt(x (1 - x)). */
  cathode_exchange_mA_cm2: number;
  activation_eV: number;
  reference_degC: number;
  self_discharge_per_year: number;
  /** Lithium fraction of SOC 1 and 0. */
  lithium_full: number;
  lithium_empty: number;
}

const VOLUMES = 16;
/** Each volume is so much thicker than the one before it. */
const GROWTH = 1.25;
const STEP_S = 60;
const STEP_LITHIUM = 0.002;

export class Cell {
  temperature_degC: number;
  readonly #of: CellPhysics;
  readonly #emf: Curve;
  readonly #entropy: Curve;
  readonly #diffusion: Curve;
  readonly #width_m: number[];
  readonly #depth_m: number;
  readonly #share: number;
  /** Lithium per A/m2 and second, m. */
  readonly #flux: number;
  #x: number[];

  constructor(physics: CellPhysics, soc: number) {
    const { emf, entropy, diffusion } = physics;
    this.#of = physics;
    this.temperature_degC = physics.reference_degC;
    this.#emf = new Curve(emf.lithium, emf.voltage_mV);
    this.#entropy = new Curve(entropy.lithium, entropy.dudt_mV_K);
    this.#diffusion = new Curve(diffusion.lithium, diffusion.lithium_m2_s.map(Math.log));
    this.#depth_m = physics.cathode_um * 1e-6;
    const thin_m = (this.#depth_m * (GROWTH - 1)) / (GROWTH ** VOLUMES - 1);
    this.#width_m = Array.from({ length: VOLUMES }, (_, i) => thin_m * GROWTH ** i);
    this.#share = diffusion.electron_ratio / (1 + diffusion.electron_ratio);
    this.#flux = 1 / (F_C_MOL * physics.sites_mol_m3);
    this.#x = this.#width_m.map(() => this.#lithiumAt(soc));
  }

  /** Charge between SOC 0 and 1. */
  get capacity_nAh(): number {
    const window = this.#of.lithium_empty - this.#of.lithium_full;
    return (window * this.#depth_m * this.#of.area_cm2) / (this.#flux * A_M2 * 3600);
  }

  get soc(): number {
    const mean = this.#x.reduce((sum, x, i) => sum + x * this.#width_m[i]!, 0) / this.#depth_m;
    return (this.#of.lithium_empty - mean) / (this.#of.lithium_empty - this.#of.lithium_full);
  }

  /** Equilibrium voltage at a SOC. */
  emf_mV(soc: number): number {
    return this.#emfAt(this.#lithiumAt(soc));
  }

  /** Terminal voltage the moment after the current becomes `current_nA`. */
  voltage_mV(current_nA: number): number {
    return this.#voltage(current_nA, this.#surface(this.#x[0]!, current_nA));
  }

  /**
   * Lets `offered_nA` flow in and `drain_nA` out for `dt_s`; at `float_mV` less is taken. Returns
   * what was taken of the offer, as a mean and at the end, and whether the float limits it.
   */
  advance(
    dt_s: number,
    drain_nA: number,
    offered_nA = 0,
    float_mV = Infinity,
  ): { taken_nA: number; now_nA: number; limited: boolean } {
    const per_s = (Math.max(drain_nA, offered_nA) * this.#flux * A_M2) / this.#of.area_cm2;
    const step_s = Math.min(STEP_S, (STEP_LITHIUM * this.#depth_m) / Math.max(per_s, 1e-30));
    const steps = Math.max(1, Math.ceil(dt_s / step_s));
    let taken_nA = 0;
    let now_nA = 0;
    for (let step = 0; step < steps; step++) {
      now_nA = this.#step(dt_s / steps, drain_nA, offered_nA, float_mV);
      taken_nA += now_nA / steps;
    }
    return { taken_nA, now_nA, limited: now_nA < offered_nA };
  }

  /** One implicit step. The new state is linear in the current: a float voltage is solved for. */
  #step(dt_s: number, drain_nA: number, offered_nA: number, float_mV: number): number {
    const self = (this.#of.self_discharge_per_year / YEAR_S) * 3600 * this.capacity_nAh;
    const { rest, reply } = this.#solve(dt_s, self);
    const at = (taken_nA: number) => {
      const net = taken_nA - drain_nA;
      return this.#voltage(net, this.#surface(rest[0]! + net * reply[0]!, net));
    };
    let taken_nA = offered_nA;
    if (offered_nA > 0 && at(offered_nA) > float_mV) {
      let low = 0;
      let high = offered_nA;
      for (let i = 0; i < 40; i++) {
        const middle = (low + high) / 2;
        if (at(middle) > float_mV) high = middle;
        else low = middle;
      }
      taken_nA = low;
    }
    this.#x = rest.map((x, i) => x + (taken_nA - drain_nA) * reply[i]!);
    return taken_nA;
  }

  /** State after `dt_s` without current (`rest`), and its change per nA (`reply`). */
  #solve(dt_s: number, self_nA: number): { rest: number[]; reply: number[] } {
    const width = this.#width_m;
    const D = this.#x.map((x) => this.#ambipolar(x));
    // conductance of each face, times the step: series connection of two half volumes
    const link = D.slice(1).map((d, i) => (2 * dt_s) / (width[i]! / D[i]! + width[i + 1]! / d));
    const lower = width.map((_, i) => -(link[i - 1] ?? 0));
    const upper = width.map((_, i) => -(link[i] ?? 0));
    const diagonal = width.map((w, i) => w - lower[i]! - upper[i]!);
    const last = VOLUMES - 1;
    const per_nA = (-this.#flux * A_M2 * dt_s) / this.#of.area_cm2;
    const source = width.map((_, i) =>
      i === 0 ? per_nA * this.#share : i === last ? per_nA * (1 - this.#share) : 0,
    );
    const before = width.map((w, i) => w * this.#x[i]! - self_nA * source[i]!);
    return {
      rest: tridiagonal(lower, diagonal, upper, before),
      reply: tridiagonal(lower, diagonal, upper, source),
    };
  }

  #lithiumAt(soc: number): number {
    return this.#of.lithium_empty - soc * (this.#of.lithium_empty - this.#of.lithium_full);
  }

  /** Lithium and electrons diffuse together: 2 D r / (1 + r). */
  #ambipolar(x: number): number {
    const { lithium, electron_ratio } = this.#of.diffusion;
    const inside = Math.min(Math.max(x, lithium[0]!), lithium.at(-1)!);
    return (Math.exp(this.#diffusion.at(inside)) * 2 * electron_ratio) / (1 + electron_ratio);
  }

  /** Lithium at the electrolyte, half a volume away from the first centre. */
  #surface(x: number, current_nA: number): number {
    const flux = (this.#share * current_nA * this.#flux * A_M2) / this.#of.area_cm2;
    return x - (flux * this.#width_m[0]!) / (2 * this.#ambipolar(x));
  }

  #emfAt(x: number): number {
    const K = this.temperature_degC - this.#of.reference_degC;
    return this.#emf.at(x) + this.#entropy.at(Math.min(x, 1)) * K;
  }

  #voltage(current_nA: number, surface: number): number {
    const { reference_degC, activation_eV } = this.#of;
    const kelvin = this.temperature_degC + KELVIN;
    const cold = 1 / kelvin - 1 / (reference_degC + KELVIN);
    const slower = Math.exp((activation_eV / BOLTZMANN_EV_K) * cold);
    const j_mA = (current_nA * 1e-6) / this.#of.area_cm2;
    const ohm = this.#of.electrolyte_ohm_cm2 * slower + this.#of.series_ohm_cm2;
    const x = Math.min(Math.max(surface, 0.001), 0.999);
    const cathode_mA = (this.#of.cathode_exchange_mA_cm2 * Math.sqrt(x * (1 - x))) / slower;
    const anode_mA = this.#of.anode_exchange_mA_cm2 / slower;
    const thermal_mV = (2000 * GAS_J_MOL_K * kelvin) / F_C_MOL;
    const kinetic = Math.asinh(j_mA / (2 * cathode_mA)) + Math.asinh(j_mA / (2 * anode_mA));
    return this.#emfAt(surface) + j_mA * ohm + thermal_mV * kinetic;
  }
}

/** Thomas's algorithm. */
function tridiagonal(
  lower: readonly number[],
  diagonal: readonly number[],
  upper: readonly number[],
  right: readonly number[],
): number[] {
  const c: number[] = [];
  const d: number[] = [];
  diagonal.forEach((middle, i) => {
    const pivot = middle - lower[i]! * (c[i - 1] ?? 0);
    c.push(upper[i]! / pivot);
    d.push((right[i]! - lower[i]! * (d[i - 1] ?? 0)) / pivot);
  });
  for (let i = d.length - 2; i >= 0; i--) d[i]! -= c[i]! * d[i + 1]!;
  return d;
}
