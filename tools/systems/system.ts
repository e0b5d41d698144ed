// What a system of docs/systems is: a scenario, what else is asked of it, and what comes out to be
// printed on its page: figures beside the review's, and a picture.

import { environmentOf } from "../../boards/plant.js";
import { readScenario, type Parts } from "../../boards/parts.js";
import { type Core } from "../../host/core/core.js";
import { type Environment } from "../../host/sim/environment/environment.js";
import { type RunTrace } from "../../host/sim/record.js";
import { type Run } from "../../host/sim/simulate.js";
import { projectPath } from "../build/paths.js";
import { live, traceFor, type Life } from "../simulate/life.js";
import { type Picture } from "./plot.js";

/** One row of a page's table. `review` is empty where the review gives nothing to compare with. */
export interface Figure {
  what: string;
  review: string;
  run: string;
}

export interface Outcome {
  figures: Figure[];
  picture: Picture;
}

export interface System {
  /** Of the scenario and of the page. */
  name: string;
  run: (core: Core) => Outcome;
}

/** A life with every wake of it. */
export interface Traced extends Life {
  trace: RunTrace;
}

export const partsOfSystem = (name: string): Parts => readScenario(projectPath("boards"), name);

/** Lets the node of these parts live, in its site or in another environment. */
export function lived(core: Core, name: string, parts: Parts, other?: Environment): Traced {
  const { seed, hours } = parts.scenario;
  const trace = traceFor(hours);
  const environment = other ?? environmentOf(parts, seed, hours);
  return { ...live(core, name, parts, { trace, environment }), trace };
}

/** With so many significant digits, as a page prints it. */
export const digits = (value: number, count = 3): string =>
  String(Number(value.toPrecision(count)));

/** Rows of a column, every `step`-th; the first `count` of them. */
export function column(values: ArrayLike<number>, count: number, step = 1): number[] {
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => values[i * step]!);
}

export const hoursOf = ({ t_s, count }: RunTrace, step = 1): number[] =>
  column(t_s, count, step).map((s) => s / 3600);

/** How far off the core's estimate was, for it is the core that lives in these systems. */
export const estimateFigure = (run: Run): Figure => ({
  what: "error of the core's SOC, RMS",
  review: "",
  run: `${digits(100 * Math.sqrt(run.squares / run.judged), 2)} % of the cell`,
});
