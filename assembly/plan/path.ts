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
// touch the wall of emptiness only where the harvest rises, and that of spilling only where it
// falls: elsewhere nothing is looked at. In the second cycle a step is two parts long.

import { warm } from "../abi";
import { soc_at_rest } from "../cell/ocv";
import { capacity_pC, float_mV, gentle_mV } from "../derived";
import { BINS, bin_s, mean_nA_of, week_factor } from "../harvest/forecast";
import { real_of_u32 } from "../math/convert";
import { real } from "../math/real";
import { PC_PER_NA_S } from "../math/units";
import { profile } from "../profile";
import { whole_s } from "../sample/clock";

/** Where the tables hold. */
const TABLE_DEGC: real = 25;
/** The path is two cycles long: beyond, nobody knows. */
const AHEAD: u32 = 48;
const STEEP: f32 = 1e18;

/** A path is followed anew when SOC has moved so far, or harvest by this share of its mean. */
const MOVED_SOC: real = 0.01;
const MOVED_SHARE: real = 0.25;

/** Charge stored above the reserve. */
export let stored_pC: real = 0;
/** Even spending on bad days and on good ones, nA; below 0: sleeping is too dear. */
export let bad_nA: real = 0;
export let good_nA: real = 0;

/** At rest the gentle float voltage is that SOC. */
let gentle_soc: real = 0;

/** After the profile: the set point in the tables. */
export function find_gentle_soc(): void {
  const node = profile;
  gentle_soc = 1;
  if (!(gentle_mV < float_mV)) return;
  gentle_soc = soc_at_rest(gentle_mV / <real>node.series, TABLE_DEGC);
}

/** The charger holds the gentle float voltage: a whole cycle long more charge was worth nothing. */
export function is_kept_gently(): bool {
  return warm.plenty_s == profile.cycle_s;
}

/** SOC above which charge is spilled. */
export function spilled_soc(): real {
  const full_soc = <real>profile.full_soc;
  return gentle_soc < full_soc && is_kept_gently() ? gentle_soc : full_soc;
}

/** What the pack gives until its weakest cell is empty, from full. */
function usable_pC(): real {
  return capacity_pC * (1 - <real>profile.capacity_spread);
}

/**
 * Notes the charge above the reserve, at `soc` of the weakest cell; returns whether the path must
 * be followed anew. A plan holds while all goes as planned: within a part of the cycle nothing is
 * computed again before something has moved.
 */
export function path_is_old(soc: real): bool {
  stored_pC = (soc - <real>profile.reserve_soc) * usable_pC();
  const length_s = bin_s();
  const bin = warm.cycle_at_s / length_s;
  const level_nA = warm.harvest_level_nA;
  const moved_soc = abs<real>(soc - warm.path_soc);
  const moved_nA = abs<real>(level_nA - warm.path_level_nA);
  const same_bin = whole_s < length_s && <u32>warm.path_bin == bin + 1;
  if (same_bin && moved_soc < MOVED_SOC && moved_nA < MOVED_SHARE * warm.forecast_mean_nA) {
    return false;
  }
  warm.path_bin = <u8>(bin + 1);
  warm.path_soc = soc;
  warm.path_level_nA = level_nA;
  return true;
}

/** A string through the corridor of one kind of days: slopes that it may still have, nA. */
@unmanaged
class Taut {
  share: f32;
  least_nA: f32;
  most_nA: f32;
  settled: u32;
}

const bad = changetype<Taut>(memory.data<u32>([0, 0, 0, 0]));
const good = changetype<Taut>(memory.data<u32>([0, 0, 0, 0]));

function begin(string: Taut, share: real): void {
  string.share = <f32>share;
  string.least_nA = -STEEP;
  string.most_nA = STEEP;
  string.settled = 0;
}

