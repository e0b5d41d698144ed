// A curve drawn in the terminal: two by four dots of Braille a character, with both axes.

/** Dots of a character by row and column, as bits of its code point. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];
const BLANK = 0x2800;
const ACROSS = 2;
const DOWN = 4;

const TICK_STEPS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];
const TICKS_MAX = 6;
const PERCENTS = [0, 25, 50, 75, 100];
/** Width of a label of the y axis. */
const LABEL = 5;

export interface Curve {
  /** y at x in 0..1. */
  at: (x: number) => number;
  /** The range drawn. */
  low: number;
  high: number;
  /** Written behind the labels of the axes. */
  y_unit: string;
  x_unit: string;
}

/** Characters, `columns` by `rows`, in which the curve is a line without gaps. */
function draw({ at, low, high }: Curve, columns: number, rows: number): string[] {
  const cells = Array.from({ length: rows }, () => new Uint8Array(columns));
  const dots = rows * DOWN;
  const dotOf = (y: number) =>
    Math.round(Math.min(Math.max((high - y) / (high - low), 0), 1) * (dots - 1));
  let last = dotOf(at(0));
  for (let across = 0; across < columns * ACROSS; across++) {
    const dot = dotOf(at(across / (columns * ACROSS - 1)));
    for (let y = Math.min(dot, last); y <= Math.max(dot, last); y++) {
      const row = cells[Math.floor(y / DOWN)]!;
      row[Math.floor(across / ACROSS)]! |= DOTS[y % DOWN]![across % ACROSS]!;
    }
    last = dot;
  }
  return cells.map((row) => Array.from(row, (bits) => String.fromCharCode(BLANK + bits)).join(""));
}

/** Round values for the y axis, by the row they belong to. */
function ticks({ low, high }: Curve, rows: number): Map<number, string> {
  const step = TICK_STEPS.find((size) => (high - low) / size <= TICKS_MAX + 1e-9) ?? high - low;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const labels = new Map<number, string>();
  for (let i = first; i <= last; i++) {
    const dot = Math.round(((high - i * step) / (high - low)) * (rows * DOWN - 1));
    labels.set(Math.floor(dot / DOWN), (i * step).toFixed(2));
  }
  return labels;
}

/** Percent along the x axis, each label's middle below its place. */
function percents(columns: number): string {
  const line = new Array<string>(columns + 4).fill(" ");
  for (const percent of PERCENTS) {
    const label = String(percent);
    const start = Math.round((percent / 100) * (columns - 1) - (label.length - 1) / 2);
    for (const [i, digit] of [...label].entries()) line[Math.max(start, 0) + i] = digit;
  }
  return line.join("").trimEnd();
}

/** Lines of at most `width` columns: `rows` of curve and two of axis. */
export function drawCurve(curve: Curve, width: number, rows: number): string[] {
  const margin = LABEL + 1 + curve.y_unit.length + 1;
  const columns = width - margin - 1 - (curve.x_unit.length + 3);
  const labels = ticks(curve, rows);
  const top = Math.min(...labels.keys());
  const lines = draw(curve, columns, rows).map((dots, row) => {
    const label = (labels.get(row) ?? "").padStart(LABEL);
    const unit = row === top ? curve.y_unit : "";
    const axis = labels.has(row) ? "┤" : "│";
    return `${`${label} ${unit}`.padEnd(margin)}${axis}${dots.replace(/\u2800+$/, "")}`;
  });
  const indent = " ".repeat(margin);
  const isTick = (i: number) =>
    PERCENTS.some((percent) => Math.round((percent / 100) * (columns - 1)) === i);
  const ruler = Array.from({ length: columns }, (_, i) => (isTick(i) ? "┬" : "─"));
  return [
    ...lines,
    `${indent}└${ruler.join("")}`,
    `${indent} ${percents(columns)} ${curve.x_unit}`,
  ];
}
