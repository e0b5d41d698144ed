// `tfmb size --boards`: the search of `tfmb size` for one board after another; prints the table of
// the README, or JSON, and writes boards.json.

import { readScenario } from "../../boards/parts.js";
import { projectPath } from "../build/paths.js";
import { makeFolder, writeWhole } from "../report/whole_files.js";
import { BOARDS, gridFor, rowOf, SCENARIO, sizesTable } from "../size/boards.js";
import { type BoardRow, type BoardSizes } from "../size/boards.js";
import { commitOf } from "./replay.js";
import { loadCore } from "./simulate.js";
import { searchSize } from "./size.js";

export interface SizeBoardsOptions {
  out?: string | undefined;
  json?: boolean | undefined;
}

/** Less than a node of one's own deserves: seven boards are to be compared. */
const CARE = { reliability: 0.9, seeds: 8 } as const;

export async function sizeBoard(board: string): Promise<BoardRow> {
  const grid = gridFor(board);
  const found = await searchSize(SCENARIO, { board, ...grid, ...CARE });
  return rowOf(await loadCore(), found);
}

/** Searches, writes what is asked for, and returns what the command prints. */
export async function runSizeBoards({ out, json }: SizeBoardsOptions): Promise<string> {
  if (out !== undefined) makeFolder(out);
  const { site, load } = readScenario(projectPath("boards"), SCENARIO).scenario;
  const rows: BoardRow[] = [];
  for (const board of BOARDS) rows.push(await sizeBoard(board));
  const question = { scenario: SCENARIO, site, load, reliability: CARE.reliability };
  const sizes: BoardSizes = { commit: commitOf(), ...question, rows };
  const text = JSON.stringify(sizes, null, 2);
  if (out !== undefined) writeWhole(out, { "boards.json": `${text}\n` });
  return json === true ? text : sizesTable(sizes);
}
