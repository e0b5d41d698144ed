// What the gauge tells the outside: clipped, in the units of the trade, each with its error.

import { gauge, vital } from "../abi";
import { approach_ocv, ocv_mV } from "../cell/ocv";
import { real_of } from "../math/convert";
import { real } from "../math/real";
import { capacity_pC, soc_of, soc_per_pC } from "../derived";
import { profile } from "../profile";
import { drained_pC, harvested_pC } from "../ledger/book";
import { per_s } from "../sample/clock";
import { innovation_variance_mV2 } from "./correct";
import { base_resistance_mV_nA } from "./update";

const NAH_PER_PC: real = 2.7777777777777778e-7;
const OHM_PER_MV_NA: real = 1000000;

/** Writes the gauge area. */
export function report_gauge(): void {
  const estimate = soc_of(vital.charge_pC);
  const soc: real = estimate < 0 ? 0 : estimate > 1 ? 1 : estimate;
  approach_ocv(soc, vital.temperature_degC);
  gauge.soc = <f32>soc;
  gauge.soc_sigma = <f32>sqrt<real>(vital.covariance_0);
  gauge.innovation_sigma_mV = <f32>sqrt<real>(innovation_variance_mV2);
  gauge.remaining_nAh = <f32>(soc * capacity_pC * NAH_PER_PC);
  gauge.ocv_mV = <f32>(<real>profile.series * ocv_mV);
  gauge.resistance_scale = <f32>vital.resistance_scale;
  gauge.resistance_ohm = <f32>(base_resistance_mV_nA * vital.resistance_scale * OHM_PER_MV_NA);
  gauge.resistance_sigma = <f32>sqrt<real>(vital.covariance_5);
  gauge.leak_nA = <f32>vital.leak_nA;
  gauge.leak_sigma_nA = <f32>sqrt<real>(vital.covariance_3);
  gauge.current_mean_nA = <f32>((harvested_pC - drained_pC) * (per_s * <real>0.001));
  gauge.cycles = <f32>(real_of(vital.throughput_pC >> 8) * (256 * soc_per_pC));
}
