// One panel on the screen: its heading with names and values, and the uPlot below it.

import uPlot from "uplot";
import { fixed } from "../digits.js";
import { binTimes_s, curveOf, type Curve, type Drawn, type Slice } from "./bins.js";
import { axesOf, cursorOf, FRAME, shadeRows, type Place, type View } from "./frame.js";
import { type Line, type Panel } from "./panels.js";
import { Keys, type Key, type Shape } from "./keys.js";
import { color } from "./scheme.js";

const LINE_PX = 1.5;
const NOTHING: Curve = { mean: [], low: [], high: [] };
const ALARM = { color: "--alarm-shade", shape: "area" } as const;
const invisible = { points: { show: false }, width: 0, stroke: "transparent" };

export class Chart {
  readonly element = document.createElement("article");
  readonly #keys: Keys;
  readonly #canvas = document.createElement("div");
  #plot: uPlot;
  #slice: Slice = { first: 0, last: 0, stride: 1 };
  #curves: Curve[] = [];
  #band: Curve = NOTHING;
  #log = false;

  constructor(
    readonly view: View,
    readonly panel: Panel,
    readonly place: Place,
  ) {
    this.element.id = `plot-${panel.id}`;
    const shapeOf = ({ points }: Line): Shape => (points === true ? "dot" : "line");
    const names = panel.lines.map((line): Key => ({ ...line, shape: shapeOf(line) }));
    const bands = panel.band === undefined ? [] : [{ ...panel.band, shape: "area" as const }];
    const { alarm } = panel;
    const alarms = alarm === undefined ? [] : [{ ...alarm, ...ALARM }];
    this.#keys = new Keys(panel.title, [...names, ...bands, ...alarms]);
    if (panel.knee !== undefined) this.#offerLog();
    this.#canvas.className = "canvas";
    this.#canvas.setAttribute("role", "img");
    this.#canvas.setAttribute("aria-label", `${panel.title} over time; ${panel.axis}`);
    this.element.append(this.#keys.element, this.#canvas);
    this.#plot = this.#build();
  }

  /** Draws these rows. */
  show(slice: Slice): void {
    const { weight_s } = this.view;
    this.#slice = slice;
    this.#curves = this.panel.lines.map(({ values }) => curveOf(values, weight_s, slice));
    const { band } = this.panel;
    if (band !== undefined) {
      const { low } = curveOf(band.low, weight_s, slice);
      const { high } = curveOf(band.high, weight_s, slice);
      this.#band = { mean: [], low, high };
    }
    this.#draw();
    this.#values(null);
  }

  resize(width: number): void {
    this.#plot.setSize({ width, height: this.#height() });
  }

  redraw(): void {
    this.#plot.redraw(false, true);
  }

  #offerLog(): void {
    const button = document.createElement("button");
    const label = () => {
      button.textContent = this.#log ? "axis: log" : "axis: linear";
      button.setAttribute("aria-label", `Axis is ${this.#log ? "logarithmic" : "linear"}; change`);
    };
    label();
    button.type = "button";
    button.addEventListener("click", () => {
      this.#log = !this.#log;
      label();
      const { width } = this.#plot;
      this.#plot.destroy();
      this.#plot = this.#build();
      this.resize(width);
      this.#draw();
    });
    this.#keys.element.append(button);
  }

