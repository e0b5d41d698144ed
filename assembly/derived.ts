// What follows from the profile alone: computed once when it is accepted, so that a wake does not
// compute it again.

import { ACTUATOR_FLOAT, Profile, VALUE_METERED } from "./abi";
import { guarded_i32, real_of, wide_of } from "./math/convert";
import { real } from "./math/real";
import { PC_PER_NA_S } from "./math/units";

/** The curve goes on straight that far: a set point may lie above the table, an estimate below. */
export const SOC_LOW: real = -0.05;
export const SOC_HIGH: real = 1.06;
/** profile.storage_kind. */
export const FLASH: u32 = 2;
/** 1 nAh is 3.6e6 nA ms, and 1 nA ms is 1 pC. */
const PC_PER_NAH: real = 3600000;
const PER_DAY_S: real = 1 / <real>86400;
/** flow_noise is the error after this share of capacity has flowed. */
const FLOW_UNIT: real = 0.01;
/** One reading an hour, in one place, is worth this many sigma of the fit's rest voltage. */
const DWELL: real = 2.0;
/** Of the stated gain error, so much per kelvin of the cell's distance from 25 degC. */
const DRIFT_PER_K: real = 0.024;
/** So many sigma no voltage is off, of the stated gain error and of 4 mV for table and years. */
const FAR: real = 3;
const TABLE_MV: real = 4;
/** Above this sigma the filter's linearisation means nothing. In a flat with hysteresis a reading
 * leaves as much: only who knows nothing reads. */
const SOC_SIGMA_READ: real = 0.2;
const SOC_SIGMA_FLAT: real = 0.5;
/** A reading's own error beside noise and rounding, mV^2: the gain's temperature, a moving cell. */
const UNSTEADY_MV2: real = 0.5;

/** Charge between empty and full of the whole pack; SOC per pC, and per nA over a second. */
export let capacity_pC: real = 0;
export let soc_per_pC: real = 0;
export let soc_per_nA_s: real = 0;
/** Pack resistance at 25 degC, mV/nA. */
export let resistance_25_mV_nA: real = 0;
/** CV set points, whole pack: the highest, and that of a node whose full cell is worth nothing. */
export let float_mV: real = 0;
export let gentle_mV: real = 0;
/** Where the estimate ends: a little beyond [0, 1], for clipping inside makes a filter diverge. */
export let charge_low_pC: i64 = 0;
export let charge_high_pC: i64 = 0;
/** Slots in each half of the journal, a power of two. */
export let record_slots: u32 = 0;
/** Measurement variances that do not depend on the measurement, mV^2: noise and rounding of one
 * reading; the model's error that readings in one place share, what a reading far from 25 degC adds
 * to it in mV/K, and of the OCV table alone; hysteresis; of a load step. */
export let reading_variance_mV2: real = 0;
export let dwell_variance_mV2: real = 0;
export let drift_mV_K: real = 0;
/** A learned error of voltage beyond this is a mistake. */
export let error_most_mV: real = 0;
export let table_variance_mV2: real = 0;
export let hysteresis_variance_mV2: real = 0;
export let pulse_variance_mV2: real = 0;
export let gate_squared: real = 0;
/** Error of the temperature, times the cells in series whose OCV moves with it. */
export let temperature_sigma_K: real = 0;
/** Less sure of SOC than this, one sigma squared, a rest voltage is read anew. */
export let soc_variance_read: real = 0;
/** Growth of the covariance: SOC per pC that flowed; the others per second. */
export let flow_variance_per_pC: real = 0;
export let leak_variance_per_s: real = 0;
export let load_variance_per_s: real = 0;
export let harvest_variance_per_s: real = 0;
export let resistance_variance_per_s: real = 0;
/** SOC is never surer than this. */
export let soc_variance_min: real = 0;

/** A class without saturation is bought whenever it is worth it: its price stays just below. */
export const BELOW: real = 0.999;
/** Below the price at which a part of such a class is bought: then all of it is. */
const LEAST: real = BELOW * BELOW;
/** Load classes as they are served, best worth for its charge first: one byte each, 0xff unused. */
export let event_order: u32 = 0;
/** Price of charge at which every class is bought to its most, utility per pC. */
export let price_least: real = 0;

