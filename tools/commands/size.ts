// `tfmb size [SCENARIO]`: the smallest cell and panels for its load, site and board, printed as a
// page or as JSON, written as numbers and a map.

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { environmentOf, plantOf } from "../../boards/plant.js";
import { programmeOf } from "../../boards/programme.js";
import { coreModule } from "../build/built.js";
import { projectPath } from "../build/paths.js";
import { partsOf, type Setup } from "../simulate/setup.js";
import { gridOf, partsAt, type Grid } from "../size/grid.js";
import { sizeNumbers, type SizeNumbers } from "../size/numbers.js";
import { pageOf } from "../size/page.js";
import { sizePool } from "../size/pool.js";
import { SearchProgress } from "../size/progress.js";
import { commitOf, replayOf } from "./replay.js";
import { findSize } from "../size/size.js";
import { YEAR_H, type Plan } from "../size/trial.js";
import { makeFolder } from "../report/whole_files.js";
import { writeSize } from "../size/write.js";
import { UsageError } from "./usage.js";

export interface SizeOptions extends Omit<Setup, "scenario" | "hours"> {
  /** The share of good years that is asked for. */
  reliability?: number | undefined;
  /** A run is bad when more than this share of its events is refused, instead of a brown-out. */
  refused?: number | undefined;
  /** How many seeds draw the map. */
  seeds?: number | undefined;
  /** Length of each run. */
  years?: number | undefined;
  /** Lists with commas: uAh, and numbers of panels. */
  cells?: string | undefined;
  panels?: string | undefined;
  out?: string | undefined;
  json?: boolean | undefined;
}

/** Ranges of the options, for the command line. */
export const RANGES = {
  /** Beyond 0.99 it would take thousands of years to show that an answer is good enough. */
  reliability: [0.5, 0.99],
  refused: [0, 1],
  seeds: [4, 1000],
  years: [0.01, 10],
} as const;

const RELIABILITY = 0.95;
const SEEDS = 20;
const YEARS_MAX = RANGES.years[1];

/** Whatever is wrong with a pair of the grid is said before the first run. */
function checkPlan({ parts, grid }: Plan): void {
  const { hours, seed } = parts.scenario;
  if (hours > YEARS_MAX * YEAR_H) {
    const remedy = `shorten it with --years, at most ${YEARS_MAX}`;
    throw new UsageError(`hours = ${hours} of the scenario are too many to run often; ${remedy}`);
  }
  const environment = environmentOf(parts, seed, 1);
  for (const cell of grid.cells_uAh.keys()) {
    for (const panel of grid.panels.keys()) programmeOf(partsAt(parts, grid, { cell, panel }));
  }
  plantOf(partsAt(parts, grid, { cell: 0, panel: 0 }), environment, seed);
}

function planOf(scenario: string, options: SizeOptions): Plan {
  const { refused, years, cells, panels, cell, board, load, site, seed, set } = options;
  const hours = years === undefined ? undefined : Number((years * YEAR_H).toFixed(6));
  const parts = partsOf(projectPath("boards"), {
    ...{ scenario, cell, board, load, site, seed, hours, set },
  });
  const grid: Grid = gridOf(parts, cells, panels);
  const plan = { parts, grid, refused };
  checkPlan(plan);
  return plan;
}

/** Searches, on `threads` threads: one a processor, if not said, as far as there are seeds. */
export async function searchSize(
  scenario: string,
  options: SizeOptions,
  threads = availableParallelism(),
): Promise<SizeNumbers> {
  const plan = planOf(scenario, options);
  const { reliability = RELIABILITY, seeds = SEEDS, out } = options;
  // what is wrong with it is said before a minute of work, not after
  if (out !== undefined) makeFolder(out);
  const first_seed = plan.parts.scenario.seed;
  const progress = new SearchProgress();
  const pool = sizePool(plan, coreModule(), Math.min(threads, seeds), () =>
    progress.tell(pool.done),
  );
  try {
    const question = { plan, reliability, seeds, first_seed };
    const found = await findSize(question, pool.run, (phase) => (progress.phase = phase));
    const replay = replayOf("size", scenario, options);
    return sizeNumbers(found, { scenario, commit: commitOf(), replay });
  } finally {
    progress.clear();
    await pool.close();
  }
}

/** Searches, writes what is asked for, and returns what the command prints. */
export async function runSize(scenario: string, options: SizeOptions): Promise<string> {
  const start_ms = performance.now();
  const numbers = await searchSize(scenario, options);
  const seconds = (performance.now() - start_ms) / 1000;
  if (options.out !== undefined) writeSize(options.out, numbers);
  if (options.json === true) return JSON.stringify(numbers, null, 2);
  const colours = process.stdout.isTTY && process.env.NO_COLOR === undefined;
  const page = pageOf(numbers, colours, seconds);
  return options.out === undefined ? page : `${page}\n  map       ${join(options.out, "map.svg")}`;
}
