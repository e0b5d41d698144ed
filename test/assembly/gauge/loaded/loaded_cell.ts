// A cell under load in f64, 50 uAh at 25 degC, driven by a current that steps every few seconds:
// what the gauge under load is shown. Its OCV is the core's; the rest is computed here.

import {
  REASON_WARM,
  VALUE_CHARGE,
  VALUE_CURRENT,
  VALUE_TEMPERATURE,
  VALUE_VOLTAGE,
  sample,
  vital,
} from "../../../../assembly/abi";
import { evaluate_ocv, ocv_mV } from "../../../../assembly/cell/ocv";
import { boot } from "../../../../assembly/index";
import { seal_vital } from "../../../../assembly/journal/seal";
import {
  KINETIC_MV_NA,
  LEAD_S,
  OHMIC_MV_NA,
  SLOW_MV_NA,
  set_polarization,
} from "../../loaded_node";
import { new_node, node, start_node, step_after } from "../../node_under_test";

/** 50 uAh. */
export const CAPACITY_PC: f64 = 1.8e11;
/** The current that empties it in an hour. */
const ONE_C_NA: f64 = 50000;
const SECOND_MS: u32 = 1000;

/** Truth beside the profile: the cell's capacity and resistance over the told ones, the counter's
 * offset. */
export let capacity_ratio: f64 = 1;
export let resistance_ratio: f64 = 1;
export let offset_nA: f64 = 0;
/** True SOC. */
export let soc: f64 = 1;
let slow_mV: f64 = 0;
let lead: f64 = 0;
let second: i32 = 0;

/** Cells in series, and as many of those in parallel. */
let cells: f64 = 1;

/** A node on a cell, or a square of cells, at `truth`, that was told `told` with this sigma. */
export function begin(truth: f64, told: f64, sigma: f32, square: u32 = 1): void {
  cells = <f64>square;
  capacity_ratio = 1;
  resistance_ratio = 1;
  offset_nA = 0;
  soc = truth;
  slow_mV = 0;
  lead = 0;
  second = 0;
  new_node();
  set_polarization();
  node.series = square;
  node.parallel = square;
  start_node();
  tell(told, sigma);
}

/** As a life before would have left it. */
export function tell(told: f64, sigma: f32): void {
  vital.charge_pC = <i64>(told * CAPACITY_PC * cells);
  vital.soc_sigma = sigma;
  restart();
}

/** Starts from retained RAM, without time off. */
export function restart(): void {
  seal_vital();
  boot(REASON_WARM, 0, vital.time_ms);
}

/** Estimate less truth. */
export function error(): f64 {
  return <f64>vital.charge_pC / (CAPACITY_PC * cells) - soc;
}

/** The cell is another than the profile says, and so is the counter. */
export function be_other(capacity: f64, resistance: f64, offset: f64): void {
  capacity_ratio = capacity;
  resistance_ratio = resistance;
  offset_nA = offset;
}

/** Seconds of a drive: C/2 in the mean, between a charge of C/5 and 1.7 C. */
export function drive(seconds: i32): void {
  for (let i = 0; i < seconds; i++) live(current_nA());
}

/** Seconds at a current. */
export function flow(seconds: i32, nA: f64): void {
  for (let i = 0; i < seconds; i++) live(nA);
}

function current_nA(): f64 {
  const step = (second / 7) % 5;
  const share = step == 0 ? -0.9 : step == 1 ? -0.1 : step == 2 ? -1.7 : step == 3 ? 0.2 : 0;
  return share * ONE_C_NA;
}

/** One second of the cell, and the sample after it. */
function live(nA: f64): void {
  second++;
  const change = (nA * 1000) / (CAPACITY_PC * capacity_ratio);
  soc += change;
  const slow = Math.exp(-1 / 20.0);
  slow_mV = slow * slow_mV + (1 - slow) * SLOW_MV_NA * resistance_ratio * nA;
  const left = Math.exp(-1 / 140.0);
  lead = left * lead + (1 - left) * LEAD_S * change;
  evaluate_ocv(<f32>(soc + lead), 25);
  const kinetic = (KINETIC_MV_NA * resistance_ratio * nA) / 60;
  const prompt = OHMIC_MV_NA * resistance_ratio * nA + 60 * Math.asinh(kinetic);
  sample.valid = VALUE_VOLTAGE | VALUE_TEMPERATURE | VALUE_CHARGE | VALUE_CURRENT;
  sample.voltage_mV = <f32>((<f64>ocv_mV + prompt + slow_mV) * cells);
  sample.temperature_degC = 25;
  sample.current_nA = <f32>((nA + offset_nA) * cells);
  sample.charge_pC = <i64>((nA + offset_nA) * 1000 * cells);
  step_after(SECOND_MS);
}

/** What a pulse took that the next wake has to tell, pC. */
let pulsed_pC: f64 = 0;

/** A pulse between two wakes: the counter tells of it, no reading sees it. */
export function pulse(seconds: i32, nA: f64): void {
  pulsed_pC += nA * 1000 * seconds;
  soc += (nA * 1000 * seconds) / (CAPACITY_PC * capacity_ratio);
}

/** A wake so long after the last one that the cell rests, whose board reads no current. */
export function read_asleep(apart_ms: u32): void {
  evaluate_ocv(<f32>soc, 25);
  // the counter sees what the node takes asleep as well
  const asleep_pC = <f64>node.sleep_drain_nA * <f64>apart_ms;
  soc -= asleep_pC / (CAPACITY_PC * capacity_ratio);
  sample.valid = VALUE_VOLTAGE | VALUE_TEMPERATURE | VALUE_CHARGE;
  sample.voltage_mV = ocv_mV;
  sample.temperature_degC = 25;
  sample.charge_pC = <i64>(pulsed_pC - asleep_pC);
  pulsed_pC = 0;
  step_after(apart_ms);
}

/** So many readings at rest so far apart, each off by so much. */
export function read_at_rest(count: i32, apart_ms: u32, off_mV: f64): void {
  for (let i = 0; i < count; i++) {
    evaluate_ocv(<f32>soc, 25);
    sample.valid = VALUE_VOLTAGE | VALUE_TEMPERATURE | VALUE_CHARGE | VALUE_CURRENT;
    sample.voltage_mV = <f32>(<f64>ocv_mV + off_mV);
    sample.temperature_degC = 25;
    sample.current_nA = 0;
    sample.charge_pC = 0;
    step_after(apart_ms);
  }
}
