// Bars of a comparison, in HTML that needs no script and fits any width: one small picture a
// metric, and what nobody could have met beside what was missed besides.

import { fixed } from "../digits.js";
import { html, type Markup } from "../html.js";
import { LOOKS, type Look } from "./looks.js";
import { type Metric } from "./metrics.js";
import { type Row } from "./rows.js";

/** A part of a bar, from and to in the unit of the picture. */
interface Part {
  from: number;
  to: number;
  color: string;
}

interface Bar {
  title: string;
  look: Look;
  parts: Part[];
  text: string;
}

const share = (part: number): string => `${Number((100 * part).toFixed(2))}%`;

/** Bars on one scale, which reaches from `low` to `high`. */
function barTable(caption: Markup, bars: readonly Bar[], low: number, high: number): Markup {
  const span = high > low ? high - low : 1;
  const at = (value: number) => (value - low) / span;
  const drawn = ({ from, to, color }: Part) => {
    const [left, width] = [at(Math.min(from, to)), Math.abs(to - from) / span];
    const style = `left:${share(left)};width:${share(width)};background:var(${color})`;
    return html`<span style="${style}"></span>`;
  };
  const rows = bars.map(
    ({ title, look, parts, text }) =>
      html`<tr class="${look}">
        <th scope="row">${title}</th>
        <td class="track"><div style="--zero:${share(at(0))}">${parts.map(drawn)}</div></td>
        <td>${text}</td>
      </tr>`,
  );
  return html`<table class="bars">
    <caption>
      ${caption}
    </caption>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function metricBars({ title, says, of, text }: Metric, rows: readonly Row[], slots: number) {
  const values = rows.map((row) => of(row, slots));
  const known = values.filter((value) => value !== null);
  const bars = rows.map(({ title: name, look }, i): Bar => {
    const value = values[i]!;
    const part = { from: 0, to: value ?? 0, color: LOOKS[look].color };
    return { title: name, look, parts: [part], text: value === null ? "\u2013" : text(value) };
  });
  const caption = html`${title} <small>${says}</small>`;
  return barTable(caption, bars, Math.min(0, ...known), Math.max(0, ...known));
}

const legend = (rows: readonly Row[]): Markup[] => {
  const looks = Object.keys(LOOKS) as Look[];
  return looks
    .filter((look) => rows.some((row) => row.look === look))
    .map((look) => {
      const { color, says } = LOOKS[look];
      return html`<li><span style="background:var(${color})"></span>${says}</li>`;
    });
};

/** One picture a metric. */
export const metricsSection = (
  metrics: readonly Metric[],
  rows: readonly Row[],
  slots: number,
): Markup =>
  html`<section id="metrics">
    <h2>Policies beside the perfect plan</h2>
    <ul class="legend">
      ${legend(rows)}
    </ul>
    <div class="multiples">${metrics.map((metric) => metricBars(metric, rows, slots))}</div>
  </section>`;

/** Floors missed: what nobody could have met, and what was missed besides. */
export function missedBars(rows: readonly Row[], unmeetable: number): Markup {
  const bars = rows.map(({ title, look, missed }): Bar => {
    const nobody = { from: 0, to: Math.min(missed, unmeetable), color: "--flow-open" };
    const besides = { from: nobody.to, to: missed, color: "--alarm" };
    const more = fixed(Math.max(0, missed - unmeetable), 1);
    const text = `${fixed(nobody.to, 1)} + ${more}`;
    return { title, look, parts: [nobody, besides], text };
  });
  const caption = html`Floors missed
    <small>slots; grey: those that no policy could have met, orange: those besides</small>`;
  return barTable(caption, bars, 0, Math.max(...rows.map(({ missed }) => missed)));
}
