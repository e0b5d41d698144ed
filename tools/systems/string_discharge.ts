// Sixteen specimens of one cell in series, emptied together: one current through all, the voltages
// add, and the weakest one decides when it ends. The simulated node has one cell; this is where the
// string is looked at as such.

import { Cell, type CellPhysics } from "../../host/sim/cell.js";
import { Random } from "../../host/sim/random.js";
import { drawCell, specimenOf, type CellSpread } from "../../host/sim/specimen.js";

export interface Emptied {
  /** Of the mean of the cells; the string's, and the least of a cell, mV. */
  soc: number[];
  string_mV: number[];
  least_mV: number[];
  /** Until the weakest reached its cut-off. */
  hours: number;
  /** Charge left in the others then: mean SOC. */
  left: number;
}

export interface StringOf {
  physics: CellPhysics & { spread: CellSpread };
  cells: number;
  seed: number;
  start_soc: number;
  cut_off_mV: number;
  current_nA: number;
}

const STEPS = 600;
const HALVINGS = 40;

/** Without what sets the sixteen apart. */
export const ALIKE: CellSpread = {
  capacity_spread: 0,
  resistance_spread: 0,
  diffusion_spread: 0,
  emf_spread_mV: 0,
};

/** The current at which a rested cell of this SOC shows a voltage at once, nA. */
export function currentFor_nA(physics: CellPhysics, soc: number, voltage_mV: number): number {
  const cell = new Cell(physics, soc);
  let [low_nA, high_nA] = [0, 1];
  while (cell.voltage_mV(-high_nA) > voltage_mV) high_nA *= 2;
  for (let i = 0; i < HALVINGS; i++) {
    const nA = (low_nA + high_nA) / 2;
    if (cell.voltage_mV(-nA) > voltage_mV) low_nA = nA;
    else high_nA = nA;
  }
  return low_nA;
}

/** The string from `start_soc` until its weakest cell is at the cut-off, without light. */
export function emptied(of: StringOf): Emptied {
  const { physics, cells, seed, start_soc, cut_off_mV, current_nA } = of;
  const random = new Random(seed);
  const string = Array.from(
    { length: cells },
    () => new Cell(specimenOf(physics, drawCell(physics.spread, random)), start_soc),
  );
  const dt_s = (string[0]!.capacity_nAh * 3600) / current_nA / STEPS;
  const answer: Emptied = { soc: [], string_mV: [], least_mV: [], hours: 0, left: 0 };
  const meanSoc = () => string.reduce((sum, { soc }) => sum + soc, 0) / cells;
  for (let step = 1; ; step++) {
    for (const cell of string) cell.drive(-current_nA, dt_s);
    const volts = string.map(({ end_mV }) => end_mV);
    const least_mV = Math.min(...volts);
    answer.hours = (step * dt_s) / 3600;
    answer.left = meanSoc();
    if (!(least_mV > cut_off_mV)) return answer;
    answer.soc.push(answer.left);
    answer.string_mV.push(volts.reduce((sum, mV) => sum + mV, 0));
    answer.least_mV.push(least_mV);
  }
}
