// The forecast of this version: what came in and went out lately, as exponential means over a day.

import { warm } from "../abi";
import { drained_pC, guessed, harvested_pC } from "../ledger/book";
import { real } from "../math/real";
import { NA_S_PER_PC } from "../math/units";
import { dt_s, per_s } from "../sample/clock";

const MEAN_S: real = 86400;

/**
 * Follows the last interval; an interval of a day or more replaces the mean. A harvest that was not
 * read is none here: nobody should plan on a guess.
 */
export function follow_means(): void {
  const nA_per_pC = per_s * NA_S_PER_PC;
  const share: real = dt_s < MEAN_S ? dt_s * (1 / MEAN_S) : 1;
  const harvest_nA: real = guessed ? 0 : harvested_pC * nA_per_pC;
  warm.harvest_mean_nA += share * (harvest_nA - warm.harvest_mean_nA);
  warm.drain_mean_nA += share * (drained_pC * nA_per_pC - warm.drain_mean_nA);
}
