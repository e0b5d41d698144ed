// A plot of lines that needs no script: SVG in the page's own colours, axes with round numbers.

import { html, type Markup } from "./html.js";

export interface Line {
  name: string;
  /** A colour of page.css, as `--estimate`. */
  color: string;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

export interface LinePlot {
  title: string;
  x_name: string;
  y_name: string;
  lines: readonly Line[];
}

const WIDTH = 640;
const HEIGHT = 260;
const EDGE = { left: 64, right: 12, top: 10, bottom: 40 };
const TICKS = 6;

/** Steps of 1, 2 or 5 times a power of ten, at most TICKS of them. */
function ticksOf(low: number, high: number): number[] {
  const raw = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= raw) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(10)));
}

/** Lowest and highest of all, a little apart even when they are alike. */
function rangeOf(lists: readonly ArrayLike<number>[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists)
    for (let i = 0; i < list.length; i++) {
      low = Math.min(low, list[i]!);
      high = Math.max(high, list[i]!);
    }
  return high > low ? [low, high] : [low - 1, low + 1];
}

const short = (value: number) => Number(value.toFixed(1));

/** The plot with its legend. */
export function linePlot({ title, x_name, y_name, lines }: LinePlot): Markup {
  const [x_low, x_high] = rangeOf(lines.map(({ x }) => x));
  const [y_low, y_high] = rangeOf(lines.map(({ y }) => y));
  const wide = WIDTH - EDGE.left - EDGE.right;
  const tall = HEIGHT - EDGE.top - EDGE.bottom;
  const at_x = (x: number) => short(EDGE.left + (wide * (x - x_low)) / (x_high - x_low));
  const at_y = (y: number) => short(EDGE.top + tall * (1 - (y - y_low) / (y_high - y_low)));
  const bottom = HEIGHT - EDGE.bottom;
  const text = (x: number, y: number, anchor: string, words: string) =>
    html`<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
  const rule = (x1: number, y1: number, x2: number, y2: number) =>
    html`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" />`;
  const right = WIDTH - EDGE.right;
  const across = ticksOf(x_low, x_high).map((x) => {
    const label = text(at_x(x), bottom + 16, "middle", String(x));
    return html`${rule(at_x(x), EDGE.top, at_x(x), bottom)}${label}`;
  });
  const up = ticksOf(y_low, y_high).map((y) => {
    const label = text(EDGE.left - 6, at_y(y) + 4, "end", String(y));
    return html`${rule(EDGE.left, at_y(y), right, at_y(y))}${label}`;
  });
  const drawn = lines.map(({ x, y, color }) => {
    const points = Array.from(y, (value, i) => `${at_x(x[i]!)},${at_y(value)}`).join(" ");
    return html`<polyline points="${points}" style="stroke:var(${color})" />`;
  });
  const legend = lines.map(
    ({ name, color }) => html`<li><span style="background:var(${color})"></span>${name}</li>`,
  );
  return html`<figure class="lines">
    <figcaption>${title} <small>${y_name}</small></figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
      <g>${across} ${up} ${text(EDGE.left + wide / 2, HEIGHT - 6, "middle", x_name)}</g>
      ${drawn}
    </svg>
    <ul class="legend">
      ${legend}
    </ul>
  </figure>`;
}
