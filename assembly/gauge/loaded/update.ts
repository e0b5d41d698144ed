// The gauge's turn in the walk where the profile knows the cell under load: one hypothesis is
// predicted with what was counted, corrected with every voltage, and judged.

import { VALUE_VOLTAGE, gauge, vital, warm } from "../../abi";
import { soc_of } from "../../derived";
import { real } from "../../math/real";
import { accepted } from "../../sample/check";
import { move_ledger, publish_means } from "../bank";
import { hypothesis } from "../hypothesis";
import { keep_learned } from "../learned";
import { predict_resistance } from "../resistance";
import {
  NEWS_S,
  NEWS_SOC,
  USED_REST,
  age_correction,
  find_base_resistance,
  hold_charge,
  hold_sigma,
  keep_age,
  settle,
  start_again,
} from "../update";
import { predict_loaded } from "./advance";
import { correct_loaded } from "./reading";
import { forget_loaded } from "./start";
import { is_loaded_sound, judge_loaded, judged_soc, judged_variance } from "./trust";

/** One gauge update. */
export function update_loaded(): void {
  hold_charge();
  const soc = soc_of(vital.charge_pC);
  predict_loaded(hypothesis(0), soc);
  predict_resistance();
  age_correction();
  find_base_resistance(soc);
  gauge.corrections = 0;
  if (accepted & VALUE_VOLTAGE) take_voltage(soc);
  keep_age();
  judge_loaded(hypothesis(0), soc);
  if (!is_loaded_sound(hypothesis(0))) {
    forget_loaded();
    start_again();
    return;
  }
  hold_sigma();
  if (move_ledger(judged_soc, judged_variance)) hold_charge();
}

/** What was learned goes to vital every now and then: that costs more than a correction. */
function take_voltage(soc: real): void {
  correct_loaded(hypothesis(0), soc);
  publish_means();
  gauge.corrections = USED_REST;
  if (warm.uncorrected_s < NEWS_S && warm.moved_soc < NEWS_SOC) return;
  keep_learned();
  settle(false);
}
