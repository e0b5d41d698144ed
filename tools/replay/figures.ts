// What the errors of a replay come to. SOC, errors and sigma are fractions in a trace, and percent
// here.

import { type ReplayTrace } from "./replay.js";

export interface ErrorFigures {
  rmse_pct: number;
  max_pct: number;
}

export interface Band extends ErrorFigures {
  /** Of the true SOC. */
  from_pct: number;
  to_pct: number;
  wakes: number;
}

export interface Figures extends ErrorFigures {
  wakes: number;
  /** When the largest error was. */
  max_at_s: number;
  /** Mean of estimate minus truth. */
  bias_pct: number;
  within_1_sigma: number;
  within_2_sigma: number;
  sigma_mean_pct: number;
  /** From then on the error stays within the limit for a while; undefined: never. */
  recovery_s: number | undefined;
  bands: Band[];
  counting: ErrorFigures;
}

export interface Judging {
  /** Errors count from then on. */
  settle_s: number;
  /** A recovery ends within this error, a fraction. */
  recovered: number;
}

const PERCENT = 100;
const BANDS = 10;
/** A passing zero is no recovery: it holds for so long, or to the end. */
const HELD_S = 300;

function errorsOf(error: (i: number) => number, rows: readonly number[]): ErrorFigures {
  let [squares, worst] = [0, 0];
  for (const i of rows) {
    const size = Math.abs(error(i));
    squares += size * size;
    if (size > worst) worst = size;
  }
  return { rmse_pct: PERCENT * Math.sqrt(squares / rows.length), max_pct: PERCENT * worst };
}

/** Tenths of the true SOC that were visited, from empty to full. */
function bandsOf(trace: ReplayTrace, error: (i: number) => number, rows: readonly number[]) {
  const bandOf = (i: number) =>
    Math.min(Math.max(Math.floor(trace.reference[i]! * BANDS), 0), BANDS - 1);
  return Array.from({ length: BANDS }, (_, band): Band => {
    const inside = rows.filter((i) => bandOf(i) === band);
    const [from_pct, to_pct] = [(PERCENT * band) / BANDS, (PERCENT * (band + 1)) / BANDS];
    return { from_pct, to_pct, wakes: inside.length, ...errorsOf(error, inside) };
  }).filter(({ wakes }) => wakes > 0);
}

/** The first moment since which the error kept within `limit` for HELD_S. */
export function recoveryOf(trace: ReplayTrace, limit: number): number | undefined {
  const { t_s, estimate, reference } = trace;
  let since: number | undefined;
  for (let i = 0; i < t_s.length; i++) {
    if (Math.abs(estimate[i]! - reference[i]!) >= limit) {
      since = undefined;
    } else {
      since ??= t_s[i]!;
      if (t_s[i]! - since >= HELD_S) return since;
    }
  }
  return since;
}

/** Undefined where no wake is left to judge. */
export function figuresOf(trace: ReplayTrace, judging: Judging): Figures | undefined {
  const { t_s, estimate, reference, counted, sigma } = trace;
  const rows = Array.from(t_s.keys()).filter((i) => t_s[i]! >= judging.settle_s);
  if (rows.length === 0) return undefined;
  const error = (i: number) => estimate[i]! - reference[i]!;
  const mean = (of: (i: number) => number) => rows.reduce((sum, i) => sum + of(i), 0) / rows.length;
  const within = (count: number) => mean((i) => Number(Math.abs(error(i)) <= count * sigma[i]!));
  const worst = rows.reduce((a, b) => (Math.abs(error(b)) > Math.abs(error(a)) ? b : a));
  return {
    ...errorsOf(error, rows),
    wakes: rows.length,
    max_at_s: t_s[worst]!,
    bias_pct: PERCENT * mean(error),
    within_1_sigma: within(1),
    within_2_sigma: within(2),
    sigma_mean_pct: PERCENT * mean((i) => sigma[i]!),
    recovery_s: recoveryOf(trace, judging.recovered),
    bands: bandsOf(trace, error, rows),
    counting: errorsOf((i) => counted[i]! - reference[i]!, rows),
  };
}
