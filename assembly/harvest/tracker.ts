// Maximum-power-point manager: which of the board's operating ratios suits the feeding source now.
//
// A cell's best ratio moves with its light (0.75 of Voc at 300 lx, 0.52 at 20 klx for one and the
// same indoor cell), and a wrong one costs up to half. Two readings in one wake, a moment apart, at
// the ratio in use and at its neighbour, compare them under the same light; over longer times light
// changes more than ratios matter. Once neither neighbour gives more, tries become rare, until the
// open-circuit voltage has moved: each try costs time awake and the difference in harvest.

import {
  ACTUATOR_MPP,
  VALUE_HARVEST_NOW,
  VALUE_PROBE,
  VALUE_SOURCE,
  decision,
  sample,
  warm,
} from "../abi";
import { real } from "../math/real";
import { profile } from "../profile";
import { accepted } from "../sample/check";
import { whole_s } from "../sample/clock";
import { best_source } from "./sources";

const LEVELS: i32 = 8;
const BELOW: u32 = 128;
/** Less more than this is the meter's noise, not a better ratio. */
const BETTER: f32 = 1.004;
/** Both neighbours gave no more. */
const BOTH: u8 = 2;
/** The first pause, and the longest: it doubles. */
const PAUSE_MIN_S: u32 = 60;
const PAUSE_MAX_S: u32 = 21600;
/** Another light, by the open-circuit voltage. */
const CHANGED: f32 = 0.02;

/** Ratio in use of the best source; 0: the board cannot set it. */
export let ratio: real = 0;

/** Takes in the last try, sets the ratio, and asks for the next try when it is due. */
export function track_point(): void {
  decision.probe_ratio = 0;
  ratio = 0;
  const tried = warm.mpp_tried;
  warm.mpp_tried = 0;
  if ((profile.actuators & ACTUATOR_MPP) == 0 || best_source == 0) return;
  const source = <i32>best_source - 1;
  if (profile.mpp_level(0) == 0) {
    ratio = <real>profile.source_mpp_ratio(source);
    return;
  }
  if (warm.mpp_at(source) == 0) warm.set_mpp_at(source, nearest_level(source));
  warm.mpp_left_s = warm.mpp_left_s > whole_s ? warm.mpp_left_s - whole_s : 0;
  if (tried == best_source) judge_try(source);
  look_at_light(source);
  const at = place(source);
  ratio = <real>profile.mpp_level(at);
  if (warm.mpp_left_s != 0) return;
  let next = neighbour(source);
  if (next < 0) {
    turn(source);
    next = neighbour(source);
    if (next < 0) return;
  }
  decision.probe_ratio = profile.mpp_level(next);
  warm.mpp_tried = <u8>best_source;
}

@inline
function place(source: i32): i32 {
  return ((<i32>warm.mpp_at(source)) & 127) - 1;
}

/** The level beside the one in use, on the side to be tried next; -1: there is none. */
function neighbour(source: i32): i32 {
  const at = place(source);
  if ((<u32>warm.mpp_at(source)) & BELOW) return at - 1;
  return at + 1 < LEVELS && profile.mpp_level(at + 1) > 0 ? at + 1 : -1;
}

@inline
function turn(source: i32): void {
  warm.set_mpp_at(source, <u8>((<u32>warm.mpp_at(source)) ^ BELOW));
}

/** The level that is nearest to the source's usual ratio. */
function nearest_level(source: i32): u8 {
  const usual = profile.source_mpp_ratio(source);
  let best = 0;
  for (let i = 1; i < LEVELS && profile.mpp_level(i) > 0; i++) {
    const nearer =
      abs<f32>(profile.mpp_level(i) - usual) < abs<f32>(profile.mpp_level(best) - usual);
    if (nearer) best = i;
  }
  return <u8>(best + 1);
}

/** More than at the ratio in use: go there and on; else try the other side, then pause. */
function judge_try(source: i32): void {
  const both = VALUE_PROBE | VALUE_HARVEST_NOW;
  if ((accepted & both) != both) return;
  if (sample.probe_nA > sample.harvest_now_nA * BETTER) {
    const side = (<u32>warm.mpp_at(source)) & BELOW;
    warm.set_mpp_at(source, <u8>((<u32>(neighbour(source) + 1)) | side));
    warm.mpp_missed = 0;
    return;
  }
  turn(source);
  warm.mpp_missed += 1;
  if (warm.mpp_missed < BOTH) return;
  warm.mpp_missed = 0;
  const longer_s = warm.mpp_wait_s + warm.mpp_wait_s;
  warm.mpp_wait_s = longer_s < PAUSE_MIN_S ? PAUSE_MIN_S : min<u32>(longer_s, PAUSE_MAX_S);
  warm.mpp_left_s = warm.mpp_wait_s;
}

/** In another light the ratio may be wrong: try at once. */
function look_at_light(source: i32): void {
  if (!(accepted & (VALUE_SOURCE << source))) return;
  const open_mV = sample.source_mV(source);
  const moved_mV = abs<f32>(open_mV - warm.mpp_open_mV);
  if (!(moved_mV > CHANGED * warm.mpp_open_mV)) return;
  warm.mpp_open_mV = open_mV;
  warm.mpp_wait_s = 0;
  warm.mpp_left_s = 0;
}
