// Says which part of the run is seen and how it is drawn, and moves the window without a mouse.

import { moment } from "./clock.js";

/** Moves the window: centre by a share of its width, and width by a factor. */
export type Move = (shift: number, factor: number) => void;

const BUTTONS: [label: string, text: string, shift: number, factor: number][] = [
  ["Earlier", "\u2190", -0.5, 1],
  ["Later", "\u2192", 0.5, 1],
  ["Zoom in", "+", 0, 0.5],
  ["Zoom out", "\u2212", 0, 2],
];

/** Seconds matter in windows of less than this. */
const SECONDS_BELOW_S = 1800;

const stepOf_s = ([from_s, to_s]: readonly [number, number]): number =>
  to_s - from_s < SECONDS_BELOW_S ? 1 : 60;

export class Toolbar {
  readonly element = document.createElement("div");
  readonly #window = document.createElement("p");
  readonly #point = document.createElement("b");
  readonly #all: HTMLButtonElement;

  constructor(
    readonly rows_are: string,
    move: Move,
    reset: () => void,
  ) {
    this.element.className = "toolbar";
    const group = document.createElement("div");
    for (const [label, text, shift, factor] of BUTTONS) {
      group.append(this.#button(label, text, () => move(shift, factor)));
    }
    this.#all = this.#button("Show the whole run", "all", reset);
    group.append(this.#all);
    this.element.append(this.#window, this.#point, group);
  }

  /** The window, and how its rows are drawn. */
  show(window_s: readonly [number, number], rows: number, stride: number, whole: boolean): void {
    const [from_s, to_s] = window_s;
    const step_s = stepOf_s(window_s);
    const count = `${rows.toLocaleString("en")} ${this.rows_are}`;
    const drawn =
      stride === 1
        ? `${count}, each drawn`
        : `${count} in bins of ${stride}: line is the mean, shade least to greatest`;
    const seen = `${moment(from_s, step_s)} \u2013 ${moment(to_s, step_s)}`;
    this.#window.textContent = `${seen} \u00b7 ${drawn}`;
    this.#all.disabled = whole;
  }

  /** The time under the cursor. */
  point(time_s: number | null, window_s: readonly [number, number]): void {
    this.#point.textContent = time_s === null ? "" : moment(time_s, stepOf_s(window_s));
  }

  #button(label: string, text: string, click: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", click);
    return button;
  }
}