  /** Lines are thinner where each point is a bin of rows: there they run up and down. */
  #draw(): void {
    const thinner = this.#slice.stride > 1 ? 0.6 : 1;
    const lines = this.#plot.series.slice(-this.panel.lines.length);
    this.panel.lines.forEach(({ width = LINE_PX }, i) => (lines[i]!.width = width * thinner));
    this.#plot.setData(this.#data());
  }

  #height(): number {
    return this.panel.height_px + FRAME.heightOf(this.place);
  }

  /** Edges of the band, then of the envelopes, then the lines. */
  #data(): uPlot.AlignedData {
    const band = this.panel.band === undefined ? [] : [this.#band.high, this.#band.low];
    const binned = this.#slice.stride > 1;
    const none = (drawn: Drawn): Drawn => drawn.map(() => null);
    const envelopes = this.#curves.flatMap(({ high, low }, i) => {
      if (this.panel.lines[i]?.envelope !== true) return [];
      return binned ? [high, low] : [none(high), none(low)];
    });
    const lines = this.#curves.map(({ mean }) => mean);
    return [binTimes_s(this.view.course.t_s, this.#slice), ...band, ...envelopes, ...lines];
  }

  #build(): uPlot {
    const { panel, view, place } = this;
    const series: uPlot.Series[] = [{}];
    const bands: uPlot.Band[] = [];
    const shade = (fill: () => string) => {
      bands.push({ series: [series.length, series.length + 1], fill });
      series.push({ ...invisible }, { ...invisible });
    };
    if (panel.band !== undefined) shade(() => color(panel.band!.color));
    for (const line of panel.lines) {
      if (line.envelope === true) shade(() => color(`${line.color}-shade`));
    }
    for (const line of panel.lines) series.push(this.#line(line));
    const options: uPlot.Options = {
      ...{ width: 600, height: this.#height(), series, bands },
      legend: { show: false },
      padding: FRAME.paddingOf(place),
      scales: {
        x: { time: false, range: () => view.window_s },
        y: this.#log ? this.#logScale() : { range: (_, low, high) => this.#range(low, high) },
      },
      axes: axesOf(panel, place, this.#log),
      cursor: cursorOf(view),
      hooks: {
        drawAxes: [(plot) => shadeRows(plot, view, panel)],
        setSelect: [(plot) => view.select(plot)],
        setCursor: [(plot) => this.#values(plot.cursor.idx ?? null)],
      },
    };
    return new uPlot(options, [[]], this.#canvas);
  }

  #line({ color: property, stepped, points, width = LINE_PX }: Line): uPlot.Series {
    const stroke = () => color(property);
    const linear = uPlot.paths.linear!();
    const steps = uPlot.paths.stepped!({ align: -1 });
    if (points === true) {
      const dots = { show: true, size: 5, width: 0, fill: stroke, stroke };
      return { stroke, paths: () => null, points: dots };
    }
    return {
      ...{ stroke, width, points: { size: 4, width: 0, fill: stroke, stroke } },
      paths: (plot, index, from, to) => {
        const raw = this.#slice.stride === 1;
        return (stepped === true && raw ? steps : linear)(plot, index, from, to);
      },
    };
  }

  /** A little more than the values; from 0 where the panel says so and nothing is below. */
  #range(low: number | null, high: number | null): uPlot.Range.MinMax {
    const { least, limits = [-Infinity, Infinity] } = this.panel;
    if (low === null || high === null) return [least?.[0] ?? 0, Math.max(1, least?.[1] ?? 1)];
    const inside = (value: number) => Math.min(limits[1], Math.max(limits[0], value));
    const from = inside(Math.min(low, least?.[0] ?? low));
    const to = inside(Math.max(high, least?.[1] ?? high));
    const pad = 0.06 * (to - from) || 0.02 * Math.abs(to) || 1;
    return [from === 0 ? 0 : inside(from - pad), inside(to + pad)];
  }

  #logScale(): uPlot.Scale {
    const knee = this.panel.knee!;
    return {
      ...{ distr: 4, asinh: knee },
      range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(100 * knee, 1.5 * (high ?? 0))],
    };
  }

  #values(index: number | null): void {
    const { unit, decimals } = this.panel;
    const binned = this.#slice.stride > 1;
    const text = (value: number | null | undefined) =>
      value === null || value === undefined ? "\u2013" : fixed(value, decimals);
    const span = (low: Drawn, high: Drawn) => `${text(low[index!])} \u2026 ${text(high[index!])}`;
    const values = this.#curves.map(({ mean, low, high }, i) => {
      if (index === null || mean[index] === null || mean[index] === undefined) return "";
      const wide = binned && this.panel.lines[i]?.envelope === true;
      const range = wide ? ` (${span(low, high)})` : "";
      return `${text(mean[index])}${range} ${unit}`;
    });
    const { low, high } = this.#band;
    const known = index !== null && typeof low[index] === "number";
    this.#keys.set([...values, known ? `${span(low, high)} ${unit}` : ""]);
  }
}