/** Computes all of the above. */
export function derive(node: Profile): void {
  capacity_pC = <real>node.capacity_nAh * <real>node.parallel * PC_PER_NAH;
  soc_per_pC = 1 / capacity_pC;
  soc_per_nA_s = soc_per_pC * PC_PER_NA_S;
  const series = <real>node.series;
  resistance_25_mV_nA = (<real>node.resistance_ohm * <real>1e-6 * series) / <real>node.parallel;
  temperature_sigma_K = series * <real>node.temperature_sigma_K;
  float_mV = set_point_of(node, node.float_mV);
  gentle_mV = set_point_of(node, node.float_gentle_mV);
  // the gauge takes the set point for fixed; only a meter at the cell makes it no affair of its own
  const metered = (node.observables & VALUE_METERED) != 0;
  if (!(metered && gentle_mV > 0 && gentle_mV < float_mV)) gentle_mV = float_mV;
  charge_low_pC = wide_of(SOC_LOW * capacity_pC);
  charge_high_pC = wide_of(SOC_HIGH * capacity_pC);
  record_slots = node.storage_kind == FLASH ? 1 << node.storage_slots_log2 : 1;
  const noise_mV2 = square(<real>node.adc_noise_mV);
  const rounding_mV2 = square(<real>node.adc_lsb_mV) * <real>0.0833333;
  reading_variance_mV2 = noise_mV2 + rounding_mV2 + UNSTEADY_MV2;
  table_variance_mV2 = square(<real>node.voltage_sigma_mV);
  dwell_variance_mV2 = DWELL * DWELL * table_variance_mV2;
  const gain_mV = <real>node.adc_gain_sigma * float_mV;
  drift_mV_K = DRIFT_PER_K * gain_mV;
  error_most_mV = FAR * sqrt<real>(gain_mV * gain_mV + square(series * TABLE_MV));
  hysteresis_variance_mV2 = square(series * <real>node.hysteresis_mV);
  soc_variance_read = square(hysteresis_variance_mV2 > 0 ? SOC_SIGMA_FLAT : SOC_SIGMA_READ);
  // two readings, each with noise and a rounding error of lsb^2 / 12
  pulse_variance_mV2 = 2 * (noise_mV2 + rounding_mV2);
  gate_squared = square(<real>node.gate_sigma);
  flow_variance_per_pC = square(<real>node.flow_noise) * FLOW_UNIT * soc_per_pC;
  leak_variance_per_s = square(<real>node.leak_walk_nA) * PER_DAY_S;
  load_variance_per_s = square(<real>node.load_walk) * PER_DAY_S;
  harvest_variance_per_s = square(<real>node.harvest_walk) * PER_DAY_S;
  resistance_variance_per_s = square(<real>node.resistance_walk) * PER_DAY_S;
  event_order = order_events(node);
  price_least = lowest_price(node);
  soc_variance_min = square(<real>node.soc_sigma_floor);
}

/**
 * What the cell wants where the board can set it, in the board's steps and never above; the
 * resistor strap where it cannot.
 */
function set_point_of(node: Profile, cell_mV: f32): real {
  if ((node.actuators & ACTUATOR_FLOAT) == 0) return <real>node.float_strap_mV;
  const wanted_mV = cell_mV * <f32>node.series;
  const step_mV = node.float_step_mV;
  if (!(step_mV > 0)) return <real>wanted_mV;
  return <real>(step_mV * <f32>guarded_i32(wanted_mV / step_mV));
}

/** One byte a class from the lowest; unused classes are 0xff. */
function order_events(node: Profile): u32 {
  let order: u32 = 0xffffffff;
  for (let kind = 3; kind >= 0; kind--) {
    if (!(first_worth(node, kind) > 0)) continue;
    // behind every class that is worth more, or as much with a lower number
    let rank = 0;
    for (let other = 0; other < 4; other++) {
      const ahead = first_worth(node, other) > first_worth(node, kind);
      if (ahead || (other < kind && first_worth(node, other) == first_worth(node, kind))) rank += 8;
    }
    order = (order & ~(255 << rank)) | (kind << rank);
  }
  return order;
}

/** Utility per pC of a class's first event; 0: not used. */
function first_worth(node: Profile, kind: i32): real {
  const drain_pC = <real>node.event_drain_pC(kind);
  return drain_pC >= 1 ? <real>node.event_worth(kind) / drain_pC : 0;
}

/** The least utility per pC that a last event has. */
function lowest_price(node: Profile): real {
  let least: real = -1;
  for (let kind = 0; kind < 4; kind++) {
    let worth = first_worth(node, kind);
    if (!(worth > 0)) continue;
    const saturation = <real>node.event_saturation(kind);
    worth *= saturation > 0 ? saturation / (saturation + <real>node.event_max(kind)) : LEAST;
    if (least < 0 || worth < least) least = worth;
  }
  return least > 0 ? least : 0;
}

@inline
function square(x: real): real {
  return x * x;
}

/** SOC as a fraction, not clipped, of a charge above empty. */
@inline
export function soc_of(charge_pC: i64): real {
  return real_of(charge_pC) * soc_per_pC;
}
