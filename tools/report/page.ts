// The report of a run as one file: words, tables and ledger as HTML, the rows packed into it, and
// the script that plots them. It asks nothing of any network.

import { type RunTrace } from "../../host/sim/record.js";
import { reportBundle } from "./bundle.js";
import { fixed } from "./digits.js";
import { html, Markup, scriptJson } from "./html.js";
import { ledgerSection } from "./ledger.js";
import { type RunNumbers } from "./numbers.js";
import { packRun } from "./packed.js";
import { tables, tiles, titleBlock } from "./summary.js";

/** Nothing is fetched, even if something in the page asked for it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** Made by esbuild, which leaves no end tag in it. */
const bundled = (text: string): Markup => new Markup(text);

/** Says so when the page does not hold every wake. */
const thinning = (rows: number, count: number): string =>
  rows === count
    ? ""
    : `This page holds ${fixed(rows, 0)} of ${fixed(count, 0)} wakes: of neighbours the lowest ` +
      "voltage and the worst error, light and currents averaged. trace.csv holds all.";

const plots = (rows: number, count: number) =>
  html`<section id="plots" aria-label="Plots over time">
    <h2>Over time</h2>
    <p class="note">
      Truth is the simulated cell's, the estimate is what the firmware knew, &sigma; is its own
      estimate of its error. Grey: the node is switched off. Drag in a plot to zoom all of them,
      double click to see everything. ${thinning(rows, count)}
    </p>
    <noscript><p>The plots need JavaScript; everything else does not.</p></noscript>
  </section>`;

/** The whole page. */
export function reportPage(numbers: RunNumbers, trace: RunTrace): string {
  const { script, style } = reportBundle();
  const run = packRun(trace, numbers.hours);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${numbers.title}</title>
        <style>
          ${bundled(style)}
        </style>
      </head>
      <body>
        <main>
          ${titleBlock(numbers)} ${tiles(numbers)} ${plots(run.rows, trace.count)}
          ${ledgerSection(numbers.energy)} ${tables(numbers)}
        </main>
        <script type="application/json" id="run">
          ${scriptJson(run)}
        </script>
        <script>
          ${bundled(script)};
        </script>
      </body>
    </html>`;
  return `${page.text}\n`;
}
