// The gauge's turn in the walk: every hypothesis is predicted with what was booked; the resistance
// is learned from the load step; where a voltage is news, each hypothesis is corrected with it and
// weighed by it; the bank's mean becomes the state.
//
// Readings close in time and SOC share the errors of the model, so one an hour, or one per percent
// of SOC, is what they are worth: the wakes between only predict.

import {
  PMIC_LIMITING,
  PMIC_PAUSED,
  VALUE_PULSE,
  VALUE_VOLTAGE,
  gauge,
  sample,
  vital,
  warm,
} from "../abi";
import { surface_lead } from "../cell/diffusion";
import { evaluate_ocv, resistance_factor } from "../cell/ocv";
import { pack_resistance_mV_nA } from "../cell/resistance";
import {
  charge_high_pC,
  charge_low_pC,
  error_most_mV,
  gate_squared,
  soc_of,
  soc_per_pC,
  soc_variance_min,
  soc_variance_read,
} from "../derived";
import { correct_charge, drained_pC, harvested_pC } from "../ledger/book";
import { guarded_u32, is_finite, real_of_u32 } from "../math/convert";
import { real } from "../math/real";
import { clear_words } from "../math/words";
import { accepted } from "../sample/check";
import { dt_s } from "../sample/clock";
import { UNKNOWN_OFF } from "../sample/start";
import { publish_means, publish_soc, spread_bank, weigh_bank } from "./bank";
import { surprise } from "./correct";
import {
  NODES,
  diffusion_of,
  hypothesis,
  set_soc_variance,
  soc_row,
  soc_variance,
} from "./hypothesis";
import { forget_learned, keep_learned, restore_learned } from "./learned";
import { predict } from "./predict";
import { correct_resistance, predict_resistance, pulse_gated } from "./resistance";
import { correct_with_voltage } from "./rest";
import { find_rest_current, find_rest_drop } from "./rest_current";

export const USED_REST: u32 = 1;
const USED_PULSE: u32 = 2;
const INFLATED: u32 = 4;
const USED_FLOAT: u32 = 8;
/** A voltage is news after this time, or this share of the capacity; at the float sooner. */
export const NEWS_S: real = 3600;
const NEWS_FLOAT_S: real = 1800;
export const NEWS_SOC: real = 0.01;
/** Unit and most of the age that outlives a restart: an hour fits. */
const AGE_S: real = 15;
const AGE_MAX: u32 = 255;
/** Mean square of innovations over what was expected, above which SOC is doubted, by so much, with
 * each reading that is no better than expected. */
const DOUBTED: real = 2;
const EXPECTED: real = 1;
const DOUBT_VARIANCE: real = 0.01;
/** This share of the gate's square, six readings beyond it in a row, and the filter is lost. */
const LOST: real = 0.8;

/** Pack resistance before the learned scale, mV/nA, at the present SOC and temperature. */
export let base_resistance_mV_nA: real = 0;
let used: u32 = 0;

/** One gauge update. */
export function update_gauge(): void {
  hold_charge();
  used = 0;
  const soc = soc_of(vital.charge_pC);
  const count: i32 = warm.alive;
  for (let i = 0; i < count; i++) predict(hypothesis(i), soc);
  predict_resistance();
  age_correction();
  find_base_resistance(soc);
  if (accepted & VALUE_PULSE) {
    correct_resistance(base_resistance_mV_nA);
    used |= USED_PULSE;
    if (pulse_gated) used |= INFLATED;
  }
  if (accepted & VALUE_VOLTAGE) take_voltage(soc);
  keep_age();
  hold_sigma();
  if (publish_soc()) hold_charge();
  gauge.corrections = used;
}

/** The last correction is older, and further off in SOC. */
@inline
export function age_correction(): void {
  warm.uncorrected_s += dt_s;
  warm.moved_soc += (harvested_pC + drained_pC) * soc_per_pC;
}

/** Of the pack at the surface's SOC. */
@inline
export function find_base_resistance(soc: real): void {
  const temperature_degC = vital.temperature_degC;
  evaluate_ocv(soc + surface_lead(diffusion_of(hypothesis(0))), temperature_degC);
  base_resistance_mV_nA = pack_resistance_mV_nA(resistance_factor, temperature_degC);
}

