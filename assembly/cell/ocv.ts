// Open-circuit voltage of one cell and what else depends on SOC: from the profile's tables.
//
// Between two nodes the OCV is the monotone cubic of Fritsch and Carlson (the slopes come with the
// profile), so value and derivative belong to the same curve; beyond the ends it goes on straight.
// Temperature: two tables are blended where the cell file brings several, and beyond them, or with
// one table, OCV(T) = OCV + dU/dT (T - T_table).

import { PROFILE_WORDS } from "../abi";
import { SOC_HIGH, SOC_LOW } from "../derived";
import { real } from "../math/real";
import { profile } from "../profile";

const TABLES: usize = PROFILE_WORDS << 2;

/** Results of the last `evaluate_ocv`: one cell, mV; mV per unit of SOC; s; 1; mV/K. */
export let ocv_mV: real = 0;
export let ocv_slope_mV: real = 0;
export let tau_s: real = 0;
export let resistance_factor: real = 0;
export let dudt_mV_K: real = 0;

// Where and with what the OCV was evaluated last.
let evaluated_soc: real = 0;
let evaluated_mV: real = 0;

// The segment found last. A node's SOC moves little between wakes, so it is usually the next one
// too; this only saves the search, never changes what is found.
let node_at: usize = 0;
let left_soc: real = 0;
let right_soc: real = 0;
let width: real = 0;
let per_width: real = 0;

/** The tables are others now. */
export function forget_segment(): void {
  left_soc = 2;
}

/** Makes the segment that holds `soc` the present one; returns `soc` clipped to [0, 1]. */
function find_segment(soc: real): real {
  if (soc >= left_soc && soc < right_soc) return soc;
  const inside: real = soc < 0 ? 0 : soc > 1 ? 1 : soc;
  // the last segment holds its right end, too
  if (inside >= left_soc && (inside < right_soc || right_soc == 1)) return inside;
  const table = changetype<usize>(profile) + TABLES;
  let low = 0;
  let high: i32 = profile.soc_count - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (<real>load<f32>(table + (middle << 2)) <= inside) {
      low = middle;
    } else {
      high = middle;
    }
  }
  node_at = table + (low << 2);
  left_soc = <real>load<f32>(node_at);
  right_soc = <real>load<f32>(node_at, 4);
  width = right_soc - left_soc;
  per_width = 1 / width;
  return inside;
}

@inline
function between(at: usize, t: real): real {
  const left = <real>load<f32>(at);
  return left + t * (<real>load<f32>(at, 4) - left);
}

/** The monotone cubic at t in [0, 1] of the segment whose left value lies at `at`. */
function cubic(at: usize, slopes: usize, t: real): void {
  const left = <real>load<f32>(at);
  const rise = <real>load<f32>(at, 4) - left;
  const start = width * <real>load<f32>(at + slopes);
  const c3 = start + width * <real>load<f32>(at + slopes, 4) - rise - rise;
  const c2 = rise - start - c3;
  const bend = t * c3;
  ocv_mV = left + t * (start + t * (c2 + bend));
  ocv_slope_mV = (start + t * (c2 + c2 + 3 * bend)) * per_width;
}

/** Time constant of diffusion at `soc`, s. */
export function tau_at(soc: real): real {
  const inside = find_segment(soc);
  return between(node_at + ((<usize>profile.soc_count) << 2), (inside - left_soc) * per_width);
}

/** Value of another table over the same nodes. */
export function table_at(table: usize, soc: real): real {
  const inside = find_segment(soc);
  const offset = node_at - (changetype<usize>(profile) + TABLES);
  return between(table + offset, (inside - left_soc) * per_width);
}

