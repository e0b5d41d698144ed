// What a search found, in numbers: the content of size.json, from which the page on the terminal
// and the map are made. The same question gives the same bytes.

import { RULE } from "./answer.js";
import { ownOf, type Found, type Pair } from "./size.js";
import { CONFIDENCE, percentile, wilson } from "./statistics.js";
import { YEAR_H, type Outcome } from "./trial.js";

/** Half of the runs have no more, and nine of ten. */
interface Upper {
  median: number;
  p90: number;
}

/** Half of the runs have no less, and nine of ten. */
interface Lower {
  median: number;
  p10: number;
}

/** A pair, and how it did. */
export interface PairNumbers {
  cell_uAh: number;
  panels: number;
  /** Judged years (runs, where `trial` says so), the bad ones, and their share. */
  years: number;
  bad_years: number;
  bad_share: number;
  /** Bounds of the probability of a bad year, each with the confidence of `confidence`. */
  bad_share_low: number;
  bad_share_high: number;
  /** Over so many runs to the end. */
  runs: number;
  brownouts_per_year: Upper;
  off_h_per_year: Upper;
  soc_min: Lower;
  events_done_share: Lower;
}

/** A place of the map: what runs of this pair, or of those that imply it, say. */
export interface PlaceNumbers {
  cell_uAh: number;
  panels: number;
  years: number;
  bad_years: number;
  bad_share: number;
  /** The smallest good cell of its panels. */
  frontier: boolean;
}

export interface SizeNumbers {
  scenario: string;
  title: string;
  cell: string;
  board: string;
  harvester: string;
  load: string;
  site: string;
  hours: number;
  seed: number;
  seeds: number;
  commit: string;
  replay: string;
  /** What is judged: a year, or a run. */
  trial: string;
  /** What makes it bad. */
  criterion: string;
  reliability: number;
  confidence: number;
  rule: string;
  /** The scenario's own. */
  own: { cell_uAh: number; panels: number };
  grid: { cells_uAh: number[]; panels: number[] };
  /** null: no pair of the grid is good enough; `advice` says what to change. */
  answer: PairNumbers | null;
  advice: string | null;
  frontier: PairNumbers[];
  /** For each cell of the grid the fewest panels, null: none. */
  fewest_panels: { cell_uAh: number; panels: number | null }[];
  map: PlaceNumbers[];
  runs: number;
}

const DAY_H = 24;
const DIGITS = 6;
const HALF = 0.5;
const MOST = 0.9;
const worth = (value: number): number => Number(value.toPrecision(DIGITS));

const upper = (values: readonly number[]): Upper => ({
  median: worth(percentile(values, HALF)),
  p90: worth(percentile(values, MOST)),
});

const lower = (values: readonly number[]): Lower => {
  const { median, p90 } = upper(values.map((value) => -value));
  return { median: -median, p10: -p90 };
};

/** Of the events that were wanted; a run that wanted none got all of them. */
const doneShare = ({ done, wanted }: Outcome) => (wanted === 0 ? 1 : done / wanted);

function pairNumbers(found: Found, { point, years, bad, runs }: Pair): PairNumbers {
  const { grid, parts } = found.question.plan;
  const per_year = YEAR_H / parts.scenario.hours;
  const whole = runs.filter((run) => run.whole);
  const interval = wilson(bad, years);
  return {
    cell_uAh: grid.cells_uAh[point.cell]!,
    panels: grid.panels[point.panel]!,
    years,
    bad_years: bad,
    bad_share: worth(bad / Math.max(years, 1)),
    bad_share_low: worth(interval.low),
    bad_share_high: worth(interval.high),
    runs: whole.length,
    brownouts_per_year: upper(whole.map(({ brownouts }) => brownouts * per_year)),
    off_h_per_year: upper(whole.map(({ off_h }) => off_h * per_year)),
    soc_min: lower(whole.map(({ soc_min }) => soc_min)),
    events_done_share: lower(whole.map(doneShare)),
  };
}

