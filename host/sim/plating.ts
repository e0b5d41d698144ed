// How hard charging plates lithium: the current density of the anode against the critical one, by
// the plant's own law, which no firmware is told.
//
//   critical(T) = critical_mA_cm2 2^(-K / halving_K)     K beyond cold_degC or hot_degC
//   density     = I / (A alive)                          sites that died take no lithium
//
// A law over temperature or age was not found in print: both are assumptions, harsher when hot than
// the straight line that cells' profiles have.

import { type CellPhysics } from "./stack.js";

/** nA in a mA. */
const MA = 1e-6;

/** The `plating` block of `physics` in boards/cells/*.json. */
export interface PlatingPhysics {
  critical_mA_cm2: number;
  /** Between these nothing is lost; beyond, half of it within `halving_K`. */
  cold_degC: number;
  hot_degC: number;
  halving_K: number;
}

export class Plating {
  /** Time with more than the critical current, and the largest share of it that flowed. */
  over_s = 0;
  share_max = 0;
  /** Charge plated above it, and all that was plated, nC. */
  over_nC = 0;
  plated_nC = 0;
  readonly #of: PlatingPhysics;
  readonly #area_cm2: number;
  #alive = 1;

  constructor(of: PlatingPhysics, { area_cm2 }: CellPhysics) {
    this.#of = of;
    this.#area_cm2 = area_cm2;
  }

  /** Highest charging current that plates without a short. */
  critical_nA(temperature_degC: number): number {
    const { critical_mA_cm2, cold_degC, hot_degC, halving_K } = this.#of;
    const beyond_K = Math.max(cold_degC - temperature_degC, temperature_degC - hot_degC, 0);
    const density_mA_cm2 = critical_mA_cm2 * 2 ** (-beyond_K / halving_K);
    return (density_mA_cm2 * this.#area_cm2 * this.#alive) / MA;
  }

  /** A share of the fresh cell's sites is left. */
  age(alive: number): void {
    this.#alive = alive;
  }

  /** A step of the cell whose current fell or rose straight from its start to its end. */
  watch(mean_nA: number, end_nA: number, dt_s: number, temperature_degC: number): void {
    const highest_nA = Math.max(2 * mean_nA - end_nA, end_nA);
    if (highest_nA <= 0) return;
    this.plated_nC += Math.max(mean_nA, 0) * dt_s;
    const share = highest_nA / this.critical_nA(temperature_degC);
    if (share > this.share_max) this.share_max = share;
    if (share <= 1) return;
    this.over_s += dt_s;
    this.over_nC += Math.max(mean_nA, 0) * dt_s;
  }
}
