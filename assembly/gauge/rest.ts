// What a voltage says about one hypothesis.
//
//   at rest:        V = nS OCV(z_s, T) + (h H - l L) R r + e(z_s)      z_s = z + surface lead
//   at the float:   V = V_set (1 + v) + e(z_s)
//
// The error e of the reading (ADC gain, OCV table) and that of the set point v are both states:
// neither is a reference for the other. Where SOC is unsure the OCV's slope is the secant over
// +-sqrt(3) sigma, and its bend shifts the mean.

import { gauge, sample, vital, warm } from "../abi";
import { surface_lead } from "../cell/diffusion";
import {
  dudt_mV_K,
  evaluate_ocv,
  ocv_mV,
  ocv_slope_mV,
  resistance_factor,
  soc_at_rest,
} from "../cell/ocv";
import { pack_resistance_mV_nA } from "../cell/resistance";
import {
  drift_mV_K,
  dwell_variance_mV2,
  float_mV,
  hysteresis_variance_mV2,
  reading_variance_mV2,
  table_variance_mV2,
  temperature_sigma_K,
} from "../derived";
import { at_float } from "../ledger/book";
import { real } from "../math/real";
import { clear_words } from "../math/words";
import { profile } from "../profile";
import { is_counted } from "../sample/check";
import { correct, forget_surprise } from "./correct";
import {
  ERROR,
  FLOAT,
  HARVEST,
  LOAD,
  SOC,
  diffusion_of,
  find_nodes,
  left_node,
  right_share,
  set_soc_variance,
  set_state,
  soc_row,
  soc_variance,
  state,
  variance,
  voltage_error_mV,
} from "./hypothesis";
import { DROP_MAX_MV, drained_nA, harvest_now_nA, read_nA, unread_nA } from "./rest_current";
import { clear_row, set_row } from "./row";

/** Known to this share: the current at rest, and the lead of the surface. */
const CURRENT_VARIANCE: real = 0.04;
const LEAD_VARIANCE: real = 1;
/** The table's error along the SOC axis, squared: it counts where the OCV is steep. */
const AXIS_VARIANCE: real = 0.000009;
/** A held float voltage is that steady, mV^2. */
const FLOAT_VARIANCE_MV2: real = 4;
/** Readings closer together in SOC than this share the error of the model; a node that hardly moves
 * still gets a word in now and then. */
const APART: real = 0.01;
const APART_LEAST: real = 0.001;
/** Where the errors of gain and OCV are those that were stated. */
const TABLE_DEGC: real = 25;
/** Narrower than this (one sigma, squared) the tangent is the secant. */
const NARROW: real = 0.000016;
/** So many sigma the interval reaches. */
const BAND: real = 3;
/** Variance of SOC anywhere in an interval of width 1: twice the uniform one, for its edges. */
export const UNIFORM: real = 0.16;
/** The table's error along the SOC axis where the OCV is steep, with hysteresis. */
const SOC_AXIS_VARIANCE: real = 0.0001;
/** Wider than this (one sigma, squared) no tangent means anything. */
const WIDE: real = 0.04;
const HALF: real = 0.5;
const SQRT3: real = 1.7320508;

/** Slope of the OCV over the spread of SOC, and what its bend adds to the mean, of the pack. */
let slope_mV: real = 0;
let bend_mV: real = 0;

/** Evaluates the OCV at `surface` and its slope over the spread; the companions are those there. */
function evaluate_spread(surface: real, spread: real): void {
  const series = <real>profile.series;
  const temperature_degC = vital.temperature_degC;
  bend_mV = 0;
  if (!(spread > NARROW)) {
    evaluate_ocv(surface, temperature_degC);
    slope_mV = series * ocv_slope_mV;
    return;
  }
  const reach = SQRT3 * sqrt<real>(spread);
  evaluate_ocv(surface + reach, temperature_degC);
  const above_mV = ocv_mV;
  evaluate_ocv(surface - reach, temperature_degC);
  const below_mV = ocv_mV;
  evaluate_ocv(surface, temperature_degC);
  slope_mV = (series * (above_mV - below_mV)) / (reach + reach);
  bend_mV = series * ((above_mV + below_mV) * <real>0.5 - ocv_mV) * <real>0.3333333;
}

/**
 * With hysteresis a rest voltage is off by up to that for as long as the cell goes one way, however
 * often it is read: it says between which SOCs the cell is, and nothing within. What lies outside
 * is moved to the edge and doubted by as much; what is known worse than the interval is known to a
 * uniform spread over it.
 *
 * Where the counter's scale explains more than half of how far SOC may be from the middle, one
 * reading halves that scale's variance: then it is a Kalman step. What readings on a branch share
 * cannot add up, for many that say little teach nothing.
 */
