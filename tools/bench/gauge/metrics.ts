// The metrics of the gauge bench from its rows: worst cells, worst rows, worst seeds.

import { type Measurement } from "../report.js";
import { isMain, type Row, type Variant } from "./matrix.js";
import { type RowFigures } from "./row_figures.js";

/** A row with its figures. */
export type Judged = Row & { figures: RowFigures };

const CV = ["cv", "week", "swing"];
const OTHER = ["nocv", "flat"];
const DRAINED = [...CV, "nocv", "slope"];
/** Below this sigma (percent of SOC) its size is not judged. */
const SIGMA_LEAST_PCT = 0.5;
const PERCENT = 100;
/** Miniature cells, load step extrapolated: the largest error that its makers state. */
const MICHIGAN_PCT = 1.7;

const rowName = ({ setup, cell }: Row) => `${setup} ${cell}`;

/** The row with the largest value; undefined: no row has one. */
function worstOf(rows: readonly Judged[], of: (figures: RowFigures) => number) {
  const known = rows.filter(({ figures }) => Number.isFinite(of(figures)));
  const sorted = known.toSorted((a, b) => of(b.figures) - of(a.figures));
  return sorted[0] && { row: sorted[0], value: of(sorted[0].figures) };
}

/** A measurement of the worst of some rows; none where no row has the value. */
function worst(
  name: string,
  unit: string,
  of: string,
  rows: readonly Judged[],
  value: (figures: RowFigures) => number,
): Measurement[] {
  const found = worstOf(rows, value);
  if (found === undefined) return [];
  const { variant } = found.row;
  return [{ name, value: found.value, unit, of: `${of}; ${variant.name} ${rowName(found.row)}` }];
}

/** A measurement of the lowest. */
function lowest(...[name, unit, of, rows, value]: Parameters<typeof worst>): Measurement[] {
  const found = worst(name, unit, of, rows, (figures) => -value(figures));
  return found.map((measured) => ({ ...measured, value: -measured.value! }));
}

/** RMSE and MAX of each set-up, the worst cell of it. */
function errorsOf(variant: Variant, rows: readonly Judged[], seeds: string): Measurement[] {
  const setups = [...new Set(rows.map(({ setup }) => setup))];
  return setups.flatMap((setup) => {
    const of = rows.filter((row) => row.setup === setup);
    const name = `twin_${variant.name}_${setup.replaceAll("-", "_")}`;
    const from = CV.includes(setup) ? "after the first CV" : "from day 3";
    const words = `${variant.words}; worst of ${of.length} cells, ${seeds}, ${from}`;
    return [
      ...worst(`${name}_rmse_pct`, "%", words, of, ({ rmse_pct }) => rmse_pct),
      ...worst(`${name}_max_pct`, "%", words, of, ({ max_pct }) => max_pct),
    ];
  });
}

/** Whether sigma is what it says, over all of some rows. */
function honestyOf(prefix: string, rows: readonly Judged[], of: string): Measurement[] {
  const wide = rows.filter(({ figures }) => figures.sigma_pct > SIGMA_LEAST_PCT);
  const large = `mean sigma over RMSE of rows with a mean sigma above ${SIGMA_LEAST_PCT} %`;
  return [
    ...lowest(`${prefix}_within_2_sigma_row_min`, "1", of, rows, ({ within }) => within),
    ...lowest(
      `${prefix}_within_2_sigma_seed_min`,
      "1",
      `${of}, any single seed`,
      rows,
      ({ within_seed_min }) => within_seed_min,
    ),
    ...worst(
      `${prefix}_sigma_over_rmse_max`,
      "1",
      `${large}, ${of}`,
      wide,
      ({ sigma_over_rmse }) => sigma_over_rmse,
    ),
  ];
}

const off_pct = ({ drain_ratio }: RowFigures) => PERCENT * Math.abs(drain_ratio - 1);

