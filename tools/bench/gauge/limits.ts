// What the largest errors hang on: the same rows where the truth, or what is known of it, lacks the
// one thing. Swing without harvest books that wander; no CV with a gain that is known to 0.01 %.

import { type Measurement } from "../report.js";
import { runRows, type Row, type RunTask, type Variant } from "./matrix.js";
import { figuresOf } from "./row_figures.js";
import { type Plan } from "./twin_run.js";

const wired = (name: string, list: string, gain_sigma: number, words: string): Variant => {
  return { name, list, wiring: { gain_sigma, limiting_flag: true }, words };
};

const CASES = [
  { setup: "swing", of: wired("steady", "steady", 0.002, "harvest books do not wander") },
  { setup: "nocv", of: wired("known_gain", "full", 0.0001, "full list, gain known") },
  { setup: "nocv", of: wired("easy_known_gain", "easy", 0.0001, "easy list, gain known") },
];

/** The largest error of all cells and seeds. */
function worstOf(rows: Row[], { setup, of }: (typeof CASES)[number]): Measurement {
  const figures = rows.map((row) => ({ cell: row.cell, max_pct: figuresOf(row).max_pct }));
  const worst = figures.reduce((a, b) => (b.max_pct > a.max_pct ? b : a));
  const what = `${of.words}: largest error of all cells, ${worst.cell}`;
  return {
    name: `twin_limit_${of.name}_${setup}_max_pct`,
    value: worst.max_pct,
    unit: "%",
    of: what,
  };
}

/** `run` may be given many tasks at once. */
export async function limitsOf(plan: Plan, seeds: number[], run: RunTask): Promise<Measurement[]> {
  return Promise.all(
    CASES.map(async (each) => {
      const rows = await runRows(plan, { seeds, setups: [each.setup] }, run, [each.of]);
      return worstOf(rows, each);
    }),
  );
}
