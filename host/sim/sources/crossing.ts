// Where a falling function changes its sign, by halving: to neighbouring doubles, whatever its
// slope.

/** Halvings of an interval of doubles, from any width to neighbours. */
const HALVINGS_MAX = 200;

/** The last place in `low`..`high` where `of`, which falls, is still positive; else `low`. */
export function crossing(low: number, high: number, of: (x: number) => number): number {
  for (let i = 0; i < HALVINGS_MAX; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (of(middle) > 0) low = middle;
    else high = middle;
  }
  return low;
}
