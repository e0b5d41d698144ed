// The report of a run: words, tables and ledger, and the rows for the plots.

import { type RunTrace } from "../../host/sim/record.js";
import { plotSection } from "./blocks.js";
import { fixed } from "./digits.js";
import { onePage } from "./one_file.js";
import { html } from "./html.js";
import { ledgerSection } from "./ledger.js";
import { type RunNumbers } from "./numbers.js";
import { packRun } from "./packed.js";
import { tables, tiles, titleBlock } from "./summary.js";

/** Says so when the page does not hold every wake. */
const thinning = (rows: number, count: number): string =>
  rows === count
    ? ""
    : `This page holds ${fixed(rows, 0)} of ${fixed(count, 0)} wakes: of neighbours the lowest ` +
      "voltage and the worst error, light and currents averaged. trace.csv holds all.";

const plots = (rows: number, count: number) =>
  plotSection(
    html`Truth is the simulated cell's, the estimate is what the firmware knew, &sigma; is its own
    estimate of its error. Grey: the node is switched off. ${thinning(rows, count)}`,
  );

/** The whole page. */
export function reportPage(numbers: RunNumbers, trace: RunTrace): string {
  const run = packRun(trace, numbers.hours);
  const body = html`${titleBlock(numbers)} ${tiles(numbers)} ${plots(run.rows, trace.count)}
  ${ledgerSection(numbers.energy)} ${tables(numbers)}`;
  return onePage({ title: numbers.title, body, id: "run", data: run });
}
