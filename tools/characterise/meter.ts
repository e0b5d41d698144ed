// The instrument: what it displays of what is there. Gain and offset are drawn once, noise with
// every reading; it controls by what it displays, as instruments do.

import { type Random } from "../../host/sim/random.js";
import { type Instrument } from "./manifest.js";

export class Meter {
  readonly #of: Instrument;
  readonly #random: Random;
  readonly #voltage_gain: number;
  readonly #offset_mV: number;
  readonly #current_gain: number;
  readonly #offset_nA: number;
  /** Specimen minus display at each set point of the chamber, K. */
  readonly #chamber = new Map<number, number>();

  /** `range_nA`: the current whose share the current offset is. */
  constructor(instrument: Instrument, range_nA: number, random: Random) {
    this.#of = instrument;
    this.#random = random;
    this.#voltage_gain = 1 + instrument.voltage_gain_sigma * random.normal();
    this.#offset_mV = instrument.voltage_offset_sigma_mV * random.normal();
    this.#current_gain = 1 + instrument.current_gain_sigma * random.normal();
    this.#offset_nA = instrument.current_offset_share * range_nA * random.normal();
  }

  get interval_s(): number {
    return this.#of.interval_s;
  }

  /** A reading with noise, rounded to the resolution. */
  voltage_mV(true_mV: number): number {
    const { voltage_noise_mV, voltage_resolution_mV } = this.#of;
    const noisy_mV = this.shown_mV(true_mV) + voltage_noise_mV * this.#random.normal();
    return Math.round(noisy_mV / voltage_resolution_mV) * voltage_resolution_mV;
  }

  /** What it would display on average. */
  shown_mV(true_mV: number): number {
    return true_mV * this.#voltage_gain + this.#offset_mV;
  }

  /** The voltage that is there when it displays `shown_mV` on average. */
  true_mV(shown_mV: number): number {
    return (shown_mV - this.#offset_mV) / this.#voltage_gain;
  }

  /** At rest the terminals are disconnected: exactly nothing. */
  current_nA(true_nA: number): number {
    return true_nA === 0 ? 0 : true_nA * this.#current_gain + this.#offset_nA;
  }

  /** Temperature of the specimen when the chamber displays `shown_degC`. */
  specimen_degC(shown_degC: number): number {
    let off_K = this.#chamber.get(shown_degC);
    if (off_K === undefined) {
      off_K = this.#of.temperature_sigma_K * this.#random.normal();
      this.#chamber.set(shown_degC, off_K);
    }
    return shown_degC + off_K;
  }
}
