// The pair that is recommended: of those on and above the frontier the one whose cell and panels
// are together the least. The frontier owes something to luck with its seeds, so the pair must show
// with other seeds, which had no part in the search, that it is good enough.

import { contradicted, type Frontier } from "./frontier.js";
import { type Grid, type Point } from "./grid.js";
import { type Runner } from "./pool.js";
import { skiesOf, tallyOf, type Sky } from "./sky.js";
import { trialsToShow, wilson } from "./statistics.js";

export const RULE = "cell and panels together the least, each over the scenario's own";

/** So many years judge at least. */
const TRIALS_MIN = 20;
/** Seeds that are tried at first, before twice as many. */
const FIRST = 8;
/** This share of the seeds runs the answer itself, whatever is concluded from smaller pairs. */
const CHECKED = 1 / 4;

/** What a pair costs; the scenario's own costs 2. */
export type Cost = (point: Point) => number;

export function costOf(grid: Grid, own: { cell_uAh: number; panels: number }): Cost {
  return ({ cell, panel }) =>
    grid.cells_uAh[cell]! / own.cell_uAh + grid.panels[panel]! / own.panels;
}

/** All pairs on and above the frontier, the cheapest first, and of equals the smaller cell. */
export function candidatesOf(grid: Grid, frontier: Frontier, cost: Cost): Point[] {
  const points = [...grid.cells_uAh.keys()].flatMap((cell) =>
    [...grid.panels.keys()].map((panel) => ({ cell, panel })),
  );
  return points
    .filter(({ cell, panel }) => (frontier[panel] ?? Infinity) <= cell)
    .sort((a, b) => cost(a) - cost(b));
}

export class Answer {
  /** The seeds that judge the candidates; the same for all of them. */
  readonly skies: Sky[];

  /** `first_seed` and those after it took no part in the search. */
  constructor(
    runner: Runner,
    first_seed: number,
    readonly limit: number,
    years_per_run: number,
  ) {
    const count = Math.ceil(Math.max(TRIALS_MIN, trialsToShow(limit)) / years_per_run);
    this.skies = skiesOf(first_seed, count, runner, years_per_run);
  }

  /** The seeds that run the answer itself. */
  get checks(): Sky[] {
    return this.skies.slice(0, Math.ceil(CHECKED * this.skies.length));
  }

  /** The first of the candidates that shows itself good enough; undefined: none does. */
  async find(candidates: readonly Point[]): Promise<Point | undefined> {
    for (const point of candidates) if (await this.#shows(point)) return point;
    return undefined;
  }

  /** Whether the upper bound of a pair's bad years is within the limit, and its own runs agree. */
  async #shows(point: Point): Promise<boolean> {
    for (let count = FIRST; this.#suffices(point); count *= 2) {
      // a sky that was hard for others tells soonest what does not suffice
      const open = this.skies.filter((sky) => sky.judged(point) === undefined);
      if (open.length === 0) break;
      const hardest = open.sort((a, b) => b.bad_runs - a.bad_runs).slice(0, count);
      await Promise.all(hardest.map((sky) => sky.run(point)));
    }
    if (!this.#suffices(point)) return false;
    const wrong = await contradicted(point, this.checks);
    if (wrong) await contradicted(point, this.skies);
    return this.#suffices(point);
  }

  /** Whether the limit is kept if what is not known yet is good. */
  #suffices(point: Point): boolean {
    const { bad, years } = tallyOf(this.skies, point);
    const unknown = this.skies.filter((sky) => sky.judged(point) === undefined);
    const rest = unknown.reduce((sum, { years_per_run }) => sum + years_per_run, 0);
    return wilson(bad, years + rest).high <= this.limit;
  }
}
