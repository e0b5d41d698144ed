// What a file of boards/climates/ holds: where a place lies, and the statistics of its sky and air
// from which the plant makes weather. The firmware never sees it.

import * as v from "valibot";
import { head, numbers, quantity } from "./quantity.js";

/** Below the open sky at one point on Earth. */
const place = v.strictObject({
  latitude_deg: quantity(-90, 90, "deg"),
  longitude_deg: quantity(-180, 180, "deg"),
  utc_offset_h: quantity(-12, 14, "h"),
});

/** See host/sim/environment/sky.ts for the model. */
const sky = v.strictObject({
  clear_ratio: numbers(12, 0.2, 1.5, "1"),
  clear_sky_index: numbers(12, 0.02, 0.98, "1"),
  logit_spread: quantity(0, 10, "1"),
  weather_h: quantity(0.1, 1000, "h"),
  shower_h: quantity(0.1, 100, "h"),
  shower_share: quantity(0, 1, "1"),
  cloud_min: quantity(1, 120, "min"),
  edge_min: quantity(0, 60, "min"),
  enhancement_ratio: quantity(0, 1, "1"),
});

/** See host/sim/environment/air.ts for the model. */
const air = v.strictObject({
  mean_degC: numbers(12, -60, 60, "degC"),
  swing_K: numbers(12, 0, 60, "K"),
  warmest_h: quantity(0, 24, "h"),
  overcast_share: quantity(0, 1, "1"),
  spell_K: quantity(0, 20, "K"),
  spell_h: quantity(1, 1000, "h"),
});

export const climate = v.strictObject({ ...head, place, sky, air });

export type ClimateFile = v.InferOutput<typeof climate>;
