// The suite `schedule`: what policies make of a real week, and of many generated ones, between
// doing nothing (0) and the perfect plan (1); of ten years of days; of whole lives in the full
// simulator, where limits bind and energy runs out; and what the manager of the operating ratio
// captures.

import { Pool } from "../pool.js";
import { type Answer, type Measurement } from "./report.js";
import { captures } from "./schedule/capture.js";
import { dailyAnswer } from "./schedule/daily_core.js";
import { decisionMeasurements } from "./schedule/decision.js";
import { livesAnswer } from "./schedule/lives.js";
import { weekMeasurements, weeksMeasurements } from "./schedule/metrics.js";
import { weeksTable, weekTable } from "./schedule/page.js";
import { type Trial, type TrialFigures, type TrialPlan } from "./schedule/trial.js";
import { SIZES_uAh, WEEK_START_h, weekFolder, weekHarvest } from "./schedule/week.js";
import { BENCH_WEEKS, generateWeek, TUNING_WEEKS, weeksFolder } from "./schedule/weeks.js";

const THREADS = 2;
const NO_DATA = "no ../shared/data/harvest on this machine";

/** The worn week first, then the generated ones. */
const WORN = 0;

function planOf(folder: string): TrialPlan {
  const worn = { harvest_J: weekHarvest(folder), start_h: WEEK_START_h };
  return {
    weeks: [worn, ...BENCH_WEEKS.map((week) => generateWeek(week, folder))],
    others: TUNING_WEEKS.map((week) => generateWeek(week, folder)),
  };
}

/** Worlds with one cell stay in one thread, which solves the causal reference once. */
const home = ({ size_uAh, whole_cell }: Trial) =>
  SIZES_uAh.indexOf(size_uAh) + (whole_cell ? SIZES_uAh.length : 0);

type Runner = (trial: Trial) => Promise<TrialFigures>;

async function bySize(run: Runner, weeks: number[], kind: Pick<Trial, "whole_cell" | "priced">) {
  const equal = !kind.priced;
  const sizes = SIZES_uAh.map(async (size_uAh): Promise<[number, TrialFigures[]]> => {
    const trials = weeks.map((week) => run({ ...kind, week, size_uAh, equal }));
    return [size_uAh, await Promise.all(trials)];
  });
  return new Map(await Promise.all(sizes));
}

const nothing = (): Measurement[] =>
  SIZES_uAh.map((size) => `week_perfect_plan_value_${size}uAh`).map((name) => {
    return { name, value: null, unit: "1", of: NO_DATA };
  });

async function weeksAnswer(): Promise<Answer> {
  const folder = weekFolder() && weeksFolder();
  if (folder === undefined) return { measured: nothing() };
  const points = captures(folder);
  const entry = "tools/bench/schedule/worker.ts";
  const workerData = planOf(folder);
  const pool = new Pool<Trial, TrialFigures>({ entry, workerData, threads: THREADS, home });
  try {
    const generated = BENCH_WEEKS.map((_, i) => i + 1);
    const [worn, weeks, whole] = await Promise.all([
      bySize(pool.run, [WORN], { whole_cell: false, priced: false }),
      bySize(pool.run, generated, { whole_cell: false, priced: true }),
      bySize(pool.run, generated, { whole_cell: true, priced: true }),
    ]);
    const count = `${generated.length} generated weeks, charge left at the end priced`;
    return {
      measured: [
        ...[...worn.values()].flatMap(([trial]) => weekMeasurements(trial!)),
        ...weeksMeasurements(weeks),
        ...points.measured,
      ],
      rows: [...worn.values(), ...weeks.values(), ...whole.values()].flat(),
      page: [
        weekTable(worn),
        weeksTable(count, weeks),
        weeksTable("the same with resistance, leak and a limit on charging", whole),
        points.table,
      ].join("\n\n"),
    };
  } finally {
    await pool.close();
  }
}

export async function schedule(): Promise<Answer> {
  const answers = [await weeksAnswer(), dailyAnswer(), await livesAnswer(THREADS)];
  return {
    measured: [...answers.flatMap(({ measured }) => measured), ...decisionMeasurements()],
    rows: answers.flatMap(({ rows }) => rows ?? []),
    page: answers.flatMap(({ page }) => page ?? []).join("\n\n"),
  };
}
