// The best that anybody could have done in a slot world who knew what was to come.

import loadHighs from "highs";
import { projectPath } from "../build/paths.js";
import { fairProgram, segmentsOf, type Terms } from "./fair_program.js";
import { fullestPath, type Path } from "./fullest_path.js";
import { type SlotWorld } from "./slot_world.js";

/** The plan, with as much charge in the cell as it can hold. */
export interface Oracle extends Path {
  /** Utility less the weight of what was missed: no policy reaches more. */
  value: number;
  utility: number;
  /** Slots missed, in parts. */
  missed: number;
  /** Of each slot. */
  events: number[];
  /** Share of each slot's floor that is missed. */
  unpaid: number[];
  /** Utility that a joule more in the cell at the start would have been worth. */
  price_per_J: number;
  /**
   * The same in the last slot: the dual of its balance. Whoever is paid so much for what is left at
   * the end, the plan too, still does not do better than the plan: it has no reason to change.
   */
  price_end_per_J: number;
}

type Solver = Awaited<ReturnType<typeof loadHighs>>;

/** A week's chain of stores is solved twice as fast as by the dual simplex. */
const PRIMAL = 4;

/** It lies beside its script, which a bundle for a thread leaves behind. */
const locateFile = (file: string) => projectPath(`node_modules/highs/build/${file}`);

let solver: Promise<Solver> | undefined;

/** Solves the fair program. Throws Error when the solver finds no optimum. */
export async function askOracle(world: SlotWorld, terms: Terms = {}): Promise<Oracle> {
  const highs = await (solver ??= loadHighs({ locateFile }));
  const solution = highs.solve(fairProgram(world, terms), { simplex_strategy: PRIMAL });
  if (solution.Status !== "Optimal") {
    throw new Error(`oracle: the linear program is ${solution.Status}, not Optimal`);
  }
  const { Columns, Rows } = solution;
  const segments = segmentsOf(world.events_max);
  const of = (name: string) => Columns[name]?.Primal ?? 0;
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const slots = world.harvest_J.map((_, i) => i);
  const unpaid = slots.map((i) => of(`b${i}`));
  const missed = sum(unpaid);
  const parts = slots.map((i) => segments.map((_, s) => of(`x${i}_${s}`)));
  const worth = (each: number[]) => sum(each.map((events, s) => events * segments[s]!.slope));
  const utility = sum(parts.map(worth));
  const events = parts.map(sum);
  const dual = (name: string) => {
    const row = Rows.find((candidate) => "Name" in candidate && candidate.Name === name);
    if (row === undefined || !("Dual" in row)) throw new Error(`oracle: ${name} has no dual`);
    return Number(row.Dual) / world.floor_J;
  };
  return {
    value: utility - world.miss_weight * missed,
    utility,
    ...{ missed, events, unpaid, ...fullestPath(world, events, unpaid) },
    // the first slot's store, of which what is left of the start is the right side
    price_per_J: dual("s0") * (1 - world.cell.leak_share),
    price_end_per_J: dual(`s${slots.length - 1}`),
  };
}

/** Misses that rounding leaves, in parts of slots. */
const ROUNDING = 1e-6;

/** The fewest slots that can be missed, in parts. */
export async function askFewestMisses(world: SlotWorld): Promise<number> {
  const { missed } = await askOracle(world, { floor_only: true });
  return missed > ROUNDING ? missed : 0;
}

/** Floor first: the fewest misses that are possible, and with no more of them the most utility. */
export async function askFloorFirst(world: SlotWorld, fewest?: number): Promise<Oracle> {
  const misses = fewest ?? (await askFewestMisses(world));
  return askOracle(world, { misses_max: misses + ROUNDING });
}
