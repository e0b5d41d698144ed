// What depends on the lithium fraction x of the cathode, tabulated so that a step of the plant
// reads it in nanoseconds: EMF and its slope over temperature, diffusion coefficient, and the
// integrals that conserve charge and energy exactly.
//
//   flux(x)     integral of D dx: diffusion with D(x) is linear in it (Kirchhoff's transformation)
//   energy(x)   integral of EMF from x to the empty cell: chemical energy per lithium site, V
//   entropy(x)  the same of dU/dT: how that energy moves with temperature, V/K
//
// Straight between table points, and beyond the ends.

import { Curve } from "./curve.js";

/** Points of the table: EMF between them is off by less than 0.1 mV at the steepest knee. */
const POINTS = 8192;
/** Columns of a row; FLUX is the first. */
const FLUX = 0;
export const EMF = 1;
export const ENTROPIC = 2;
export const STORED = 3;
export const ENTROPY = 4;
const WIDTH = 5;
/** The table reaches this far beyond the window, as a share of it. */
const MARGIN = 0.08;
/** A cathode without a site left takes lithium at some such voltage: it does not fall for ever. */
const OVERFULL_V = 1.1;
const MV = 1e-3;

/** The parts of a cell's `physics` that depend on lithium. */
export interface LithiumCurves {
  /** EMF against lithium, at the reference temperature. */
  emf: { lithium: number[]; voltage_mV: number[] };
  entropy: { lithium: number[]; dudt_mV_K: number[] };
  /** `lithium_m2_s` is the coefficient of lithium alone, `electron_ratio` D_e / D_Li. */
  diffusion: { lithium: number[]; lithium_m2_s: number[]; electron_ratio: number };
  lithium_full: number;
  lithium_empty: number;
}

/** `y` at x, its end values held beyond its points. */
function held(x: number[], y: number[]): (at: number) => number {
  const curve = new Curve(x, y);
  const [first, last] = [x[0]!, x.at(-1)!];
  return (at) => curve.at(Math.min(Math.max(at, first), last));
}

export class LithiumTable {
  /** Rows of FLUX [m2/s], EMF [V], ENTROPIC [V/K], STORED [V], ENTROPY [V/K]. */
  readonly rows: Float64Array;
  readonly width = WIDTH;
  /** The last row that has one after it. */
  readonly last = POINTS - 2;
  readonly low: number;
  readonly per_step: number;

  constructor(curves: LithiumCurves) {
    const { emf, entropy, diffusion, lithium_full, lithium_empty } = curves;
    const window = lithium_empty - lithium_full;
    this.low = lithium_full - MARGIN * window;
    const high = lithium_empty + MARGIN * window;
    const step = (high - this.low) / (POINTS - 1);
    this.per_step = 1 / step;
    this.rows = new Float64Array(POINTS * WIDTH);
    const voltage = new Curve(emf.lithium, emf.voltage_mV);
    const dudt = held(entropy.lithium, entropy.dudt_mV_K);
    const log_D = held(diffusion.lithium, diffusion.lithium_m2_s.map(Math.log));
    // lithium and electrons diffuse together: 2 D r / (1 + r)
    const ambipolar = (2 * diffusion.electron_ratio) / (1 + diffusion.electron_ratio);
    for (let i = 0; i < POINTS; i++) {
      const x = this.low + i * step;
      this.rows[i * WIDTH + EMF] = Math.max(voltage.at(x) * MV, OVERFULL_V);
      this.rows[i * WIDTH + ENTROPIC] = dudt(x) * MV;
      if (i > 0) {
        const D = ambipolar * Math.exp(log_D(x - step / 2));
        this.rows[i * WIDTH + FLUX] = this.rows[(i - 1) * WIDTH + FLUX]! + D * step;
      }
    }
    this.#integrate(EMF, STORED, step);
    this.#integrate(ENTROPIC, ENTROPY, step);
    this.#from(STORED, this.energy_V(lithium_empty));
    this.#from(ENTROPY, this.entropy(lithium_empty));
  }

  /** Minus the integral of a straight-line column: exact at the points. */
  #integrate(of: number, into: number, step: number): void {
    const { rows } = this;
    for (let i = 1; i < POINTS; i++) {
      const mean = (rows[(i - 1) * WIDTH + of]! + rows[i * WIDTH + of]!) / 2;
      rows[i * WIDTH + into] = rows[(i - 1) * WIDTH + into]! - mean * step;
    }
  }

  /** Counts a column from a value of its own. */
  #from(column: number, zero: number): void {
    for (let i = 0; i < POINTS; i++) this.rows[i * WIDTH + column]! -= zero;
  }

  #index(x: number): number {
    const at = Math.floor((x - this.low) * this.per_step);
    return at < 0 ? 0 : at > this.last ? this.last : at;
  }

  #straight(x: number, column: number): number {
    const i = this.#index(x);
    const share = (x - this.low) * this.per_step - i;
    const left = this.rows[i * WIDTH + column]!;
    return left + share * (this.rows[(i + 1) * WIDTH + column]! - left);
  }

  /** Integral of a column that is straight between the points: a parabola between them. */
  #curved(x: number, of: number, integral: number): number {
    const i = this.#index(x);
    const share = (x - this.low) * this.per_step - i;
    const left = this.rows[i * WIDTH + of]!;
    const mean = left + (share / 2) * (this.rows[(i + 1) * WIDTH + of]! - left);
    return this.rows[i * WIDTH + integral]! - (mean * share) / this.per_step;
  }

  emf_V(x: number): number {
    return this.#straight(x, EMF);
  }

  /** dU/dT, V/K. */
  entropic(x: number): number {
    return this.#straight(x, ENTROPIC);
  }

  /** Integral of D dx, m2/s. */
  flux(x: number): number {
    return this.#straight(x, FLUX);
  }

  /** D(x), m2/s. */
  diffusion(x: number): number {
    const at = this.#index(x) * WIDTH + FLUX;
    return (this.rows[at + WIDTH]! - this.rows[at]!) * this.per_step;
  }

  /** Chemical energy per site and elementary charge, V. */
  energy_V(x: number): number {
    return this.#curved(x, EMF, STORED);
  }

  /** How that energy moves with temperature, V/K. */
  entropy(x: number): number {
    return this.#curved(x, ENTROPIC, ENTROPY);
  }
}
