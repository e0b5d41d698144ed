// What the gauge tells the outside: clipped, in the units of the trade, each with its error.

import { gauge, vital } from "../abi";
import { evaluate_ocv, ocv_mV } from "../cell/ocv";
import { real_of } from "../math/convert";
import { real } from "../math/real";
import { capacity_pC, profile, soc_of, soc_per_pC } from "../profile";
import { net_pC } from "../ledger/book";
import { dt_s } from "../sample/clock";
import { base_resistance_mV_nA } from "./update";

const NAH_PER_PC: real = 2.7777777777777778e-7;
const OHM_PER_MV_NA: real = 1000000;

/** SOC between 0 and 1, for everything that is not the filter. */
export function clipped_soc(): real {
  const soc = soc_of(vital.charge_pC);
  return soc < 0 ? 0 : soc > 1 ? 1 : soc;
}

/** Writes the gauge area. */
export function report_gauge(): void {
  const soc = clipped_soc();
  evaluate_ocv(soc, vital.temperature_degC);
  gauge.soc = <f32>soc;
  gauge.soc_sigma = <f32>sqrt<real>(vital.covariance_0);
  gauge.remaining_nAh = <f32>(soc * capacity_pC * NAH_PER_PC);
  gauge.ocv_mV = <f32>(<real>profile.series * ocv_mV);
  gauge.resistance_scale = <f32>vital.resistance_scale;
  gauge.resistance_ohm = <f32>(base_resistance_mV_nA * vital.resistance_scale * OHM_PER_MV_NA);
  gauge.resistance_sigma = <f32>sqrt<real>(vital.covariance_5);
  gauge.leak_nA = <f32>vital.leak_nA;
  gauge.leak_sigma_nA = <f32>sqrt<real>(vital.covariance_3);
  gauge.cycles = <f32>(real_of(vital.throughput_pC >> 8) * (256 * soc_per_pC));
}

/** Mean booked current over the interval just booked. */
export function report_current(): void {
  gauge.current_mean_nA = <f32>(real_of(net_pC) / (dt_s * 1000));
}
