// What `tfmb simulate --out DIR` leaves: report.html, run.json and trace.csv.

import { type RunTrace } from "../../host/sim/record.js";
import { traceCsv } from "./csv.js";
import { type RunNumbers } from "./numbers.js";
import { reportPage } from "./page.js";
import { writeWhole } from "./whole_files.js";

export { ReportError } from "./whole_files.js";

/** Writes report.html, run.json and trace.csv into `dir`, which is made. Throws `ReportError`. */
export function writeRun(dir: string, numbers: RunNumbers, trace: RunTrace): void {
  const files = {
    "run.json": `${JSON.stringify(numbers, null, 2)}\n`,
    "trace.csv": traceCsv(trace),
    "report.html": reportPage(numbers, trace),
  };
  writeWhole(dir, files);
}
