// The place in an environment at which a run has arrived: its light now, and until when that stays.

import { type Environment } from "./environment/environment.js";

/** So often the temperature is followed. */
const FOLLOW_S = 600;
/** A step's end that was reached within rounding was reached. */
const ROUNDING = 1e-9;

export class Surroundings {
  lux = 0;
  temperature_degC = 0;
  /** Until then the light stays as it is. */
  constant_until_s = 0;
  readonly #of: Environment;
  #step = 0;
  #warmth_until_s = 0;

  constructor(of: Environment) {
    this.#of = of;
  }

  /** Goes to `time_s`, which does not fall; returns whether light or temperature is another. */
  follow(time_s: number): boolean {
    const brighter = time_s >= this.constant_until_s;
    if (brighter) {
      this.#step = Math.floor(time_s / this.#of.step_s + ROUNDING);
      this.#extend();
    }
    const warmer = time_s >= this.#warmth_until_s;
    if (warmer) this.#followWarmth(time_s);
    return brighter || warmer;
  }

  /** The light after this one. */
  get next_lux(): number {
    const { lux } = this.#of;
    return lux[this.#step % lux.length]!;
  }

  /** Goes on to the light after this one. */
  goOn(): void {
    this.#extend();
  }

  /**
   * Takes the value at #step, and moves #step behind its equals; the environment repeats itself.
   */
  #extend(): void {
    const { lux, step_s } = this.#of;
    const count = lux.length;
    const value = lux[this.#step % count]!;
    let at = this.#step % count;
    let steps = 0;
    do {
      steps++;
      at = at + 1 === count ? 0 : at + 1;
    } while (steps < count && lux[at] === value);
    this.lux = value;
    this.#step += steps;
    this.constant_until_s = this.#step * step_s;
  }

  /** Straight between the values. */
  #followWarmth(time_s: number): void {
    const { temperature_degC, temperature_step_s } = this.#of;
    const at = time_s / temperature_step_s;
    const before = Math.floor(at);
    const left = temperature_degC[before % temperature_degC.length]!;
    const right = temperature_degC[(before + 1) % temperature_degC.length]!;
    this.temperature_degC = left + (at - before) * (right - left);
    this.#warmth_until_s = time_s + FOLLOW_S;
  }
}
