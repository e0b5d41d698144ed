// The smallest cell and panels for a load at a site: the search from start to end. The same plan,
// demand and seed give the same answer, on however many threads.

import { Answer, candidatesOf, costOf } from "./answer.js";
import { CHECKS, findFrontier, type Frontier } from "./frontier.js";
import { capacityOf_uAh, type Point } from "./grid.js";
import { type Runner } from "./pool.js";
import { skiesOf, tallyOf, type Sky, type Tally } from "./sky.js";
import { YEAR_H, type Outcome, type Plan } from "./trial.js";

export interface Question {
  plan: Plan;
  /** The share of good years that is asked for. */
  reliability: number;
  /** How many seeds draw the frontier. */
  seeds: number;
  first_seed: number;
}

/** How a pair did: what is known of it, and the runs that went to their end. */
export interface Pair extends Tally {
  point: Point;
  runs: Outcome[];
}

/** What was found; indices are those of the plan's grid. */
export interface Found {
  question: Question;
  frontier: Frontier;
  corners: Pair[];
  /** Undefined: no pair of the grid is shown to be good enough. */
  answer: Pair | undefined;
  /** How every pair did with the seeds of the search. */
  tally: (point: Point) => Tally;
  runs: number;
}

/** Years that one run judges; a run of one that asks for events is judged as a whole. */
export function yearsPerRun({ parts, refused }: Plan): number {
  if (refused !== undefined) return 1;
  return Math.max(1, Math.ceil(parts.scenario.hours / YEAR_H));
}

/** The scenario's own pair. */
export const ownOf = ({ parts }: Plan) => ({
  cell_uAh: capacityOf_uAh(parts),
  panels: parts.board.physics.panels.value,
});

/** A pair with whole runs under these skies. */
async function pairOf(point: Point, tallied: readonly Sky[], whole: readonly Sky[]): Promise<Pair> {
  const runs = await Promise.all(whole.map((sky) => sky.whole(point)));
  return { point, runs, ...tallyOf(tallied, point) };
}

/** `told` hears what is being done. */
export async function findSize(
  question: Question,
  runner: Runner,
  told: (phase: string) => void = () => undefined,
): Promise<Found> {
  const { plan, reliability, seeds, first_seed } = question;
  const { grid } = plan;
  const limit = 1 - reliability;
  const years = yearsPerRun(plan);
  const skies = skiesOf(first_seed, seeds, runner, years);
  told("frontier");
  const frontier = await findFrontier(grid, skies, limit);
  told("percentiles");
  const points = frontier.flatMap((cell, panel) => (cell === undefined ? [] : [{ cell, panel }]));
  const checks = skies.slice(0, CHECKS);
  const corners = await Promise.all(points.map((point) => pairOf(point, skies, checks)));
  told("answer");
  const fresh = new Answer(runner, (first_seed + seeds) >>> 0, limit, years);
  const point = await fresh.find(candidatesOf(grid, frontier, costOf(grid, ownOf(plan))));
  const answer = point === undefined ? undefined : await pairOf(point, fresh.skies, fresh.checks);
  const runs = [...skies, ...fresh.skies].reduce((sum, { count }) => sum + count, 0);
  return { question, frontier, corners, answer, tally: (at) => tallyOf(skies, at), runs };
}
