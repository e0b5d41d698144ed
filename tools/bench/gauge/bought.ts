// What each further hypothesis about the ADC's gain buys: the set-ups in which the gain is what SOC
// is wrong by, with fewer and with more of them. What it costs, the suite `footprint` measures.

import { type Measurement } from "../report.js";
import { runRows, type Row, type RunTask, type Variant } from "./matrix.js";
import { figuresOf } from "./row_figures.js";
import { type Plan } from "./twin_run.js";

const NUMBERS = [1, 3, 5, 7, 9];
const SETUPS = ["nocv", "flat"];
const CELLS = ["r20-50uAh"];

/** The full list, with the usual wiring, as firmware that tries so many gains. */
function variantOf(hypotheses: number): Variant {
  const wiring = { gain_sigma: 0.002, limiting_flag: true, hypotheses };
  return { name: `hypotheses_${hypotheses}`, list: "full", wiring, words: "full list" };
}

function measurementOf(row: Row): Measurement {
  const { rmse_pct, max_pct, within, within_seed_min, sigma_pct } = figuresOf(row);
  const share = (value: number) => value.toFixed(3);
  return {
    name: `twin_${row.variant.name}_${row.setup}_rmse_pct`,
    value: rmse_pct,
    unit: "%",
    of:
      `${row.cell}, full list: largest ${max_pct.toFixed(1)} %, sigma ${sigma_pct.toFixed(2)} %, ` +
      `within 2 sigma ${share(within)}, worst seed ${share(within_seed_min)}`,
  };
}

/** RMSE of SOC with 1 to 9 hypotheses; `run` may be given many tasks at once. */
export async function boughtByHypotheses(
  plan: Plan,
  seeds: number[],
  run: RunTask,
): Promise<Measurement[]> {
  const of = { seeds, setups: SETUPS, cells: CELLS };
  const rows = await Promise.all(NUMBERS.map((n) => runRows(plan, of, run, [variantOf(n)])));
  return rows.flat().map(measurementOf);
}
