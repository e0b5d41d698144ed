// A charge counter at the cell's terminals: the net charge since the last reading, in whole steps,
// with the gain and the offset of one board. What is below a step stays in it for the next reading.

import { type Random } from "./random.js";
import { within } from "./specimen.js";

/** Part of the `physics` block of boards/boards/*.json; errors are one sigma. */
export interface CounterPhysics {
  gain_sigma: number;
  offset_nA: number;
  lsb_pC: number;
}

const PC = 1000;

export class ChargeCounter {
  /** Of this board: what its readings are multiplied with, and what it sees where nothing flows. */
  readonly gain: number;
  readonly offset_nA: number;
  readonly #lsb_pC: number;
  #steps = 0;

  constructor(of: CounterPhysics, random: Random) {
    this.gain = 1 + of.gain_sigma * within(random);
    this.offset_nA = of.offset_nA * within(random);
    this.#lsb_pC = of.lsb_pC;
  }

  /** Since the last reading, pC; `through_nC` is all that went in through the terminals so far. */
  read_pC(through_nC: number, time_s: number): number {
    const seen_pC = PC * (this.gain * through_nC + this.offset_nA * time_s);
    const steps = Math.floor(seen_pC / this.#lsb_pC);
    const since = steps - this.#steps;
    this.#steps = steps;
    return Math.round(since * this.#lsb_pC);
  }
}
