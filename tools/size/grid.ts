// The pairs of cell and panels among which the smallest is looked for. Steps of nearly equal
// ratios: what is twice as large is equally far everywhere.

import { PartError } from "../../boards/check.js";
import { type Parts } from "../../boards/parts.js";
import { scaleCell, scalePanels } from "../../boards/scale.js";

/** Rising, in parallel to the axes of the map. */
export interface Grid {
  /** Rated capacities: the scenario's cell on another area. */
  cells_uAh: number[];
  /** How many of the board's panels lie in parallel; parts of one are allowed. */
  panels: number[];
}

/** A place of the grid, by indices. */
export interface Point {
  cell: number;
  panel: number;
}

/** Cells of the default grid: round capacities from about a fifth to ten times the scenario's. */
const ROUND = [1, 1.5, 2, 3, 5, 7];
const CELL_MIN = 0.19;
const CELL_MAX = 10.5;
/** Panels of the default grid, times the scenario's. */
const PANEL_RATIOS = [0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4];
/** More values than this are no map any more. */
export const CELLS_MAX = 24;
export const PANELS_MAX = 14;
const NAH_UAH = 1000;
const DIGITS = 6;

const product = (value: number, ratio: number) => Number((value * ratio).toPrecision(DIGITS));

/** Round capacities around a given one. */
function roundCells_uAh(own_uAh: number): number[] {
  const decade = Math.floor(Math.log10(own_uAh));
  return [decade - 1, decade, decade + 1, decade + 2]
    .flatMap((power) => ROUND.map((digit) => product(digit, 10 ** power)))
    .filter((cell_uAh) => cell_uAh > CELL_MIN * own_uAh && cell_uAh < CELL_MAX * own_uAh);
}

/** The round number that is nearest by ratio. */
export function roundNear(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const far = (digit: number) => Math.abs(Math.log((digit * power) / value));
  const nearest = [...ROUND, 10].reduce((best, digit) => (far(digit) < far(best) ? digit : best));
  return product(nearest, power);
}

/** Capacity of the scenario's cell. */
export const capacityOf_uAh = ({ cell }: Parts): number =>
  cell.profile.capacity_nAh.value / NAH_UAH;

/** A list of the command line: rising numbers above zero. Throws PartError. */
export function parseList(option: string, text: string, most: number): number[] {
  const words = text.split(",").map((word) => word.trim());
  const values = words.map((word) => (word === "" ? NaN : Number(word)));
  const wrong = values.findIndex((value) => !(value > 0 && Number.isFinite(value)));
  if (wrong >= 0) {
    const remedy = "give numbers with commas between them, e.g. 20,50,100";
    throw new PartError(`${option} ${text}: "${words[wrong]}" must be a number > 0; ${remedy}`);
  }
  const falling = values.findIndex((value, i) => i > 0 && value <= values[i - 1]!);
  if (falling >= 0) {
    const pair = `${values[falling]} after ${values[falling - 1]}`;
    throw new PartError(`${option} ${text}: ${pair} does not rise; sort the list`);
  }
  if (values.length > most) {
    throw new PartError(`${option}: ${values.length} values, at most ${most} make a map`);
  }
  return values;
}

/** The grid around the scenario's own cell and panels, or what the user gave. */
export function gridOf(parts: Parts, cells?: string, panels?: string): Grid {
  const own_uAh = capacityOf_uAh(parts);
  const own_panels = parts.board.physics.panels.value;
  return {
    cells_uAh:
      cells === undefined ? roundCells_uAh(own_uAh) : parseList("--cells", cells, CELLS_MAX),
    panels:
      panels === undefined
        ? PANEL_RATIOS.map((ratio) => product(own_panels, ratio))
        : parseList("--panels", panels, PANELS_MAX),
  };
}

/** The parts of a scenario with the cell and the panels of a point. Throws PartError. */
export function partsAt(parts: Parts, grid: Grid, { cell, panel }: Point): Parts {
  const ratio = grid.cells_uAh[cell]! / capacityOf_uAh(parts);
  const more = grid.panels[panel]! / parts.board.physics.panels.value;
  return { ...parts, cell: scaleCell(parts.cell, ratio), board: scalePanels(parts.board, more) };
}
