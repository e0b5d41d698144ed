// What the harvesters usually give: each 24th of a cycle (an hour of the day), each of seven cycles
// (a day of the week), and how far off that usually is.
//
//   m[h] += a (x - m[h])     mean x of the 24th that ended
//   w[d] += b (y / u - w[d])   sum y of the cycle that ended over what was usual, u
//   e    += c (|x - m[h]| - e)
//
// The exponential mean per hour of the day is Kansal's predictor (ACM TECS 6 (2007) 32). A mean is
// kept in two bytes, the upper half of its f32: 0.4 %. Hours are counted from the first boot: the
// node needs no calendar, only that time goes on.

import {
  PMIC_LIMITING,
  VALUE_HARVEST,
  VALUE_METERED,
  WARM_AT,
  Warm,
  gauge,
  sample,
  vital,
  warm,
} from "../abi";
import { float_mV } from "../derived";
import { guessed, harvested_pC, limited } from "../ledger/book";
import { guarded_u32, real_of_u32 } from "../math/convert";
import { hash_of } from "../math/hash";
import { real } from "../math/real";
import { NA_S_PER_PC, PC_PER_NA_S } from "../math/units";
import { profile } from "../profile";
import { accepted } from "../sample/check";
import { dt_s, per_s, whole_s } from "../sample/clock";
import { best_power_nW } from "./sources";

/** Parts of a cycle, and cycles that are told apart. */
export const BINS: u32 = 24;
const CYCLES: u32 = 7;
/** The factor of a cycle that is as usual. */
const AS_USUAL: u8 = 64;
/** The level follows within this time. */
const LEVEL_S: real = 600;
/** How fast the error is learned, per part: two cycles. */
const ERROR_SHARE: real = 1 / <real>48;
/** Less of a part than this teaches nothing. */
const KNOWN_SHARE: real = 0.5;
/** 1 nW over 1 mV is 1000 nA. */
const NA_MV_PER_NW: real = 1000;
/** A set point below is none. */
const FLOAT_LEAST_MV: real = 1;

const FORECAST: usize = WARM_AT + offsetof<Warm>("forecast_0");
const SEAL: usize = WARM_AT + offsetof<Warm>("forecast_seal");

/** The forecast survived in retained RAM. */
export function forecast_is_good(): bool {
  return warm.forecast_seal == hash_of(FORECAST, SEAL) && warm.cycle_at_s < profile.cycle_s;
}

/** Time went on while the node was off; the part of the cycle in which that began is lost. */
export function wind_forecast(off_s: u32): void {
  const cycle_s = profile.cycle_s;
  const cycles = off_s / cycle_s;
  warm.cycle_at_s += off_s - cycles * cycle_s;
  let passed = cycles;
  if (warm.cycle_at_s >= cycle_s) {
    warm.cycle_at_s -= cycle_s;
    passed += 1;
  }
  warm.week_at = <u8>((<u32>warm.week_at + (passed % CYCLES)) % CYCLES);
  warm.bin_pC = 0;
  warm.bin_known_s = 0;
  if (passed != 0) {
    warm.round_nA = 0;
    warm.round_usual_nA = 0;
  }
  show_forecast();
}

/** Nothing was ever seen: every day is expected to pay for sleeping, give or take all of it. */
export function forget_forecast(): void {
  const idle_nA = <real>profile.sleep_drain_nA;
  warm.week_at = 0;
  warm.round_nA = 0;
  warm.round_usual_nA = 0;
  warm.cycle_at_s = 0;
  warm.bin_pC = 0;
  warm.bin_known_s = 0;
  warm.forecast_seen = 0;
  for (let bin = 0; bin < <i32>BINS; bin++) keep_mean(bin, idle_nA);
  for (let day = 0; day < <i32>CYCLES; day++) warm.set_week(day, AS_USUAL);
  warm.forecast_mean_nA = idle_nA;
  warm.forecast_error_nA = idle_nA;
  show_forecast();
}

/** Length of a 24th of the cycle, s. */
@inline
export function bin_s(): u32 {
  return profile.cycle_s / BINS;
}

/** What this cycle of seven, or the next, brings over the usual. */
@inline
export function week_factor(next: u32): real {
  const day = <u32>warm.week_at + next;
  return <real>warm.week(<i32>(day < CYCLES ? day : day - CYCLES)) * (1 / <real>AS_USUAL);
}

/** Usual harvest of a 24th of the cycle, but for the week's factor, nA. */
@inline
export function mean_nA_of(bin: u32): real {
  return <real>reinterpret<f32>((<u32>warm.forecast(<i32>bin)) << 16);
}

/** Usual harvest of a 24th of this cycle, nA. */
export function usual_nA(bin: u32): real {
  return mean_nA_of(bin) * week_factor(0);
}

/** How far off a 24th usually is, over what it brings: 0 to 1. */
export function relative_error(): real {
  const error_nA = warm.forecast_error_nA;
  return error_nA < warm.forecast_mean_nA ? error_nA / warm.forecast_mean_nA : 1;
}

