// The forecast of this version: what came in and went out lately, as exponential means over a day.

import { warm } from "../abi";
import { drained_pC, harvested_pC } from "../ledger/book";
import { real } from "../math/real";
import { dt_s } from "../sample/clock";

const MEAN_S: real = 86400;
const PC_PER_NA_S: real = 1000;

/** Follows the last interval; an interval of a day or more replaces the mean. */
export function follow_means(): void {
  const per_s: real = 1 / (dt_s * PC_PER_NA_S);
  const share: real = dt_s < MEAN_S ? dt_s * (1 / MEAN_S) : 1;
  warm.harvest_mean_nA += share * (harvested_pC * per_s - warm.harvest_mean_nA);
  warm.drain_mean_nA += share * (drained_pC * per_s - warm.drain_mean_nA);
}
