// The map as a drawing (SVG): share of bad years over cells and panels, the frontier as a line, the
// answer and the scenario's own pair marked. Both axes are of ratios.

import { html, type Markup } from "../report/html.js";
import { panelsOf, trialsOf, type SizeNumbers } from "./numbers.js";
import { inkOf, shadeOf } from "./shade.js";

const PLACE = { width: 66, height: 34 };
const EDGE = { left: 96, top: 92, right: 150, bottom: 70 };
const LEGEND = { width: 14, marks: 90, stops: [1, 0.75, 0.5, 0.25, 0] };
/** Room for the title where the grid is narrow. */
const WIDTH_MIN = 720;
const STYLE = `
  text { font: 13px system-ui, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; fill: #1a1a1a }
  .title { font-size: 17px; font-weight: 600 }
  .note { fill: #555 }
  .end { text-anchor: end }
  .middle { text-anchor: middle }
  .frontier { fill: none; stroke: #d9480f; stroke-width: 3; stroke-linejoin: round }
  .answer { fill: none; stroke: #d9480f; stroke-width: 3 }
  .own { fill: #fff; stroke: #1a1a1a; stroke-width: 2 }
`;

const rgb = (channels: readonly number[]) => `rgb(${channels.join(",")})`;

interface Frame {
  numbers: SizeNumbers;
  rows: number;
  columns: number;
  /** Left edge of a column, top edge of the row of a cell: the largest cell is on top. */
  x: (panel: number) => number;
  y: (cell: number) => number;
}

function frameOf(numbers: SizeNumbers): Frame {
  const rows = numbers.grid.cells_uAh.length;
  const columns = numbers.grid.panels.length;
  return {
    ...{ numbers, rows, columns },
    x: (panel) => EDGE.left + panel * PLACE.width,
    y: (cell) => EDGE.top + (rows - 1 - cell) * PLACE.height,
  };
}

function places({ numbers, columns, x, y }: Frame): Markup[] {
  return numbers.map.map(({ bad_share }, i) => {
    const [left, top] = [x(i % columns), y(Math.floor(i / columns))];
    const text = (100 * bad_share).toFixed(0);
    return html`<rect
        x="${left}"
        y="${top}"
        width="${PLACE.width}"
        height="${PLACE.height}"
        fill="${rgb(shadeOf(bad_share))}"
        stroke="#fff"
      /><text
        class="middle"
        x="${left + PLACE.width / 2}"
        y="${top + PLACE.height / 2 + 5}"
        style="fill:${rgb(inkOf(bad_share))}"
      >
        ${text}
      </text> `;
  });
}

/** Along the lower edge of the smallest good cells. */
function frontierPath({ numbers, columns, x, y }: Frame): string {
  const steps: string[] = [];
  for (let panel = 0; panel < columns; panel++) {
    const at = numbers.map.findIndex(({ frontier }, i) => frontier && i % columns === panel);
    if (at < 0) continue;
    const bottom = y(Math.floor(at / columns)) + PLACE.height;
    steps.push(`${steps.length === 0 ? "M" : "L"}${x(panel)} ${bottom}L${x(panel + 1)} ${bottom}`);
  }
  return steps.join("");
}

/** Where a value lies on an axis of ratios, in steps; undefined: beyond it. */
function placeOn(axis: readonly number[], value: number): number | undefined {
  const right = axis.findIndex((node) => node >= value);
  if (right < 0 || (right === 0 && axis[0] !== value)) return undefined;
  if (axis[right] === value) return right;
  const [low, high] = [axis[right - 1]!, axis[right]!];
  return right - 1 + Math.log(value / low) / Math.log(high / low);
}

function marks({ numbers, x, y }: Frame): Markup[] {
  const { answer, own, grid } = numbers;
  const found: Markup[] = [];
  if (answer !== null) {
    const left = x(grid.panels.indexOf(answer.panels));
    const top = y(grid.cells_uAh.indexOf(answer.cell_uAh));
    found.push(
      html`<rect
        class="answer"
        x="${left + 4}"
        y="${top + 4}"
        width="${PLACE.width - 8}"
        height="${PLACE.height - 8}"
        rx="4"
      />`,
    );
  }
  const [panel, cell] = [placeOn(grid.panels, own.panels), placeOn(grid.cells_uAh, own.cell_uAh)];
  if (panel !== undefined && cell !== undefined) {
    // beside the number
    const [cx, cy] = [x(panel) + PLACE.width - 12, y(cell) + PLACE.height / 2];
    found.push(html`<circle class="own" cx="${cx}" cy="${cy.toFixed(1)}" r="5" />`);
  }
  return found;
}

