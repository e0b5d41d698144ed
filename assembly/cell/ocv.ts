// Open-circuit voltage of one cell and what else depends on SOC: from the profile's tables.
//
// Between two nodes the OCV is the monotone cubic of Fritsch and Carlson (the slopes come with the
// profile), so value and derivative belong to the same curve; beyond the ends it goes on straight.
// Temperature: two tables are blended where the cell file brings several, and beyond them, or with
// one table, OCV(T) = OCV + dU/dT (T - T_table).

import { PROFILE_WORDS } from "../abi";
import { real } from "../math/real";
import { profile } from "../profile";

const TABLES: usize = PROFILE_WORDS << 2;

/** Results of the last `evaluate_ocv`: one cell, mV; mV per unit of SOC; 1; mV/K. */
export let ocv_mV: real = 0;
export let ocv_slope_mV: real = 1;
export let resistance_factor: real = 1;
export let dudt_mV_K: real = 0;

/** Index of the lower node of the segment that holds `soc`. */
function locate(soc: real, table: usize, count: i32): i32 {
  let low = 0;
  let high = count - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (<real>load<f32>(table + (middle << 2)) <= soc) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

@inline
function between(at: usize, t: real): real {
  const left = <real>load<f32>(at);
  return left + t * (<real>load<f32>(at, 4) - left);
}

/** The monotone cubic at t in [0, 1] of the segment whose left value lies at `at`. */
function cubic(at: usize, slopes: usize, width: real, per_width: real, t: real): void {
  const left = <real>load<f32>(at);
  const rise = <real>load<f32>(at, 4) - left;
  const start = width * <real>load<f32>(at + slopes);
  const end = width * <real>load<f32>(at + slopes, 4);
  const c3 = start + end - rise - rise;
  const c2 = rise - start - c3;
  ocv_mV = left + t * (start + t * (c2 + t * c3));
  ocv_slope_mV = (start + t * (c2 + c2 + 3 * t * c3)) * per_width;
}

/** Time constant of diffusion at `soc`, s. */
export function tau_at(soc: real): real {
  const node = profile;
  const count: i32 = node.soc_count;
  const table = changetype<usize>(node) + TABLES;
  const inside: real = soc < 0 ? 0 : soc > 1 ? 1 : soc;
  const at = table + ((<usize>locate(inside, table, count)) << 2);
  const left = <real>load<f32>(at);
  return between(at + ((<usize>count) << 2), (inside - left) / (<real>load<f32>(at, 4) - left));
}

/** OCV and its companions at `soc` (any value; straight beyond 0 and 1) and temperature. */
export function evaluate_ocv(soc: real, temperature_degC: real): void {
  const node = profile;
  const count: i32 = node.soc_count;
  const stride = (<usize>count) << 2;
  const table = changetype<usize>(node) + TABLES;
  const inside: real = soc < 0 ? 0 : soc > 1 ? 1 : soc;
  const at = table + ((<usize>locate(inside, table, count)) << 2);
  const left = <real>load<f32>(at);
  const width = <real>load<f32>(at, 4) - left;
  const per_width: real = 1 / width;
  const t = (inside - left) * per_width;
  resistance_factor = between(at + 2 * stride, t);
  dudt_mV_K = between(at + 3 * stride, t);
  if (node.temperature_count == 1) {
    cubic(at + 4 * stride + 4, stride, width, per_width, t);
    ocv_mV += dudt_mV_K * (temperature_degC - <real>load<f32>(table + 4 * stride));
  } else {
    blend(at - table, table + 4 * stride, stride, width, t, temperature_degC);
  }
  if (soc != inside) ocv_mV += ocv_slope_mV * (soc - inside);
}

/** The same from the two tables whose temperatures enclose the cell's. */
function blend(
  node: usize,
  block: usize,
  stride: usize,
  width: real,
  t: real,
  temperature_degC: real,
): void {
  const size: usize = 4 + 2 * stride;
  const last = block + <usize>(profile.temperature_count - 2) * size;
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
  const per_width: real = 1 / width;
  cubic(block + 4 + node, stride, width, per_width, t);
  const cold_mV = ocv_mV;
  const cold_slope_mV = ocv_slope_mV;
  cubic(block + size + 4 + node, stride, width, per_width, t);
  ocv_mV = cold_mV + share * (ocv_mV - cold_mV) + dudt_mV_K * beyond_K;
  ocv_slope_mV = cold_slope_mV + share * (ocv_slope_mV - cold_slope_mV);
}

/** SOC at which one cell rests at `voltage_mV`: bisection, because the curve is monotone. */
export function soc_at_rest(voltage_mV: real, temperature_degC: real): real {
  let low: real = 0;
  let high: real = 1;
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
