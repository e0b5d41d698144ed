// What all panels share: the window of time, the cursor, axes of equal width, the shade while off.

import type uPlot from "uplot";
import { fixed } from "../digits.js";
import { binsOf, type Slice } from "./bins.js";
import { TIME_STEPS_S, timeLabels, timeTitle } from "./clock.js";
import { type Panel } from "./panels.js";
import { color } from "./scheme.js";
import { type Course } from "./unpack.js";

/** The state that the panels look at. */
export interface View {
  course: Course;
  /** The time that each row stands for, s. */
  weight_s: Float64Array;
  window_s: [number, number];
  slice: Slice;
  /** The reader chose a part of a plot. */
  select: (plot: uPlot) => void;
  reset: () => void;
  /** The cursor is at this time, or nowhere. */
  point: (time_s: number | null) => void;
}

/** Where a panel stands: the first has an axis of time above, the last below. */
export type Place = "first" | "middle" | "last";

const LEFT_PX = 70;
const RIGHT_PX = 22;
const TOP_PX = 22;
const BOTTOM_PX = 58;
/** Room below a panel without labels for the lower half of its lowest number. */
const FOOT_PX = 8;

export const FRAME = {
  paddingOf: (place: Place): uPlot.Padding => [6, RIGHT_PX, place === "first" ? FOOT_PX : 0, 0],
  /** What a panel needs above and below what is plotted. */
  heightOf: (place: Place): number =>
    ({ first: TOP_PX + FOOT_PX, middle: FOOT_PX, last: BOTTOM_PX })[place] + 6,
};

const FONT = "11px system-ui, 'DejaVu Sans', sans-serif";
const LABEL_FONT = "12px system-ui, 'DejaVu Sans', sans-serif";

const lines = (): uPlot.Axis => ({
  stroke: () => color("--muted"),
  font: FONT,
  grid: { stroke: () => color("--grid"), width: 1 },
  ticks: { stroke: () => color("--grid"), width: 1, size: 4 },
});

function timeAxis(place: Place): uPlot.Axis {
  const axis: uPlot.Axis = { ...lines(), incrs: TIME_STEPS_S, space: 64 };
  if (place === "middle")
    return { ...axis, size: FOOT_PX, values: (_, times) => times.map(() => "") };
  if (place === "first") {
    const values: uPlot.Axis["values"] = (_, times_s, __, ___, step_s) =>
      timeLabels(times_s, step_s).map((text) => text.split("\n")[0]!);
    return { ...axis, side: 0, size: TOP_PX, gap: 2, values };
  }
  return {
    ...{ ...axis, size: 38, gap: 3, lineGap: 1.3 },
    values: (_, times_s, __, ___, step_s) => timeLabels(times_s, step_s),
    label: (_, __, step_s) => timeTitle(step_s),
    ...{ labelFont: LABEL_FONT, labelSize: 20, labelGap: 2 },
  };
}

/** More labels than this do not fit. */
const DECADES_MAX = 7;

/** 0 and powers of ten clear of the linear part around it, as far as the scale goes. */
function decades(knee: number, low: number, high: number): number[] {
  const most = Math.max(high, -low);
  const count = Math.max(0, Math.floor(Math.log10(most / knee)));
  const every = Math.ceil(count / DECADES_MAX);
  const powers = Array.from({ length: count }, (_, i) => knee * 10 ** (i + 1));
  const shown = powers.filter((_, i) => i % every === 0);
  const below = shown.filter((value) => -value >= low).map((value) => -value);
  return [...below.reverse(), 0, ...shown.filter((value) => value <= high)];
}

/** As many digits as the step between ticks needs; big numbers in powers of ten. */
function tick(value: number, step: number): string {
  if (Math.abs(value) >= 1e6) return value.toExponential(0).replace("e+", "e");
  let decimals = 0;
  while (decimals < 6 && Math.abs(((step * 10 ** decimals + 0.5) % 1) - 0.5) > 1e-6) decimals++;
  return fixed(value, decimals);
}

/** The axes of a panel. */
export function axesOf(panel: Panel, place: Place, log: boolean): uPlot.Axis[] {
  const y: uPlot.Axis = {
    ...{ ...lines(), size: LEFT_PX - 20, gap: 4, space: 28 },
    ...{ label: panel.axis, labelFont: LABEL_FONT, labelSize: 20, labelGap: 0 },
    values: (_, values, __, ___, step) => values.map((value) => tick(value, step)),
  };
  if (!log) return [timeAxis(place), y];
  const knee = panel.knee!;
  const splits: uPlot.Axis["splits"] = (_, __, low, high) => decades(knee, low, high);
  const values: uPlot.Axis["values"] = (_, splits) =>
    splits.map((value) => tick(value, Math.abs(value) || 1));
  return [timeAxis(place), { ...y, splits, values }];
}

/** One cursor for all panels; dragging chooses a part of the time, a double click all of it. */
export function cursorOf(view: View): uPlot.Cursor {
  return {
    drag: { x: true, y: false, setScale: false, dist: 4 },
    sync: { key: "run", scales: ["x", null] },
    points: { size: 7 },
    y: false,
    bind: {
      dblclick: () => () => {
        view.reset();
        return null;
      },
    },
  };
}

/** Shades the bins of which more than `share` of the rows are 1. */
function shade(plot: uPlot, view: View, rows: Uint8Array, share: number, fill: string): void {
  const { course, slice } = view;
  const { left, top, width, height } = plot.bbox;
  const at = (row: number) => {
    const x = plot.valToPos(course.t_s[row] ?? course.end_s, "x", true);
    return Math.round(Math.min(left + width, Math.max(left, x)));
  };
  plot.ctx.fillStyle = fill;
  for (const [from, to] of binsOf(slice)) {
    const count = rows.subarray(from, to).reduce((sum, row) => sum + row, 0);
    if (count > share * (to - from)) plot.ctx.fillRect(at(from), top, at(to) - at(from), height);
  }
}

/** Shades where the node is off for most of the time, and where there is any alarm besides. */
export function shadeRows(plot: uPlot, view: View, { alarm }: Panel): void {
  const { shaded } = view.course;
  shade(plot, view, shaded, 0.5, color("--off-shade"));
  if (alarm === undefined) return;
  const besides = alarm.rows.map((row, i) => row * (1 - shaded[i]!));
  shade(plot, view, besides, 0, color("--alarm-shade"));
}