function axes({ numbers, rows, columns, x, y }: Frame): Markup[] {
  const { grid, harvester } = numbers;
  const bottom = y(0) + PLACE.height;
  const center = EDGE.top + (rows * PLACE.height) / 2;
  return [
    ...grid.cells_uAh.map(
      (cell_uAh, cell) =>
        html`<text class="end" x="${EDGE.left - 10}" y="${y(cell) + PLACE.height / 2 + 5}">
          ${cell_uAh}
        </text>`,
    ),
    ...grid.panels.map(
      (panels, panel) =>
        html`<text class="middle" x="${x(panel) + PLACE.width / 2}" y="${bottom + 20}">
          ${panels}
        </text>`,
    ),
    html`<text class="middle" transform="translate(28 ${center}) rotate(-90)"> cell, µAh </text>`,
    html`<text class="middle" x="${EDGE.left + (columns * PLACE.width) / 2}" y="${bottom + 46}">
      panels (${harvester}) in parallel
    </text>`,
  ];
}

/** Height of the colours of the legend; its marks lie below. */
const rampHeight = (rows: number) => Math.min(Math.max(rows, 5), 9) * PLACE.height - LEGEND.marks;

/** Colours from 100 % down to 0, and what the marks mean. */
function legend({ numbers, rows, columns, x }: Frame): Markup[] {
  const left = x(columns) + 24;
  const height = rampHeight(rows);
  const text = (at: number, words: string) =>
    html`<text class="note" x="${left + LEGEND.width + 8}" y="${at}">${words}</text>`;
  const middle = left + LEGEND.width / 2;
  const key = EDGE.top + height + 36;
  const stops = LEGEND.stops.map(
    (share) => html`<stop offset="${1 - share}" stop-color="${rgb(shadeOf(share))}" />`,
  );
  return [
    html`<linearGradient id="shades" x1="0" y1="0" x2="0" y2="1">${stops}</linearGradient>`,
    html`<rect
      x="${left}"
      y="${EDGE.top}"
      width="${LEGEND.width}"
      height="${height}"
      fill="url(#shades)"
    />`,
    text(EDGE.top + 11, "100 %"),
    text(EDGE.top + height, "0 %"),
    html`<path class="frontier" d="M${left - 3} ${key - 4}h${LEGEND.width + 6}" />`,
    text(key, "frontier"),
    html`<rect class="answer" x="${left - 1}" y="${key + 9}" width="16" height="14" rx="3" />`,
    text(key + 21, numbers.answer === null ? "answer (none)" : "answer"),
    html`<circle class="own" cx="${middle}" cy="${key + 38}" r="5" />`,
    text(key + 43, "scenario"),
  ];
}

/** Title and question, above. */
function head(numbers: SizeNumbers): Markup[] {
  const { answer, reliability, criterion, load, site } = numbers;
  const most = Number((100 * (1 - reliability)).toPrecision(3));
  const title =
    answer === null
      ? "No pair of this grid is good enough"
      : `${answer.cell_uAh} \u00b5Ah with ${panelsOf(answer)}`;
  return [
    html`<text class="title" x="20" y="32">${title} for ${load} at ${site}</text>`,
    html`<text class="note" x="20" y="56">
      In the squares: ${trialsOf(numbers)} with ${criterion}, in percent. Asked for: at most ${most}
      %.
    </text>`,
  ];
}

/** The drawing; the same numbers give the same bytes. */
export function mapSvg(numbers: SizeNumbers): string {
  const frame = frameOf(numbers);
  const width = Math.max(WIDTH_MIN, EDGE.left + frame.columns * PLACE.width + EDGE.right);
  const drawn = Math.max(frame.rows * PLACE.height, rampHeight(frame.rows) + LEGEND.marks);
  const height = EDGE.top + drawn + EDGE.bottom;
  const path = frontierPath(frame);
  const svg = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
  >
    <style>
      ${STYLE}
    </style>
    <rect width="100%" height="100%" fill="#fff" />
    ${head(numbers)} ${places(frame)} ${axes(frame)}
    <path class="frontier" d="${path}" />
    ${marks(frame)} ${legend(frame)}
  </svg> `;
  return svg.text;
}
