// Time update of one hypothesis over the booked interval.
//
//   z <- z + h H / Q - l L / Q - b dt / Q        between the ends
//   z <- z_set - (z_set - z) exp(-lambda)        while the charger says that it holds
//
// z is SOC; h, l scale what is booked as harvest H and load L, b is a drain nobody books. The
// ledger books with the learned means; here only the distance from them is added. The covariance
// follows with the row J of the derivatives of z: P <- F P F' + growth, F = [I; J].
// Variances grow with time and charge so that one long step equals many short ones.

import { PMIC_PAUSED, sample, vital } from "../abi";
import { advance_diffusion } from "../cell/diffusion";
import { tau_at } from "../cell/ocv";
import {
  flow_variance_per_pC,
  harvest_variance_per_s,
  leak_variance_per_s,
  load_variance_per_s,
  soc_per_nA_s,
  soc_per_pC,
} from "../derived";
import {
  at_float,
  booked_harvest_pC,
  booked_load_pC,
  booked_scale,
  drained_pC,
  harvested_pC,
  limited,
  unsure_pC,
} from "../ledger/book";
import { limiting_decay, limiting_reach } from "../ledger/limiting";
import { real_of_u32 } from "../math/convert";
import { real } from "../math/real";
import { profile } from "../profile";
import { dt_s, per_s } from "../sample/clock";
import {
  ERROR,
  FLOAT,
  HARVEST,
  LEAK,
  LOAD,
  SOC,
  diagonal,
  diffusion_of,
  entry,
  set_soc_variance,
  set_state,
  soc_row,
  soc_variance,
  state,
} from "./hypothesis";

const WORD: usize = sizeof<real>();
const MS: real = 0.001;
const FLOAT_AT: usize = <usize>FLOAT * WORD;
/** ADC, reference and cell change: 0.2 mV per root of a day. */
const ERROR_VARIANCE_PER_S: real = 4.6e-7;

/** Adds to the variance of a state. */
@inline
export function grow(hyp: usize, index: i32, by: real): void {
  const at = hyp + diagonal(index);
  store<real>(at, load<real>(at) + by);
}

/** Advances the surface's lead. Charging paused before the reading let it relax since. */
function lead(hyp: usize, change: real, tau_s: real): void {
  const at = diffusion_of(hyp);
  const pause_s = (sample.pmic_flags & PMIC_PAUSED) != 0 ? real_of_u32(profile.settle_ms) * MS : 0;
  if (!(pause_s > 0 && pause_s < dt_s)) {
    advance_diffusion(at, change, dt_s, per_s, tau_s);
    return;
  }
  const drained = -drained_pC * soc_per_pC * pause_s * per_s;
  advance_diffusion(at, change - drained, dt_s - pause_s, 1 / (dt_s - pause_s), tau_s);
  advance_diffusion(at, drained, pause_s, 1 / pause_s, tau_s);
}

/**
 * The row J where what flows moves SOC. Row of SOC <- P J', and its variance <- J P J'; returns
 * what the distance of this hypothesis from the ledger's means moves SOC by.
 */
function predict_flow(hyp: usize): real {
  const leak = -dt_s * soc_per_nA_s;
  const load_share = -booked_load_pC * soc_per_pC;
  const harvest = booked_harvest_pC * soc_per_pC;
  let to = soc_row(hyp);
  const own =
    leak * load<real>(to) +
    load_share * load<real>(to, WORD) +
    harvest * load<real>(to, 2 * WORD) +
    soc_variance(hyp);
  // the first three columns, row by row; above the diagonal the mirror image, where the third
  // column lies one further
  let at = entry(hyp, 0, 0);
  for (let i = 0; i < 2; i++) {
    const sum = leak * load<real>(at) + load_share * load<real>(at, WORD);
    store<real>(to, sum + harvest * load<real>(at, 3 * WORD) + load<real>(to));
    at += <usize>(i + 1) * WORD;
    to += WORD;
  }
  for (let i = 2; i < SOC; i++) {
    const sum = leak * load<real>(at) + load_share * load<real>(at, WORD);
    store<real>(to, sum + harvest * load<real>(at, 2 * WORD) + load<real>(to));
    at += <usize>(i + 1) * WORD;
    to += WORD;
  }
  const row = soc_row(hyp);
  const total =
    leak * load<real>(row) +
    load_share * load<real>(row, WORD) +
    harvest * load<real>(row, 2 * WORD) +
    own;
  set_soc_variance(hyp, total);
  return (
    leak * (state(hyp, LEAK) - vital.leak_nA) +
    load_share * (state(hyp, LOAD) - booked_scale) +
    harvest * (state(hyp, HARVEST) - vital.harvest_scale) +
    state(hyp, SOC)
  );
}

/** The same where the charger holds its set point: the float's error and SOC's own decay. */
function predict_limited(hyp: usize): real {
  const row = soc_row(hyp);
  const own = limiting_reach * load<real>(row, FLOAT_AT) + limiting_decay * soc_variance(hyp);
  let to = row;
  for (let i = 0; i < SOC; i++) {
    const with_float = load<real>(i < FLOAT ? entry(hyp, FLOAT, i) : entry(hyp, i, FLOAT));
    store<real>(to, limiting_reach * with_float + limiting_decay * load<real>(to));
    to += WORD;
  }
  set_soc_variance(hyp, limiting_reach * load<real>(row, FLOAT_AT) + limiting_decay * own);
  return (
    limiting_reach * (state(hyp, FLOAT) - vital.float_error) + limiting_decay * state(hyp, SOC)
  );
}

/** Advances state and covariance of one hypothesis; `soc` is that of the ledger. */
export function predict(hyp: usize, soc: real): void {
  // what only may have been limited stays where the ledger put it, and teaches no set point
  let shift = state(hyp, SOC);
  if (!limited) {
    shift = predict_flow(hyp);
  } else if (at_float()) {
    shift = predict_limited(hyp);
  }
  const tau_s = tau_at(soc + shift);
  lead(hyp, (harvested_pC - drained_pC) * soc_per_pC + shift - state(hyp, SOC), tau_s);
  set_state(hyp, SOC, shift);
  const flow = harvested_pC + drained_pC;
  const unsure = unsure_pC * soc_per_pC;
  grow(hyp, SOC, flow_variance_per_pC * flow + unsure * unsure);
  grow(hyp, LEAK, leak_variance_per_s * dt_s);
  grow(hyp, LOAD, load_variance_per_s * dt_s);
  grow(hyp, HARVEST, harvest_variance_per_s * dt_s);
  const drift = ERROR_VARIANCE_PER_S * dt_s;
  grow(hyp, ERROR, drift);
  grow(hyp, ERROR + 1, drift);
  grow(hyp, ERROR + 2, drift);
}