/** Until here the charge must last. */
function meet_dawn(string: Taut, steady_pC: real, usual_pC: real, per: real): void {
  if (string.settled != 0) return;
  const empty_nA = <f32>((steady_pC + <real>string.share * usual_pC) * per);
  if (empty_nA < string.least_nA) {
    string.most_nA = string.least_nA;
    string.settled = 1;
  } else if (empty_nA < string.most_nA) {
    string.most_nA = empty_nA;
  }
}

/** Until here so much must be spent that nothing is spilled. */
function meet_dusk(string: Taut, steady_pC: real, usual_pC: real, per: real): void {
  if (string.settled != 0) return;
  const spill_nA = <f32>((steady_pC + <real>string.share * usual_pC) * per);
  if (spill_nA > string.most_nA) {
    string.least_nA = string.most_nA;
    string.settled = 1;
  } else if (spill_nA > string.least_nA) {
    string.least_nA = spill_nA;
  }
}

/** The slope of a settled string, or of one that ends there. */
function slope_of(string: Taut, steady_pC: real, usual_pC: real, per: real): real {
  const end_nA = <f32>((steady_pC + <real>string.share * usual_pC) * per);
  if (end_nA > string.most_nA) return <real>string.most_nA;
  return <real>(end_nA < string.least_nA ? string.least_nA : end_nA);
}

/**
 * Finds the even spending. The node takes `idle_nA` asleep; bad and good days bring these shares of
 * the usual.
 */
export function follow_path(idle_nA: real, bad_share: real, good_share: real): void {
  const node = profile;
  const reserve = <real>node.reserve_soc;
  const all_pC = usable_pC();
  let full_pC = (spilled_soc() - reserve) * all_pC;
  if (!(full_pC > 0)) full_pC = 0;
  const level_nA = warm.harvest_level_nA;
  const length_s = bin_s();
  const bin_pC_nA = real_of_u32(length_s) * PC_PER_NA_S;
  let bin = warm.cycle_at_s / length_s;
  // the rest of the present part comes first
  let left: real = 1 - real_of_u32(warm.cycle_at_s - bin * length_s) / real_of_u32(length_s);
  let factor = week_factor(0);
  let steady_pC = stored_pC;
  let usual_pC: real = 0;
  let time_pC_nA: real = 0;
  let per: real = 0;
  let surprise: real = 1;
  let before_nA: real = level_nA;
  begin(bad, bad_share);
  begin(good, good_share);
  for (let ahead: u32 = 0; ahead < AHEAD && (bad.settled & good.settled) == 0; ahead++) {
    let usual_nA = mean_nA_of(bin);
    let step_pC_nA = bin_pC_nA * left;
    if (ahead >= BINS) {
      bin = bin + 1 < BINS ? bin + 1 : 0;
      ahead++;
      usual_nA = (usual_nA + mean_nA_of(bin)) * <real>0.5;
      step_pC_nA += bin_pC_nA;
    }
    const fresh_nA = (<real>1 - surprise) * usual_nA * factor;
    const known_nA = surprise * level_nA;
    const expected_nA = known_nA + fresh_nA;
    if (expected_nA > before_nA) {
      meet_dawn(bad, steady_pC, usual_pC, per);
      meet_dawn(good, steady_pC, usual_pC, per);
    } else if (expected_nA < before_nA) {
      meet_dusk(bad, steady_pC - full_pC, usual_pC, per);
      meet_dusk(good, steady_pC - full_pC, usual_pC, per);
    }
    before_nA = expected_nA;
    steady_pC += (known_nA - idle_nA) * step_pC_nA;
    usual_pC += fresh_nA * step_pC_nA;
    time_pC_nA += step_pC_nA;
    per = 1 / time_pC_nA;
    left = 1;
    surprise *= <real>node.forecast_fade;
    bin += 1;
    if (bin == BINS) {
      bin = 0;
      factor = week_factor(1);
    }
  }
  const end_pC = steady_pC - (1 - reserve) * <real>node.end_soc * all_pC;
  bad_nA = slope_of(bad, end_pC, usual_pC, per);
  good_nA = slope_of(good, end_pC, usual_pC, per);
}
