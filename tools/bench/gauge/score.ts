// Scores: what a gauge's errors come to, of one seed and of many. SOC and errors are fractions.

/** Sums over judged wakes. */
export interface Score {
  count: number;
  squares: number;
  worst: number;
  /** How many errors lay within two sigma, and the sum of sigma. */
  within: number;
  sigmas: number;
}

export const newScore = (): Score => ({ count: 0, squares: 0, worst: 0, within: 0, sigmas: 0 });

/** One judged wake. */
export function judgeWake(score: Score, error: number, sigma: number): void {
  const size = Math.abs(error);
  score.count++;
  score.squares += size * size;
  if (size > score.worst) score.worst = size;
  if (size <= 2 * sigma) score.within++;
  score.sigmas += sigma;
}

/** All wakes of all seeds as one. */
export function pooled(scores: readonly Score[]): Score {
  const all = newScore();
  for (const { count, squares, worst, within, sigmas } of scores) {
    all.count += count;
    all.squares += squares;
    all.worst = Math.max(all.worst, worst);
    all.within += within;
    all.sigmas += sigmas;
  }
  return all;
}

/** Root of the mean squared error; NaN where nothing was judged. */
export const rmseOf = ({ squares, count }: Score): number => Math.sqrt(squares / count);

export const withinOf = ({ within, count }: Score): number => within / count;

export const sigmaOf = ({ sigmas, count }: Score): number => sigmas / count;

/** The middle one; the mean of both in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}