/** Learned drain at day ten, and the error after the flat. */
function learntOf(prefix: string, rows: readonly Judged[], of: string): Measurement[] {
  const among = (...setups: string[]) => rows.filter(({ setup }) => setups.includes(setup));
  const left = rows.filter(({ figures }) => Number.isFinite(figures.exit_pct));
  const drain = `median of learned over true drain, off 1; ${of}`;
  const exit = `a day after the flat was left; ${of}`;
  return [
    ...worst(`${prefix}_drain_error_day10_pct`, "%", drain, among(...DRAINED), off_pct),
    ...worst(`${prefix}_drain_error_day10_flat_pct`, "%", drain, among("flat"), off_pct),
    ...worst(
      `${prefix}_drain_error_day10_flat_quiet_pct`,
      "%",
      drain,
      among("flat-quiet", "flat-lfp", "flat-lnmo"),
      off_pct,
    ),
    ...worst(`${prefix}_flat_exit_error_pct`, "%", `RMS of seeds ${exit}`, left, (f) => f.exit_pct),
    ...worst(`${prefix}_flat_exit_max_pct`, "%", `largest ${exit}`, left, (f) => f.exit_max_pct),
  ];
}

function ordinaryOf(rows: readonly Judged[]): Measurement[] {
  const full = rows.filter(({ variant }) => variant.name === "full");
  const of = "RMSE of the best ordinary method over the gauge's, full list, lowest row";
  const ratio = ({ ordinary_ratio }: RowFigures) => ordinary_ratio;
  const among = (setups: string[]) => full.filter(({ setup }) => setups.includes(setup));
  return [
    ...lowest("twin_ordinary_ratio_cv_min", "1", of, among(CV), ratio),
    ...lowest("twin_ordinary_ratio_other_min", "1", of, among(OTHER), ratio),
  ];
}

/** What is told of the core and of the bench itself. */
function recordsOf(rows: readonly Judged[]): Measurement[] {
  const sum = (of: (figures: RowFigures) => number) =>
    rows.reduce((all, { figures }) => all + of(figures), 0);
  const alive = rows.filter(({ figures }) => Number.isFinite(figures.alive));
  const mean = alive.reduce((all, { figures }) => all + figures.alive, 0) / alive.length;
  return [
    ...(alive.length === 0
      ? []
      : [{ name: "twin_hypotheses_alive", value: mean, unit: "1", of: "mean over all wakes" }]),
    {
      name: "twin_runs_never_judged",
      value: sum(({ unjudged }) => unjudged),
      unit: "1",
      of: "runs that never reached the float voltage though their set-up is judged after it",
    },
    {
      name: "twin_wakes_charging_forbidden",
      value: sum(({ forbidden }) => forbidden),
      unit: "1",
      of: "wakes at which the core switched charging off",
    },
    {
      name: "michigan_max_pct",
      value: MICHIGAN_PCT,
      unit: "%",
      of: "published, not measured here: largest error of the circuit with 42 nW, from 2 uAh on",
    },
  ];
}

/** All of them, those with goals first. */
export function metricsOf(rows: readonly Judged[], seeds: string): Measurement[] {
  const variants = [...new Set(rows.map(({ variant }) => variant))];
  const main = rows.filter(({ variant }) => isMain(variant));
  const both = `both lists, ${seeds}`;
  const of = (variant: Variant) => rows.filter((row) => row.variant === variant);
  const mains = variants.filter(isMain);
  return [
    ...mains.flatMap((variant) => errorsOf(variant, of(variant), seeds)),
    ...honestyOf("twin", main, both),
    ...ordinaryOf(rows),
    ...learntOf("twin", main, both),
    ...variants.flatMap((variant) => [
      ...(isMain(variant) ? [] : errorsOf(variant, of(variant), seeds)),
      ...honestyOf(`twin_${variant.name}`, of(variant), variant.words),
      ...learntOf(`twin_${variant.name}`, of(variant), variant.words),
    ]),
    ...recordsOf(rows),
  ];
}