/** OCV and its companions at `soc` (any value; straight beyond 0 and 1) and temperature. */
export function evaluate_ocv(soc: real, temperature_degC: real): void {
  const node = profile;
  const stride = (<usize>node.soc_count) << 2;
  const inside = find_segment(soc);
  const at = node_at;
  const t = (inside - left_soc) * per_width;
  tau_s = between(at + stride, t);
  resistance_factor = between(at + 2 * stride, t);
  dudt_mV_K = between(at + 3 * stride, t);
  const block = changetype<usize>(node) + TABLES + 4 * stride;
  if (node.temperature_count == 1) {
    cubic(at + 4 * stride + 4, stride, t);
    ocv_mV += dudt_mV_K * (temperature_degC - <real>load<f32>(block));
  } else {
    blend(block, stride, t, temperature_degC);
  }
  if (soc != inside) ocv_mV += ocv_slope_mV * (soc - inside);
  evaluated_soc = soc;
  evaluated_mV = ocv_mV;
}

/** So small a step of SOC may go along the tangent: half a millivolt off at the steepest knee. */
const STRAIGHT: real = 0.003;
const STRAIGHT_MV: real = 2;

/**
 * OCV at a SOC close to the one evaluated last, at the same temperature: along the tangent, or anew
 * where that is too far. The companions stay those of the last evaluation.
 */
export function approach_ocv(soc: real, temperature_degC: real): void {
  const step = soc - evaluated_soc;
  const rise_mV = ocv_slope_mV * step;
  const near = step < STRAIGHT && step > -STRAIGHT;
  if (near && rise_mV < STRAIGHT_MV && rise_mV > -STRAIGHT_MV) {
    ocv_mV = evaluated_mV + rise_mV;
  } else {
    evaluate_ocv(soc, temperature_degC);
  }
}

/** The same from the two tables whose temperatures enclose the cell's. */
function blend(first: usize, stride: usize, t: real, temperature_degC: real): void {
  const node = node_at - (changetype<usize>(profile) + TABLES);
  const size: usize = 4 + 2 * stride;
  const last = first + <usize>(profile.temperature_count - 2) * size;
  let block = first;
  while (block < last && <real>load<f32>(block + size) < temperature_degC) block += size;
  const cold_degC = <real>load<f32>(block);
  const hot_degC = <real>load<f32>(block + size);
  let share = (temperature_degC - cold_degC) / (hot_degC - cold_degC);
  let beyond_K: real = 0;
  if (share < 0) {
    beyond_K = temperature_degC - cold_degC;
    share = 0;
  } else if (share > 1) {
    beyond_K = temperature_degC - hot_degC;
    share = 1;
  }
  cubic(block + 4 + node, stride, t);
  const cold_mV = ocv_mV;
  const cold_slope_mV = ocv_slope_mV;
  cubic(block + size + 4 + node, stride, t);
  ocv_mV = cold_mV + share * (ocv_mV - cold_mV) + dudt_mV_K * beyond_K;
  ocv_slope_mV = cold_slope_mV + share * (ocv_slope_mV - cold_slope_mV);
}

/** Newton's steps from nearby, and how close they must come. */
const STEPS = 4;
const CLOSE_MV: real = 0.05;
/** Flatter than this a step would go too far. */
const STEEP_MV: real = 20;

/** The same as `soc_at_rest`, quickly where `soc` is nearby on a slope. */
export function soc_near_rest(voltage_mV: real, temperature_degC: real, soc: real): real {
  let at = soc;
  for (let i = 0; i < STEPS; i++) {
    at = at < SOC_LOW ? SOC_LOW : at < SOC_HIGH ? at : SOC_HIGH;
    evaluate_ocv(at, temperature_degC);
    const missed_mV = voltage_mV - ocv_mV;
    if (missed_mV < CLOSE_MV && missed_mV > -CLOSE_MV) return at;
    at += missed_mV / (ocv_slope_mV > STEEP_MV ? ocv_slope_mV : STEEP_MV);
  }
  return soc_at_rest(voltage_mV, temperature_degC);
}

/** SOC at which one cell rests at `voltage_mV`: bisection, because the curve is monotone. */
export function soc_at_rest(voltage_mV: real, temperature_degC: real): real {
  let low: real = SOC_LOW;
  let high: real = SOC_HIGH;
  for (let i = 0; i < 24; i++) {
    const middle: real = (low + high) * <real>0.5;
    evaluate_ocv(middle, temperature_degC);
    if (ocv_mV < voltage_mV) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) * <real>0.5;
}
