// The moment that a voltage under load belongs to: currents and temperature of one cell, and how
// steep its voltage is there.

import { vital, warm } from "../../abi";
import { set_temperature } from "../../cell/polarization";
import { drained_pC, harvested_pC } from "../../ledger/book";
import { real } from "../../math/real";
import { NA_S_PER_PC } from "../../math/units";
import { profile } from "../../profile";
import { per_s } from "../../sample/clock";
import { find_rest_current, rest_current_nA } from "../rest_current";
import { within } from "./states";

/** Beyond, a model is absurd. */
export const LEAD_MOST: real = 1;
const HEAT_MOST_K: real = 40;

/** Cell's temperature, degC: warmer than its case under load. */
export let cell_degC: real = 0;
/** Current of one cell: the mean over the interval, and while the voltage was sampled, nA; where
 * nobody reads that, a node reads asleep. */
export let mean_nA: real = 0;
export let now_nA: real = 0;
/** Slope of the pack's terminal voltage over SOC, mV: of the last reading, until there is one
 * more; 0 before the first. */
export let slope_mV: real = 0;

/** Of this wake; the cell's equations are asked at its temperature from here on. */
export function take_moment(): void {
  const node = profile;
  const per_cell: real = 1 / <real>node.parallel;
  mean_nA = (harvested_pC - drained_pC) * (per_s * NA_S_PER_PC) * per_cell;
  find_rest_current();
  now_nA = rest_current_nA() * per_cell;
  cell_degC =
    vital.temperature_degC + within(<real>node.self_heating_K_W * warm.heat_W, HEAT_MOST_K);
  set_temperature(cell_degC);
}

export function set_slope(of_mV: real): void {
  slope_mV = of_mV;
}