function keep_within(hyp: usize, ledger: real, rest_mV: real, lead: real, drop_mV: real): void {
  const series = <real>profile.series;
  const band_mV2 =
    hysteresis_variance_mV2 +
    table_variance_mV2 +
    variance(hyp, ERROR + left_node) +
    CURRENT_VARIANCE * drop_mV * drop_mV;
  const band_mV: real = BAND * sqrt<real>(band_mV2);
  const low = soc_at_rest((rest_mV - band_mV) / series, vital.temperature_degC) - lead;
  const high = soc_at_rest((rest_mV + band_mV) / series, vital.temperature_degC) - lead;
  const soc = ledger + state(hyp, SOC);
  const kept: real = soc < low ? low : soc > high ? high : soc;
  const width = high - low;
  const spread = width * width * UNIFORM + SOC_AXIS_VARIANCE;
  const tie = load<real>(soc_row(hyp), LOAD * sizeof<real>());
  const teaches = tie * (tie + tie) > (soc_variance(hyp) + spread) * variance(hyp, LOAD);
  if (teaches && is_counted()) {
    const innovation_soc = (low + high) * HALF - soc;
    clear_row();
    const per_soc_mV = band_mV / sqrt<real>(spread);
    set_row(SOC, per_soc_mV);
    correct(hyp, per_soc_mV * innovation_soc, band_mV * band_mV);
    return;
  }
  if (kept == soc && soc_variance(hyp) < spread) return;
  set_state(hyp, SOC, state(hyp, SOC) + kept - soc);
  clear_words(soc_row(hyp), 7 * sizeof<real>());
  const doubted = soc_variance(hyp) + (kept - soc) * (kept - soc);
  set_soc_variance(hyp, doubted < spread ? doubted : spread);
}

/** The two entries of the voltage's error in the row. */
function set_error_row(): void {
  set_row(ERROR + left_node, 1 - right_share);
  set_row(ERROR + left_node + 1, right_share);
}

/**
 * Corrects a hypothesis with the voltage; `soc` is that of the ledger. Returns whether it was the
 * float voltage.
 */
export function correct_with_voltage(hyp: usize, soc: real): bool {
  forget_surprise();
  const node = profile;
  const spread = soc_variance(hyp);
  const lead = surface_lead(diffusion_of(hyp));
  const surface = soc + state(hyp, SOC) + lead;
  find_nodes(surface);
  evaluate_spread(surface, spread);
  const ohmic_mV_nA =
    pack_resistance_mV_nA(resistance_factor, vital.temperature_degC) * vital.resistance_scale;
  const row_load = -drained_nA() * ohmic_mV_nA;
  const row_harvest = harvest_now_nA * ohmic_mV_nA;
  const told_mV = row_load * state(hyp, LOAD) + row_harvest * state(hyp, HARVEST);
  const drop_mV = told_mV + read_nA() * ohmic_mV_nA;
  // an absurd drop says that the model knows nothing about this moment
  if (!(drop_mV < DROP_MAX_MV && drop_mV > -DROP_MAX_MV)) return false;
  const rest_mV = <real>node.series * ocv_mV + bend_mV + drop_mV;
  const held = at_float();
  if (held) {
    correct_with_float(hyp);
    // the charger limits although all that is offered would not bring the terminal there: SOC is
    // higher, if it is known well enough to say so
    if (rest_mV >= set_mV(hyp) || spread > WIDE) return true;
  }
  const read_mV = <real>sample.voltage_mV - voltage_error_mV(hyp);
  if (hysteresis_variance_mV2 > 0) {
    keep_within(hyp, soc, read_mV - drop_mV, lead, drop_mV);
    return held;
  }
  clear_row();
  set_error_row();
  set_row(SOC, slope_mV);
  set_row(LOAD, row_load);
  set_row(HARVEST, row_harvest);
  const innovation_mV = read_mV - rest_mV;
  const unread_mV = unread_nA * ohmic_mV_nA;
  correct(hyp, innovation_mV, rest_variance_mV2(lead, drop_mV, unread_mV));
  gauge.innovation_mV = <f32>innovation_mV;
  return held;
}

/** What the hypothesis takes the charger's set point for. */
function set_mV(hyp: usize): real {
  return float_mV * (1 + state(hyp, FLOAT));
}

/** What a rest voltage does not know, mV^2. */
function rest_variance_mV2(lead: real, drop_mV: real, unread_mV: real): real {
  const moved = warm.moved_soc;
  const dwell: real = APART / (moved > APART_LEAST ? moved : APART_LEAST);
  const drift_mV = drift_mV_K * (vital.temperature_degC - TABLE_DEGC);
  const temperature_mV = dudt_mV_K * temperature_sigma_K;
  const scale = vital.resistance_scale;
  const share = warm.resistance_variance / (scale * scale);
  return (
    reading_variance_mV2 +
    dwell * (dwell_variance_mV2 + drift_mV * drift_mV) +
    slope_mV * slope_mV * (LEAD_VARIANCE * lead * lead + AXIS_VARIANCE) +
    drop_mV * drop_mV * (CURRENT_VARIANCE + share) +
    unread_mV * unread_mV +
    temperature_mV * temperature_mV +
    2 * bend_mV * bend_mV
  );
}

function correct_with_float(hyp: usize): void {
  clear_row();
  set_error_row();
  set_row(FLOAT, float_mV);
  const innovation_mV = <real>sample.voltage_mV - voltage_error_mV(hyp) - set_mV(hyp);
  correct(hyp, innovation_mV, FLOAT_VARIANCE_MV2);
  gauge.innovation_mV = <f32>innovation_mV;
}
