// One hypothesis about the ADC's gain: a Kalman filter of eight states that starts from it. Several
// stand side by side in the bank, behind the areas, while readings leave the gain open.
//
// A hypothesis is an address; behind it lie, as `real`:
//   state[8], covariance[36] (lower triangle, row by row), diffusion[2], weight
// The state of SOC is the distance from the ledger's charge, so that small steps are not lost.

import { AREAS_END, VITAL_AT, Vital } from "../abi";
import { real } from "../math/real";
import { copy_words } from "../math/words";

/** Indices of the states. */
export const LEAK: i32 = 0;
export const LOAD: i32 = 1;
export const HARVEST: i32 = 2;
export const FLOAT: i32 = 3;
export const ERROR: i32 = 4;
export const SOC: i32 = 7;
export const STATES: i32 = 8;
/** The errors of voltage are straight between these SOCs, level beyond. */
export const NODES: i32 = 3;
const NODE_LOW: real = 0.3;
const NODE_MIDDLE: real = 0.6;

const WORD: usize = sizeof<real>();
const COVARIANCE: usize = 8 * WORD;
/** Row of SOC in the covariance: leak-soc, load-soc ... soc-soc. */
const SOC_ROW: usize = COVARIANCE + 28 * WORD;
const DIFFUSION: usize = 44 * WORD;
const WEIGHT: usize = 46 * WORD;
/** Bytes of one hypothesis, and how many the bank may hold. */
export const HYPOTHESIS_BYTES: usize = 48 * WORD;
export const HYPOTHESES_MAX: i32 = 9;

/** Room for a row over the states and its spread (gauge/row.ts), then the bank. */
export const ROWS_AT: usize = AREAS_END;
export const BANK_AT: usize = (ROWS_AT + 2 * <usize>STATES * WORD + 15) & ~15;

export function hypothesis(index: i32): usize {
  return BANK_AT + <usize>index * HYPOTHESIS_BYTES;
}

@inline
export function state(hyp: usize, index: i32): real {
  return load<real>(hyp + <usize>index * WORD);
}

@inline
export function set_state(hyp: usize, index: i32, value: real): void {
  store<real>(hyp + <usize>index * WORD, value);
}

/** Means of the states but SOC lie in vital, in the same order. */
const MEANS: usize = VITAL_AT + offsetof<Vital>("leak_nA");

@inline
export function mean(index: i32): real {
  return load<real>(MEANS + <usize>index * WORD);
}

@inline
export function set_mean(index: i32, value: real): void {
  store<real>(MEANS + <usize>index * WORD, value);
}

/** All states become the means, SOC the given distance from the ledger. */
export function take_means(hyp: usize, soc: real): void {
  copy_words(hyp, MEANS, 7 * WORD);
  set_state(hyp, SOC, soc);
}

/** Address of covariance(row, column) for row >= column. */
export function entry(hyp: usize, row: i32, column: i32): usize {
  return hyp + COVARIANCE + <usize>(((row * (row + 1)) >> 1) + column) * WORD;
}

/** Offset of a variance. */
@inline
export function diagonal(index: i32): usize {
  return COVARIANCE + <usize>((index * (index + 3)) >> 1) * WORD;
}

@inline
export function variance(hyp: usize, index: i32): real {
  return load<real>(hyp + diagonal(index));
}

@inline
export function soc_variance(hyp: usize): real {
  return load<real>(hyp, SOC_ROW + 7 * WORD);
}

@inline
export function set_soc_variance(hyp: usize, value: real): void {
  store<real>(hyp, value, SOC_ROW + 7 * WORD);
}

/** Address of the row of SOC. */
@inline
export function soc_row(hyp: usize): usize {
  return hyp + SOC_ROW;
}

/** Address of the two diffusion states. */
@inline
export function diffusion_of(hyp: usize): usize {
  return hyp + DIFFUSION;
}

@inline
export function weight(hyp: usize): real {
  return load<real>(hyp, WEIGHT);
}

@inline
export function set_weight(hyp: usize, value: real): void {
  store<real>(hyp, value, WEIGHT);
}

/** The two nodes around a SOC: index of the left one, and the share of the right one. */
export let left_node: i32 = 0;
export let right_share: real = 0;

export function find_nodes(soc: real): void {
  const upper = soc > NODE_MIDDLE;
  left_node = upper ? 1 : 0;
  const share: real = upper ? (soc - NODE_MIDDLE) * <real>2.5 : (soc - NODE_LOW) * <real>3.3333333;
  right_share = share > 0 ? (share < 1 ? share : 1) : 0;
}

/** Error of a voltage reading at the SOC looked for last, mV. */
@inline
export function voltage_error_mV(hyp: usize): real {
  const left = state(hyp, ERROR + left_node);
  return left + right_share * (state(hyp, ERROR + left_node + 1) - left);
}
