// All plots of a report, on one window of time.

import type uPlot from "uplot";
import { sliceOf, weightsOf_s, type Slice } from "./bins.js";
import { type View } from "./frame.js";
import { onSchemeChange } from "./scheme.js";
import { Toolbar } from "./toolbar.js";
import { type Course } from "./unpack.js";

/** A shorter window shows nothing. */
const WINDOW_MIN_S = 10;

/** A chart, or whatever else shows a part of the time. */
export interface Plot {
  readonly element: HTMLElement;
  show: (slice: Slice) => void;
  resize: (width: number) => void;
  redraw: () => void;
}

export class Plots implements View {
  readonly weight_s: Float64Array;
  window_s: [number, number];
  slice = { first: 0, last: 0, stride: 1 };
  readonly #charts: Plot[];
  readonly #toolbar: Toolbar;

  constructor(
    readonly course: Course,
    readonly section: HTMLElement,
    chartsOf: (view: View) => Plot[],
  ) {
    this.weight_s = weightsOf_s(course.t_s);
    this.window_s = [0, course.end_s];
    this.#toolbar = new Toolbar(
      course.rows_are,
      (shift, factor) => this.#move(shift, factor),
      () => this.reset(),
    );
    this.#charts = chartsOf(this);
    section.append(this.#toolbar.element, ...this.#charts.map(({ element }) => element));
    const watch = new ResizeObserver(() => this.#resize());
    watch.observe(section);
    onSchemeChange(() => this.#charts.forEach((chart) => chart.redraw()));
    this.#resize();
    this.show(0, course.end_s);
  }

  /** All plots show this time. */
  show(from_s: number, to_s: number): void {
    const { end_s } = this.course;
    const length_s = Math.min(end_s, Math.max(WINDOW_MIN_S, to_s - from_s));
    const start_s = Math.min(end_s - length_s, Math.max(0, from_s));
    this.window_s = [start_s, start_s + length_s];
    this.slice = sliceOf(this.course.t_s, ...this.window_s);
    for (const chart of this.#charts) chart.show(this.slice);
    const rows = this.slice.last - this.slice.first;
    const whole = length_s === end_s;
    this.#toolbar.show(this.window_s, rows, this.slice.stride, whole);
    Object.assign(this.section.dataset, {
      from_s: String(this.window_s[0]),
      to_s: String(this.window_s[1]),
      stride: String(this.slice.stride),
    });
  }

  reset(): void {
    this.show(0, this.course.end_s);
  }

  point(time_s: number | null): void {
    this.#toolbar.point(time_s, this.window_s);
  }

  select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width <= 0) return;
    const [from_s, to_s] = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.show(from_s, to_s);
  }

  #move(shift: number, factor: number): void {
    const [from_s, to_s] = this.window_s;
    const width_s = to_s - from_s;
    const middle_s = (from_s + to_s) / 2 + shift * width_s;
    this.show(middle_s - (width_s * factor) / 2, middle_s + (width_s * factor) / 2);
  }

  #resize(): void {
    const width = Math.floor(this.section.clientWidth);
    for (const chart of this.#charts) chart.resize(width);
  }
}
