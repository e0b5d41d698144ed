// Blocks that reports are made of: title, tile, table, and where the script puts its plots.

import { html, type Markup } from "./html.js";

export interface Title {
  /** What sort of report it is. */
  kind: string;
  title: string;
  facts: readonly [name: string, text: string][];
  /** The command that gives the same again. */
  replay: string;
}

export const titled = ({ kind, title, facts, replay }: Title): Markup =>
  html`<header id="title">
    <p class="kind">tfmb &middot; ${kind}</p>
    <h1>${title}</h1>
    <dl>
      ${facts.map(
        ([name, text]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${text}</dd>
          </div>`,
      )}
    </dl>
    <p class="replay"><span>Replay</span><code>${replay}</code></p>
  </header>`;

/** A number to read first. */
export const tile = (name: string, value: string, detail: string, bad = false): Markup =>
  html`<div class="tile ${bad ? "bad" : ""}">
    <h3>${name}</h3>
    <p class="value">${value}</p>
    <p class="detail">${detail}</p>
  </div>`;

export type Row = [name: string, ...values: string[]];

export function table(title: string, rows: readonly Row[], heads: readonly string[] = []): Markup {
  const head = heads.map((text) => html`<th scope="col">${text}</th>`);
  const body = rows.map(([name, ...values]) => {
    const cells = values.map((value) => html`<td>${value}</td>`);
    return html`<tr>
      <th scope="row">${name}</th>
      ${cells}
    </tr>`;
  });
  const none = html`<tr>
    <td class="none">none</td>
  </tr>`;
  return html`<table>
    <caption>
      ${title}
    </caption>
    ${
      head.length > 0
        ? html`<thead>
            <tr>
              <td></td>
              ${head}
            </tr>
          </thead>`
        : []
    }
    <tbody>
      ${body.length > 0 ? body : none}
    </tbody>
  </table>`;
}

/** Filled by the script. */
export const plotSection = (note: Markup): Markup =>
  html`<section id="plots" aria-label="Plots over time">
    <h2>Over time</h2>
    <p class="note">${note} Drag in a plot to zoom all of them, double click to see everything.</p>
    <noscript><p>The plots need JavaScript; everything else does not.</p></noscript>
  </section>`;
