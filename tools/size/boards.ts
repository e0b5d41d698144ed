// `tfmb size --boards`: for every board that a node can be made of, the smallest cell and panels
// with which it lives through good years on the default site, and what it draws there: the floor
// of its sleep, and apart from it what the gauge costs. The answers are kept in docs/boards.json.

import { readPart, readScenario, type Parts } from "../../boards/parts.js";
import { type Firmware } from "../../boards/schema/board.js";
import { type Core } from "../../host/core/core.js";
import { projectPath } from "../build/paths.js";
import { live } from "../simulate/life.js";
import { numbersOf } from "../simulate/numbers.js";
import { partsOf } from "../simulate/setup.js";
import { partsAt, roundNear } from "./grid.js";
import { type SizeNumbers } from "./numbers.js";

export const SCENARIO = "default-year";

/** Boards for the light of a room, the least current asleep first. */
export const BOARDS = [
  ...["stm32l476-cbc3150", "nrf52840-bq25570", "puckjs", "microbit", "moddable-four"],
  ...["mdbt42q", "banglejs2"],
] as const;

/** A row of the table. */
export interface BoardRow {
  board: string;
  runtime: Firmware["runtime"];
  /** Mean power in the scenario's year: asleep, and of the gauge with its journal. */
  sleep_floor_uW: number;
  gauge_uW: number;
  /** null: none up to the largest that a part file may have. */
  cell_uAh: number | null;
  /** Panels in all, in parallel and in series. */
  panels: number | null;
  /** The command that finds it again. */
  replay: string;
}

/** What the command writes. */
export interface BoardSizes {
  commit: string;
  scenario: string;
  site: string;
  load: string;
  reliability: number;
  rows: BoardRow[];
}

const root = projectPath("boards");
const NAH_UAH = 1000;
const NW_UW = 1000;
const DIGITS = 3;
/** A node sleeps through from Friday evening to Monday morning; so far around it is looked. */
const WEEKEND_H = 62;
const CELL_RATIOS = [0.3, 0.5, 0.7, 1, 1.5, 2, 3];
const PANEL_RATIOS = [0.35, 0.5, 0.7, 1, 1.4];
/** The largest cell that a part file may have. */
const CELL_MAX_UAH = 10000;

/** Lists for --cells and --panels: about what the board draws asleep, over the scenario's own. */
export function gridFor(name: string): { cells: string; panels: string } {
  const own = readScenario(root, SCENARIO).board;
  const { profile, physics } = readPart(root, "board", name);
  const sleep_nA = profile.sleep_drain_nA.value;
  const strings = own.physics.panels.value / physics.panels_in_series.value;
  const list = (ratios: readonly number[], about: number, most = Infinity) =>
    [...new Set(ratios.map((ratio) => Math.min(most, roundNear(ratio * about))))].join(",");
  return {
    cells: list(CELL_RATIOS, (sleep_nA * WEEKEND_H) / NAH_UAH, CELL_MAX_UAH),
    panels: list(PANEL_RATIOS, (strings * sleep_nA) / own.profile.sleep_drain_nA.value),
  };
}

/** A board's node with this cell and as many panels. */
function nodeOf(board: string, cell_uAh: number, panels: number): Parts {
  const parts = partsOf(root, { scenario: SCENARIO, board });
  return partsAt(parts, { cells_uAh: [cell_uAh], panels: [panels] }, { cell: 0, panel: 0 });
}

const worth = (value: number) => Number(value.toPrecision(DIGITS));

/** What a node draws asleep and for its gauge in the scenario's year, or in the hours given. */
export function costOf(core: Core, parts: Parts, hours = parts.scenario.hours) {
  const scenario = { ...parts.scenario, hours };
  const { node_cost: cost } = numbersOf(live(core, SCENARIO, { ...parts, scenario }), "", "");
  return {
    sleep_floor_uW: worth(Number(cost.sleep_floor_mean_nW) / NW_UW),
    gauge_uW: worth(Number(cost.gauge_mean_nW) / NW_UW),
  };
}

/** The node of a row that has an answer. */
export function nodeOfRow({ board, cell_uAh, panels }: BoardRow): Parts {
  const { panels_in_series } = readPart(root, "board", board).physics;
  return nodeOf(board, cell_uAh!, panels! / panels_in_series.value);
}

/** The row of a board after its search; without an answer, what the largest pair draws. */
export function rowOf(core: Core, { board, replay, answer, grid }: SizeNumbers): BoardRow {
  const { firmware, physics } = readPart(root, "board", board);
  const pair = answer ?? { cell_uAh: grid.cells_uAh.at(-1)!, panels: grid.panels.at(-1)! };
  return {
    board,
    runtime: firmware!.runtime,
    ...costOf(core, nodeOf(board, pair.cell_uAh, pair.panels)),
    cell_uAh: answer?.cell_uAh ?? null,
    panels: answer === null ? null : answer.panels * physics.panels_in_series.value,
    replay,
  };
}

/** Of a capacity, in the unit that is read easiest. */
const capacity = (uAh: number) => (uAh < NAH_UAH ? `${uAh} uAh` : `${uAh / NAH_UAH} mAh`);

/** The table of the README. */
export function sizesTable({ rows }: BoardSizes): string {
  const lines = rows.map(
    ({ board, runtime, sleep_floor_uW, gauge_uW, cell_uAh, panels }) =>
      `| ${board} | ${runtime} | ${sleep_floor_uW} uW | ${gauge_uW} uW | ` +
      (cell_uAh === null
        ? `none up to ${capacity(CELL_MAX_UAH)} | - |`
        : `${capacity(cell_uAh)} | ${panels} |`),
  );
  const head = "| board | runtime | asleep | gauge | smallest cell | AM-1417 panels |";
  return [head, "| --- | --- | ---: | ---: | ---: | ---: |", ...lines].join("\n");
}
