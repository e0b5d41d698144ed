// The rows of the gauge bench for people: one line a row, at most 100 columns.

import { METHODS } from "./ordinary/methods.js";
import { type Row } from "./matrix.js";
import { type RowFigures } from "./row_figures.js";

const DASH = "-";

function fixed(value: number | undefined, digits: number, width: number): string {
  const text = value === undefined || Number.isNaN(value) ? DASH : value.toFixed(digits);
  return text.padStart(width);
}

const HEAD = [
  "set-up     cell         RMSE   MAX  in 2s seed  sigma |",
  "  acc   tab   kal  rest |  best drain  exit",
].join("");

function line({ setup, cell }: Row, of: RowFigures): string {
  const ordinary = METHODS.map((name) => fixed(of.ordinary_pct?.[name], 1, 5)).join(" ");
  const gauge = [
    fixed(of.rmse_pct, 2, 5),
    fixed(of.max_pct, 1, 5),
    fixed(of.within, 3, 6),
    fixed(of.within_seed_min, 2, 4),
    fixed(of.sigma_pct, 2, 6),
  ].join(" ");
  const rest = [
    fixed(of.ordinary_ratio, 1, 5),
    fixed(of.drain_ratio, 2, 5),
    fixed(of.exit_pct, 1, 5),
  ];
  return `${setup.padEnd(10)} ${cell.padEnd(11)} ${gauge} |${ordinary} | ${rest.join(" ")}`;
}

/** Variant after variant, with what the columns mean. */
export function rowTable(rows: readonly Row[], figures: ReadonlyMap<Row, RowFigures>): string {
  const variants = [...new Set(rows.map(({ variant }) => variant))];
  const blocks = variants.map((variant) => {
    const of = rows.filter((row) => row.variant === variant);
    const lines = of.map((row) => line(row, figures.get(row)!));
    return [variant.words, HEAD, ...lines].join("\n");
  });
  const legend = [
    "Percent of SOC; seeds as one. in 2s: share of errors within 2 sigma, then that of the worst",
    "seed. acc, tab, kal, rest: RMSE of accounting, OCV table, Kalman filter, counting with OCV at",
    "rest; best: the best of them over the gauge. drain: learned over true on day 10, median seed;",
    "exit: error a day after the flat was left.",
  ];
  return [...blocks, legend.join("\n")].join("\n\n");
}
