// Whole lives of the schedule bench, in the full simulator: months in which CCD binds, and years
// with and without enough panels and cell, as the node plans by either of its two settings.

import { Pool } from "../../pool.js";
import { type Answer } from "../report.js";
import { type BrownOutFigures, type BrownOutTrial } from "./brown_outs.js";
import { type LimitFigures, type LimitTrial } from "./critical_current.js";
import { brownOutMeasurements, brownOutTable } from "./brown_out_page.js";
import { limitMeasurements, limitTable } from "./limit_page.js";

export type LifeTrial = LimitTrial | BrownOutTrial;
export type LifeFigures = LimitFigures | BrownOutFigures;

/** A board that sets the current; one that cannot; one that chooses its source. */
const LIMITS = ["limit-hot", "limit-aged", "limit-sun", "unlimited-hot", "switched-hot"];

/** Panels and cell over those of the scenario: as it is, and too small for its winter. */
const YEARS: readonly (readonly [scenario: string, panels: number, cell: number])[] = [
  ["outdoor-year", 0.5, 0.8],
  ["default-year", 0.5, 0.5],
  ["charge-pump-year", 0.5, 0.5],
  ["default-year", 0.3, 1],
  ["charge-pump-year", 0.3, 1],
  ["outdoor-year", 0.3, 1],
  ["default-year", 1, 1],
  ["outdoor-year", 1, 1],
  ["charge-pump-year", 1, 1],
];
const PLANS = ["survival", "balanced"];

/** Plans were tuned on others, from 101 on. */
const SEEDS = [1, 2, 3, 4, 5];

/** The longest first. */
export const LIFE_TRIALS: readonly LifeTrial[] = [
  ...YEARS.flatMap(([scenario, panels, cell]) =>
    SEEDS.flatMap((seed) =>
      PLANS.map((plan): LifeTrial => {
        return { kind: "brown_out", scenario, plan, seed, panels, cell };
      }),
    ),
  ),
  ...LIMITS.flatMap((scenario) =>
    [true, false].map((guarded): LifeTrial => ({ kind: "limit", scenario, seed: 1, guarded })),
  ),
];

/** Lives all of them, on so many threads. */
export async function livesAnswer(threads: number): Promise<Required<Answer>> {
  const entry = "tools/bench/schedule/life_worker.ts";
  const pool = new Pool<LifeTrial, LifeFigures>({ entry, workerData: undefined, threads });
  try {
    const rows = await Promise.all(LIFE_TRIALS.map(pool.run));
    const limits = rows.filter((row) => row.kind === "limit");
    const years = rows.filter((row) => row.kind === "brown_out");
    return {
      measured: [...limitMeasurements(limits), ...brownOutMeasurements(years)],
      rows,
      page: [limitTable(limits), brownOutTable(years)].join("\n\n"),
    };
  } finally {
    await pool.close();
  }
}
