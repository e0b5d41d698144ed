// Diffusion of lithium in a planar cathode whose diffusion coefficient depends on lithium:
//
//   dx/dt = d/dy (D(x) dx/dy),   lithium fraction x, y from the electrolyte to the collector
//
// in finite volumes, thin at the electrolyte where pulses are felt. With flux(x) = integral of D dx
// the flux between two volumes is (flux(x_k) - flux(x_k+1)) / distance. In time: the two-stage
// SDIRK of Alexander (SIAM J. Numer. Anal. 14 (1977) 1006), second order and L-stable, each stage
// with one Newton step of the Jacobian at the start; with as many as it takes where D changes much
// on the way. Lithium is conserved to rounding for any step.
//
// Chemical energy is booked by discrete gradients: the EMF of a volume over a step is the mean
// along its path, (energy(x_old) - energy(x_new)) / (x_new - x_old). What diffusion dissipates,
// flux times EMF difference, then closes the balance to rounding, whatever the step.

import { solveStage } from "./implicit_stage.js";
import { graded_m, USUAL_GRID, type Grid } from "./grid.js";
import { EMF, STORED, ENTROPIC, ENTROPY, type LithiumTable } from "./lithium.js";

/** Its stages lie at this share of a step and at its end; they weigh 1 - GAMMA and GAMMA. */
export const GAMMA = 1 - Math.SQRT1_2;
/** Weight of the first stage in the second: (1 - GAMMA) / GAMMA, minus 1 for where it begins. */
const EARLIER = (1 - GAMMA) / GAMMA - 1;
/** Twice the lithium by which one Newton step may miss. */
const ROUGH = 0.005;
/** Below this change the mean EMF along the path is the EMF in its middle. */
const SMALL = 1e-7;

export class Cathode {
  /** Lithium fraction of each volume, and its chemical energy at the present temperature, V. */
  readonly x: Float64Array;
  readonly site_V: Float64Array;
  readonly width_m: Float64Array;
  /** Of the last step: lithium of the first volume at the first stage; what diffusion inside
   * dissipated, V m; mean EMF of both end volumes, V. */
  early = 0;
  dissipated_Vm = 0;
  front_V = 0;
  back_V = 0;
  /** What `sense` found. */
  surface = 0;
  surface_V = 0;
  readonly #table: LithiumTable;
  readonly #per_m: Float64Array;
  readonly #start: Float64Array;
  readonly #start_energy: Float64Array;
  readonly #right: Float64Array;
  readonly #slope: Float64Array;
  readonly #upper: Float64Array;
  readonly #lower: Float64Array;
  readonly #pivot: Float64Array;
  #off_K = 0;

  constructor(
    table: LithiumTable,
    readonly depth_m: number,
    lithium: number,
    grid: Grid = USUAL_GRID,
  ) {
    this.#table = table;
    this.width_m = graded_m(depth_m, grid);
    const column = () => new Float64Array(grid.volumes);
    this.x = column().fill(lithium);
    this.site_V = column();
    this.#per_m = column();
    for (let i = 0; i + 1 < grid.volumes; i++) {
      this.#per_m[i] = 2 / (this.width_m[i]! + this.width_m[i + 1]!);
    }
    this.#start = column();
    this.#start_energy = column();
    this.#right = column();
    this.#slope = column();
    this.#upper = column();
    this.#lower = column();
    this.#pivot = column();
    this.warm(0);
  }

  /** Mean lithium fraction. */
  get mean(): number {
    let sum = 0;
    for (let i = 0; i < this.x.length; i++) sum += this.x[i]! * this.width_m[i]!;
    return sum / this.depth_m;
  }

  /** Chemical energy, V m: times sites and area. */
  get chemical_Vm(): number {
    let sum = 0;
    for (let i = 0; i < this.x.length; i++) sum += this.site_V[i]! * this.width_m[i]!;
    return sum;
  }

  /** Sets how far the temperature is off the reference; the energies follow. */
  warm(off_K: number): void {
    this.#off_K = off_K;
    const table = this.#table;
    for (let i = 0; i < this.x.length; i++) {
      this.site_V[i] = table.energy_V(this.x[i]!) + off_K * table.entropy(this.x[i]!);
    }
  }

