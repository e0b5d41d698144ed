// A monotone curve through measured points, for the plant: the cubic of Fritsch and Butland
// (SIAM J. Sci. Stat. Comput. 5 (1984) 300), whose slope is the harmonic mean of its neighbours. It
// goes on straight beyond its ends.

export class Curve {
  readonly #x: readonly number[];
  readonly #y: readonly number[];
  readonly #slope: number[];

  /** `x` rises; at least two points. */
  constructor(x: readonly number[], y: readonly number[]) {
    if (x.length < 2 || x.length !== y.length) {
      throw new RangeError(
        `a curve of ${x.length} and ${y.length} values needs equally many, >= 2`,
      );
    }
    const step = x.findIndex((value, i) => i > 0 && !(value > x[i - 1]!));
    if (step > 0) {
      throw new RangeError(`a curve's values must rise: ${x[step]} comes after ${x[step - 1]}`);
    }
    this.#x = x;
    this.#y = y;
    const secant = (i: number) => (y[i + 1]! - y[i]!) / (x[i + 1]! - x[i]!);
    this.#slope = x.map((_, i) => {
      if (i === 0) return secant(0);
      if (i === x.length - 1) return secant(i - 1);
      const left = secant(i - 1);
      const right = secant(i);
      if (!(left * right > 0)) return 0;
      return (2 * left * right) / (left + right);
    });
  }

  at(x: number): number {
    const last = this.#x.length - 1;
    if (x <= this.#x[0]!) return this.#y[0]! + this.#slope[0]! * (x - this.#x[0]!);
    if (x >= this.#x[last]!) return this.#y[last]! + this.#slope[last]! * (x - this.#x[last]!);
    let i = 0;
    while (this.#x[i + 1]! < x) i++;
    const width = this.#x[i + 1]! - this.#x[i]!;
    const t = (x - this.#x[i]!) / width;
    const rise = this.#y[i + 1]! - this.#y[i]!;
    const start = width * this.#slope[i]!;
    const end = width * this.#slope[i + 1]!;
    const bend = start + end - 2 * rise;
    return this.#y[i]! + t * (start + t * (rise - start - bend + t * bend));
  }
}
