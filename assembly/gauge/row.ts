// A sparse row h over the states of a hypothesis, and P h': what both updates of the filter need.

import { real } from "../math/real";
import { clear_words } from "../math/words";
import { ROWS_AT, STATES, entry } from "./hypothesis";

const WORD: usize = sizeof<real>();
const ROW_BYTES: usize = <usize>STATES * WORD;
const ROW: usize = ROWS_AT;
const SPREAD: usize = ROW + ROW_BYTES;

/** Starts a row of zeros. */
export function clear_row(): void {
  clear_words(ROW, ROW_BYTES);
}

export function set_row(index: i32, value: real): void {
  store<real>(ROW + <usize>index * WORD, value);
}

/** P h' of a state after `spread_row`. */
@inline
export function spread(index: i32): real {
  return load<real>(SPREAD + <usize>index * WORD);
}

/** Computes P h' of a hypothesis, walking its triangle once; returns h P h'. */
export function spread_row(hyp: usize): real {
  let at = entry(hyp, 0, 0);
  for (let i: usize = 0; i < ROW_BYTES; i += WORD) {
    const share = load<real>(ROW + i);
    let sum: real = 0;
    // an entry beside the diagonal stands for its mirror image, too
    for (let j: usize = 0; j < i; j += WORD) {
      const covariance = load<real>(at);
      sum += load<real>(ROW + j) * covariance;
      store<real>(SPREAD + j, load<real>(SPREAD + j) + share * covariance);
      at += WORD;
    }
    store<real>(SPREAD + i, sum + share * load<real>(at));
    at += WORD;
  }
  let total: real = 0;
  for (let i: usize = 0; i < ROW_BYTES; i += WORD) {
    total += load<real>(ROW + i) * load<real>(SPREAD + i);
  }
  return total;
}
