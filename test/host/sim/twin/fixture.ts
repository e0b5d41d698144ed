// What the tests of the twin test bed share: a perfect world, in which firmware knows everything,
// and months of it.

import { readPart } from "../../../../boards/parts.js";
import { plain } from "../../../../boards/schema/quantity.js";
import { Bed, type Case, type Reading } from "../../../../host/sim/twin/bed.js";
import { type Unknowns, type Wiring } from "../../../../host/sim/twin/case.js";
import { readPlan } from "../../../../tools/bench/gauge/twin_plan.js";
import { labelOf } from "../../../../tools/bench/gauge/twin_run.js";
import { projectPath } from "../../../../tools/build/paths.js";

export const root = projectPath("boards");
export const plan = readPlan(root);
export const CELL = "r20-50uAh";

export const DAY_S = 86400;

/** Nothing is unknown; steps of the ADC and of the thermometer too small to be seen. */
export const PERFECT: Unknowns = {
  leak_nA: 0,
  load_error: 0,
  harvest_error: 0,
  harvest_walk: 0,
  capacity_ratio: 1,
  resistance_ratio: 1,
  temperature_offset_K: 0,
  temperature_lsb_K: 0.0001,
  adc_bits: 32,
  adc_noise_mV: 0,
  gain_drift_ppm_K: 0,
  float_error: 0,
  specimen: "fitted",
  told: {},
};

export const NO_GAIN: Wiring = { gain_sigma: 0, limiting_flag: true };

/** A list of boards/scenarios/gauge/unknowns. */
export const listOf = (name: string): Unknowns => readPart(root, "unknowns", name);

/** The case of a set-up that lasts `days`, perfect but for `changed`. */
export function caseFor(
  name: string,
  days: number,
  changed: Partial<Unknowns> = {},
  wiring = NO_GAIN,
  seed = 20,
  cell = CELL,
): Case {
  const part = readPart(root, "cell", cell);
  return {
    name,
    setup: { ...readPart(root, "setup", name), days },
    unknowns: { ...PERFECT, ...changed },
    wiring,
    physics: plain(part).physics,
    label: labelOf(part),
    fitted: plan.cells[cell]!.fitted,
    seed,
  };
}

/** Lives a case with charging always on. */
export function live(of: Case, pause_s = 0): { bed: Bed; readings: Reading[]; socs: number[] } {
  const bed = new Bed(of);
  const readings: Reading[] = [];
  const socs: number[] = [];
  while (!bed.over) {
    readings.push(bed.read());
    socs.push(bed.soc);
    bed.pass(true, pause_s);
  }
  return { bed, readings, socs };
}
