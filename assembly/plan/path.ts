// How much may be spent evenly: the first slope of the shortest path through the coming cycles, on
// bad days and on good ones.
//
// Let S(t) be what would be stored at time t if nothing were spent. Spending s(t) must stay between
// S(t) - full, or charge is spilled, and S(t) - empty, or the node dies. Of all ways through that
// corridor the one with the least changes of pace is a string pulled taut: best for every concave
// utility (Ozel et al., IEEE JSAC 29 (2011) 1732). Only its first slope is needed, and the walk
// ends as soon as that is settled: mostly tonight or tomorrow.
//
//   S(t) = stored + sum f level dt - idle t + share sum (1 - f) usual dt,   f = fade^k
//
// All but the share is the same on bad days and good ones, so one walk serves both. The string can
// touch the wall of emptiness only where the harvest rises, and that of spilling only where it falls:
// elsewhere nothing is looked at. In the second cycle a step is two parts long.

import { WARM_AT, Warm, warm } from "../abi";
import { capacity_pC } from "../derived";
import { BINS, bin_s, week_factor } from "../harvest/forecast";
import { real_of_u32 } from "../math/convert";
import { real } from "../math/real";
import { PC_PER_NA_S } from "../math/units";
import { profile } from "../profile";

const FORECAST: usize = WARM_AT + offsetof<Warm>("forecast_0");
/** The path is two cycles long: beyond, nobody knows. */
const AHEAD: u32 = 48;
const STEEP: real = 1e18;
const BAD: u32 = 1;
const GOOD: u32 = 2;

/** A path is followed anew when SOC has moved so far, or harvest by this share of its mean. */
const MOVED_SOC: real = 0.01;
const MOVED_SHARE: real = 0.25;

/** Charge stored above the reserve. */
export let stored_pC: real = 0;
/** Even spending on bad days and on good ones, nA; below 0: sleeping is too dear. */
export let bad_nA: real = 0;
export let good_nA: real = 0;

/**
 * Notes the charge above the reserve, at `soc` of the weakest cell; returns whether the path must be
 * followed anew. A plan holds while all goes as planned: within a part of the cycle nothing is
 * computed again before something has moved.
 */
export function path_is_old(soc: real): bool {
  stored_pC = (soc - <real>profile.reserve_soc) * capacity_pC;
  const bin = warm.cycle_at_s / bin_s();
  const level_nA = warm.harvest_level_nA;
  const moved_soc = abs<real>(soc - warm.path_soc);
  const moved_nA = abs<real>(level_nA - warm.path_level_nA);
  const same_bin = <u32>warm.path_bin == bin + 1;
  if (same_bin && moved_soc < MOVED_SOC && moved_nA < MOVED_SHARE * warm.forecast_mean_nA) {
    return false;
  }
  warm.path_bin = <u8>(bin + 1);
  warm.path_soc = soc;
  warm.path_level_nA = level_nA;
  return true;
}

/**
 * Finds the even spending. The node takes `idle_nA` asleep; bad and good days bring these shares of
 * the usual.
 */
export function follow_path(idle_nA: real, bad_share: real, good_share: real): void {
  const node = profile;
  const reserve = <real>node.reserve_soc;
  const full_pC = (<real>node.full_soc - reserve) * capacity_pC;
  const fade = <real>node.forecast_fade;
  const level_nA = warm.harvest_level_nA;
  const length_s = bin_s();
  let bin = warm.cycle_at_s / length_s;
  const bin_pC_nA = real_of_u32(length_s) * PC_PER_NA_S;
  // the rest of the present part comes first
  let left: real = 1 - real_of_u32(warm.cycle_at_s - bin * length_s) / real_of_u32(length_s);
  let factor = week_factor(0);
  let steady_pC = stored_pC;
  let usual_pC: real = 0;
  let time_pC_nA: real = 0;
  let surprise: real = 1;
  let before_nA: real = level_nA;
  let bad_most = STEEP;
  let bad_least = -STEEP;
  let good_most = STEEP;
  let good_least = -STEEP;
  let open = BAD | GOOD;
  let per: real = 0;
  let ahead: u32 = 0;
  while (ahead < AHEAD) {
    let usual_nA = <real>reinterpret<f32>((<u32>load<u16>(FORECAST + (bin << 1))) << 16);
    let step_pC_nA = bin_pC_nA;
    if (ahead >= BINS) {
      const second: u32 = bin + 1 < BINS ? bin + 1 : 0;
      usual_nA += <real>reinterpret<f32>((<u32>load<u16>(FORECAST + (second << 1))) << 16);
      usual_nA *= 0.5;
      step_pC_nA += bin_pC_nA;
      bin = second;
      ahead += 1;
    }
    const fresh_nA = (<real>1 - surprise) * usual_nA * factor;
    const known_nA = surprise * level_nA;
    const expected_nA = known_nA + fresh_nA;
    if (expected_nA > before_nA) {
      // a dawn: until here the charge must last
      if (open & BAD) {
        const empty_nA = (steady_pC + bad_share * usual_pC) * per;
        if (empty_nA < bad_least) {
          bad_nA = bad_least;
          open &= GOOD;
        } else if (empty_nA < bad_most) bad_most = empty_nA;
      }
      if (open & GOOD) {
        const empty_nA = (steady_pC + good_share * usual_pC) * per;
        if (empty_nA < good_least) {
          good_nA = good_least;
          open &= BAD;
        } else if (empty_nA < good_most) good_most = empty_nA;
      }
    } else if (expected_nA < before_nA) {
      // a dusk: until here as much must be spent that nothing is spilled
      if (open & BAD) {
        const spill_nA = (steady_pC + bad_share * usual_pC - full_pC) * per;
        if (spill_nA > bad_most) {
          bad_nA = bad_most;
          open &= GOOD;
        } else if (spill_nA > bad_least) bad_least = spill_nA;
      }
      if (open & GOOD) {
        const spill_nA = (steady_pC + good_share * usual_pC - full_pC) * per;
        if (spill_nA > good_most) {
          good_nA = good_most;
          open &= BAD;
        } else if (spill_nA > good_least) good_least = spill_nA;
      }
    }
    if (open == 0) return;
    before_nA = expected_nA;
    step_pC_nA *= left;
    steady_pC += (known_nA - idle_nA) * step_pC_nA;
    usual_pC += fresh_nA * step_pC_nA;
    time_pC_nA += step_pC_nA;
    per = 1 / time_pC_nA;
    left = 1;
    surprise *= fade;
    ahead += 1;
    bin += 1;
    if (bin == BINS) {
      bin = 0;
      factor = week_factor(1);
    }
  }
  const end_pC = steady_pC - (1 - reserve) * <real>node.end_soc * capacity_pC;
  if (open & BAD) bad_nA = within((end_pC + bad_share * usual_pC) * per, bad_least, bad_most);
  if (open & GOOD) good_nA = within((end_pC + good_share * usual_pC) * per, good_least, good_most);
}

@inline
function within(nA: real, least_nA: real, most_nA: real): real {
  if (nA > most_nA) return most_nA;
  return nA < least_nA ? least_nA : nA;
}
