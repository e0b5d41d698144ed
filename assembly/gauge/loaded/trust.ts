// What the estimate under load is worth: its start, a start that was told wrongly, and whether the
// counter is as stated.

import { VALUE_CURRENT, sample, vital, warm } from "../../abi";
import { soc_at_rest } from "../../cell/ocv";
import { LEAD, SLOW, element, prompt_mV } from "../../cell/polarization";
import { capacity_pC } from "../../derived";
import { is_finite } from "../../math/convert";
import { decay, exp } from "../../math/exp";
import { real } from "../../math/real";
import { NA_S_PER_PC } from "../../math/units";
import { profile } from "../../profile";
import { accepted } from "../../sample/check";
import { dt_s } from "../../sample/clock";
import { LOAD, SOC, diffusion_of, set_state, soc_variance, state, variance } from "../hypothesis";
import { forget_learned, restore_learned } from "../learned";
import { grow } from "../predict";
import { AXIS, AXIS_FULL, DROP_MAX_MV, cell_degC, model_mV2, now_nA } from "./advance";
import { READING_MV2, READING_SHARE, UNREAD, slope_mV } from "./reading";
import { MODEL, SURFACE, covariance, isolate, within } from "./states";
import { scale } from "./steps";

/** A start that is worse than this knows nothing of what flowed before: up to 1 C, as usual a third
 * of it. */
const LOST_VARIANCE: real = 0.0025;
const BEFORE_PER_S: real = 1 / <real>3600;
const USUAL_PER_S: real = 0.333 / <real>3600;
const LEAD_LEAST: real = 1e-8;
const LEAD_MOST: real = 1;
/** A first reading: what is known of its drop, and SOC at best. */
const READ_SHARE: real = 0.3;
const READ_LEAST: real = 0.0001;
const READ_EDGE: real = 2;
const HALF: real = 0.5;
/** warm.origin: SOC was counted from a full cell, or read below, with the error of the axis. */
const COUNTED: u8 = 1;
const READ: u8 = 2;
/** Beyond so many of its sigmas a minute's mean innovation says that SOC was told wrongly. */
const WRONG: real = 5;
const MINUTE_S: real = 60;
/** A reading counts for no more than so long, and for no more than so many of the sigmas. */
const STEP_MOST_S: real = 20;
const SEEN_MOST: real = 10;
/** Beyond so many SOC is doubted: by a tenth within an hour. */
const DOUBTFUL: real = 3;
const DOUBT_PER_S: real = 0.01 / <real>3600;
const SEEN: real = 0.6;
const WRONG_VARIANCE: real = 0.25;
/** After a start that knows nothing it is not asked for so long. */
const PAUSE_S: real = 300;
/** A capacity that is known that well survives, with this doubt. */
const KNOWN_VARIANCE: real = 0.0025;
const KEPT_VARIANCE: real = 0.0009;
/** Whether counter and label are as stated is no matter of degree: often they are, to so much; else
 * they are off by up to what the profile says. */
const ODDS_AGAINST: real = 1.33;
const STATED_VARIANCE: real = 0.000049;

/** What `judge_loaded` found. */
export let judged_soc: real = 0;
export let judged_variance: real = 0;

/**
 * At the first reading after a start; `ledger` is its SOC, `surface` the estimate's. A start that
 * knows SOC goes on with what was restored; one that does not knows nothing else either.
 */
export function begin(hyp: usize, ledger: real, surface: real): void {
  store<real>(diffusion_of(hyp), 0, sizeof<real>());
  set_state(hyp, SURFACE, 0);
  warm.origin = COUNTED;
  if (!(soc_variance(hyp) > LOST_VARIANCE)) return;
  const sigma = within(element(LEAD, surface) * BEFORE_PER_S, LEAD_MOST);
  isolate(hyp, SURFACE, sigma * sigma + LEAD_LEAST);
  warm.drop_mean_mV = within(prompt_mV(surface, usual_nA()), DROP_MAX_MV);
  isolate(hyp, MODEL, model_mV2());
  set_state(hyp, MODEL, 0);
  store<real>(diffusion_of(hyp), 0);
  read_soc(hyp, ledger, surface, sigma);
  warm.settled_s = PAUSE_S;
  warm.origin = READ;
}

/**
 * Readings of a minute are off, all alike, by more than SOC and model allow: SOC was told wrongly.
 */
export function is_told_wrongly(
  hyp: usize,
  innovation_mV: real,
  unsure: real,
  unread_mV2: real,
): bool {
  const share_mV = READING_SHARE * warm.drop_mean_mV;
  const series = <real>profile.series;
  const alike_mV2 = series * series * (READING_MV2 + share_mV * share_mV);
  const own_mV2 = variance(hyp, MODEL) + alike_mV2 + unread_mV2;
  const expected_mV2 = slope_mV * slope_mV * unsure + own_mV2;
  // one reading is neither a minute nor a proof, however far apart they are and however wrong
  const step_s: real = dt_s > 1 ? (dt_s < STEP_MOST_S ? dt_s : STEP_MOST_S) : 1;
  const left = decay(step_s * (1 / MINUTE_S));
  const seen_mV = within(innovation_mV, SEEN_MOST * sqrt<real>(expected_mV2));
  warm.missed_mV = left * warm.missed_mV + (1 - left) * seen_mV;
  warm.missed_share = left * warm.missed_share + (1 - left);
  warm.settled_s = max<real>(warm.settled_s - dt_s, 0);
  if (!(warm.missed_share > SEEN) || warm.settled_s > 0) return false;
  const missed_mV2 = warm.missed_mV * warm.missed_mV;
  if (missed_mV2 > DOUBTFUL * DOUBTFUL * expected_mV2) grow(hyp, SOC, DOUBT_PER_S * dt_s);
  return missed_mV2 > WRONG * WRONG * expected_mV2;
}

