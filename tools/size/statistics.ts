// How sure one may be of a share that was seen in a few trials, and percentiles.

/** Each bound of the interval holds in 95 of 100 cases. */
export const CONFIDENCE = 0.95;
/** The standard normal's quantile of that. */
const Z = 1.6448536;
/** Rounding of a sum of shares. */
const EPSILON = 1e-9;

export interface Interval {
  low: number;
  high: number;
}

/**
 * Bounds of a probability after `bad` of `trials`: the score interval of Wilson 1927 (J. Am. Stat.
 * Assoc. 22, 209), which stays honest where nothing was bad. Without trials: 0 to 1.
 */
export function wilson(bad: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = bad / trials;
  const z2_n = (Z * Z) / trials;
  const middle = share + z2_n / 2;
  const half = Math.sqrt(z2_n * (share * (1 - share) + z2_n / 4));
  const low = bad === 0 ? 0 : (middle - half) / (1 + z2_n);
  const high = bad === trials ? 1 : (middle + half) / (1 + z2_n);
  return { low, high };
}

/** The fewest trials that, with one bad among them, show that no more than `limit` are bad. */
export function trialsToShow(limit: number): number {
  let trials = 1;
  while (wilson(1, trials).high > limit) trials++;
  return trials;
}

/** How many bad ones of `trials` are not more than `limit`. */
export function allowedBad(limit: number, trials: number): number {
  return Math.floor(limit * trials + EPSILON);
}

/** The smallest value that at least `share` of the values do not exceed. Of nothing: NaN. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil(share * sorted.length - EPSILON);
  return sorted[Math.max(rank, 1) - 1] ?? NaN;
}
