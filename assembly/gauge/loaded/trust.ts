// What the estimate under load is worth: whether SOC was told wrongly, and whether the counter is
// as stated.

import { warm } from "../../abi";
import { is_finite } from "../../math/convert";
import { decay, exp } from "../../math/exp";
import { real } from "../../math/real";
import { profile } from "../../profile";
import { dt_s } from "../../sample/clock";
import { LOAD, SOC, soc_variance, state, variance } from "../hypothesis";
import { grow } from "../predict";
import { AXIS_FULL, axis_error } from "./model_error";
import { slope_mV } from "./moment";
import { own_mV2 } from "./noise";
import { COUNTED, READ } from "./start";
import { EMPTY_ERROR, FULL_ERROR, MODEL, SURFACE, covariance, within } from "./states";

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
/** Whether counter and label are as stated is no matter of degree: often they are, to so much; else
 * they are off by up to what the profile says. */
const ODDS_AGAINST: real = 1.33;
const STATED_VARIANCE: real = 0.000049;

/** What `judge_loaded` found. */
export let judged_soc: real = 0;
export let judged_variance: real = 0;

/**
 * Readings of a minute are off, all alike, by more than SOC, model and `alike_mV2` allow: SOC was
 * told wrongly.
 */
export function is_told_wrongly(
  hyp: usize,
  innovation_mV: real,
  unsure: real,
  alike_mV2: real,
): bool {
  const own = variance(hyp, MODEL) + own_mV2(warm.drop_mean_mV) + alike_mV2;
  const expected_mV2 = slope_mV * slope_mV * unsure + own;
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
  if (warm.origin == READ) {
    const axis = axis_error(used);
    judged_variance += axis * axis;
  }
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
  const ends = state(hyp, EMPTY_ERROR) + state(hyp, FULL_ERROR);
  const states =
    judged_soc + state(hyp, LOAD) + state(hyp, MODEL) + ends + warm.slow_mV + warm.heat_W;
  const variances = judged_variance + variance(hyp, LOAD) + variance(hyp, MODEL);
  return is_finite(<f32>(states + variances + variance(hyp, SURFACE))) && judged_variance > 0;
}
