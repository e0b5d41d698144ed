// The script of every report: finds the rows in the page, unpacks them and plots them.

import { type PackedComparison } from "../comparison/packed.js";
import { type PackedRun } from "../packed.js";
import { Chart } from "./chart.js";
import { chartsOf } from "./comparison.js";
import { panelsOf } from "./panels.js";
import { Plots } from "./plots.js";
import { Strip } from "./strip.js";
import { courseOf, unpackRun } from "./unpack.js";
import { unpackComparison } from "./unpack_comparison.js";

/** What the page carries under this name. */
function carried<Data>(id: string): Data | undefined {
  const text = document.getElementById(id)?.textContent;
  return text === undefined ? undefined : (JSON.parse(text) as Data);
}

function plotRun(packed: PackedRun, section: HTMLElement): void {
  const run = unpackRun(packed);
  if (run.rows === 0) return section.append("The run has no rows to plot.");
  const panels = panelsOf(run);
  new Plots(courseOf(run), section, (view) => [
    ...panels.map((panel, i) => new Chart(view, panel, i === 0 ? "first" : "middle")),
    new Strip(view, run),
  ]);
}

function plotComparison(packed: PackedComparison, section: HTMLElement): void {
  const comparison = unpackComparison(packed);
  new Plots(comparison.course, section, (view) => chartsOf(comparison, view));
}

const section = document.getElementById("plots")!;
const run = carried<PackedRun>("run");
const comparison = carried<PackedComparison>("comparison");
if (run !== undefined) plotRun(run, section);
if (comparison !== undefined) plotComparison(comparison, section);
