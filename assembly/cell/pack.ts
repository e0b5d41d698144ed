// The weakest cell of a pack. Cells in series carry the same charge, so the one with the smallest
// capacity is empty first: at pack SOC z it stands at 1 - (1 - z) / (1 - spread), full cells
// assumed.

import { real } from "../math/real";
import { profile } from "../profile";

/** SOC of the weakest cell (may be negative: already beyond empty). */
@inline
export function weakest_soc(soc: real): real {
  return 1 - (1 - soc) / (1 - <real>profile.capacity_spread);
}
