// Where a falling function changes its sign, whatever its slope: to neighbouring doubles, or to a
// share of the place where less will do. Secants with Illinois' rule (Dowell and Jarratt, BIT 11
// (1971) 168) within a bracket, and halvings where they do not get on, as at a jump or where a
// value is infinite.

/** Steps from any interval of doubles to neighbours. */
const STEPS_MAX = 300;
/** After so many steps the bracket must be smaller by as many halvings, or it is halved. */
const PATIENCE = 3;

/** The last place in `low`..`high` where `of`, which falls, is still positive; else `low`. */
export function crossing(low: number, high: number, of: (x: number) => number, share = 0): number {
  let above = of(low);
  let below = of(high);
  let width = high - low;
  let side = 0;
  for (let i = 1; i <= STEPS_MAX; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high || high - low <= share * Math.abs(middle)) break;
    let x = low + (high - low) * (above / (above - below));
    if (i % PATIENCE === 0) {
      if (!(high - low < width / 2 ** PATIENCE)) x = middle;
      width = high - low;
    }
    if (!(x > low && x < high)) x = middle;
    const value = of(x);
    // an end that stays again counts for half, so that it comes nearer as well
    if (value > 0) {
      [low, above] = [x, value];
      if (side > 0) below /= 2;
      side = 1;
    } else {
      [high, below] = [x, value];
      if (side < 0) above /= 2;
      side = -1;
    }
  }
  return low;
}
