// What of the rows is drawn: each of them when there is room, else bins of equally many rows with
// their least, mean and greatest value.

/** Rows `first` to `last` (not included), `stride` rows a bin; stride 1 means every row. */
export interface Slice {
  first: number;
  last: number;
  stride: number;
}

/** Drawn points a curve has at most: about two a pixel of a wide screen, three values each. */
export const BINS_MAX = 1400;

/** Index of the first of the rising values that is not less than `value`. */
export function lowerBound(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The rows from `min_s` to `max_s` and one more on each side, so that lines run to the edges. Bins
 * begin at multiples of their size: they stay the same while the window moves.
 */
export function sliceOf(t_s: Float64Array, min_s: number, max_s: number): Slice {
  const first = Math.max(0, lowerBound(t_s, min_s) - 1);
  const last = Math.min(t_s.length, lowerBound(t_s, max_s) + 2);
  const stride = Math.max(1, Math.ceil((last - first) / BINS_MAX));
  return { first: Math.floor(first / stride) * stride, last, stride };
}

/** Bins of a slice: the first row of each and the row after it. */
export function* binsOf({ first, last, stride }: Slice): Generator<[from: number, to: number]> {
  for (let from = first; from < last; from += stride) yield [from, Math.min(last, from + stride)];
}

/** Where each bin is drawn: the middle between its first and last row. */
export const binTimes_s = (t_s: Float64Array, slice: Slice): number[] =>
  [...binsOf(slice)].map(([from, to]) => (t_s[from]! + t_s[to - 1]!) / 2);

export type Drawn = (number | null)[];

export interface Curve {
  mean: Drawn;
  low: Drawn;
  high: Drawn;
}

/** Bins of values; means are weighted by the time each row stands for. Gaps are left out. */
export function curveOf(values: Float64Array, weight_s: Float64Array, slice: Slice): Curve {
  const curve: Curve = { mean: [], low: [], high: [] };
  for (const [from, to] of binsOf(slice)) {
    let [low, high, sum, weight] = [Infinity, -Infinity, 0, 0];
    for (let row = from; row < to; row++) {
      const value = values[row]!;
      if (Number.isNaN(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
      sum += value * weight_s[row]!;
      weight += weight_s[row]!;
    }
    const empty = low > high;
    curve.mean.push(empty ? null : sum / weight);
    curve.low.push(empty ? null : low);
    curve.high.push(empty ? null : high);
  }
  return curve;
}

/** The time that each row stands for, s: since the row before; never 0, so that it can weigh. */
export function weightsOf_s(t_s: Float64Array): Float64Array {
  return t_s.map((time_s, row) => Math.max(1e-3, time_s - (t_s[row - 1] ?? 0)));
}
