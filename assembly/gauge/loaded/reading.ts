// Measurement update under load: every reading corrects, whatever flows, if only the current is
// known.
//
//   V = nS (OCV(z + w, T) + prompt(r I) + r v) + m + e(z + w)
//
// r is the scale of all resistances (steps.ts), m what the model is off by here and now, e what
// table and ADC are off by for good: without it two weeks of readings would be surer than they are.
// The slope is the secant over what SOC is unsure of.

import { gauge, sample, warm } from "../../abi";
import { surface_lead } from "../../cell/diffusion";
import { evaluate_ocv, ocv_mV } from "../../cell/ocv";
import { prompt_mV } from "../../cell/polarization";
import { settled } from "../../math/exp";
import { real } from "../../math/real";
import { profile } from "../../profile";
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
import { DROP_MAX_MV } from "../rest_current";
import { follow_drop } from "./model_error";
import { cell_degC, mean_nA, now_nA, set_slope, slope_mV } from "./moment";
import { alike, find_unread_mV2, follow_ripple, own_mV2 } from "./noise";
import { begin, forget } from "./start";
import { EMPTY_ERROR, FULL_ERROR, MODEL, SURFACE, covariance, table_mV2, within } from "./states";
import { find_scale, follow_step, scale } from "./steps";
import { is_told_wrongly } from "./trust";

/** The secant is over this share of sigma either way, over so much at least, within these ends. */
const SPREAD: real = 0.7;
const SPREAD_LEAST: real = 0.005;
const SOC_LOW: real = -0.02;
const SOC_HIGH: real = 1.02;
const SLOPE_LEAST_MV: real = 100;
const W_PER_NA_MV: real = 1e-12;

/** Corrects a hypothesis with a voltage under load; `soc` is that of the ledger. */
export function correct_loaded(hyp: usize, soc: real): void {
  const series = <real>profile.series;
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
  const full = within(max<real>(surface, 0), 1);
  const empty: real = 1 - full;
  const error_mV = empty * state(hyp, EMPTY_ERROR) + full * state(hyp, FULL_ERROR);
  const expected_mV = series * (rest_mV + slow_mV) + state(hyp, MODEL) + error_mV;
  const innovation_mV = <real>sample.voltage_mV - expected_mV;
  clear_row();
  set_row(SOC, slope_mV);
  set_row(SURFACE, slope_mV);
  set_row(MODEL, 1);
  set_row(EMPTY_ERROR, empty);
  set_row(FULL_ERROR, full);
  const unread_mV2 = find_unread_mV2(surface);
  const noise_mV2 = own_mV2(drop_mV) * alike() + unread_mV2;
  if (!(noise_mV2 < DROP_MAX_MV * DROP_MAX_MV)) return;
  if (is_told_wrongly(hyp, innovation_mV, unsure, unread_mV2 + table_mV2(hyp, surface))) {
    forget(hyp, soc, surface);
    return;
  }
  correct(hyp, innovation_mV, noise_mV2);
  set_weight(hyp, 1);
  // the lead lies with the diffusion states; here only its error
  store<real>(diffusion_of(hyp), load<real>(diffusion_of(hyp)) + state(hyp, SURFACE));
  set_state(hyp, SURFACE, 0);
  gauge.innovation_mV = <f32>innovation_mV;
  follow_step(series * ocv_at_mV, series * (drop_mV / scale));
  follow_drop(hyp, dt_s, drop_mV);
  follow_heat(drop_mV);
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
  set_slope(<real>profile.series * max<real>(within(secant_mV, DROP_MAX_MV), SLOPE_LEAST_MV));
}

/** The heat that the drop makes. */
function follow_heat(drop_mV: real): void {
  const heat_W = abs<real>(drop_mV * mean_nA) * W_PER_NA_MV;
  warm.heat_W += settled(dt_s / <real>profile.self_heating_s) * (heat_W - warm.heat_W);
}
