// When a cell counts as full. A small current alone tells nothing: with a harvester every dusk
// looks like a taper, and nobody knows where within its tolerance a charger holds. Full is the
// highest voltage of all, held for hours of charging, near the strap, with hardly any current left.

import { type Limits } from "./limits.js";

/** Readings of the voltage that are taken into one mean, and their sigmas that are no change. */
export const MEAN_OF = 8;
const SIGMAS = 4;
/**
 * In charge for so long in all within that band, and for such a share of the time in charge so far:
 * at its usual current a cell that is not full would have risen by a tenth of its SOC.
 */
const HELD_H = 3;
const HELD_SHARE = 0.1;
/** Below that SOC, by the OCV, the voltage of LiCoO2 is so flat that charge hardly moves it. */
const STEEP_SOC = 0.6;
/** So many sigmas of the set point, and half a comparator's hysteresis, below the strap. */
const FLOAT_SIGMAS = 3;
const HYSTERESIS_MV = 50;
/** What may still flow in: a fiftieth of the capacity in an hour, or what own draw may be off. */
const END_PER_H = 1 / 50;

export class Fullness {
  /** The voltage that is held. */
  held_mV = 0;
  #held_h = 0;
  #charged_h = 0;
  readonly #band_mV: number;
  readonly #least_mV: number;
  readonly #own_nA: number;
  readonly #socAt: Limits["socAt"];
  readonly #end_nA: number;

  constructor(limits: Limits) {
    const { reading_sigma_mV, strap_mV, float_sigma, capacity_nAh, own_nA, own_sigma } = limits;
    this.#band_mV = (SIGMAS * reading_sigma_mV) / Math.sqrt(MEAN_OF);
    this.#least_mV = strap_mV * (1 - FLOAT_SIGMAS * float_sigma) - HYSTERESIS_MV;
    this.#own_nA = own_nA;
    this.#socAt = (mV) => limits.socAt(mV);
    this.#end_nA = Math.max(capacity_nAh * END_PER_H, own_nA * own_sigma);
  }

  /** Adds a mean voltage of some time and what the charger gave; returns whether it is full. */
  add(voltage_mV: number, charge_nA: number, hours: number): boolean {
    if (voltage_mV > this.held_mV + this.#band_mV) {
      this.held_mV = voltage_mV;
      this.#held_h = 0;
    }
    if (charge_nA <= 0) return false;
    this.#charged_h += hours;
    // in too little light nothing is held
    if (voltage_mV < this.held_mV - this.#band_mV) return false;
    this.#held_h += hours;
    const long = this.#held_h >= Math.max(HELD_H, HELD_SHARE * this.#charged_h);
    const high = voltage_mV >= this.#least_mV && this.#socAt(voltage_mV) >= STEEP_SOC;
    return high && long && charge_nA - this.#own_nA <= this.#end_nA;
  }
}
