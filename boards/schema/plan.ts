// What a file of boards/plans/ holds: how the node plans, whatever its load and its cell.

import * as v from "valibot";
import { head, integer, quantity } from "./quantity.js";

export const plan = v.strictObject({
  ...head,
  cycle_s: integer(60, 31536000, "s"),
  forecast_share: quantity(0.001, 1, "1"),
  week_share: quantity(0, 1, "1"),
  forecast_fade: quantity(0, 1, "1"),
  forecast_trust: quantity(0, 10, "1"),
  forecast_low: quantity(0, 1000, "1"),
  forecast_high: quantity(0, 1000, "1"),
  low_weight: quantity(0, 1, "1"),
  spend_care: quantity(0, 10, "1"),
  alive_price: quantity(0, 1000, "1"),
  full_soc: quantity(0, 1, "1"),
  end_soc: quantity(0, 1, "1"),
});

export type PlanFile = v.InferOutput<typeof plan>;