function mapOf({ question, frontier, tally }: Found): PlaceNumbers[] {
  const { cells_uAh, panels } = question.plan.grid;
  return cells_uAh.flatMap((cell_uAh, cell) =>
    panels.map((count, panel): PlaceNumbers => {
      const smallest = frontier[panel];
      const { years, bad } = tally({ cell, panel });
      return {
        ...{ cell_uAh, panels: count, years, bad_years: bad },
        bad_share: worth(bad / Math.max(years, 1)),
        frontier: smallest === cell,
      };
    }),
  );
}

function fewestOf({ question, frontier }: Found): SizeNumbers["fewest_panels"] {
  const { cells_uAh, panels } = question.plan.grid;
  return cells_uAh.map((cell_uAh, cell) => {
    const panel = frontier.findIndex((smallest) => smallest !== undefined && smallest <= cell);
    return { cell_uAh, panels: panel < 0 ? null : panels[panel]! };
  });
}

/** What is judged, in words: `year`, or `run of 60 days`. */
function trialOf({ parts, refused }: Found["question"]["plan"]): string {
  const { hours } = parts.scenario;
  if (hours < YEAR_H) return `run of ${Number((hours / DAY_H).toFixed(1))} days`;
  const many = hours > YEAR_H && refused !== undefined;
  return many ? `run of ${Number((hours / YEAR_H).toFixed(2))} years` : "year";
}

/** Many of what is judged. */
export const trialsOf = ({ trial }: SizeNumbers): string => trial.replace(/^(year|run)/, "$1s");

/** `1 panel`, `2.8 panels`. */
export const panelsOf = ({ panels }: { panels: number }): string =>
  `${panels} panel${panels === 1 ? "" : "s"}`;

/** What makes it bad. */
const criterionOf = ({ refused }: Found["question"]["plan"]): string =>
  refused === undefined
    ? "a brown-out"
    : `more than ${Number((100 * refused).toPrecision(3))} % of events refused`;

/** What to change when no pair is good enough, in one line. */
function adviceOf(found: Found): string | null {
  if (found.answer !== undefined) return null;
  const { question, frontier, tally } = found;
  const { cells_uAh, panels } = question.plan.grid;
  const [most_uAh, most] = [cells_uAh.at(-1)!, panels.at(-1)!];
  const more = `--cells above ${most_uAh}, --panels above ${most}`;
  const remedies = `${more}, a lighter --load or a lower --reliability`;
  if (frontier.some((cell) => cell !== undefined)) {
    return `no pair of the grid showed with other seeds that it is good enough; try ${remedies}`;
  }
  const { bad, years } = tally({ cell: cells_uAh.length - 1, panel: panels.length - 1 });
  const how = `${bad} of ${years} were bad with ${most_uAh} uAh and ${most} panels`;
  return `no pair of the grid is good enough: ${how}; try ${remedies}`;
}

/** Plain data. `from` says where the question comes from. */
export function sizeNumbers(
  found: Found,
  from: Pick<SizeNumbers, "scenario" | "commit" | "replay">,
): SizeNumbers {
  const { question, answer, corners, runs } = found;
  const { plan, reliability, seeds, first_seed } = question;
  const { scenario, board } = plan.parts;
  return {
    ...{ scenario: from.scenario, title: scenario.title },
    ...{ cell: scenario.cell, board: scenario.board, harvester: board.physics.harvester },
    ...{ load: scenario.load, site: scenario.site, hours: scenario.hours },
    ...{ seed: first_seed, seeds, commit: from.commit, replay: from.replay },
    ...{
      trial: trialOf(plan),
      criterion: criterionOf(plan),
      reliability,
      confidence: CONFIDENCE,
      rule: RULE,
    },
    ...{ own: ownOf(plan), grid: plan.grid },
    answer: answer === undefined ? null : pairNumbers(found, answer),
    advice: adviceOf(found),
    frontier: corners.map((pair) => pairNumbers(found, pair)),
    fewest_panels: fewestOf(found),
    map: mapOf(found),
    runs,
  };
}
