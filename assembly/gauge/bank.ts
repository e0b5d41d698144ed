// The bank of hypotheses: several filters, each with another ADC gain, weighed by how likely they
// make the readings; dropped when unlikely, merged when they agree. In the flat of the OCV a gain
// error of 0.2 % is 12 % of SOC, and one linearised filter gets lost there.

import { sample, vital, warm } from "../abi";
import { soc_at_rest } from "../cell/ocv";
import { capacity_pC, float_mV, hysteresis_variance_mV2, soc_per_pC } from "../derived";
import { correct_charge } from "../ledger/book";
import { real_of, wide_of } from "../math/convert";
import { exp } from "../math/exp";
import { real } from "../math/real";
import { clear_words, copy_words } from "../math/words";
import { profile } from "../profile";
import {
  ERROR,
  HYPOTHESIS_BYTES,
  NODES,
  SOC,
  STATES,
  diffusion_of,
  entry,
  find_nodes,
  hypothesis,
  mean,
  set_mean,
  set_soc_variance,
  set_state,
  set_weight,
  soc_row,
  soc_variance,
  state,
  take_means,
  variance,
  voltage_error_mV,
  weight,
} from "./hypothesis";
import { UNIFORM } from "./rest";
import { rest_drop_mV } from "./rest_current";

const WORD: usize = sizeof<real>();
/** The gains tried reach this many sigma either way. */
const REACH: real = 2.5;
/** Width of each of them, as a share of the distance between neighbours. */
const WIDTH: real = 0.8;
/** Error of the OCV table at each node, independent of the gain, mV^2. */
export const SHAPE_VARIANCE_MV2: real = 1;
/** What a first reading does not know beside the gain: a cell that is not at rest. */
const UNRESTED_MV: real = 6;
const START_VARIANCE: real = 0.0001;
/** What a drop is known to before the resistance was ever measured. */
const DROP_ERROR: real = 0.4;
/** With hysteresis SOC is anywhere between what so many sigma either way would rest at. */
const EDGE: real = 2.5;
/** Without, the interval is one sigma either way. */
const QUARTER: real = 0.25;
/** The gains tried end somewhere, and their likelihoods believe in the model. */
const TAILS: real = 1.5;
/** exp(-14): no longer possible. */
const IMPOSSIBLE: real = 8.3e-7;
/** Closer together than this in SOC they say the same. */
const AGREED: real = 0.003;

/**
 * Spreads what is known over the ADC's gain; each hypothesis reads its SOC from the rest voltage,
 * as a distance from the ledger's.
 */
export function spread_bank(ledger: real): void {
  const node = profile;
  // with hysteresis no gain can be told from another
  const count: i32 = node.hysteresis_mV > 0 ? 1 : <i32>node.hypotheses;
  const first = hypothesis(0);
  merge_bank();
  const middle = variance(first, ERROR + 1) - SHAPE_VARIANCE_MV2;
  const gain_mV = <real>node.adc_gain_sigma * float_mV;
  // a bank that was merged is a little wider each time
  const sigma_mV: real =
    middle > 0 ? (middle < gain_mV * gain_mV ? sqrt<real>(middle) : gain_mV) : 0;
  const step: real = count > 1 ? (2 * REACH) / <real>(count - 1) : 0;
  const width_mV: real = count > 1 ? WIDTH * step * sigma_mV : sigma_mV;
  for (let i = count - 1; i >= 0; i--) {
    const hyp = hypothesis(i);
    if (i != 0) copy_words(hyp, first, HYPOTHESIS_BYTES);
    const sigmas: real = count > 1 ? <real>i * step - REACH : 0;
    for (let k = 0; k < NODES; k++) {
      set_state(hyp, ERROR + k, state(hyp, ERROR + k) + sigmas * sigma_mV);
    }
    set_width(hyp, width_mV * width_mV);
    read_soc(hyp, ledger, count > 1 ? 0 : sigma_mV);
    set_weight(hyp, exp(-(<real>0.5) * sigmas * sigmas));
  }
  warm.alive = <u8>count;
  warm.held = 0;
}

/** The gain of one hypothesis is known to this variance; nothing else is tied to it. */
function set_width(hyp: usize, width_mV2: real): void {
  for (let i = ERROR; i < SOC; i++) {
    for (let j = 0; j <= i; j++) {
      const shape: real = i == j ? SHAPE_VARIANCE_MV2 : 0;
      store<real>(entry(hyp, i, j), j < ERROR ? 0 : width_mV2 + shape);
    }
  }
}

