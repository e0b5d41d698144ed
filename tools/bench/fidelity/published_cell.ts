// Experiments on the plant's cell with the parameters that Raijmakers, Danilov, Eichel, Notten,
// Electrochim. Acta 330 (2020) 135147 publish for a commercial cell of 0.7 mAh: nothing is tuned.

import { readPart } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { type Grid } from "../../../host/sim/grid.js";
import { Cell, type CellPhysics } from "../../../host/sim/cell.js";
import { Random } from "../../../host/sim/random.js";
import { projectPath } from "../../build/paths.js";

/** Capacities from full to 3.0 V that were measured, mAh/cm2 at each C-rate; digitised. */
export const MEASURED_MAH_CM2: readonly (readonly [rate: number, mAh_cm2: number])[] = [
  [0.1, 0.3244],
  [0.5, 0.2746],
  [1, 0.2473],
  [2, 0.218],
  [4, 0.1858],
  [6, 0.16],
];

/** A grid that a finer one does not change by what is measured here. */
export const CONVERGED_GRID: Grid = { volumes: 96, growth: 1.04 };

const ONE_C_NA = 700000;
const CHARGE_MV = 4200;
const CUT_OFF_MV = 3000;
/** A charge ends at a tenth of 1C. */
const TAPER_NA = 70000;
const HOUR_S = 3600;
const DAY_S = 86400;
const NAH_MAH = 1e6;
/** Current steps of a discharge at 1C or any other rate. */
const STEPS = 4000;

/** Its paper calls 4.19 V full, where a charge at 4.2 V ends; the part file goes on to 4.2 V. */
const FULL_LITHIUM = 0.51;

export function publishedCell(): CellPhysics {
  const { physics } = plain(readPart(projectPath("boards"), "cell", "r20-0p7mAh"));
  return { ...physics, lithium_full: FULL_LITHIUM };
}

/** The same sort of grid, cut twice as finely. */
export function halved({ volumes, growth }: Grid): Grid {
  return { volumes: 2 * volumes, growth: Math.sqrt(growth) };
}

/** A cell charged as the measured one was: 1C to 4.2 V, which is held until 0.07 mA. */
export function charged(grid: Grid): Cell {
  const cell = new Cell(publishedCell(), 0.02, grid);
  do cell.take_nA(ONE_C_NA, 0, 5, CHARGE_MV);
  while (cell.end_nA > TAPER_NA);
  return cell;
}

/** Charge from full to 3.0 V at a C-rate, mAh/cm2. */
export function endCapacity_mAh_cm2(rate: number, grid: Grid): number {
  const cell = charged(grid);
  const start_nC = cell.port_nC;
  const current_nA = -rate * ONE_C_NA;
  const dt_s = HOUR_S / rate / (2 * STEPS);
  let before_mV = cell.voltage_mV(current_nA);
  let before_nC = cell.port_nC;
  for (;;) {
    cell.drive(current_nA, dt_s);
    if (cell.end_mV < CUT_OFF_MV) break;
    before_mV = cell.end_mV;
    before_nC = cell.port_nC;
  }
  const share = (before_mV - CUT_OFF_MV) / (before_mV - cell.end_mV);
  const end_nC = before_nC + share * (cell.port_nC - before_nC);
  return (start_nC - end_nC) / HOUR_S / NAH_MAH / publishedCell().area_cm2;
}

/** Share of the charge at 4.2 V without a limit that is in when the current falls to 0.1 mA. */
export function shareAtTaper(grid: Grid): number {
  const taper_nA = 100000;
  const over_nA = 100;
  const cell = new Cell(publishedCell(), 0.015 / 0.49, grid);
  let taper_nC = 0;
  for (let dt_s = 0.01; ; dt_s = Math.min(1.3 * dt_s, 10)) {
    cell.take_nA(1e8, 0, dt_s, CHARGE_MV);
    if (cell.end_nA > taper_nA) taper_nC = cell.port_nC;
    if (cell.end_nA < over_nA) return taper_nC / cell.port_nC;
  }
}

/** Voltage that a pulse of 1 mA and 1 s costs a rested half-full cell, over the current, ohm. */
export function pulse_ohm(temperature_degC: number, grid: Grid): number {
  const cell = new Cell(publishedCell(), 0.5, grid);
  cell.temperature_degC = temperature_degC;
  const rest_mV = cell.voltage_mV(0);
  for (let step = 0; step < 100; step++) cell.drive(-1e6, 0.01);
  return rest_mV - cell.end_mV;
}

/**
 * Largest change of the voltage between two grids along a 1C discharge down to 3.8 V, mV: 86 % of
 * its charge. Below, where the surface runs empty, the voltage falls by volts within a percent.
 */
export function dischargeDifference_mV(one: Grid, other: Grid): number {
  const [left, right] = [one, other].map((grid) => new Cell(publishedCell(), 1, grid));
  let worst_mV = 0;
  for (;;) {
    left!.drive(-ONE_C_NA, 1);
    right!.drive(-ONE_C_NA, 1);
    if (right!.end_mV < 3800) return worst_mV;
    worst_mV = Math.max(worst_mV, Math.abs(left!.end_mV - right!.end_mV));
  }
}

/** Currents of a day that change every minute, up to 1C to either side, nA; without a mean. */
export function randomDay_nA(seed: number, most_nA = ONE_C_NA): number[] {
  const random = new Random(seed);
  const minutes = DAY_S / 60;
  const day = Array.from({ length: minutes }, () => most_nA * (2 * random.uniform() - 1));
  const mean_nA = day.reduce((sum, nA) => sum + nA, 0) / minutes;
  return day.map((nA) => nA - mean_nA);
}

/** Largest change of the voltage between two grids at the minutes of a random day, mV. */
export function dayDifference_mV(one: Grid, other: Grid, seed: number): number {
  const [left, right] = [one, other].map((grid) => new Cell(publishedCell(), 0.6, grid));
  let worst_mV = 0;
  for (const nA of randomDay_nA(seed)) {
    left!.drive(nA, 60);
    right!.drive(nA, 60);
    worst_mV = Math.max(worst_mV, Math.abs(left!.end_mV - right!.end_mV));
  }
  return worst_mV;
}
