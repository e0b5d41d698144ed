// Tables over SOC at so many points that a row looks its place up instead of searching for it:
// straight between them, held beyond. All nodes of the fit lie on points.

export const POINTS = 481;
export const FROM_SOC = -0.1;
export const PER_SOC = 400;

/** A table of what `at` says of a SOC. */
export function denseOf(at: (soc: number) => number, into = new Float64Array(POINTS)) {
  for (let i = 0; i < POINTS; i++) into[i] = at(FROM_SOC + i / PER_SOC);
  return into;
}

/** Where a SOC lies: index of the point below, plus the share of the way to the next. */
export function placeOf(soc: number): number {
  const place = (soc - FROM_SOC) * PER_SOC;
  // NaN goes to the first point: no row may read beyond a table
  return place > 0 ? (place < POINTS - 1.001 ? place : POINTS - 1.001) : 0;
}

/** Value of a table at a place. */
export function denseAt(table: Float64Array, place: number): number {
  const i = place | 0;
  const left = table[i]!;
  return left + (place - i) * (table[i + 1]! - left);
}
