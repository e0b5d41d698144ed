// A charge counter at the cell's terminals: the net charge since the last reading, in whole steps,
// with the gain and the offset of one board. What is below a step stays in it for the next reading.
// Some show the current of the moment as well, through a converter with errors of its own.

import { type Random } from "./random.js";
import { within } from "./specimen.js";

/** Part of the `physics` block of boards/boards/*.json; errors are one sigma. */
export interface CounterPhysics {
  gain_sigma: number;
  offset_nA: number;
  lsb_pC: number;
  /** Absent: it shows charge only. */
  current?: CurrentPhysics | undefined;
}

/** Of the reading of the moment. */
export interface CurrentPhysics {
  gain_sigma: number;
  offset_nA: number;
  /** New with every reading. */
  noise_nA: number;
  lsb_nA: number;
  /** It reads this much at most, either way. */
  range_nA: number;
}

const PC = 1000;

export class ChargeCounter {
  /** Of this board: what its readings are multiplied with, and what it sees where nothing flows. */
  readonly gain: number;
  readonly offset_nA: number;
  readonly current: CurrentReading | undefined;
  readonly #lsb_pC: number;
  #steps = 0;

  constructor(of: CounterPhysics, random: Random) {
    this.gain = 1 + of.gain_sigma * within(random);
    this.offset_nA = of.offset_nA * within(random);
    this.#lsb_pC = of.lsb_pC;
    if (of.current !== undefined) this.current = new CurrentReading(of.current, random);
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

export class CurrentReading {
  /** Of this board, as those of the counter. */
  readonly gain: number;
  readonly offset_nA: number;
  readonly #of: CurrentPhysics;
  readonly #random: Random;

  constructor(of: CurrentPhysics, random: Random) {
    this.#of = of;
    this.#random = random;
    this.gain = 1 + of.gain_sigma * within(random);
    this.offset_nA = of.offset_nA * within(random);
  }

  /** What it shows of a current through the terminals; charging is positive. */
  read_nA(true_nA: number): number {
    const { noise_nA, lsb_nA, range_nA } = this.#of;
    const seen_nA = this.gain * true_nA + this.offset_nA + noise_nA * this.#random.normal();
    const within_nA = Math.min(Math.max(seen_nA, -range_nA), range_nA);
    return Math.round(within_nA / lsb_nA) * lsb_nA;
  }
}
