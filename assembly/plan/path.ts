// How much may be spent evenly: the first slope of the shortest path through the coming cycles.
//
// Let S(t) be what would be stored at time t if nothing were spent. Spending s(t) must stay between
// S(t) - full, or charge is spilled, and S(t) - empty, or the node dies. Of all ways through that
// corridor the one with the least changes of pace is a string pulled taut: best for every concave
// utility (Ozel et al., IEEE JSAC 29 (2011) 1732). Only its first slope is needed, and the walk
// ends as soon as that is settled: mostly tonight or tomorrow.

import { warm } from "../abi";
import { BINS, bin_s, usual_nA } from "../harvest/forecast";
import { real_of_u32 } from "../math/convert";
import { real } from "../math/real";
import { PC_PER_NA_S } from "../math/units";
import { profile } from "../profile";

/** The path is two cycles long: beyond, nobody knows. */
const AHEAD: u32 = 48;
const STEEP: real = 1e18;

/** The corridor: charge stored now, what is spilled above and what is left at the path's end, all
 * above the reserve; and what the node takes when it only sleeps. */
export let stored_pC: real = 0;
let full_pC: real = 0;
let end_pC: real = 0;
let idle_nA: real = 0;

/** Sets the corridor, for the weakest cell's charge above empty of the whole pack. */
export function enter_path(soc: real, capacity_pC: real, drain_nA: real): void {
  const node = profile;
  const reserve = <real>node.reserve_soc;
  stored_pC = (soc - reserve) * capacity_pC;
  full_pC = (<real>node.full_soc - reserve) * capacity_pC;
  end_pC = (1 - reserve) * <real>node.end_soc * capacity_pC;
  idle_nA = drain_nA;
}

/** The even spending, nA, where days bring `share` of the usual; below 0: sleeping is too dear. */
export function even_spending_nA(share: real): real {
  const length_s = bin_s();
  const fade = <real>profile.forecast_fade;
  let bin = warm.cycle_at_s / length_s;
  let part_s = real_of_u32(length_s - (warm.cycle_at_s - bin * length_s));
  let path_pC = stored_pC;
  let time_s: real = 0;
  let most_nA = STEEP;
  let least_nA = -STEEP;
  let surprise: real = 1;
  let next: u32 = 0;
  let per: real = 0;
  for (let ahead: u32 = 0; ahead < AHEAD; ahead++) {
    const usual = share * usual_nA(bin, next);
    const expected_nA = usual + surprise * (warm.harvest_level_nA - usual);
    path_pC += (expected_nA - idle_nA) * part_s * PC_PER_NA_S;
    time_s += part_s;
    per = 1 / (time_s * PC_PER_NA_S);
    const empty_nA = path_pC * per;
    const spill_nA = (path_pC - full_pC) * per;
    if (empty_nA < least_nA) return least_nA;
    if (spill_nA > most_nA) return most_nA;
    if (empty_nA < most_nA) most_nA = empty_nA;
    if (spill_nA > least_nA) least_nA = spill_nA;
    surprise *= fade;
    part_s = real_of_u32(length_s);
    bin += 1;
    if (bin == BINS) {
      bin = 0;
      next += 1;
    }
  }
  const end_nA = (path_pC - end_pC) * per;
  if (end_nA > most_nA) return most_nA;
  return end_nA < least_nA ? least_nA : end_nA;
}
