// Time update under load (cell/polarization.ts has the equations of the cell).
//
//   z <- z + h I dt / Q - b dt / Q   h scale of the counter, b what it misses
//   w <- a w + (1 - a) L dz/dt       lead of the surface, with a covariance: after a start nobody
//                                    knows what flowed before
//   m <- a_m m                       what the model of the cell is off by: alike for hours
//
// m's size grows with the drop, with the slope of the voltage (the axis of the OCV is that of slow
// discharges whose counters differ by a percent or so), and with the lead. The sizes are those of
// what is left of laboratory files that a fit did not see (docs/MODELS.md).

import { VALUE_CURRENT, sample, vital, warm } from "../../abi";
import { surface_lead } from "../../cell/diffusion";
import {
  LEAD,
  SLOW,
  element,
  lead_decay,
  set_temperature,
  slow_decay,
} from "../../cell/polarization";
import {
  harvest_variance_per_s,
  leak_variance_per_s,
  load_variance_per_s,
  soc_per_nA_s,
  soc_per_pC,
} from "../../derived";
import {
  booked_harvest_pC,
  booked_load_pC,
  booked_scale,
  drained_pC,
  harvested_pC,
  unsure_pC,
} from "../../ledger/book";
import { decay } from "../../math/exp";
import { real } from "../../math/real";
import { NA_S_PER_PC } from "../../math/units";
import { profile } from "../../profile";
import { accepted } from "../../sample/check";
import { dt_s, per_s } from "../../sample/clock";
import { HARVEST, LEAK, LOAD, SOC, diffusion_of, set_state, state } from "../hypothesis";
import { grow } from "../predict";
import { slope_mV } from "./reading";
import { MODEL, SURFACE, mix, within } from "./states";

/** What the model is off by: so much, and this share of the drop. */
const MODEL_MV: real = 6.5;
const MODEL_SHARE: real = 0.1;
/** And along the SOC axis: this share of what is used, in the first tenth as much as at its end,
 * and this share of the lead. */
export const AXIS: real = 0.01;
export const AXIS_FULL: real = 0.1;
const AXIS_LEAD: real = 0.05;
/** Alike for so long. */
const MODEL_S: real = 10000;
/** The lead is that far off, and by this share. */
const LEAD_SIGMA: real = 0.006;
const LEAD_SHARE: real = 0.05;
/** SOC walks by the rounding of a counter, per second. */
const WALK: real = 1e-10;
/** Beyond, a model or a reading is absurd. */
const LEAD_MOST: real = 1;
const HEAT_MOST_K: real = 40;
/** The highest voltage that the core accepts at all. */
export const DROP_MAX_MV: real = 60000;

/** Cell's temperature, degC: warmer than its case under load. */
export let cell_degC: real = 0;
/** Current of one cell: the mean over the interval, and while the voltage was sampled, nA. */
export let mean_nA: real = 0;
export let now_nA: real = 0;

/** Advances a hypothesis over the interval; `soc` is that of the ledger. */
export function predict_loaded(hyp: usize, soc: real): void {
  const node = profile;
  const per_cell: real = 1 / <real>node.parallel;
  mean_nA = (harvested_pC - drained_pC) * (per_s * NA_S_PER_PC) * per_cell;
  now_nA = accepted & VALUE_CURRENT ? <real>sample.current_nA * per_cell : mean_nA;
  cell_degC =
    vital.temperature_degC + within(<real>node.self_heating_K_W * warm.heat_W, HEAT_MOST_K);
  set_temperature(cell_degC);
  const before = state(hyp, SOC);
  const surface = soc + before + surface_lead(diffusion_of(hyp));
  const shift = flow(hyp);
  set_state(hyp, SOC, shift);
  const change = (harvested_pC - drained_pC) * soc_per_pC + shift - before;
  const left = lead_decay(dt_s);
  const lead_s = (<real>1 - left) * element(LEAD, soc + shift) * per_s;
  const lead = within(left * load<real>(diffusion_of(hyp)) + lead_s * change, LEAD_MOST);
  store<real>(diffusion_of(hyp), lead);
  mix(hyp, SURFACE, left, LOAD, within(-lead_s * booked_load_pC * soc_per_pC, LEAD_MOST));
  const off = LEAD_SIGMA + LEAD_SHARE * abs<real>(lead);
  grow(hyp, SURFACE, (1 - left * left) * off * off);
  const slow_left = slow_decay(dt_s);
  const slow_mV = element(SLOW, surface) * mean_nA;
  warm.slow_mV = within(slow_left * warm.slow_mV + (1 - slow_left) * slow_mV, DROP_MAX_MV);
  const unsure = unsure_pC * soc_per_pC;
  grow(hyp, SOC, WALK * dt_s + unsure * unsure);
  grow(hyp, LEAK, leak_variance_per_s * dt_s);
  grow(hyp, LOAD, load_variance_per_s * dt_s);
  grow(hyp, HARVEST, harvest_variance_per_s * dt_s);
  fade_model(hyp, 1 - soc - shift, lead);
}

/** The flow's rows of F, one after the other; returns where it leaves SOC. */
function flow(hyp: usize): real {
  const leak = -dt_s * soc_per_nA_s;
  const load = -booked_load_pC * soc_per_pC;
  const harvest = booked_harvest_pC * soc_per_pC;
  mix(hyp, SOC, 1, LEAK, leak);
  mix(hyp, SOC, 1, LOAD, load);
  mix(hyp, SOC, 1, HARVEST, harvest);
  return (
    state(hyp, SOC) +
    leak * (state(hyp, LEAK) - vital.leak_nA) +
    load * (state(hyp, LOAD) - booked_scale) +
    harvest * (state(hyp, HARVEST) - vital.harvest_scale)
  );
}

/** What the model is off by is forgotten, and comes anew. */
function fade_model(hyp: usize, used: real, lead: real): void {
  const left = decay(dt_s * (1 / MODEL_S));
  set_state(hyp, MODEL, left * state(hyp, MODEL));
  mix(hyp, MODEL, left, MODEL, 0);
  const axis_mV = slope_mV * (AXIS * max<real>(used, AXIS_FULL) + AXIS_LEAD * abs<real>(lead));
  const stays_mV2 = model_mV2() + axis_mV * axis_mV;
  grow(hyp, MODEL, (1 - left * left) * stays_mV2);
}

/** What the model is off by but for the axis, mV^2 of the pack: all its cells are off alike. */
export function model_mV2(): real {
  const series = <real>profile.series;
  const drop_mV = MODEL_SHARE * warm.drop_mean_mV;
  return series * series * (MODEL_MV * MODEL_MV + drop_mV * drop_mV);
}
