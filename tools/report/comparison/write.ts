// What `tfmb compare --out DIR` leaves: compare.html, compare.json, compare.csv and slots.csv.

import { type CompareNumbers } from "../../oracle/numbers.js";
import { writeWhole } from "../whole_files.js";
import { policiesCsv, slotsCsv } from "./csv.js";
import { comparisonPage } from "./page.js";

/** Writes them into `dir`, which is made. Throws ReportError. */
export function writeComparison(dir: string, numbers: CompareNumbers): void {
  writeWhole(dir, {
    "compare.json": `${JSON.stringify(numbers, null, 2)}\n`,
    "compare.csv": policiesCsv(numbers),
    "slots.csv": slotsCsv(numbers),
    "compare.html": comparisonPage(numbers),
  });
}
