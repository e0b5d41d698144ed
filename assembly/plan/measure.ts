// Measurement request: pause charging, let the cell rest, sample - when the gauge will use the next
// voltage, SOC is worth it and the board can pause. Under charge the terminal voltage stands tens
// of percent above rest in the flat.

import {
  ACTUATOR_PAUSE,
  PMIC_LIMITING,
  VALUE_HARVEST,
  VALUE_HARVEST_NOW,
  VALUE_VOLTAGE,
  decision,
  sample,
  vital,
  warm,
} from "../abi";
import { find_rest_current, harvest_now_nA, read_nA } from "../gauge/rest_current";
import { soc_per_pC } from "../derived";
import { drained_pC, harvested_pC } from "../ledger/book";
import { real_of_u32 } from "../math/convert";
import { real } from "../math/real";
import { profile } from "../profile";
import { accepted, is_counted } from "../sample/check";

/** Ask when the error of SOC exceeds this (one sigma). */
const WORTH_SIGMA: real = 0.003;
/** The gauge uses a voltage after this time, or twice this much charge (update.ts). */
const SOON_S: real = 3600;
const SOON_SOC: real = 0.005;
const S: real = 0.001;

/** Writes the measurement half of the decision. */
export function plan_measurement(): void {
  const node = profile;
  const ask = is_able() && is_worth_it();
  decision.measure = ask ? 1 : 0;
  decision.measure_wait_ms = ask ? node.settle_ms : 0;
}

/** Under load every reading is used as it is. */
function is_able(): bool {
  const node = profile;
  if (node.polarization_count != 0) return false;
  return (node.actuators & ACTUATOR_PAUSE) != 0 && (node.observables & VALUE_VOLTAGE) != 0;
}

/** SOC is unsure, the next voltage will be used, and it would be read under charge. */
function is_worth_it(): bool {
  if (!(vital.soc_sigma > WORTH_SIGMA)) return false;
  if ((accepted & (VALUE_HARVEST | VALUE_HARVEST_NOW)) == 0 && !is_counted()) return false;
  find_rest_current();
  if (!(harvest_now_nA + read_nA() > 0) || (sample.pmic_flags & PMIC_LIMITING) != 0) return false;
  const next_s = warm.uncorrected_s + real_of_u32(decision.sleep_ms) * S;
  // as much as moved in this interval may move in the next
  const moved_soc = warm.moved_soc + (harvested_pC + drained_pC) * soc_per_pC;
  return next_s >= SOON_S || moved_soc >= SOON_SOC;
}
