// All that is known under one seed, that is of one specimen under one sky. A node that lives there
// also lives with a larger cell or more panels, and one that fails fails with less of either: each
// run says something of many pairs, and few runs draw the whole border between the two.

import { type Grid, type Point } from "./grid.js";
import { type Runner } from "./pool.js";
import { type Outcome } from "./trial.js";

/** Whether a pair is good here, and of how many years that is known. */
export interface Judged {
  bad: number;
  years: number;
  /** Seen in a run of this pair, not concluded from others. */
  run: boolean;
}

const keyOf = ({ cell, panel }: Point) => `${cell} ${panel}`;

export class Sky {
  readonly #runs = new Map<string, { point: Point; outcome: Outcome }>();
  /** Runs to the end of what is broken off in #runs. */
  readonly #whole = new Map<string, Outcome>();

  constructor(
    readonly seed: number,
    readonly runner: Runner,
    /** What a run judges when nothing is bad. */
    readonly years_per_run: number,
  ) {}

  get count(): number {
    return this.#runs.size + this.#whole.size;
  }

  /** How many pairs failed here. */
  get bad_runs(): number {
    return [...this.#runs.values()].filter(({ outcome }) => outcome.bad > 0).length;
  }

  /** What is known of a pair: from its own run, else from those that imply it and agree. */
  judged(point: Point): Judged | undefined {
    const own = this.#runs.get(keyOf(point))?.outcome;
    if (own !== undefined) return { bad: own.bad, years: own.years, run: true };
    let good = false;
    let years = Infinity;
    for (const { point: other, outcome } of this.#runs.values()) {
      const larger = other.cell >= point.cell && other.panel >= point.panel;
      const smaller = other.cell <= point.cell && other.panel <= point.panel;
      // less fails no later
      if (outcome.bad > 0 && larger) years = Math.min(years, outcome.years);
      if (outcome.bad === 0 && smaller) good = true;
    }
    const bad = years < Infinity;
    // where more was worse, they imply both
    if (bad === good) return undefined;
    return bad ? { bad: 1, years, run: false } : { bad: 0, years: this.years_per_run, run: false };
  }

  /** Whether a pair is good; runs it where that is not known. */
  async isGood(point: Point): Promise<boolean> {
    const known = this.judged(point) ?? (await this.run(point));
    return known.bad === 0;
  }

  /** Runs a pair, unless that was done. */
  async run(point: Point): Promise<Outcome> {
    const key = keyOf(point);
    const known = this.#runs.get(key);
    if (known !== undefined) return known.outcome;
    const { cell, panel } = point;
    const outcome = await this.runner({ cell, panel, seed: this.seed, whole: false });
    this.#runs.set(key, { point: { cell, panel }, outcome });
    return outcome;
  }

  /** The run of a pair to its end, whatever happens in it. */
  async whole(point: Point): Promise<Outcome> {
    const first = await this.run(point);
    if (first.whole) return first;
    const key = keyOf(point);
    const known = this.#whole.get(key);
    if (known !== undefined) return known;
    const { cell, panel } = point;
    const outcome = await this.runner({ cell, panel, seed: this.seed, whole: true });
    this.#whole.set(key, outcome);
    return outcome;
  }

  /** The smallest good cell with so many panels, looked for from a cell on; the count: none is. */
  async smallestCell(grid: Grid, panel: number, from: number): Promise<number> {
    const count = grid.cells_uAh.length;
    let cell = from;
    while (cell < count && !(await this.isGood({ cell, panel }))) cell++;
    while (cell > 0 && (await this.isGood({ cell: cell - 1, panel }))) cell--;
    return cell;
  }

  /** The border between good and bad: for each number of panels the smallest good cell. */
  async border(grid: Grid, from: number): Promise<number[]> {
    const smallest: number[] = [];
    for (const panel of grid.panels.keys()) {
      smallest.push(await this.smallestCell(grid, panel, smallest.at(-1) ?? from));
    }
    return smallest;
  }
}

/** How a pair did under several skies. */
export interface Tally {
  years: number;
  bad: number;
}

/** Adds up what is known of a pair; skies that do not know it are left out. */
export function tallyOf(skies: readonly Sky[], point: Point): Tally {
  const known = skies.flatMap((sky) => sky.judged(point) ?? []);
  return {
    years: known.reduce((sum, { years }) => sum + years, 0),
    bad: known.reduce((sum, { bad }) => sum + bad, 0),
  };
}

/** One sky for each of `count` seeds from `first` on. */
export function skiesOf(first: number, count: number, runner: Runner, years: number): Sky[] {
  return Array.from({ length: count }, (_, i) => new Sky((first + i) >>> 0, runner, years));
}
