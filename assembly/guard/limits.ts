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
  VALUE_VOLTAGE,
  sample,
  vital,
  warm,
} from "../abi";
import { ccd_current_nA } from "../cell/ccd";
import { ocv_slope_mV } from "../cell/ocv";
import { weakest_soc } from "../cell/pack";
import { clipped_soc } from "../gauge/report";
import { real } from "../math/real";
import { profile } from "../profile";
import { accepted } from "../sample/check";

const LEVELS: i32 = 3;
/** The highest level of each of the five quantities: bits 2, 5, 8, 11, 14. */
const MAXIMUM_LEVELS: u32 = 0x4924;
const SOC_VARIANCE_UNCERTAIN: real = 0.0625;

/** Fault bits of this sample. */
export let faults: u32 = 0;
/** CCD of the whole pack at this temperature and age, nA. */
export let ccd_nA: real = 0;

/** Counts one level of one quantity; `first` is the quantity's lowest fault bit. */
function judge(first: u32, level: i32, beyond: bool): void {
  const bit = ctz(first) + <u32>level;
  const count: u32 = warm.debounce(<i32>bit);
  if (!beyond) {
    warm.set_debounce(<i32>bit, 0);
    return;
  }
  const enough = profile.debounce(level);
  if (count < enough) warm.set_debounce(<i32>bit, <u8>(count + 1));
  if (count + 1 >= enough) faults |= 1 << bit;
}

/** Judges every quantity that was measured; `other` are fault bits found in the rooms before. */
export function judge_limits(other: u32): void {
  const node = profile;
  faults = other;
  const temperature_degC = <f32>vital.temperature_degC;
  ccd_nA = ccd_current_nA(vital.temperature_degC);
  const charging_nA = charging_current_nA();
  const seen = (accepted & VALUE_VOLTAGE) != 0;
  const cell_mV = sample.voltage_mV / <f32>node.series;
  const soc = clipped_soc();
  const weakest_mV = cell_mV - <f32>((soc - weakest_soc(soc)) * ocv_slope_mV);
  for (let level = 0; level < LEVELS; level++) {
    judge(FAULT_VOLTAGE_HIGH, level, seen && cell_mV > node.voltage_max_mV(level));
    judge(FAULT_VOLTAGE_LOW, level, seen && weakest_mV < node.voltage_min_mV(level));
    const hot = temperature_degC > node.temperature_max_degC(level);
    judge(FAULT_TEMPERATURE_HIGH, level, hot);
    const cold = temperature_degC < node.temperature_min_degC(level);
    judge(FAULT_TEMPERATURE_LOW, level, cold);
    judge(FAULT_CCD, level, charging_nA > ccd_nA * <real>node.ccd_level(level));
  }
  if (vital.covariance_0 > SOC_VARIANCE_UNCERTAIN) faults |= FAULT_UNCERTAIN;
  vital.faults_latched |= faults & MAXIMUM_LEVELS;
}

/** The charging current that was measured, or 0. */
function charging_current_nA(): real {
  if (accepted & VALUE_HARVEST_NOW) return <real>sample.harvest_now_nA;
  if (accepted & VALUE_HARVEST) return <real>sample.harvest_mean_nA;
  return 0;
}
