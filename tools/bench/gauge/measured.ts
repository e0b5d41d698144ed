// The rows of the gauge bench on a measured cell: an LG 18650HG2 from 40 to -10 degC, the same core
// at the scale of 1 : 1000. With its fitted file where boards/cells has one, else with a plain one.

import { existsSync } from "node:fs";
import { readPart } from "../../../boards/parts.js";
import { projectPath } from "../../build/paths.js";
import { type Measurement } from "../report.js";
import { plainLgCell } from "./measured/lg_cell.js";
import { missingFile } from "./measured/lg_files.js";
import { lgMetrics, lgTable } from "./measured/metrics.js";
import { runLgRows, type LgOutcome } from "./measured/rows.js";

/** The file of boards/cells that tfmb fit makes of the laboratory's files. */
const FITTED = "lg-18650hg2";

export interface MeasuredAnswer {
  measured: Measurement[];
  rows: object[];
  page: string;
}

function cellOf() {
  const fitted = existsSync(projectPath(`boards/cells/${FITTED}.json`));
  if (!fitted) return { cell: plainLgCell(), words: "plain OCV table and resistance, no fit" };
  return { cell: readPart(projectPath("boards"), "cell", FITTED), words: `boards/cells/${FITTED}` };
}

const plainRow = ({ row, figures, recovery_s, recovered }: LgOutcome) => {
  const { sort, drive, name } = row;
  return { lg: sort, drive, name, ...figures, recovery_s: recovered ? recovery_s : null };
};

/** Where a file of the data is not there, the page says which. */
export function measuredCell(module: WebAssembly.Module): MeasuredAnswer {
  const missing = missingFile();
  if (missing !== undefined) {
    const page = `LG 18650HG2: not measured, needs ${missing}: set TFMB_DATA to the data's folder`;
    return { measured: [], rows: [], page };
  }
  const { cell, words } = cellOf();
  const outcomes = runLgRows(module, cell);
  const page = `${lgTable(outcomes)}\nwith ${words}`;
  return { measured: lgMetrics(outcomes, words), rows: outcomes.map(plainRow), page };
}
