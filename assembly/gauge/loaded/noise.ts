// What a reading under load does not know, mV^2 of the pack.
//
// Readings a second apart share what the model misses: a reading's own error is so large that all
// those within two minutes count for one. What currents do between two wakes moves the slow drop.

import { warm } from "../../abi";
import { OHMIC, SLOW, element, slow_settled } from "../../cell/polarization";
import { reading_variance_mV2 } from "../../derived";
import { settled } from "../../math/exp";
import { real } from "../../math/real";
import { profile } from "../../profile";
import { is_current_read } from "../../sample/check";
import { dt_s } from "../../sample/clock";
import { LATELY_S } from "./model_error";
import { mean_nA, now_nA } from "./moment";
import { scale } from "./steps";

/** A reading's own error: so much, and this share of the drop; within so many seconds one
 * counts. */
export const READING_MV2: real = 169;
const READING_SHARE: real = 0.18;
const READING_S: real = 120;
/** Of the slow drop, what currents that change within the interval leave unknown. */
const RIPPLE: real = 1.3;
/** Where nobody reads the current it is that of a node asleep, give or take so much of the mean; of
 * the drop a share. */
export const UNREAD: real = 1.5;
const UNREAD_SHARE: real = 0.3;

/** A reading's own, at such a drop. */
export function own_mV2(drop_mV: real): real {
  const series = <real>profile.series;
  const share_mV = READING_SHARE * drop_mV;
  return series * series * (READING_MV2 + share_mV * share_mV);
}

/** How many readings as far apart as these count for one. */
export function alike(): real {
  return 1 + READING_S / (dt_s > 1 ? dt_s : 1);
}

/** What nobody read: the sensor's own error, and the current between two readings. */
export function find_unread_mV2(surface: real): real {
  const series = <real>profile.series;
  const slow = RIPPLE * scale * element(SLOW, surface);
  let ripple_mV2 = slow * slow * slow_settled(dt_s) * warm.ripple_nA2;
  if (!is_current_read()) {
    const prompt = UNREAD_SHARE * element(OHMIC, surface);
    ripple_mV2 += prompt * prompt * warm.ripple_nA2;
  }
  return series * series * ripple_mV2 + reading_variance_mV2;
}

/** The current at readings moves about its mean before. */
export function follow_ripple(): void {
  const off_nA = is_current_read() ? now_nA - mean_nA : UNREAD * mean_nA;
  warm.ripple_nA2 += settled(dt_s * (1 / LATELY_S)) * (off_nA * off_nA - warm.ripple_nA2);
}
