// What the gauge tells the outside: clipped, in the units of the trade, each with its error.

import { MODE_ACTIVE, VALUE_CHARGE, gauge, vital, warm } from "../abi";
import { approach_ocv, ocv_mV } from "../cell/ocv";
import { real_of, real_of_u32 } from "../math/convert";
import { real } from "../math/real";
import { NA_S_PER_PC } from "../math/units";
import { capacity_pC, soc_of, soc_per_pC } from "../derived";
import { profile } from "../profile";
import { drained_pC, harvested_pC } from "../ledger/book";
import { is_counted } from "../sample/check";
import { dt_s, per_s } from "../sample/clock";
import { innovation_variance_mV2 } from "./correct";
import { LEAK, LOAD, hypothesis, variance } from "./hypothesis";
import { seconds_to_empty } from "./time_left";
import { base_resistance_mV_nA } from "./update";

const NAH_PER_PC: real = 2.7777777777777778e-7;
const OHM_PER_MV_NA: real = 1000000;

/** Writes the gauge area. */
export function report_gauge(): void {
  const estimate = soc_of(vital.charge_pC);
  const soc: real = estimate < 0 ? 0 : estimate > 1 ? 1 : estimate;
  approach_ocv(soc, vital.temperature_degC);
  gauge.soc = <f32>soc;
  gauge.soc_sigma = <f32>vital.soc_sigma;
  gauge.innovation_sigma_mV = <f32>sqrt<real>(innovation_variance_mV2);
  gauge.soh_capacity = capacity_share();
  const left: real = gauge.soh_capacity > 0 ? <real>gauge.soh_capacity : 1;
  gauge.remaining_nAh = <f32>(soc * left * capacity_pC * NAH_PER_PC);
  gauge.ocv_mV = <f32>(<real>profile.series * ocv_mV);
  gauge.resistance_scale = <f32>vital.resistance_scale;
  gauge.resistance_ohm = <f32>(base_resistance_mV_nA * vital.resistance_scale * OHM_PER_MV_NA);
  gauge.resistance_sigma = <f32>sqrt<real>(warm.resistance_variance);
  gauge.leak_nA = <f32>vital.leak_nA;
  gauge.leak_sigma_nA = <f32>sqrt<real>(variance(hypothesis(0), LEAK));
  gauge.hypotheses = warm.alive;
  gauge.unbooked_drain_nA = <f32>(
    (vital.leak_nA + (1 - 1 / vital.load_scale) * (warm.drain_mean_nA - vital.leak_nA))
  );
  // what is counted is booked
  if (is_counted()) gauge.unbooked_drain_nA = <f32>vital.leak_nA;
  gauge.displayed_soc = show(soc);
  gauge.soh_resistance = <f32>(1 / vital.resistance_scale);
  gauge.alarms = alarms(soc);
  gauge.current_mean_nA = <f32>((harvested_pC - drained_pC) * (per_s * NA_S_PER_PC));
  const throughput_pC = real_of(vital.throughput_pC >> 8) * 256;
  gauge.throughput_nAh = <f32>(throughput_pC * NAH_PER_PC);
  gauge.cycles = <f32>(throughput_pC * soc_per_pC);
}

/** A capacity is known from this sigma on. */
const CAPACITY_SIGMA: real = 0.05;

/**
 * Share of the profile's capacity: what a counter counted over what SOC moved by. Without a counter
 * only the ratio of what is booked to capacity shows, never the capacity.
 */
function capacity_share(): f32 {
  const counted = (profile.observables & VALUE_CHARGE) != 0;
  const known = variance(hypothesis(0), LOAD) < CAPACITY_SIGMA * CAPACITY_SIGMA;
  return counted && known && profile.load_sigma > 0 ? <f32>(1 / vital.load_scale) : -1;
}

/** Bits of gauge.alarms. */
const SOC_LOW: u32 = 1;
const SOON_EMPTY: u32 = 2;
const FULL: u32 = 4;
const UNKNOWN: u32 = 8;
const FULL_SOC: real = 0.99;
const SOC_SIGMA_UNKNOWN: real = 0.25;

function alarms(soc: real): u32 {
  const node = profile;
  if (vital.soc_sigma > SOC_SIGMA_UNKNOWN) return UNKNOWN;
  let bits: u32 = 0;
  if (soc < <real>node.alarm_soc) bits = SOC_LOW;
  if (soc > FULL_SOC) bits |= FULL;
  const left_s = seconds_to_empty(MODE_ACTIVE);
  if (left_s >= 0 && left_s < real_of_u32(node.alarm_s)) bits |= SOON_EMPTY;
  return bits;
}

/** A change of the estimate is shown over this time. */
const SHOW_S: real = 3600;

/** The displayed SOC follows the estimate within an hour, so that a correction is no jump. */
function show(soc: real): f32 {
  const shown = <real>warm.displayed_soc;
  const share: real = dt_s < SHOW_S && shown > 0 ? dt_s * (1 / SHOW_S) : 1;
  warm.displayed_soc = <f32>(shown + share * (soc - shown));
  return warm.displayed_soc;
}
