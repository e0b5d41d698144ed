// Starts of the estimate under load: the first reading after one, and a start that was told
// wrongly.

import { sample, vital, warm } from "../../abi";
import { soc_at_rest } from "../../cell/ocv";
import { LEAD, SLOW, element, prompt_mV } from "../../cell/polarization";
import { capacity_pC } from "../../derived";
import { real } from "../../math/real";
import { NA_S_PER_PC } from "../../math/units";
import { profile } from "../../profile";
import { is_current_read } from "../../sample/check";
import { LOAD, SOC, diffusion_of, set_state, soc_variance, state, variance } from "../hypothesis";
import { forget_learned, restore_learned } from "../learned";
import { DROP_MAX_MV } from "../rest_current";
import { model_mV2 } from "./model_error";
import { LEAD_MOST, cell_degC, mean_nA, now_nA } from "./moment";
import { READING_MV2, UNREAD } from "./noise";
import { MODEL, SURFACE, isolate, table_mV2, within } from "./states";
import { scale } from "./steps";

/** A start that is worse than this knows nothing of what flowed before: up to 1 C, as usual a third
 * of it. */
const LOST_VARIANCE: real = 0.0025;
const BEFORE_PER_S: real = 1 / <real>3600;
const USUAL_PER_S: real = 0.333 / <real>3600;
const LEAD_LEAST: real = 1e-8;
/** A first reading: what is known of its drop, and SOC at best. */
const READ_SHARE: real = 0.3;
const READ_LEAST: real = 0.0001;
const READ_EDGE: real = 2;
const HALF: real = 0.5;
/** warm.origin: SOC was counted from a full cell, or read below, with the error of the axis. */
export const COUNTED: u8 = 1;
export const READ: u8 = 2;
const WRONG_VARIANCE: real = 0.25;
/** After a start that knows nothing it is not asked for so long. */
const PAUSE_S: real = 300;
/** A capacity that is known that well survives, with this doubt. */
const KNOWN_VARIANCE: real = 0.0025;
const KEPT_VARIANCE: real = 0.0009;

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
  unread_mV2 += table_mV2(hyp, surface) / (series * series);
  if (!is_current_read()) {
    const now_mV = prompt_mV(surface, UNREAD * mean_nA);
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
