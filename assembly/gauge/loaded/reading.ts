// Measurement update under load: every reading corrects, whatever flows, if only the current is
// known.
//
//   V = nS (OCV(z + w, T) + prompt(r I) + r v) + m      r scale of all resistances (steps.ts)
//
// Readings a second apart share what the model misses: a reading's own error is so large that all
// those within two minutes count for one. The slope is the secant over what SOC is unsure of.

import { VALUE_CURRENT, gauge, sample, warm } from "../../abi";
import { surface_lead } from "../../cell/diffusion";
import { evaluate_ocv, ocv_mV } from "../../cell/ocv";
import { OHMIC, SLOW, element, prompt_mV, slow_decay } from "../../cell/polarization";
import { reading_variance_mV2 } from "../../derived";
import { decay } from "../../math/exp";
import { real } from "../../math/real";
import { profile } from "../../profile";
import { accepted } from "../../sample/check";
import { dt_s } from "../../sample/clock";
import { correct } from "../correct";
import {
  SOC,
  diffusion_of,
  set_state,
  set_weight,
  soc_variance,
  state,
  variance,
} from "../hypothesis";
import { clear_row, set_row } from "../row";
import { DROP_MAX_MV, cell_degC, mean_nA, now_nA } from "./advance";
import { MODEL, SURFACE, covariance, within } from "./states";
import { find_scale, follow_step, scale } from "./steps";
import { begin, forget, is_told_wrongly } from "./trust";

/** A reading's own error: so much, and this share of the drop; within so many seconds one
 * counts. */
export const READING_MV2: real = 169;
export const READING_SHARE: real = 0.18;
const READING_S: real = 120;
/** Of the slow drop, what currents that change within the interval leave unknown. */
const RIPPLE: real = 1.3;
/** Where nobody reads the current, it is its mean give or take so much; of the drop, a share. */
export const UNREAD: real = 1.5;
const UNREAD_SHARE: real = 0.3;
/** Means of what was lately are over so long. */
const LATELY_S: real = 300;
/** The secant is over this share of sigma either way, over so much at least, within these ends. */
const SPREAD: real = 0.7;
const SPREAD_LEAST: real = 0.005;
const SOC_LOW: real = -0.02;
const SOC_HIGH: real = 1.02;
const SLOPE_LEAST_MV: real = 100;
const W_PER_NA_MV: real = 1e-12;

/** Slope of the terminal voltage over SOC at the last reading, of the pack, mV. */
export let slope_mV: real = 0;

/** Corrects a hypothesis with a voltage under load; `soc` is that of the ledger. */
export function correct_loaded(hyp: usize, soc: real): void {
  const node = profile;
  const series = <real>node.series;
  const lead = surface_lead(diffusion_of(hyp));
  find_scale(hyp);
  if (warm.origin == 0) begin(hyp, soc, soc + state(hyp, SOC) + lead);
  const surface = soc + state(hyp, SOC) + lead;
  follow_ripple();
  const tied = covariance(hyp, SOC, SURFACE);
  const unsure = soc_variance(hyp) + variance(hyp, SURFACE) + tied + tied;
  find_slope(surface, sqrt<real>(max<real>(unsure, 0)));
  const slow_mV = scale * warm.slow_mV;
  const rest_mV = voltage_mV(surface);
  const ocv_at_mV = ocv_mV;
  const drop_mV = rest_mV - ocv_at_mV + slow_mV;
  // an absurd drop says that the model knows nothing about this moment
  if (!(drop_mV < DROP_MAX_MV && drop_mV > -DROP_MAX_MV)) return;
  const expected_mV = series * (rest_mV + slow_mV) + state(hyp, MODEL);
  const innovation_mV = <real>sample.voltage_mV - expected_mV;
  clear_row();
  set_row(SOC, slope_mV);
  set_row(SURFACE, slope_mV);
  set_row(MODEL, 1);
  const unread_mV2 = find_unread_mV2(surface);
  const noise = noise_mV2(drop_mV, unread_mV2);
  if (!(noise < DROP_MAX_MV * DROP_MAX_MV)) return;
  if (is_told_wrongly(hyp, innovation_mV, unsure, unread_mV2)) {
    forget(hyp, soc, surface);
    return;
  }
  correct(hyp, innovation_mV, noise);
  set_weight(hyp, 1);
  // the lead lies with the diffusion states; here only its error
  store<real>(diffusion_of(hyp), load<real>(diffusion_of(hyp)) + state(hyp, SURFACE));
  set_state(hyp, SURFACE, 0);
  gauge.innovation_mV = <f32>innovation_mV;
  follow_step(series * ocv_at_mV, series * (drop_mV / scale));
  follow_drop(drop_mV);
}

/** Terminal voltage of one cell but for the slow drop, mV. */
function voltage_mV(surface: real): real {
  evaluate_ocv(surface, cell_degC);
  // all resistances scaled are the current scaled
  return ocv_mV + prompt_mV(surface, scale * now_nA);
}

/** The secant over what SOC is unsure of: where it may be anywhere, a tangent means nothing. */
function find_slope(surface: real, sigma: real): void {
  const reach: real = max<real>(SPREAD * sigma, SPREAD_LEAST);
  let high = min<real>(surface + reach, SOC_HIGH);
  let low = max<real>(surface - reach, SOC_LOW);
  if (!(high - low >= 2 * SPREAD_LEAST)) {
    high = surface + SPREAD_LEAST;
    low = surface - SPREAD_LEAST;
  }
  const secant_mV = (voltage_mV(high) - voltage_mV(low)) / (high - low);
  slope_mV = <real>profile.series * max<real>(within(secant_mV, DROP_MAX_MV), SLOPE_LEAST_MV);
}

/** What one reading does not know, mV^2 of the pack. */
function noise_mV2(drop_mV: real, unread_mV2: real): real {
  const series = <real>profile.series;
  const apart_s: real = dt_s > 1 ? dt_s : 1;
  const alike: real = 1 + READING_S / apart_s;
  const share_mV = READING_SHARE * drop_mV;
  return series * series * (READING_MV2 + share_mV * share_mV) * alike + unread_mV2;
}

/** What nobody read: the sensor's own error, and the current between two readings, mV^2. */
function find_unread_mV2(surface: real): real {
  const series = <real>profile.series;
  const slow = RIPPLE * scale * element(SLOW, surface);
  const settled = <real>1 - slow_decay(dt_s);
  let ripple_mV2 = slow * slow * settled * warm.ripple_nA2;
  if (!(accepted & VALUE_CURRENT)) {
    const prompt = UNREAD_SHARE * element(OHMIC, surface);
    ripple_mV2 += prompt * prompt * warm.ripple_nA2;
  }
  return series * series * ripple_mV2 + reading_variance_mV2;
}

/** The current at readings moves about its mean before. */
function follow_ripple(): void {
  const off_nA = accepted & VALUE_CURRENT ? now_nA - mean_nA : UNREAD * mean_nA;
  const left = decay(dt_s * (1 / LATELY_S));
  warm.ripple_nA2 = left * warm.ripple_nA2 + (1 - left) * off_nA * off_nA;
}

/** Size of the drop lately, and the heat that it makes. */
function follow_drop(drop_mV: real): void {
  const left = decay(dt_s * (1 / LATELY_S));
  warm.drop_mean_mV = left * warm.drop_mean_mV + (1 - left) * abs<real>(drop_mV);
  const kept = decay(dt_s / <real>profile.self_heating_s);
  const heat_W = abs<real>(drop_mV * mean_nA) * W_PER_NA_MV;
  warm.heat_W = kept * warm.heat_W + (1 - kept) * heat_W;
}
