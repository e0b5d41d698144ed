// The rows of the gauge bench on a measured cell: an LG 18650HG2 from 40 to -10 degC, the same core
// at another scale, with the profile that `tfmb fit` makes of its laboratory files.

import { fitFiles } from "../../commands/fit_measured.js";
import { unmeasured, type Measurement } from "../report.js";
import { lgHealth } from "./measured/health.js";
import {
  CAPACITY_NAH,
  drivePaths,
  fittedToPaths,
  missingFile,
  SCALE,
} from "./measured/lg_files.js";
import { lgMetrics, lgTable } from "./measured/metrics.js";
import { runLgRows, type LgOutcome } from "./measured/rows.js";

/** Of the label, mAh: it checks the units. */
const LABEL_MAH = 3000;

export interface MeasuredAnswer {
  measured: Measurement[];
  rows: object[];
  page: string;
}

/** A cell file as `tfmb fit` makes it. */
function cellOf(files: string[]) {
  const asUAh = CAPACITY_NAH / SCALE / 1000;
  return fitFiles(files, { labelMAh: LABEL_MAH, asUAh }).cell;
}

/**
 * What binds: the same gauge with a cell file that was fitted to the tested drives as well. No
 * result, for nobody has such a file; what it would be worth is what the real one leaves.
 */
function limitsOf(module: WebAssembly.Module): Measurement[] {
  const cell = cellOf([...fittedToPaths(), ...drivePaths()]);
  const words = "no result: fitted to the tested drives too, so the gauge's own share of the error";
  return lgMetrics(runLgRows(module, cell), words)
    .filter(({ name }) => !name.startsWith("lg_counting_"))
    .map((each) => ({ ...each, name: each.name.replace(/^lg_/, "lg_if_seen_") }));
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
  const files = fittedToPaths();
  const cell = cellOf(files);
  const words = `one cell file, fitted by tfmb fit to ${files.length} files`;
  const outcomes = runLgRows(module, cell);
  const page = `${lgTable(outcomes)}\nwith ${words}`;
  const measured = [
    ...lgMetrics(outcomes, words),
    ...lgHealth(module, cell, words),
    ...limitsOf(module),
  ];
  return { measured, rows: outcomes.map(plainRow), page };
}