/** Nothing that was learned holds; the readings to come say where SOC is. */
export function forget(hyp: usize, ledger: real, surface: real): void {
  const gain = state(hyp, LOAD);
  const gain_variance = variance(hyp, LOAD);
  const resistance_variance = warm.resistance_variance;
  const resistance_scale = vital.resistance_scale;
  forget_learned();
  restore_learned();
  // steps of current know nothing of SOC
  warm.resistance_variance = resistance_variance;
  vital.resistance_scale = resistance_scale;
  // a capacity that was well known is so still
  if (gain_variance < KNOWN_VARIANCE) {
    set_state(hyp, LOAD, gain);
    isolate(hyp, LOAD, gain_variance + KEPT_VARIANCE);
  }
  isolate(hyp, SOC, WRONG_VARIANCE);
  begin(hyp, ledger, surface);
  warm.missed_mV = 0;
  warm.missed_share = 0;
}

/** Current of one cell in a usual drive, nA. */
function usual_nA(): real {
  return (USUAL_PER_S * capacity_pC * NA_S_PER_PC) / <real>profile.parallel;
}

/**
 * Where nothing is known no slope means anything: SOC lies between what would rest somewhat below
 * the reading and somewhat above.
 */
function read_soc(hyp: usize, ledger: real, surface: real, lead_sigma: real): void {
  const series = <real>profile.series;
  const drop_mV = prompt_mV(surface, scale * now_nA);
  const rest_mV = <real>sample.voltage_mV / series - drop_mV;
  const share_mV = READ_SHARE * drop_mV;
  // what flowed before still shows in the slow drop
  const slow_mV = element(SLOW, surface) * usual_nA();
  const model_mV = sqrt<real>(model_mV2()) / series;
  let unread_mV2 = model_mV * model_mV + READING_MV2 + share_mV * share_mV + slow_mV * slow_mV;
  if (!(accepted & VALUE_CURRENT)) {
    const now_mV = prompt_mV(surface, UNREAD * now_nA);
    unread_mV2 += now_mV * now_mV;
  }
  const unread_mV: real = READ_EDGE * sqrt<real>(unread_mV2);
  const low = soc_at_rest(rest_mV - unread_mV, cell_degC);
  const high = soc_at_rest(rest_mV + unread_mV, cell_degC);
  const half = (high - low) * HALF;
  set_state(hyp, SOC, (low + high) * HALF - ledger);
  isolate(hyp, SOC, half * half + lead_sigma * lead_sigma + READ_LEAST);
}

/** What was lately means nothing. */
export function forget_loaded(): void {
  warm.slow_mV = 0;
  warm.heat_W = 0;
  warm.drop_mean_mV = 0;
  warm.ripple_nA2 = 0;
  warm.missed_mV = 0;
  warm.missed_share = 0;
  warm.settled_s = 0;
  warm.step_nA = 0;
  warm.origin = 0;
}

/**
 * SOC, as a distance from the ledger, and its variance: the mean of what the readings say if the
 * counter is as stated and if it is not, each as likely as they make it.
 */
export function judge_loaded(hyp: usize, ledger: real): void {
  const prior = <real>profile.load_sigma * <real>profile.load_sigma;
  judged_soc = state(hyp, SOC);
  judged_variance = soc_variance(hyp);
  const used: real = <real>1 - ledger - judged_soc;
  if (warm.origin == READ && used < AXIS_FULL) warm.origin = COUNTED;
  if (warm.origin == READ) judged_variance += AXIS * AXIS * used * used;
  if (!(prior > STATED_VARIANCE)) return;
  const off = state(hyp, LOAD) - 1;
  const other = (prior * STATED_VARIANCE) / (prior - STATED_VARIANCE);
  const total = variance(hyp, LOAD) + other;
  const ratio = sqrt<real>(total / (prior + other)) * exp((<real>0.5 * off * off) / total);
  const stated: real = 1 / (1 + ODDS_AGAINST * ratio);
  const gain = covariance(hyp, SOC, LOAD) / total;
  const shift = gain * off;
  judged_soc -= stated * shift;
  judged_variance -= stated * gain * gain * total;
  judged_variance += stated * (1 - stated) * shift * shift;
}

/** Numbers are numbers. */
export function is_loaded_sound(hyp: usize): bool {
  const states = judged_soc + state(hyp, LOAD) + state(hyp, MODEL) + warm.slow_mV + warm.heat_W;
  const variances = judged_variance + variance(hyp, LOAD) + variance(hyp, MODEL);
  return is_finite(<f32>(states + variances + variance(hyp, SURFACE))) && judged_variance > 0;
}
