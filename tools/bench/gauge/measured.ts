// The rows of the gauge bench on a measured cell: an LG 18650HG2 from 40 to -10 degC, the same core
// at another scale, with the profile that `tfmb fit` makes of its laboratory files.

import { fitFiles } from "../../commands/fit_measured.js";
import { unmeasured, type Measurement } from "../report.js";
import { lgHealth } from "./measured/health.js";
import { CAPACITY_NAH, fittedToPaths, missingFile, SCALE } from "./measured/lg_files.js";
import { lgMetrics, lgTable } from "./measured/metrics.js";
import { runLgRows, type LgOutcome } from "./measured/rows.js";

/** Of the label, mAh: it checks the units. */
const LABEL_MAH = 3000;

export interface MeasuredAnswer {
  measured: Measurement[];
  rows: object[];
  page: string;
}

/** The one cell file of all rows, as `tfmb fit` makes it. */
function cellOf() {
  const files = fittedToPaths();
  const asUAh = CAPACITY_NAH / SCALE / 1000;
  const { cell } = fitFiles(files, { labelMAh: LABEL_MAH, asUAh });
  return { cell, words: `one cell file, fitted by tfmb fit to ${files.length} files` };
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
