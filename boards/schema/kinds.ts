// The kinds of part files: the folder below boards/, and the schema of its files.

import { board } from "./board.js";
import { cell } from "./cell.js";
import { load } from "./load.js";
import { scenario } from "./scenario.js";

export const KINDS = {
  cell: { folder: "cells", schema: cell, title: "a cell of boards/cells" },
  board: { folder: "boards", schema: board, title: "a board of boards/boards" },
  load: { folder: "loads", schema: load, title: "a load of boards/loads" },
  scenario: { folder: "scenarios", schema: scenario, title: "a scenario of boards/scenarios" },
} as const;

export type Kind = keyof typeof KINDS;
