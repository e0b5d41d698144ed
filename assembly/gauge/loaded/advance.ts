// Time update under load (cell/polarization.ts has the equations of the cell).
//
//   z <- z + h I dt / Q - b dt / Q   h scale of the counter, b what it misses
//   w <- a w + (1 - a) L dz/dt       lead of the surface, with a covariance: after a start nobody
//                                    knows what flowed before
//   m                                what the model of the cell is off by (model_error.ts)

import { vital, warm } from "../../abi";
import { surface_lead } from "../../cell/diffusion";
import { LEAD, SLOW, element, lead_settled, slow_settled } from "../../cell/polarization";
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
import { real } from "../../math/real";
import { dt_s, per_s } from "../../sample/clock";
import { HARVEST, LEAK, LOAD, SOC, diffusion_of, set_state, state } from "../hypothesis";
import { grow } from "../predict";
import { DROP_MAX_MV } from "../rest_current";
import { fade_model } from "./model_error";
import { LEAD_MOST, mean_nA, set_slope, take_moment } from "./moment";
import { SURFACE, mix, within } from "./states";

/** The lead is that far off, and by this share. */
const LEAD_SIGMA: real = 0.006;
const LEAD_SHARE: real = 0.1;
/** SOC walks by the rounding of a counter, per second. */
const WALK: real = 1e-10;

/** Advances a hypothesis over the interval; `soc` is that of the ledger. */
export function predict_loaded(hyp: usize, soc: real): void {
  take_moment();
  // a slope of the life before means nothing
  if (warm.origin == 0) set_slope(0);
  const before = state(hyp, SOC);
  const surface = soc + before + surface_lead(diffusion_of(hyp));
  const shift = flow(hyp);
  set_state(hyp, SOC, shift);
  const lead = lead_on(hyp, soc + shift, shift - before);
  const slow_mV = element(SLOW, surface) * mean_nA;
  const moved_mV = slow_settled(dt_s) * (slow_mV - warm.slow_mV);
  warm.slow_mV = within(warm.slow_mV + moved_mV, DROP_MAX_MV);
  const unsure = unsure_pC * soc_per_pC;
  grow(hyp, SOC, WALK * dt_s + unsure * unsure);
  grow(hyp, LEAK, leak_variance_per_s * dt_s);
  grow(hyp, LOAD, load_variance_per_s * dt_s);
  grow(hyp, HARVEST, harvest_variance_per_s * dt_s);
  fade_model(hyp, dt_s, 1 - soc - shift, lead);
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

/** The lead after an interval in which the states moved SOC by `shift` beside the flow. */
function lead_on(hyp: usize, soc: real, shift: real): real {
  const change = (harvested_pC - drained_pC) * soc_per_pC + shift;
  const moved = lead_settled(dt_s);
  const left: real = 1 - moved;
  const lead_s = moved * element(LEAD, soc) * per_s;
  const lead = within(left * load<real>(diffusion_of(hyp)) + lead_s * change, LEAD_MOST);
  store<real>(diffusion_of(hyp), lead);
  mix(hyp, SURFACE, left, LOAD, within(-lead_s * booked_load_pC * soc_per_pC, LEAD_MOST));
  const off = LEAD_SIGMA + LEAD_SHARE * abs<real>(lead);
  grow(hyp, SURFACE, moved * (1 + left) * off * off);
  return lead;
}
