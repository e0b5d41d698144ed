// A day as one line of Unicode bars.

const BARS = "▁▂▃▄▅▆▇█";

/**
 * Means of `values` in `columns` equal pieces of [0, end]; what is no number does not count, and an
 * empty piece keeps the last mean.
 */
export function binned(
  t: ArrayLike<number>,
  values: ArrayLike<number>,
  end: number,
  columns: number,
): number[] {
  const sums = new Float64Array(columns);
  const counts = new Float64Array(columns);
  for (let i = 0; i < t.length; i++) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    const column = Math.min(columns - 1, Math.floor((t[i]! / end) * columns));
    sums[column]! += value;
    counts[column]! += 1;
  }
  let last = sums.find((_, column) => counts[column]! > 0) ?? 0;
  last /= counts.find((count) => count > 0) ?? 1;
  return Array.from(sums, (sum, i) => (last = counts[i]! > 0 ? sum / counts[i]! : last));
}

/** Bars between `low` and `high`. */
export function spark(values: readonly number[], low: number, high: number): string {
  const span = high > low ? high - low : 1;
  const bar = (value: number) => {
    const level = Math.floor(((value - low) / span) * BARS.length);
    return BARS[Math.min(Math.max(level, 0), BARS.length - 1)] ?? "";
  };
  return values.map(bar).join("");
}
