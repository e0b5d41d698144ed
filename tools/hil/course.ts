// The course of a run as a drawing: true SOC and its estimate, with the moments that were looked
// at. An SVG of two lines is enough beside a table; trace.csv has the rest.

import { html, type Markup } from "../report/html.js";
import { type Outcome } from "./run.js";

const WIDTH = 720;
const HEIGHT = 120;
const POINTS_MAX = 360;
/** What lies above the float voltage counts as more than full. */
const SOC_MAX = 1.1;
const TRUE = "stroke: var(--truth); stroke-width: 2";
const ESTIMATED = "stroke: var(--estimate); stroke-width: 1.5; stroke-dasharray: 4 3";

/** A polyline over the run; gaps, where the node was off, are left out. */
function line(outcome: Outcome, values: Float32Array, style: string): Markup {
  const { trace, hours } = outcome;
  const stride = Math.max(1, Math.ceil(trace.count / POINTS_MAX));
  const points: string[] = [];
  for (let i = 0; i < trace.count; i += stride) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    const x = (WIDTH * trace.t_s[i]!) / (hours * 3600);
    points.push(`${x.toFixed(1)},${(HEIGHT * (1 - value / SOC_MAX)).toFixed(1)}`);
  }
  return html`<polyline points="${points.join(" ")}" fill="none" style="${style}" />`;
}

const mark = ({ hours }: Outcome, time_s: number, pass: boolean): Markup => {
  const x = ((WIDTH * time_s) / (hours * 3600)).toFixed(1);
  const style = pass ? "stroke: currentColor; opacity: 0.25" : "stroke: var(--alarm)";
  return html`<line x1="${x}" x2="${x}" y1="0" y2="${HEIGHT}" style="${style}" />`;
};

export function course(outcome: Outcome): Markup {
  const { trace, checks } = outcome;
  if (trace.count === 0) return html`<p class="note">It did not run.</p>`;
  return html`<svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      width="100%"
      role="img"
      aria-label="SOC over the run"
      style="border: 1px solid currentColor; max-width: 45rem"
    >
      ${checks.map(({ time_s, pass }) => mark(outcome, time_s, pass))}
      ${line(outcome, trace.soc, TRUE)} ${line(outcome, trace.estimate, ESTIMATED)}
    </svg>
    <p class="note">
      SOC from 0 to 110 % over ${outcome.hours} h: true (solid) and estimated (dashed); upright
      lines are where something was expected.
    </p>`;
}