/** SOC of one hypothesis as its rest voltage says. */
function read_soc(hyp: usize, ledger: real, sigma_mV: real): void {
  find_nodes(ledger);
  const rest_mV = <real>sample.voltage_mV - voltage_error_mV(hyp) - rest_drop_mV;
  const turned_mV = sqrt<real>(hysteresis_variance_mV2);
  const turns = turned_mV > 0;
  const drop_mV = rest_drop_mV < 0 ? -rest_drop_mV : rest_drop_mV;
  const sure_mV = UNRESTED_MV + sigma_mV + turned_mV + DROP_ERROR * drop_mV;
  const unread_mV: real = turns ? EDGE * sure_mV : sure_mV;
  const low = soc_of_rest(rest_mV - unread_mV);
  const high = soc_of_rest(rest_mV + unread_mV);
  const width = high - low;
  const wide = START_VARIANCE + width * width * (turns ? UNIFORM : QUARTER);
  clear_words(soc_row(hyp), 7 * WORD);
  clear_words(diffusion_of(hyp), 2 * WORD);
  set_soc_variance(hyp, wide);
  set_state(hyp, SOC, (low + high) * <real>0.5 - ledger);
}

function soc_of_rest(rest_mV: real): real {
  return soc_at_rest(rest_mV / <real>profile.series, vital.temperature_degC);
}

/** After a correction: weights sum to 1, unlikely ones are dropped; what agrees is merged. */
export function weigh_bank(): void {
  const count: i32 = warm.alive;
  let sum: real = 0;
  for (let i = 0; i < count; i++) {
    const likely = weight(hypothesis(i));
    if (likely > 0) sum += likely;
  }
  if (sum == 0) {
    // likelihoods that underflowed say nothing: all stay
    for (let i = 0; i < count; i++) set_weight(hypothesis(i), 1);
    sum = <real>count;
  }
  let kept = 0;
  let low: real = 2;
  let high: real = -2;
  for (let i = 0; i < count; i++) {
    const hyp = hypothesis(i);
    const likely = weight(hyp) / sum;
    if (!(likely >= IMPOSSIBLE)) continue;
    const to = hypothesis(kept);
    if (to != hyp) copy_words(to, hyp, HYPOTHESIS_BYTES);
    set_weight(to, likely);
    const soc = state(to, SOC);
    if (soc < low) low = soc;
    if (soc > high) high = soc;
    kept++;
  }
  warm.alive = <u8>kept;
  if (kept > 1 && (high - low < AGREED || warm.held >= 4)) merge_bank();
}

/** The bank's mean of a state. */
function bank_mean(index: i32): real {
  let sum: real = 0;
  for (let i = 0; i < <i32>warm.alive; i++) {
    sum += weight(hypothesis(i)) * state(hypothesis(i), index);
  }
  return sum;
}

/** Mean of SOC's distance from the ledger; the means of the other states are in vital. */
let soc_mean: real = 0;

/** The bank's view of all states: into vital, and SOC's beside it. */
export function publish_means(): void {
  for (let index = 0; index < SOC; index++) set_mean(index, bank_mean(index));
  soc_mean = bank_mean(SOC);
}

@inline
function published(index: i32): real {
  return index == SOC ? soc_mean : mean(index);
}

/** Covariance (row >= column) of the whole bank: sum of w (P + (x - mean)(x - mean)'). */
export function mixed_covariance(row: i32, column: i32): real {
  let sum: real = 0;
  for (let i = 0; i < <i32>warm.alive; i++) {
    const hyp = hypothesis(i);
    const off = (state(hyp, row) - published(row)) * (state(hyp, column) - published(column));
    sum += weight(hyp) * (load<real>(entry(hyp, row, column)) + off);
  }
  return sum;
}

/** All become one of the same mean and covariance. */
function merge_bank(): void {
  const first = hypothesis(0);
  publish_means();
  for (let i = 0; i < STATES; i++) {
    for (let j = 0; j <= i; j++) store<real>(entry(first, i, j), mixed_covariance(i, j));
  }
  take_means(first, soc_mean);
  set_weight(first, 1);
  warm.alive = 1;
}

/** The bank's view of SOC: vital gets its sigma; moves the ledger to its mean, returns whether. */
export function publish_soc(): bool {
  const count: i32 = warm.alive;
  const shift = bank_mean(SOC);
  let spread: real = 0;
  for (let i = 0; i < count; i++) {
    const hyp = hypothesis(i);
    const off = state(hyp, SOC) - shift;
    spread += weight(hyp) * (soc_variance(hyp) + TAILS * off * off);
  }
  return move_ledger(shift, spread);
}

/** Moves the ledger by a share of SOC; returns whether. Vital gets the sigma of that variance. */
@inline
export function move_ledger(shift: real, variance: real): bool {
  vital.soc_sigma = sqrt<real>(variance);
  const moved_pC = wide_of(shift * capacity_pC);
  if (moved_pC == 0) return false;
  correct_charge(moved_pC);
  const moved = real_of(moved_pC) * soc_per_pC;
  for (let i = 0; i < <i32>warm.alive; i++) {
    const hyp = hypothesis(i);
    set_state(hyp, SOC, state(hyp, SOC) - moved);
  }
  return true;
}
