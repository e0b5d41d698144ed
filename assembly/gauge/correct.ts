// Measurement update of one hypothesis by one scalar reading with a sparse row h:
//
//   S = h P h' + R,   x <- x + P h' y / S,   P <- P - P h' h P / S
//
// An innovation beyond `gate` sigma inflates S: a wrong reading moves little. exp(-y^2 / 2 S)
// weighs the hypothesis against the others, without the 1 / sqrt(S) of a likelihood: S counts
// errors that readings share, and more than once, so that reading by reading it would favour
// whoever is where the curve is flat, though none of them was wrong.

import { gate_squared } from "../derived";
import { exp } from "../math/exp";
import { real } from "../math/real";
import { HARVEST, LOAD, STATES, entry, set_state, set_weight, state, weight } from "./hypothesis";
import { spread, spread_row } from "./row";

const WORD: usize = sizeof<real>();

/** Of the last correction: expected variance, and the square of the innovation over it, at most
 * that of the gate. */
export let innovation_variance_mV2: real = 0;
export let surprise: real = 0;

/** Before a reading that may turn out to be none. */
export function forget_surprise(): void {
  surprise = 0;
}

/** Applies the row to the innovation; `noise_mV2` is the variance of the reading. */
export function correct(hyp: usize, innovation_mV: real, noise_mV2: real): void {
  let total = spread_row(hyp) + noise_mV2;
  // rounding may leave less than the reading's own variance
  if (!(total >= noise_mV2)) total = noise_mV2;
  const squared = innovation_mV * innovation_mV;
  const gated = squared > gate_squared * total;
  innovation_variance_mV2 = total;
  surprise = gated ? gate_squared : squared / total;
  set_weight(hyp, weight(hyp) * exp(-(<real>0.5) * surprise));
  if (gated) total = squared / gate_squared;
  const per_mV2: real = 1 / total;
  let at = entry(hyp, 0, 0);
  for (let i = 0; i < STATES; i++) {
    const gain = spread(i) * per_mV2;
    set_state(hyp, i, state(hyp, i) + gain * innovation_mV);
    for (let j = 0; j <= i; j++) {
      store<real>(at, load<real>(at) - gain * spread(j));
      at += WORD;
    }
    // rounding may not make a variance negative
    if (load<real>(at - WORD) < 0) store<real>(at - WORD, 0);
  }
  hold_scale(hyp, LOAD);
  hold_scale(hyp, HARVEST);
}

/** Books are not off by more than that. */
const SCALE_LOW: real = 0.4;
const SCALE_HIGH: real = 2.5;

function hold_scale(hyp: usize, index: i32): void {
  const scale = state(hyp, index);
  if (scale < SCALE_LOW) set_state(hyp, index, SCALE_LOW);
  if (scale > SCALE_HIGH) set_state(hyp, index, SCALE_HIGH);
}