/** Takes in the last interval. */
export function follow_forecast(): void {
  const cycle_s = profile.cycle_s;
  const offer_nA = offered_nA();
  // what a full cell took, where nobody read what there was, teaches nothing
  const known = !guessed && (!limited || (accepted & VALUE_HARVEST) != 0);
  if (known) {
    const share: real = dt_s < LEVEL_S ? dt_s * (1 / LEVEL_S) : 1;
    warm.harvest_level_nA += share * (offer_nA - warm.harvest_level_nA);
  }
  let left_s = whole_s;
  // of a longer interval the first cycles teach no more than the last ones
  if (left_s > cycle_s + cycle_s) {
    left_s = cycle_s + (left_s % cycle_s);
    const skipped = (whole_s - left_s) / cycle_s;
    warm.week_at = <u8>((<u32>warm.week_at + (skipped % CYCLES)) % CYCLES);
  }
  const length_s = bin_s();
  while (left_s != 0) {
    const room_s = length_s - (warm.cycle_at_s % length_s);
    const part_s = left_s < room_s ? left_s : room_s;
    if (known) {
      warm.bin_pC += offer_nA * real_of_u32(part_s) * PC_PER_NA_S;
      warm.bin_known_s += real_of_u32(part_s);
    }
    left_s -= part_s;
    if (part_s != room_s) {
      warm.cycle_at_s += part_s;
      break;
    }
    close_bin(warm.cycle_at_s / length_s);
    warm.cycle_at_s += part_s;
    if (warm.cycle_at_s >= cycle_s) close_cycle();
    show_forecast();
  }
}

/** Of the 24th that begins. */
function show_forecast(): void {
  gauge.forecast_nA = <f32>usual_nA(warm.cycle_at_s / bin_s());
  gauge.forecast_error = <f32>relative_error();
}

/** What was there to be had: a meter at the cell cannot see it while the charger limits. */
function offered_nA(): real {
  if ((accepted & VALUE_HARVEST) == 0) return harvested_pC * per_s * NA_S_PER_PC;
  const read_nA = vital.harvest_scale * <real>sample.harvest_mean_nA;
  const hidden = (sample.pmic_flags & PMIC_LIMITING) != 0 && profile.observables & VALUE_METERED;
  if (!hidden || !(float_mV > FLOAT_LEAST_MV)) return read_nA;
  const source_nA = (best_power_nW * NA_MV_PER_NW) / float_mV;
  return source_nA > read_nA ? source_nA : read_nA;
}

/** A 24th has ended. */
function close_bin(bin: u32): void {
  const known_s = warm.bin_known_s;
  if (known_s >= KNOWN_SHARE * real_of_u32(bin_s())) {
    const mean_nA = (warm.bin_pC * NA_S_PER_PC) / known_s;
    const usual = usual_nA(bin);
    const off_nA = mean_nA - usual;
    warm.forecast_error_nA += ERROR_SHARE * (abs<real>(off_nA) - warm.forecast_error_nA);
    warm.forecast_mean_nA += ERROR_SHARE * (mean_nA - warm.forecast_mean_nA);
    warm.round_nA += mean_nA;
    warm.round_usual_nA += usual;
    learn_bin(bin, mean_nA);
  }
  warm.bin_pC = 0;
  warm.bin_known_s = 0;
  seal_forecast();
}

function seal_forecast(): void {
  warm.forecast_seal = hash_of(FORECAST, SEAL);
}

/** The first time is all there is to know. */
function learn_bin(bin: u32, seen_nA: real): void {
  if (!(warm.forecast_seen & (1 << bin))) {
    warm.forecast_seen |= 1 << bin;
    keep_mean(<i32>bin, seen_nA);
    return;
  }
  const before_nA = mean_nA_of(bin);
  // the day of the week is learned apart
  const off_nA = seen_nA / week_factor(0) - before_nA;
  keep_mean(<i32>bin, before_nA + <real>profile.forecast_share * off_nA);
}

/** The upper half of its f32, rounded. */
function keep_mean(bin: i32, nA: real): void {
  warm.set_forecast(bin, <u16>((reinterpret<u32>(<f32>nA) + 0x8000) >> 16));
}

/** The cycle has ended: what it brought over the usual. */
function close_cycle(): void {
  const share = <real>profile.week_share;
  const at = <i32>warm.week_at;
  if (share > 0 && warm.round_usual_nA > 0) {
    const factor = week_factor(0);
    const ratio = (factor * warm.round_nA) / warm.round_usual_nA;
    let learned = factor + share * (ratio - factor);
    if (!(learned > <real>0.25)) learned = 0.25;
    if (learned > <real>3.75) learned = 3.75;
    warm.set_week(at, <u8>guarded_u32(<f32>(learned * <real>AS_USUAL + <real>0.5)));
  }
  warm.round_nA = 0;
  warm.round_usual_nA = 0;
  warm.cycle_at_s = 0;
  warm.week_at = <u32>warm.week_at + 1 == CYCLES ? 0 : warm.week_at + 1;
  seal_forecast();
}
