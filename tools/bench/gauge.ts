// The suite `gauge`: how far the core's SOC is off the truth, and whether its sigma says so, in the
// twin test bed: nine set-ups, six cells, two lists of unknowns, beside ordinary methods; and on
// measured records of a lithium-ion cell (`--only lg`); what is learned of capacity and resistance
// (`--only health`).

import { resolveProfile } from "../../boards/resolve.js";
import { coreModule } from "../build/built.js";
import { projectPath } from "../build/paths.js";
import { Pool } from "../pool.js";
import { boughtByHypotheses } from "./gauge/bought.js";
import { doubleDeviation } from "./gauge/double.js";
import { healthOf } from "./gauge/health.js";
import { limitsOf } from "./gauge/limits.js";
import { rowSetups, runRows, VARIANTS, type Row } from "./gauge/matrix.js";
import { measuredCell } from "./gauge/measured.js";
import { metricsOf, type Judged } from "./gauge/metrics.js";
import { figuresOf } from "./gauge/row_figures.js";
import { rowTable } from "./gauge/row_table.js";
import { selectionOf } from "./gauge/selection.js";
import { readPlan } from "./gauge/twin_plan.js";
import { type Outcome, type Plan, type Task } from "./gauge/twin_run.js";
import { type Answer, type Measurement } from "./report.js";

const THREADS = 2;
/** Among the set-ups, the measured cell. */
const MEASURED = "lg";
const HEALTH = "health";

/** How many hypotheses the profiles ask for, where the layout has them. */
function triedOf({ parts, cells }: Plan): Measurement[] {
  const cell = Object.values(cells)[0]!.part;
  const fields: object = resolveProfile({ ...parts, cell });
  const tried = "hypotheses" in fields ? fields.hypotheses : undefined;
  if (typeof tried !== "number") return [];
  return [{ name: "twin_hypotheses", value: tried, unit: "1", of: "ADC gains tried side by side" }];
}

const plainRow = ({ variant, setup, cell, figures }: Judged) => {
  return { variant: variant.name, setup, cell, ...figures };
};

/** Throws SelectionError and PartError. */
export async function gauge(words: readonly string[] = []): Promise<Answer> {
  const known = readPlan(projectPath("boards"));
  const choice = selectionOf(words, {
    setups: [...rowSetups(known), MEASURED, HEALTH],
    cells: Object.keys(known.cells),
    variants: VARIANTS.map(({ name }) => name),
  });
  const plan = { ...known, days: choice.days };
  const core = coreModule();
  const entry = "tools/bench/gauge/worker.ts";
  const pool = new Pool<Task, Outcome>({ entry, workerData: { plan, core }, threads: THREADS });
  let rows: Row[];
  const beside: Measurement[] = [];
  const asks = (name: string) => choice.whole || choice.setups?.includes(name) === true;
  try {
    rows = await runRows(plan, choice, pool.run);
    if (choice.whole) {
      beside.push(...(await boughtByHypotheses(plan, choice.seeds, pool.run)));
      beside.push(...(await limitsOf(plan, choice.seeds, pool.run)));
    }
    if (asks(HEALTH)) beside.push(...(await healthOf(plan, choice, pool.run)));
  } finally {
    await pool.close();
  }
  const figures = new Map(rows.map((row) => [row, figuresOf(row)]));
  const judged = rows.map((row): Judged => ({ ...row, figures: figures.get(row)! }));
  const measured = metricsOf(judged, choice.words);
  const tried = triedOf(known);
  const double = choice.whole ? [doubleDeviation(known, core)] : [];
  const lg = asks(MEASURED) ? measuredCell(core) : { measured: [], rows: [], page: "" };
  return {
    measured: [...measured, ...tried, ...beside, ...double, ...lg.measured],
    rows: [...judged.map(plainRow), ...lg.rows],
    page: [rows.length > 0 ? rowTable(rows, figures) : "", lg.page]
      .filter((page) => page !== "")
      .join("\n\n"),
  };
}
