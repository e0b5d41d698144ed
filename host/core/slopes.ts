// Slopes of the monotone cubic through the nodes of an OCV curve.
//
// Fritsch and Carlson, SIAM J. Numer. Anal. 17 (1980) 238: start from the mean of the neighbouring
// secants; where a pair of slopes, as multiples (a, b) of the secant between them, lies outside the
// circle of radius 3, pull it back onto it. Then the cubic rises wherever the nodes rise.

const CIRCLE = 3;

/** dy/dx at every node; `x` and `y` rise. Works on f32 values, as the core will see them. */
export function monotoneSlopes(x: readonly number[], y: readonly number[]): number[] {
  const node = (values: readonly number[], i: number) => Math.fround(values[i] ?? NaN);
  const secants = x
    .slice(1)
    .map((_, i) => (node(y, i + 1) - node(y, i)) / (node(x, i + 1) - node(x, i)));
  const last = secants.length - 1;
  const secant = (i: number) => secants[Math.min(Math.max(i, 0), last)] ?? NaN;
  const slopes = x.map((_, i) => (secant(i - 1) + secant(i)) / 2);
  secants.forEach((rise, i) => {
    const a = (slopes[i] ?? NaN) / rise;
    const b = (slopes[i + 1] ?? NaN) / rise;
    const radius = Math.hypot(a, b);
    if (!(radius > CIRCLE)) return;
    slopes[i] = (CIRCLE / radius) * a * rise;
    slopes[i + 1] = (CIRCLE / radius) * b * rise;
  });
  return slopes;
}
