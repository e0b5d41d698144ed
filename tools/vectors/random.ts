// A small frozen generator: the same seed gives the same golden vectors for ever.

/** xorshift32 (Marsaglia, J. Stat. Softw. 8 (2003) 14). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1;
  }

  /** Any u32. */
  word(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state;
  }

  /** In [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * (this.word() / 4294967296);
  }

  /** An integer from 0 to count - 1. */
  below(count: number): number {
    return this.word() % count;
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.word() / 4294967296 < probability;
  }

  /** Between low and high, every decade equally likely. */
  decades(low: number, high: number): number {
    return Math.exp(this.between(Math.log(low), Math.log(high)));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  /** Roughly normal, sigma 1. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.word() / 4294967296;
    return sum;
  }
}
