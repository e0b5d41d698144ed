// The rows of the gauge bench on a measured cell: an LG 18650HG2 from 40 to -10 degC, the same core
// at another scale. With a fitted profile where build/ has one, else with a plain one.

import { existsSync } from "node:fs";
import { buildPath } from "../../build/paths.js";
import { readCellProfile } from "../../characterise/cell_part.js";
import { unmeasured, type Measurement } from "../report.js";
import { plainLgCell } from "./measured/lg_cell.js";
import { lgHealth } from "./measured/health.js";
import { missingFile } from "./measured/lg_files.js";
import { lgMetrics, lgTable } from "./measured/metrics.js";
import { runLgRows, type LgOutcome } from "./measured/rows.js";

/** Where `tfmb fit FILES --out build/lg-18650hg2` leaves it. */
const FITTED = "lg-18650hg2/cell.json";

export interface MeasuredAnswer {
  measured: Measurement[];
  rows: object[];
  page: string;
}

function cellOf() {
  const fitted = buildPath(FITTED);
  if (!existsSync(fitted))
    return { cell: plainLgCell(), words: "plain OCV and resistance, no fit" };
  return { cell: readCellProfile(fitted).part, words: `the fitted build/${FITTED}` };
}

const plainRow = ({ row, figures, recovery_s, recovered }: LgOutcome) => {
  const { sort, drive, name } = row;
  return { lg: sort, drive, name, ...figures, recovery_s: recovered ? recovery_s : null };
};

/** Where a file of the data is not there, nothing is measured, and every metric says which. */
export function measuredCell(module: WebAssembly.Module): MeasuredAnswer {
  const missing = missingFile();
  if (missing !== undefined) {
    const why = `needs ${missing}: set TFMB_DATA to the folder of the data`;
    return { measured: unmeasured("gauge", "lg_", why), rows: [], page: "" };
  }
  const { cell, words } = cellOf();
  const outcomes = runLgRows(module, cell);
  const page = `${lgTable(outcomes)}\nwith ${words}`;
  const measured = [...lgMetrics(outcomes, words), ...lgHealth(module, cell, words)];
  return { measured, rows: outcomes.map(plainRow), page };
}
