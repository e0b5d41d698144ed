// What the core learns of a cell that holds four fifths of its label and has twice its resistance,
// where charge is counted: after two full cycles, and over a year in which the cell ages on. Where
// nobody counts, the capacity is to stay "not known yet".

import { type Measurement } from "../report.js";
import { runRows, type Row, type RunTask, type Selection, type Variant } from "./matrix.js";
import { type Health, type Plan } from "./twin_run.js";

const PERCENT = 100;
/** By then two full cycles are over. */
const LEARNED_DAY = 14;
/** A capacity that is not known is off by all of it. */
const UNKNOWN_PCT = 100;
const wiring = { gain_sigma: 0.002, limiting_flag: true };
const COUNTED: Variant = { name: "health", list: "health", wiring, words: "charge counted" };
const UNCOUNTED: Variant = { name: "full", list: "full", wiring, words: "nobody counts" };

/** Seeds of the year: each takes as long as a dozen of others. */
const YEARS = 5;

const off_pct = (told: number, truth: number) => PERCENT * Math.abs(told / truth - 1);

const capacityOff_pct = ({ capacity_share, true_share }: Health): number =>
  capacity_share === undefined ? UNKNOWN_PCT : off_pct(capacity_share, true_share);
const resistanceOff_pct = ({ resistance_ratio, true_ratio }: Health): number =>
  off_pct(resistance_ratio, true_ratio);

/** The worst of some notes; none where no row was chosen. */
function measured(
  name: string,
  words: string,
  rows: Row[],
  notes: (health: Health[]) => Health[],
  of: (health: Health) => number,
): Measurement[] {
  const all = rows.flatMap(({ cell, outcomes }) =>
    outcomes.flatMap(({ health }) => notes(health).map((note) => ({ cell, note }))),
  );
  if (all.length === 0) return [];
  const { cell, note } = all.reduce((a, b) => (of(b.note) > of(a.note) ? b : a));
  const said = note.capacity_share?.toFixed(3) ?? "not known yet";
  const capacity = `capacity ${said}, truly ${note.true_share.toFixed(3)}`;
  const resistance = `R ${note.resistance_ratio.toFixed(2)}, truly ${note.true_ratio.toFixed(2)}`;
  const where = `${cell}, day ${note.day.toFixed(0)}: ${capacity}; ${resistance}`;
  return [{ name: `health_${name}`, value: of(note), unit: "%", of: `${words}; ${where}` }];
}

const last = (health: Health[]) => health.slice(-1);
const months = (health: Health[]) => health.filter(({ day }) => day > LEARNED_DAY);

/** `run` may be given many tasks at once. */
export async function healthOf(
  plan: Plan,
  { seeds, cells }: Selection,
  run: RunTask,
): Promise<Measurement[]> {
  const some = (setup: string, variant: Variant, count?: number) =>
    runRows(plan, { seeds: seeds.slice(0, count), setups: [setup], cells }, run, [variant]);
  const [cycles, year, uncounted] = await Promise.all([
    some("cycles", COUNTED),
    some("ageing", COUNTED, YEARS),
    some("cycles", UNCOUNTED, 1),
  ]);
  const twice = `two full cycles, worst of ${cycles.length} cells and ${seeds.length} seeds`;
  const aged = `a year of ageing, worst month of ${year.length} cells`;
  const known = uncounted.flatMap(({ outcomes }) =>
    outcomes.flatMap(({ health }) =>
      health.filter(({ capacity_share }) => capacity_share !== undefined),
    ),
  );
  return [
    ...measured("capacity_error_pct", twice, cycles, last, capacityOff_pct),
    ...measured("resistance_error_pct", twice, cycles, last, resistanceOff_pct),
    ...measured("year_capacity_error_pct", aged, year, months, capacityOff_pct),
    ...measured("year_resistance_error_pct", aged, year, months, resistanceOff_pct),
    {
      name: "health_uncounted_known",
      value: known.length,
      unit: "1",
      of: "the same two cycles, nobody counts: capacities that are told all the same",
    },
  ];
}
