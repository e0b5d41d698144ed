// Charging up to a float voltage: how much of an offered current the cell takes in a step so that
// its terminal ends there. The current then falls straight over the step.

import { type Stack } from "./stack.js";

/** So close the float voltage is held, and so often it is tried. */
const HELD_MV = 0.05;
const TRIALS = 30;

export class Float {
  readonly #stack: Stack;
  /** The current that held the float voltage last, and how the end voltage rises with it, mV/nA. */
  #held_nA = Infinity;
  #stiff_mV_nA: number;

  constructor(stack: Stack) {
    this.#stack = stack;
    this.#stiff_mV_nA = 2 * stack.ohmic_mV_nA;
  }

  /**
   * Steps with a net current between `low_nA` and `high_nA`, the highest that the float voltage
   * allows; returns its mean.
   */
  step_nA(low_nA: number, high_nA: number, dt_s: number, float_mV: number): number {
    const stack = this.#stack;
    if (this.#held_nA === Infinity) {
      stack.step(high_nA, high_nA, dt_s);
      if (stack.start_mV <= float_mV && stack.end_mV <= float_mV) return high_nA;
      stack.undo();
    }
    let start_nA = this.#reaching(low_nA, high_nA, float_mV);
    const first_nA = this.#held_nA < start_nA ? Math.max(this.#held_nA, low_nA) : start_nA;
    stack.step(start_nA, first_nA, dt_s);
    const free = first_nA === high_nA && stack.end_mV <= float_mV;
    if (!free) this.#hold(start_nA, low_nA, high_nA, dt_s, float_mV);
    if (stack.end_mV > float_mV + HELD_MV) start_nA = this.#fall(start_nA, low_nA, dt_s, float_mV);
    this.#held_nA = stack.end_nA < high_nA ? stack.end_nA : Infinity;
    return (start_nA + stack.end_nA) / 2;
  }

  /**
   * The current between both at which the terminal is at `float_mV` now. The first correction takes
   * electrolyte and contacts alone, the others are secants within a bracket.
   */
  #reaching(low_nA: number, high_nA: number, float_mV: number): number {
    const stack = this.#stack;
    let below_nA = low_nA;
    let above_nA = high_nA;
    let current_nA = high_nA;
    if (this.#held_nA < high_nA) current_nA = this.#held_nA > low_nA ? this.#held_nA : low_nA;
    let slope_mV_nA = stack.ohmic_mV_nA;
    let off_mV = float_mV - stack.voltage_mV(current_nA);
    for (let trial = 0; trial < TRIALS; trial++) {
      if (off_mV < HELD_MV && off_mV > -HELD_MV) break;
      if (off_mV > 0 ? current_nA >= high_nA : current_nA <= low_nA) break;
      if (off_mV > 0) below_nA = current_nA;
      else above_nA = current_nA;
      const last_nA = current_nA;
      const last_mV = off_mV;
      current_nA = inside(current_nA + off_mV / slope_mV_nA, below_nA, above_nA, trial);
      off_mV = float_mV - stack.voltage_mV(current_nA);
      const slope = (last_mV - off_mV) / (current_nA - last_nA);
      if (slope > 0) slope_mV_nA = slope;
    }
    return current_nA;
  }

  /**
   * The current at the end, from `low_nA` to `high_nA`, begun at the one just tried, whose step
   * ends at the float voltage: secants within a bracket.
   */
  #hold(start_nA: number, low_nA: number, high_nA: number, dt_s: number, float_mV: number): void {
    const stack = this.#stack;
    let below_nA = low_nA;
    let above_nA = high_nA;
    let current_nA = stack.end_nA;
    for (let trial = 0; trial < TRIALS; trial++) {
      const off_mV = stack.end_mV - float_mV;
      if (off_mV < HELD_MV && off_mV > -HELD_MV) return;
      if (off_mV > 0 ? current_nA <= low_nA : current_nA >= high_nA) return;
      if (off_mV > 0) above_nA = current_nA;
      else below_nA = current_nA;
      const last_nA = current_nA;
      const last_mV = stack.end_mV;
      current_nA = inside(current_nA - off_mV / this.#stiff_mV_nA, below_nA, above_nA, trial);
      stack.undo();
      stack.step(start_nA, current_nA, dt_s);
      const stiff = (stack.end_mV - last_mV) / (current_nA - last_nA);
      if (stiff > 0) this.#stiff_mV_nA = stiff;
    }
  }

  /**
   * Where even a current that falls to `low_nA` ends too high it fell faster than straight: returns
   * the lesser start that ends at the float voltage, by bisection.
   */
  #fall(start_nA: number, low_nA: number, dt_s: number, float_mV: number): number {
    const stack = this.#stack;
    let below_nA = low_nA;
    let above_nA = start_nA;
    let current_nA = low_nA;
    for (let trial = 0; trial < TRIALS; trial++) {
      stack.undo();
      stack.step(current_nA, low_nA, dt_s);
      const off_mV = stack.end_mV - float_mV;
      if (off_mV > 0) above_nA = current_nA;
      else below_nA = current_nA;
      if ((off_mV < HELD_MV && off_mV > -HELD_MV) || above_nA === low_nA) break;
      current_nA = (below_nA + above_nA) / 2;
    }
    return current_nA;
  }
}

/** A secant's proposal, held within its bracket: at an end the first times, then in the middle. */
function inside(wanted_nA: number, below_nA: number, above_nA: number, trial: number): number {
  if (wanted_nA > below_nA && wanted_nA < above_nA) return wanted_nA;
  if (trial >= 2) return (below_nA + above_nA) / 2;
  return wanted_nA > below_nA ? above_nA : below_nA;
}