  /**
   * Lithium and EMF at the electrolyte, half a volume before the first centre, while `inflow` (m/s)
   * enters there: `surface` and `surface_V`. `x` is lithium of the first volume.
   */
  sense(inflow: number, x: number): void {
    const { rows, width, low, per_step, last } = this.#table;
    const off_K = this.#off_K;
    const near = (x - low) * per_step;
    const i = width * (near < 0 ? 0 : near > last ? last : near | 0);
    const diffusion = (rows[i + width]! - rows[i]!) * per_step;
    const surface = x + (inflow * this.width_m[0]!) / (2 * diffusion);
    const at = (surface - low) * per_step;
    const k = at < 0 ? 0 : at > last ? last : at | 0;
    const row = width * k;
    const left_V = rows[row + EMF]! + off_K * rows[row + ENTROPIC]!;
    const right_V = rows[row + width + EMF]! + off_K * rows[row + width + ENTROPIC]!;
    this.surface = surface;
    this.surface_V = left_V + (at - k) * (right_V - left_V);
  }

  /** Lets `front` and `back` flow in (lithium fraction times m/s) through the two faces. */
  step(dt_s: number, front: number, back: number): void {
    const h = GAMMA * dt_s;
    this.#first(h, front, back);
    if (this.#second(h, front, back)) this.#iterate(h, front, back);
    this.#finish(-back * dt_s);
  }

  /** Both stages to their end; leaves nothing to solve. */
  #iterate(h: number, front: number, back: number): void {
    const { x, width_m } = this;
    const start = this.#start;
    const base = Float64Array.from(start);
    const stage = { table: this.#table, width_m, per_m: this.#per_m, base, h, front, back };
    solveStage(x, stage);
    this.early = x[0]!;
    x.forEach((at, i) => (base[i] = start[i]! + (1 + EARLIER) * (at - start[i]!)));
    solveStage(x, stage);
    this.#right.fill(0);
  }

  /** Takes the last step back. */
  undo(): void {
    this.x.set(this.#start);
    this.site_V.set(this.#start_energy);
  }

  /**
   * First stage, x + h f(stage): fluxes and slopes at the start, the matrix width - h df/dx
   * factored on the way (Thomas's algorithm), and x moved to the stage.
   */
  #first(h: number, front: number, back: number): void {
    const { x, width_m } = this;
    const { rows, width, low, per_step, last: last_row } = this.#table;
    const start = this.#start;
    const per_m = this.#per_m;
    const pivots = this.#pivot;
    const lowers = this.#lower;
    const uppers = this.#upper;
    const rights = this.#right;
    const slopes = this.#slope;
    const last = x.length - 1;
    let inflow = front;
    let flux = 0;
    let slope = 0;
    let link = 0;
    let carry = 0;
    let lower = 0;
    let right = 0;
    for (let i = 0; i <= last; i++) {
      const here = x[i]!;
      start[i] = here;
      const at = (here - low) * per_step;
      const k = at < 0 ? 0 : at > last_row ? last_row : at | 0;
      const left = rows[width * k]!;
      const rise = rows[width * k + width]! - left;
      const next_flux = left + (at - k) * rise;
      const next_slope = rise * per_step;
      if (i > 0) {
        // the row before can be closed now that its neighbour is known
        const per = per_m[i - 1]!;
        const after = h * per;
        const pivot = 1 / (width_m[i - 1]! + slope * (link + after) - carry);
        const outflow = (flux - next_flux) * per;
        right = h * (inflow - outflow) - lower * right;
        rights[i - 1] = right;
        pivots[i - 1] = pivot;
        lower = -after * slope * pivot;
        const upper = -after * next_slope;
        lowers[i - 1] = lower;
        uppers[i - 1] = upper;
        carry = lower * upper;
        link = after;
        inflow = outflow;
      }
      slopes[i] = next_slope;
      flux = next_flux;
      slope = next_slope;
    }
    const pivot = 1 / (width_m[last]! + slope * link - carry);
    pivots[last] = pivot;
    let change = (h * (inflow + back) - lower * right) * pivot;
    x[last]! += change;
    for (let i = last - 1; i >= 0; i--) {
      change = (rights[i]! - uppers[i]! * change) * pivots[i]!;
      x[i]! += change;
    }
    this.early = x[0]!;
  }

  /**
   * Second stage, begun at the first: fluxes there, and the same matrix; leaves its right side.
   * Returns whether D is too different there from what the matrix took it for.
   */
  #second(h: number, front: number, back: number): boolean {
    const { x, width_m } = this;
    const { rows, width, low, per_step, last: last_row } = this.#table;
    const start = this.#start;
    const per_m = this.#per_m;
    const lowers = this.#lower;
    const rights = this.#right;
    const slopes = this.#slope;
    const last = x.length - 1;
    let rough = false;
    let inflow = front;
    let flux = 0;
    let right = 0;
    for (let i = 0; i <= last; i++) {
      const here = x[i]!;
      const at = (here - low) * per_step;
      const k = at < 0 ? 0 : at > last_row ? last_row : at | 0;
      const left = rows[width * k]!;
      const rise = rows[width * k + width]! - left;
      const next_flux = left + (at - k) * rise;
      const slope = slopes[i]!;
      const missed = (rise * per_step - slope) * (here - start[i]!);
      if (missed > ROUGH * slope || missed < -ROUGH * slope) rough = true;
      if (i > 0) {
        const outflow = (flux - next_flux) * per_m[i - 1]!;
        const moved = EARLIER * width_m[i - 1]! * (x[i - 1]! - start[i - 1]!);
        right = h * (inflow - outflow) + moved - (i > 1 ? lowers[i - 2]! * right : 0);
        rights[i - 1] = right;
        inflow = outflow;
      }
      flux = next_flux;
    }
    const moved = EARLIER * width_m[last]! * (x[last]! - start[last]!);
    rights[last] = h * (inflow + back) + moved - lowers[last - 1]! * right;
    return rough;
  }

  /**
   * Solves the second stage from the collector to the electrolyte, and on the way books energies at
   * the end and flux times EMF difference, face by face; `moved` is what left through the
   * collector.
   */
  #finish(moved: number): void {
    const { x, site_V, width_m } = this;
    const { rows, width, low, per_step, last: last_row } = this.#table;
    const start = this.#start;
    const start_energy = this.#start_energy;
    const rights = this.#right;
    const uppers = this.#upper;
    const pivots = this.#pivot;
    const off_K = this.#off_K;
    const last = x.length - 1;
    const step = 1 / per_step;
    let change = 0;
    let behind_V = 0;
    let sum_Vm = 0;
    for (let i = last; i >= 0; i--) {
      change = (rights[i]! - (i < last ? uppers[i]! * change : 0)) * pivots[i]!;
      const now = x[i]! + change;
      x[i] = now;
      const at = (now - low) * per_step;
      const k = at < 0 ? 0 : at > last_row ? last_row : at | 0;
      const share = at - k;
      const row = width * k;
      // EMF at this temperature, and its integral: see LithiumTable
      const left_V = rows[row + EMF]! + off_K * rows[row + ENTROPIC]!;
      const rise_V = rows[row + width + EMF]! + off_K * rows[row + width + ENTROPIC]! - left_V;
      const base_V = rows[row + STORED]! + off_K * rows[row + ENTROPY]!;
      const now_V = base_V - (left_V + (share / 2) * rise_V) * share * step;
      const before_V = site_V[i]!;
      start_energy[i] = before_V;
      site_V[i] = now_V;
      const change_all = now - start[i]!;
      const small = change_all < SMALL && change_all > -SMALL;
      const path_V = small
        ? left_V + (share - (change_all * per_step) / 2) * rise_V
        : (before_V - now_V) / change_all;
      if (i === last) this.back_V = path_V;
      else sum_Vm += moved * (behind_V - path_V);
      moved += width_m[i]! * change_all;
      behind_V = path_V;
    }
    this.front_V = behind_V;
    this.dissipated_Vm = sum_Vm;
  }
}
