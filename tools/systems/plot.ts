// Drawings of docs/systems: panels of lines, one below the other, each with axes of its own (SVG).

import { html, type Markup } from "../report/html.js";

export interface Line {
  name: string;
  x: readonly number[];
  y: readonly number[];
}

/** A horizontal line with its name: a limit, or a figure of the review. */
export interface Mark {
  name: string;
  y: number;
}

export interface Panel {
  x: string;
  y: string;
  lines: readonly Line[];
  marks?: readonly Mark[];
  /** Where the axis begins or ends, if not at the least or largest value. */
  from?: number;
  to?: number;
}

export interface Picture {
  title: string;
  panels: readonly Panel[];
}

const WIDTH = 760;
const EDGE = { left: 78, right: 24, top: 46, panel: 30, below: 48 };
const HEIGHT = 170;
const INKS = ["#1864ab", "#d9480f", "#2b8a3e", "#862e9c", "#495057"];
const TICKS = 5;
/** An axis that begins so near to zero, as a share of its end, begins there. */
const NEAR_ZERO = 0.05;
const STYLE = `
  text { font: 13px system-ui, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; fill: #1a1a1a }
  .title { font-size: 16px; font-weight: 600 }
  .end { text-anchor: end } .middle { text-anchor: middle }
  .axis { stroke: #868e96; fill: none } .grid { stroke: #e9ecef }
  .mark { stroke: #495057; stroke-dasharray: 5 4 }
  .line { fill: none; stroke-width: 1.6; stroke-linejoin: round }
`;

/** Round numbers between two ends: steps of 1, 2 or 5 times a power of ten. */
export function ticksOf(low: number, high: number): number[] {
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((s) => s >= rough * (1 - 1e-9))!;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

function spanOf(values: readonly number[], from?: number, to?: number): [number, number] {
  let [low, high] = [from ?? Infinity, to ?? -Infinity];
  for (const value of values) {
    if (from === undefined && value < low) low = value;
    if (to === undefined && value > high) high = value;
  }
  const room = high > low ? 0.06 * (high - low) : 1;
  return [from ?? low - room, to ?? high + room];
}

interface Frame {
  top: number;
  left: (x: number) => number;
  down: (y: number) => number;
}

function axes(panel: Panel, { top, left, down }: Frame, xs: number[], ys: number[]): Markup {
  const right = WIDTH - EDGE.right;
  const bottom = top + HEIGHT;
  const across = ys.map((y) => {
    const at = down(y).toFixed(1);
    return html`<path class="grid" d="M${EDGE.left} ${at}H${right}" /><text
        class="end"
        x="${EDGE.left - 6}"
        y="${(down(y) + 4.5).toFixed(1)}"
      >
        ${y}
      </text>`;
  });
  const along = xs.map(
    (x) => html`<text class="middle" x="${left(x).toFixed(1)}" y="${bottom + 17}">${x}</text>`,
  );
  return html`${across}${along}<rect
      class="axis"
      x="${EDGE.left}"
      y="${top}"
      width="${right - EDGE.left}"
      height="${HEIGHT}"
    /><text x="${EDGE.left}" y="${top - 9}">${panel.y}</text
    ><text class="end" x="${right}" y="${bottom + 34}">${panel.x}</text>`;
}

/** Names of the lines, in their ink, over the panel's right end. */
function legend({ lines }: Panel, top: number): Markup[] {
  let right = WIDTH - EDGE.right;
  return [...lines.entries()].reverse().map(([i, { name }]) => {
    const at = right;
    right -= 7 * name.length + 22;
    return html`<text class="end" x="${at}" y="${top - 9}" style="fill:${INKS[i]!}">${name}</text>`;
  });
}

function draw(panel: Panel, index: number): Markup {
  const { lines, marks = [] } = panel;
  const top = EDGE.top + EDGE.panel + index * (HEIGHT + EDGE.panel + EDGE.below);
  const all_y = [...lines.flatMap(({ y }) => y), ...marks.map(({ y }) => y)];
  const [low, high] = spanOf(all_y, panel.from, panel.to);
  const all_x = lines.flatMap(({ x }) => x);
  const last = all_x.reduce((a, b) => Math.max(a, b));
  const least = all_x.reduce((a, b) => Math.min(a, b));
  const first = least > 0 && least < NEAR_ZERO * last ? 0 : least;
  const wide = WIDTH - EDGE.left - EDGE.right;
  const frame: Frame = {
    top,
    left: (x) => EDGE.left + (wide * (x - first)) / (last - first),
    down: (y) => top + HEIGHT - (HEIGHT * (Math.min(Math.max(y, low), high) - low)) / (high - low),
  };
  const paths = lines.map(({ x, y }, i) => {
    const points = x.map((at, j) => `${frame.left(at).toFixed(1)} ${frame.down(y[j]!).toFixed(1)}`);
    return html`<path class="line" style="stroke:${INKS[i]!}" d="M${points.join("L")}" />`;
  });
  const limits = marks.map(({ name, y }) => {
    const at = frame.down(y);
    return html`<path class="mark" d="M${EDGE.left} ${at.toFixed(1)}H${WIDTH - EDGE.right}" /><text
        class="end"
        x="${WIDTH - EDGE.right - 8}"
        y="${(at + 15).toFixed(1)}"
      >
        ${name}
      </text>`;
  });
  const grid = axes(panel, frame, ticksOf(first, last), ticksOf(low, high));
  return html`${grid}${limits}${paths}${legend(panel, top)}`;
}

/** The drawing as the text of an SVG file. */
export function svgOf({ title, panels }: Picture): string {
  const height = EDGE.top + panels.length * (HEIGHT + EDGE.panel + EDGE.below);
  const drawn = panels.map(draw);
  const body = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${WIDTH} ${height}"
    width="${WIDTH}"
    height="${height}"
    role="img"
  >
    <title>${title}</title>
    <style>
      ${STYLE.replaceAll('"', "'")}
    </style>
    <rect width="${WIDTH}" height="${height}" fill="#fff" />
    <text class="title" x="16" y="28">${title}</text>
    ${drawn}
  </svg> `;
  return `${body.text.trim()}\n`;
}
