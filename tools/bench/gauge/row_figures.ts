// The figures of one row: all its seeds as one, the worst seed, the ordinary methods beside.

import { METHODS, type MethodName } from "./ordinary/methods.js";
import { type Row } from "./matrix.js";
import { median, pooled, rmseOf, sigmaOf, withinOf } from "./score.js";

/** In percent of SOC, shares as fractions; NaN where no seed had it. */
export interface RowFigures {
  rmse_pct: number;
  max_pct: number;
  within: number;
  within_seed_min: number;
  sigma_pct: number;
  sigma_over_rmse: number;
  ordinary_pct: Record<MethodName, number> | undefined;
  /** Of the best ordinary method over the gauge's. */
  ordinary_ratio: number;
  /** Median of learned over true drain, day ten. */
  drain_ratio: number;
  /** A day after the flat was left: root mean square and largest of the seeds. */
  exit_pct: number;
  exit_max_pct: number;
  /** Mean number of hypotheses. */
  alive: number;
  /** Seeds of which no wake was judged, or that had nothing to leave. */
  unjudged: number;
  /** Wakes at which the core forbade charging. */
  forbidden: number;
}

const PERCENT = 100;
const known = (values: readonly (number | undefined)[]): number[] =>
  values.filter((value) => value !== undefined);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function ordinaryOf({ outcomes }: Row): Record<MethodName, number> | undefined {
  if (outcomes.some(({ ordinary }) => ordinary === undefined)) return undefined;
  const of = (name: MethodName) =>
    PERCENT * rmseOf(pooled(outcomes.map(({ ordinary }) => ordinary![name])));
  return Object.fromEntries(METHODS.map((name) => [name, of(name)])) as Record<MethodName, number>;
}

export function figuresOf(row: Row): RowFigures {
  const { outcomes } = row;
  const scores = outcomes.map(({ gauge }) => gauge).filter(({ count }) => count > 0);
  const all = pooled(scores);
  const ordinary_pct = ordinaryOf(row);
  const rmse_pct = PERCENT * rmseOf(all);
  const sigma_pct = PERCENT * sigmaOf(all);
  const drains = known(outcomes.map(({ drain_ratio }) => drain_ratio));
  const exits = known(outcomes.map(({ exit_error }) => exit_error)).map((e) => PERCENT * e);
  const best_pct = ordinary_pct === undefined ? NaN : Math.min(...Object.values(ordinary_pct));
  return {
    rmse_pct,
    max_pct: all.count > 0 ? PERCENT * all.worst : NaN,
    within: withinOf(all),
    within_seed_min: scores.length > 0 ? Math.min(...scores.map(withinOf)) : NaN,
    sigma_pct,
    sigma_over_rmse: sigma_pct / rmse_pct,
    ordinary_pct,
    ordinary_ratio: best_pct / rmse_pct,
    drain_ratio: drains.length > 0 ? median(drains) : NaN,
    exit_pct: Math.sqrt(mean(exits.map((e) => e * e))),
    exit_max_pct: exits.length > 0 ? Math.max(...exits.map(Math.abs)) : NaN,
    alive: mean(known(outcomes.map(({ alive }) => alive))),
    unjudged: outcomes.length - scores.length,
    forbidden: outcomes.reduce((sum, { forbidden }) => sum + forbidden, 0),
  };
}
