// What a twin's firmware reads: voltages with gain, drift, noise and steps, a temperature that is
// off, and books that are wrong.

import { ChargeCounter } from "../counter.js";
import { type Random } from "../random.js";
import { within } from "../specimen.js";
import { type Label, type Unknowns, type Wiring } from "./case.js";
import { streamOf } from "./stream.js";

const DAY_S = 86400;
const PPM = 1e-6;
/** The gain's temperature coefficient is around this. */
const GAIN_DEGC = 25;
/** Full scale of the ADC: this, or more where the cell floats higher. */
const FULL_SCALE_MV = 4500;
const FULL_SCALE_RATIO = 1.1;

const signOf = (random: Random): number => (random.uniform() < 0.5 ? -1 : 1);

export class Senses {
  readonly adc_lsb_mV: number;
  readonly gain: number;
  /** Booked over true. */
  readonly load_scale: number;
  readonly counter: ChargeCounter | undefined;
  readonly #of: Unknowns;
  readonly #drift_K: number;
  readonly #offset_K: number;
  readonly #noise: Random;
  readonly #walk: Random;
  /** Logarithm of the walked part of the harvest's scale, and the day that it is of. */
  #walked = 0;

  constructor(label: Label, unknowns: Unknowns, wiring: Wiring, setup: string, seed: number) {
    this.#of = unknowns;
    const scale_mV = Math.max(FULL_SCALE_MV, FULL_SCALE_RATIO * label.float_mV);
    this.adc_lsb_mV = scale_mV / 2 ** unknowns.adc_bits;
    this.gain = 1 + wiring.gain_sigma * within(streamOf(setup, seed, "gain"));
    const drift = unknowns.gain_drift_ppm_K * PPM;
    this.#drift_K = drift * signOf(streamOf(setup, seed, "drift"));
    const offset_K = unknowns.temperature_offset_K;
    this.#offset_K = offset_K * signOf(streamOf(setup, seed, "temperature"));
    this.load_scale = 1 - unknowns.load_error;
    const { counter } = unknowns;
    if (counter !== undefined) {
      this.counter = new ChargeCounter(counter, streamOf(setup, seed, "counter"));
    }
    this.#noise = streamOf(setup, seed, "noise");
    this.#walk = streamOf(setup, seed, "walk");
  }

  /** Booked harvest over true harvest, today. */
  get harvest_scale(): number {
    return (1 + this.#of.harvest_error) * Math.exp(this.#walked);
  }

  /** Time goes on: the harvest's scale walks. */
  pass(dt_s: number): void {
    this.#walked += this.#of.harvest_walk * Math.sqrt(dt_s / DAY_S) * this.#walk.normal();
  }

  /** Counted since the last reading; undefined: nobody counts. */
  charge_pC(through_nC: number, time_s: number): number | undefined {
    return this.counter?.read_pC(through_nC, time_s);
  }

  voltage_mV(true_mV: number, true_degC: number): number {
    const gain = this.gain * (1 + this.#drift_K * (true_degC - GAIN_DEGC));
    const seen_mV = true_mV * gain + this.#of.adc_noise_mV * this.#noise.normal();
    return Math.max(0, Math.round(seen_mV / this.adc_lsb_mV)) * this.adc_lsb_mV;
  }

  temperature_degC(true_degC: number): number {
    const { temperature_lsb_K } = this.#of;
    return Math.round((true_degC + this.#offset_K) / temperature_lsb_K) * temperature_lsb_K;
  }
}
