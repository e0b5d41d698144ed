// Three-level limits with debounce: operating (info), recommended (warning), maximum (fatal,
// latched), as in foxBMS. One fault bit per quantity and level; a bit is set after
// `debounce[level]` consecutive samples beyond the limit and cleared by the first one inside.

import {
  FAULT_CCD,
  FAULT_TEMPERATURE_HIGH,
  FAULT_TEMPERATURE_LOW,
  FAULT_UNCERTAIN,
  FAULT_VOLTAGE_HIGH,
  FAULT_VOLTAGE_LOW,
  VALUE_HARVEST,
  VALUE_HARVEST_NOW,
  Profile,
  VALUE_VOLTAGE,
  gauge,
  sample,
  vital,
  warm,
} from "../abi";
import { ccd_current_nA } from "../cell/ccd";
import { ocv_slope_mV } from "../cell/ocv";
import { weakest_soc } from "../cell/pack";
import { real } from "../math/real";
import { profile } from "../profile";
import { accepted } from "../sample/check";

/** Lowest fault bit of each quantity. */
const HIGH: i32 = <i32>ctz(FAULT_VOLTAGE_HIGH);
const LOW: i32 = <i32>ctz(FAULT_VOLTAGE_LOW);
const HOT: i32 = <i32>ctz(FAULT_TEMPERATURE_HIGH);
const COLD: i32 = <i32>ctz(FAULT_TEMPERATURE_LOW);
const DENSITY: i32 = <i32>ctz(FAULT_CCD);
/** The highest level of each of the five quantities: bits 2, 5, 8, 11, 14. */
const MAXIMUM_LEVELS: u32 = 0x4924;
const SOC_SIGMA_UNCERTAIN: real = 0.25;

/** Fault bits of this sample. */
export let faults: u32 = 0;
/** CCD of the whole pack at this temperature and age, nA. */
export let ccd_nA: real = 0;

/** Counts one level of one quantity; `bit` is the level's fault bit and its counter. */
function count_level(bit: i32, level: i32, beyond: bool): void {
  if (!beyond) {
    warm.set_debounce(bit, 0);
    return;
  }
  const count: u32 = warm.debounce(bit);
  const enough = profile.debounce(level);
  if (count < enough) warm.set_debounce(bit, <u8>(count + 1));
  if (count + 1 >= enough) faults |= 1 << bit;
}

/**
 * Judges a quantity against its operating, recommended and maximum limit, which only widen: beyond
 * is value > scale x limit. A lower limit is the upper limit of the negative.
 */
function judge(bit: i32, value: real, scale: real, limits: usize): void {
  const at = changetype<usize>(profile) + limits;
  if (!(value > scale * <real>load<f32>(at))) {
    warm.set_debounce(bit, 0);
    warm.set_debounce(bit + 1, 0);
    warm.set_debounce(bit + 2, 0);
    return;
  }
  count_level(bit, 0, true);
  count_level(bit + 1, 1, value > scale * <real>load<f32>(at, 4));
  count_level(bit + 2, 2, value > scale * <real>load<f32>(at, 8));
}

/** A quantity that was not measured keeps the faults it had: only a value inside clears one. */
function hold_faults(bit: i32): void {
  for (let level = 0; level < 3; level++) {
    if (<u32>warm.debounce(bit + level) >= profile.debounce(level)) faults |= 1 << (bit + level);
  }
}

/** Judges every quantity that was measured; `other` are fault bits found in the rooms before. */
export function judge_limits(other: u32): void {
  faults = other;
  if (accepted & VALUE_VOLTAGE) {
    judge_voltage();
  } else {
    hold_faults(HIGH);
    hold_faults(LOW);
  }
  const temperature_degC = vital.temperature_degC;
  judge(HOT, temperature_degC, 1, offsetof<Profile>("temperature_max_degC_0"));
  judge(COLD, -temperature_degC, -1, offsetof<Profile>("temperature_min_degC_0"));
  ccd_nA = ccd_current_nA(temperature_degC);
  if (accepted & (VALUE_HARVEST | VALUE_HARVEST_NOW)) {
    judge(DENSITY, charging_current_nA(), ccd_nA, offsetof<Profile>("ccd_level_0"));
  } else {
    hold_faults(DENSITY);
  }
  if (vital.soc_sigma > SOC_SIGMA_UNCERTAIN) faults |= FAULT_UNCERTAIN;
  vital.faults_latched |= faults & MAXIMUM_LEVELS;
}

/** Mean cell against the upper limits, the weakest cell against the lower ones. */
function judge_voltage(): void {
  const node = profile;
  const cell_mV = <real>sample.voltage_mV / <real>node.series;
  judge(HIGH, cell_mV, 1, offsetof<Profile>("voltage_max_mV_0"));
  let weakest_mV = cell_mV;
  if (node.capacity_spread > 0) {
    const soc = <real>gauge.soc;
    weakest_mV -= (soc - weakest_soc(soc)) * ocv_slope_mV;
  }
  judge(LOW, -weakest_mV, -1, offsetof<Profile>("voltage_min_mV_0"));
}

/** The charging current that was measured. */
function charging_current_nA(): real {
  if (accepted & VALUE_HARVEST_NOW) return <real>sample.harvest_now_nA;
  return <real>sample.harvest_mean_nA;
}
