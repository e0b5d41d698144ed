// Measurements against goals: as one JSON object for machines, as a table with bars for people.

import { readFileSync } from "node:fs";
import { projectPath } from "../build/paths.js";

export interface Measurement {
  name: string;
  /** null: could not be measured here, `of` says why. */
  value: number | null;
  unit: string;
  /** What was measured, on what. */
  of: string;
}

/** What a suite may answer beside its measurements: rows for machines, a page for people. */
export interface Answer {
  measured: Measurement[];
  rows?: object[];
  page?: string;
}

export interface Metric {
  value: number | null;
  unit: string;
  op: "<=" | ">=" | "record";
  goal: number | null;
  pass: boolean | null;
  of: string;
}

type Goals = Record<string, Record<string, { unit: string; op: string; goal: number }>>;

const BAR_CELLS = 20;

function passes(value: number, op: string, goal: number): boolean {
  return op === "<=" ? value <= goal : value >= goal;
}

const readGoals = () =>
  JSON.parse(readFileSync(projectPath("tools/bench/goals.json"), "utf8")) as Goals;

/** The goal of a metric; NaN where it has none. */
export const goalOf = (suite: string, name: string): number =>
  readGoals()[suite]?.[name]?.goal ?? NaN;

/** Metrics with a goal whose names begin so, as not measured here: `why` says the reason. */
export const unmeasured = (suite: string, beginning: string, why: string): Measurement[] =>
  Object.entries(readGoals()[suite] ?? {})
    .filter(([name]) => name.startsWith(beginning))
    .map(([name, { unit }]) => ({ name, value: null, unit, of: why }));

/** Puts the project's goals (tools/bench/goals.json) beside what was measured. */
export function judge(suite: string, measured: Measurement[]): Record<string, Metric> {
  const goals = readGoals();
  const entries = measured.map(({ name, value, unit, of }): [string, Metric] => {
    const goal = goals[suite]?.[name];
    if (!goal || goal.op === "record") {
      return [name, { value, unit, op: "record", goal: null, pass: null, of }];
    }
    const pass = value === null ? null : passes(value, goal.op, goal.goal);
    return [name, { value, unit, op: goal.op as "<=" | ">=", goal: goal.goal, pass, of }];
  });
  return Object.fromEntries(entries);
}

/** How much of the goal is used, or reached; full is the goal itself. */
function bar(metric: Metric): string {
  if (metric.value === null || metric.goal === null || metric.goal === 0) return "";
  const share = Math.min(Math.max(metric.value / metric.goal, 0), 1);
  const full = Math.round(share * BAR_CELLS);
  return "█".repeat(full) + "·".repeat(BAR_CELLS - full);
}

function number(value: number | null): string {
  if (value === null) return "-";
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}

/** Words in lines of at most 100 columns, indented. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter((candidate) => candidate !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= 100) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(`    ${word}`);
    }
  }
  return lines;
}

/** Text of at most 100 columns, what was measured below each row that needs it. */
export function table(suite: string, commit: string, metrics: Record<string, Metric>): string {
  const lines = [`${suite}, commit ${commit.slice(0, 12)}`, ""];
  for (const [name, metric] of Object.entries(metrics)) {
    const unit = metric.unit === "1" ? "" : ` ${metric.unit}`;
    const goal = metric.goal === null ? "" : `${metric.op} ${number(metric.goal)}`;
    const mark = metric.pass === null ? " " : metric.pass ? "✓" : "✗";
    const left = `${mark} ${name.padEnd(38)}${(number(metric.value) + unit).padStart(12)}`;
    lines.push(`${left}  ${goal.padEnd(10)} ${bar(metric)}`.trimEnd());
    lines.push(...wrap(metric.of));
  }
  return lines.join("\n");
}
