// The modes as a strip of colours: each column of the strip shows the shares of its time.

import uPlot from "uplot";
import { percent } from "../digits.js";
import { binsOf, binTimes_s } from "./bins.js";
import { axesOf, cursorOf, FRAME, type View } from "./frame.js";
import { Keys } from "./keys.js";
import { type Panel } from "./panels.js";
import { color } from "./scheme.js";
import { type Run } from "./unpack.js";

const HEIGHT_PX = 44;
const PANEL: Panel = {
  ...{ id: "modes", title: "Mode of the node", axis: "share", unit: "", decimals: 0 },
  ...{ height_px: HEIGHT_PX, lines: [] },
};

const colorName = (mode: string) => `--mode-${mode}`;

export class Strip {
  readonly element = document.createElement("article");
  readonly #keys: Keys;
  readonly #plot: uPlot;
  /** Shares of the modes in each bin. */
  #shares: number[][] = [];

  constructor(
    readonly view: View,
    readonly run: Run,
  ) {
    const { modes } = run;
    this.element.id = "plot-modes";
    this.#keys = new Keys(
      PANEL.title,
      modes.map(({ name }) => ({ name, color: colorName(name), shape: "area" as const })),
    );
    const canvas = document.createElement("div");
    canvas.className = "canvas";
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", "Mode of the node over time");
    this.element.append(this.#keys.element, canvas);
    const [x, y] = axesOf(PANEL, "last", false);
    const options: uPlot.Options = {
      ...{ width: 600, height: HEIGHT_PX + FRAME.heightOf("last") },
      legend: { show: false },
      padding: FRAME.paddingOf("last"),
      series: [{}, { points: { show: false }, stroke: "transparent" }],
      scales: {
        x: { time: false, range: () => view.window_s },
        y: { range: () => [0, 1] },
      },
      axes: [x!, { ...y!, splits: [0, 1], values: ["0", "100 %"], grid: { show: false } }],
      cursor: { ...cursorOf(view), points: { show: false } },
      hooks: {
        drawAxes: [(plot) => this.#draw(plot)],
        setSelect: [(plot) => view.select(plot)],
        setCursor: [(plot) => this.#values(plot.cursor.idx ?? null)],
      },
    };
    this.#plot = new uPlot(options, [[]], canvas);
  }

  show(): void {
    const { run } = this;
    const { slice } = this.view;
    this.#shares = [...binsOf(slice)].map(([from, to]) => this.#sharesOf(from, to));
    const times_s = binTimes_s(run.columns.t_s, slice);
    this.#plot.setData([times_s, times_s.map(() => 0)]);
    this.#values(null);
  }

  resize(width: number): void {
    this.#plot.setSize({ width, height: HEIGHT_PX + FRAME.heightOf("last") });
  }

  redraw(): void {
    this.#plot.redraw(false, true);
  }

  /** When the mode that row `row` began came to its end, s. */
  #end_s(row: number): number {
    const { columns, end_s } = this.run;
    return columns.t_s[row + 1] ?? Math.max(end_s, columns.t_s[row]!);
  }

  #sharesOf(from: number, to: number): number[] {
    const { modes, mode, columns } = this.run;
    const time_s = modes.map(() => 0);
    for (let row = from; row < to; row++) {
      const which = modes.findIndex(({ code }) => code === mode[row]);
      if (which >= 0) time_s[which]! += Math.max(1e-3, this.#end_s(row) - columns.t_s[row]!);
    }
    const all_s = time_s.reduce((sum, value) => sum + value, 0);
    return time_s.map((value) => (all_s > 0 ? value / all_s : 0));
  }

  #draw(plot: uPlot): void {
    const { run } = this;
    const { slice } = this.view;
    const { left, top, width, height } = plot.bbox;
    const at = (time_s: number) =>
      Math.min(left + width, Math.max(left, plot.valToPos(time_s, "x", true)));
    [...binsOf(slice)].forEach(([from, to], bin) => {
      const start = Math.floor(at(run.columns.t_s[from]!));
      const end = Math.ceil(at(this.#end_s(to - 1)));
      let y = top + height;
      this.#shares[bin]?.forEach((share, i) => {
        if (share === 0) return;
        plot.ctx.fillStyle = color(colorName(run.modes[i]!.name));
        plot.ctx.fillRect(start, y - share * height, end - start, share * height);
        y -= share * height;
      });
    });
  }

  #values(bin: number | null): void {
    const shares = bin === null ? undefined : this.#shares[bin];
    this.view.point(bin === null ? null : (this.#plot.data[0][bin] ?? null));
    this.#keys.set((shares ?? []).map((share) => (share > 0 ? percent(share, 0) : "")));
  }
}