/** Reads SOC anew, or corrects with the voltage where it is news. */
function take_voltage(soc: real): void {
  const limiting = (sample.pmic_flags & PMIC_LIMITING) != 0;
  const sigma = vital.soc_sigma;
  const unsure =
    sigma * sigma > soc_variance_read || soc_variance(hypothesis(0)) > soc_variance_read;
  if (unsure && !limiting) {
    find_rest_current();
    find_rest_drop(base_resistance_mV_nA);
    spread_bank(soc);
    weigh_bank();
    publish_means();
    settle(limiting);
    used |= USED_REST;
    return;
  }
  const paused = (sample.pmic_flags & PMIC_PAUSED) != 0;
  const wait_s: real = limiting ? NEWS_FLOAT_S : NEWS_S;
  const turned = limiting != (warm.was_limiting != 0);
  if (!turned && !paused && warm.uncorrected_s < wait_s && warm.moved_soc < NEWS_SOC) return;
  find_rest_current();
  let held = false;
  let least = gate_squared;
  for (let i = 0; i < <i32>warm.alive; i++) {
    held = correct_with_voltage(hypothesis(i), soc) || held;
    if (surprise < least) least = surprise;
  }
  used |= held ? USED_FLOAT : USED_REST;
  if (held && warm.held < 255) warm.held += 1;
  if (least == gate_squared) used |= INFLATED;
  follow_surprise(least);
  weigh_bank();
  publish_means();
  if (no_gain()) warm.surprise = gate_squared;
  keep_learned();
  settle(limiting);
}

/** An error of voltage that no board has: a wrong SOC was taken for it. */
function no_gain(): bool {
  for (let k = 0; k < NODES; k++) {
    const error_mV = vital.voltage_error_mV(k);
    if (!(error_mV < error_most_mV && error_mV > -error_most_mV)) return true;
  }
  return false;
}

/**
 * Readings surprise every hypothesis of late, and this one, too: a book is wrong, or the sensor
 * was. SOC is doubted then, and nothing else: what was learned is the better witness.
 */
function follow_surprise(least: real): void {
  warm.surprise += (least - warm.surprise) * <real>0.25;
  if (!(least > EXPECTED && warm.surprise > DOUBTED)) return;
  for (let i = 0; i < <i32>warm.alive; i++) {
    set_soc_variance(hypothesis(i), soc_variance(hypothesis(i)) + DOUBT_VARIANCE);
  }
}

/**
 * A node that starts anew at every wake would else never find its last correction long ago. Its
 * starts dither the rounding: shorter wakes than the unit add up as well.
 */
@inline
export function keep_age(): void {
  const sixteenths = guarded_u32(<f32>(warm.uncorrected_s * (16 / AGE_S)));
  const age = (sixteenths + (vital.boots & 15)) >> 4;
  vital.uncorrected = <u8>(age < AGE_MAX ? age : AGE_MAX);
}

/** The age as it was kept, and the time off on top. */
export function restore_age(off_s: u32): void {
  const off: real = off_s == UNKNOWN_OFF ? NEWS_S : real_of_u32(off_s);
  warm.uncorrected_s = AGE_S * real_of_u32(vital.uncorrected) + off;
}

/** The voltage was used: readings are counted from here. */
@inline
export function settle(limiting: bool): void {
  warm.uncorrected_s = 0;
  warm.moved_soc = 0;
  warm.was_limiting = limiting ? 1 : 0;
}

/** Keeps the charge inside what the pack can hold. */
export function hold_charge(): void {
  const charge_pC = vital.charge_pC;
  if (charge_pC < charge_low_pC) correct_charge(charge_low_pC - charge_pC);
  if (charge_pC > charge_high_pC) correct_charge(charge_high_pC - charge_pC);
}

/**
 * Bounds of the filter. A Kalman filter that is never wrong about its model needs none of this; a
 * real one diverges without it: an unguarded filter stayed at 89 % error on measured cells.
 */
export function hold_sigma(): void {
  let sound = is_finite(<f32>(vital.soc_sigma + vital.leak_nA + vital.resistance_scale));
  for (let i = 0; i < <i32>warm.alive; i++) {
    const hyp = hypothesis(i);
    // only NaN differs from itself
    sound = sound && soc_variance(hyp) == soc_variance(hyp);
    if (soc_variance(hyp) < soc_variance_min) set_soc_variance(hyp, soc_variance_min);
    if (soc_variance(hyp) > 1) {
      // unknown is unknown: nothing is tied to it
      clear_words(soc_row(hyp), 8 * sizeof<real>());
      set_soc_variance(hyp, 1);
    }
  }
  if (!sound || warm.surprise > LOST * gate_squared) start_again();
  const diffusion = diffusion_of(hypothesis(0));
  vital.diffusion_0 = load<real>(diffusion);
  vital.diffusion_1 = load<real>(diffusion, sizeof<real>());
}

/** Resistance that grew is a cell's age, up to this: the CCD depends on it. */
const AGED_MOST: real = 100;

/**
 * The filter is lost: nothing it learned holds, but that a cell does not get younger; the next rest
 * voltage says where SOC is.
 */
export function start_again(): void {
  const aged = vital.resistance_scale;
  forget_learned();
  if (aged > 1 && aged < AGED_MOST) vital.resistance_scale = aged;
  vital.diffusion_0 = 0;
  vital.diffusion_1 = 0;
  restore_learned();
  warm.surprise = 0;
}
