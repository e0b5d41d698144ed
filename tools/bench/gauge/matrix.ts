// The rows of the gauge bench: each set-up with each of its cells, under each variant of what the
// firmware does not know; and the outcomes of its seeds.

import { type Wiring } from "../../../host/sim/twin/case.js";
import { type Outcome, type Plan, type Task } from "./twin_run.js";

export interface Variant {
  name: string;
  /** Of boards/scenarios/gauge/unknowns. */
  list: string;
  wiring: Wiring;
  /** What it is, in words. */
  words: string;
}

const USUAL_GAIN = 0.002;
const WIDE_GAIN = 0.005;

const variantsOf = (list: "full" | "easy"): Variant[] => {
  const variant = (suffix: string, gain_sigma: number, limiting_flag: boolean): Variant => {
    const flag = limiting_flag ? "with" : "without";
    const words = `${list} list, gain ${100 * gain_sigma} %, charger ${flag} a flag for CV`;
    return { name: `${list}${suffix}`, list, wiring: { gain_sigma, limiting_flag }, words };
  };
  return [
    variant("", USUAL_GAIN, true),
    variant("_noflag", USUAL_GAIN, false),
    variant("_gain_0p5", WIDE_GAIN, true),
  ];
};

/** The two lists first, as the goals have them; then what is only recorded. */
export const VARIANTS: readonly Variant[] = [...variantsOf("full"), ...variantsOf("easy")].sort(
  (a, b) => Number(a.name !== a.list) - Number(b.name !== b.list),
);

/** Whether the goals are of this variant. */
export const isMain = ({ name, list }: Variant): boolean => name === list;

/** A set-up, a cell, a variant. */
export interface Row {
  variant: Variant;
  setup: string;
  cell: string;
  /** One of each seed, in their order. */
  outcomes: Outcome[];
}

/** What of the matrix is run; nothing said: all of it. */
export interface Selection {
  seeds: number[];
  setups?: readonly string[] | undefined;
  cells?: readonly string[] | undefined;
  variants?: readonly string[] | undefined;
}

export type RunTask = (task: Task) => Promise<Outcome>;

/** Set-ups that are rows of the matrix. */
export const rowSetups = ({ setups }: Plan): string[] =>
  Object.keys(setups).filter((name) => setups[name]!.apart !== true);

/** In the order of a reader: those that reach the float voltage first. */
const ORDER = ["cv", "week", "swing", "nocv", "slope", "flat", "flat-quiet"];

/** All rows, or those of the named set-ups that there are. */
function setupsOf(plan: Plan, named: readonly string[] | undefined): string[] {
  const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const names = named?.filter((name) => name in plan.setups) ?? rowSetups(plan);
  return names.sort((a, b) => place(a) - place(b) || a.localeCompare(b, "en"));
}

/** Runs everything that is selected; `run` may be given many tasks at once. */
export async function runRows(
  plan: Plan,
  of: Selection,
  run: RunTask,
  variants = VARIANTS,
): Promise<Row[]> {
  const chosen = (names: readonly string[] | undefined, name: string) =>
    names === undefined || names.includes(name);
  const rows = variants
    .filter(({ name }) => chosen(of.variants, name))
    .flatMap((variant) =>
      setupsOf(plan, of.setups).flatMap((setup) =>
        plan.setups[setup]!.cells.filter((cell) => chosen(of.cells, cell)).map((cell) => ({
          variant,
          setup,
          cell,
        })),
      ),
    );
  const running = rows.map(async (row): Promise<Row> => {
    const { variant, setup, cell } = row;
    const { list, wiring } = variant;
    const tasks = of.seeds.map((seed) => {
      return { setup, cell, list, wiring, seed, compared: isMain(variant) };
    });
    return { ...row, outcomes: await Promise.all(tasks.map(run)) };
  });
  return Promise.all(running);
}
