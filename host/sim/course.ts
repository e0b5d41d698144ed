// One of the drives over a run: steps of equal length, taken together as long as they are equal,
// from the beginning again where a run is longer.

/** Each value holds for step_s from its index times step_s. */
export interface Series {
  step_s: number;
  values: Float32Array;
}

/** A step's end that was reached within rounding was reached. */
const ROUNDING = 1e-9;

export class Course {
  value = 0;
  /** Until then the value stays as it is. */
  until_s = 0;
  /** The value after this one. */
  next = 0;
  readonly #values: Float32Array;
  readonly #step_s: number;
  /** Steps up to `next`, and its index. */
  #step = 0;
  #at = 0;

  constructor({ step_s, values }: Series) {
    this.#values = values;
    this.#step_s = step_s;
  }

  /** Goes to `time_s`, which does not fall; returns whether it is beyond the value's end. */
  follow(time_s: number): boolean {
    if (time_s < this.until_s) return false;
    this.#step = Math.floor(time_s / this.#step_s + ROUNDING);
    this.#at = this.#step % this.#values.length;
    this.next = this.#values[this.#at]!;
    this.goOn();
    return true;
  }

  /** Goes on to the value after this one, and looks how long it stays. */
  goOn(): void {
    const values = this.#values;
    const count = values.length;
    const value = this.next;
    let at = this.#at;
    let steps = 0;
    let next: number;
    do {
      steps++;
      at = at + 1 === count ? 0 : at + 1;
      next = values[at]!;
    } while (steps < count && next === value);
    this.value = value;
    this.next = next;
    this.#at = at;
    this.#step += steps;
    this.until_s = this.#step * this.#step_s;
  }
}
