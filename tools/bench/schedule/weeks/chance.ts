// What a generated week draws: ranges, spreads, yes or no, from one seed.

import { Random } from "../../../../host/sim/random.js";

export class Chance {
  readonly #random: Random;

  /** `stream` tells weeks of the same seed but another kind apart. */
  constructor(stream: number, seed: number) {
    this.#random = new Random(Math.imul(stream, 0x9e3779b1) + Math.imul(seed, 7919));
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.#random.uniform();
  }

  normal(): number {
    return this.#random.normal();
  }

  /** Around a median, with the standard deviation of the logarithm. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.#random.normal());
  }

  logBetween(low: number, high: number): number {
    return low * (high / low) ** this.#random.uniform();
  }

  is(probability: number): boolean {
    return this.#random.uniform() < probability;
  }

  oneOf<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random.uniform() * list.length)]!;
  }
}

/** A noise that forgets: each step keeps all but `forget` of it. */
export class Wander {
  readonly #chance: Chance;
  readonly #forget: number;
  readonly #spread: number;
  #now = 0;

  constructor(chance: Chance, forget: number, spread: number) {
    this.#chance = chance;
    this.#forget = forget;
    this.#spread = spread;
  }

  next(): number {
    return (this.#now += this.#forget * (this.#spread * this.#chance.normal() - this.#now));
  }
}
