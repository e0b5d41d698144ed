// How long a stretch of steady currents may be so that the voltage at its end is right within a
// millivolt, and what the charger's current will be on the way. Short after a change, ever longer
// after it; never far across the float voltage or a threshold of the supervisor.

import { USUAL_GRID, type Grid } from "./grid.js";

/** How finely time and space are cut. */
export interface Fineness {
  grid: Grid;
  /** The longest stretch of steady currents. */
  longest_s: number;
  /** A change of light that moves the cell's voltage by less is no change. */
  alike_mV: number;
  /** Light that would deliver this many times what a full cell takes is more than enough. */
  enough: number;
}

/**
 * Within 1 mV of a far finer one over the default year; less sharp where the EMF is steep, below
 * some 10 % of SOC: `npm run bench -- speed` measures both.
 */
export const USUAL: Fineness = { grid: USUAL_GRID, longest_s: 900, alike_mV: 0.35, enough: 1.2 };

/** First stretch after a change, and how much longer each next one may be. */
const FIRST_S = 30;
const LADDER = 6;
/** A change of current that moves the voltage by less is none. */
const JUMP_MV = 10;
/** A stretch ends so far before the float voltage is met. */
const MARGIN_MV = 3;
/** Closer to a threshold than this, stretches are short, to find when it is crossed. */
const NEAR_MV = 60;
const NEAR_S = 15;
/** Stretches longer than this tell how the voltage rises with charge. */
const SETTLED_S = 30;
/** Bounds of what is foreseen: half the rise of a stretch, and the share of power made up for. */
const RISE_MV = 20;
const MADE_UP = 0.05;

/** `value`, but not beyond `most` on either side. */
function within(value: number, most: number): number {
  return value > most ? most : value < -most ? -most : value;
}

export class Pace {
  /** Rise of the terminal voltage per charge in the last long stretch, mV/nC. */
  #rise_mV_nC = 0;
  /** Current at the end of the last stretch without refill. */
  #before_nA = 0;
  #ladder_s = FIRST_S;
  /** By how much the stretches so far missed the charger's power. */
  #missed_pJ = 0;

  constructor(readonly fineness: Fineness) {}

  /** The longest stretch that does not go far across a threshold `away_mV` from here. */
  towards_s(away_mV: number, current_nA: number): number {
    const { longest_s } = this.fineness;
    const far_mV = away_mV > 0 ? away_mV : -away_mV;
    const speed_mV_s = Math.abs(this.#rise_mV_nC * current_nA);
    if (far_mV > NEAR_MV && far_mV > 2 * speed_mV_s * longest_s) return longest_s;
    const half_s = far_mV > NEAR_MV ? far_mV / (2 * speed_mV_s) : NEAR_S;
    return Math.min(longest_s, Math.max(NEAR_S, half_s));
  }

  /** The longest stretch after the current has become `current_nA`. */
  after_s(current_nA: number, resistance_mV_nA: number): number {
    const jump_mV = (this.#before_nA - current_nA) * resistance_mV_nA;
    if (jump_mV > JUMP_MV || jump_mV < -JUMP_MV) this.#ladder_s = FIRST_S;
    return this.#ladder_s;
  }

  /** The longest stretch at the float voltage, where the current falls ever slower. */
  get held_s(): number {
    return this.#ladder_s;
  }

  /** The longest stretch that does not meet the float voltage, but for a first short one. */
  free_s(current_nA: number, begin_mV: number, float_mV: number): number {
    const { longest_s } = this.fineness;
    const rise_mV_s = this.#rise_mV_nC * current_nA;
    const room_mV = float_mV - MARGIN_MV - begin_mV;
    if (!(rise_mV_s > 0) || rise_mV_s * longest_s < room_mV) return longest_s;
    return room_mV > rise_mV_s * FIRST_S ? room_mV / rise_mV_s : FIRST_S;
  }

  /**
   * The charger's current in a stretch that begins at `begin_mV` with `current_nA` into the cell:
   * its power over the voltage half-way. What earlier stretches missed of the power, is made up
   * for.
   */
  offered_nA(power_pW: number, current_nA: number, begin_mV: number, dt_s: number): number {
    const rise_mV = within((this.#rise_mV_nC * current_nA * dt_s) / 2, RISE_MV);
    const made_up_pW = dt_s > SETTLED_S ? within(this.#missed_pJ / dt_s, MADE_UP * power_pW) : 0;
    return (power_pW + made_up_pW) / (begin_mV + rise_mV);
  }

  /** A stretch is over: charge moved, voltage risen, energy of the charger missed. */
  learn(dt_s: number, moved_nC: number, rise_mV: number, missed_pJ: number): void {
    if (dt_s > SETTLED_S && moved_nC !== 0) this.#rise_mV_nC = rise_mV / moved_nC;
    this.#missed_pJ += missed_pJ;
  }

  /** Nothing is owed to the charger: it is off, or held back. */
  forgive(): void {
    this.#missed_pJ = 0;
  }

  /** The next stretch may be longer, if this one was as the one before it. */
  climb(dt_s: number, end_nA: number, alike: boolean): void {
    this.#ladder_s = alike ? LADDER * dt_s : FIRST_S;
    this.#before_nA = end_nA;
  }
}
