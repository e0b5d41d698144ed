// The best that anybody could have done in a slot world who knew what was to come.

import loadHighs from "highs";
import { fairProgram, segmentsOf } from "./fair_program.js";
import { type SlotWorld } from "./slot_world.js";

export interface Oracle {
  /** Utility less the weight of what was missed: no policy reaches more. */
  value: number;
  utility: number;
  /** Slots missed, in parts. */
  missed: number;
  /** Of each slot. */
  events: number[];
  stored_J: number[];
  /** Utility that a joule more in the cell at the start would have been worth. */
  price_per_J: number;
}

type Solver = Awaited<ReturnType<typeof loadHighs>>;

/** A week's chain of stores is solved twice as fast as by the dual simplex. */
const PRIMAL = 4;

let solver: Promise<Solver> | undefined;

/** Solves the fair program. Throws Error when the solver finds no optimum. */
export async function askOracle(world: SlotWorld): Promise<Oracle> {
  const highs = await (solver ??= loadHighs());
  const solution = highs.solve(fairProgram(world), { simplex_strategy: PRIMAL });
  if (solution.Status !== "Optimal") {
    throw new Error(`oracle: the linear program is ${solution.Status}, not Optimal`);
  }
  const { Columns, Rows } = solution;
  const segments = segmentsOf(world.events_max);
  const of = (name: string) => Columns[name]!.Primal;
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const slots = world.harvest_J.map((_, i) => i);
  const missed = sum(slots.map((i) => of(`b${i}`)));
  // the first slot's store, of which what is left of the start is the right side
  const price = Rows.map((row) => ("Name" in row && row.Name === "s0" ? row.Dual : NaN)).find(
    (dual) => !Number.isNaN(dual),
  );
  return {
    value: solution.ObjectiveValue,
    utility: solution.ObjectiveValue + world.miss_weight * missed,
    missed,
    events: slots.map((i) => sum(segments.map((_, s) => of(`x${i}_${s}`)))),
    stored_J: slots.map((i) => of(`q${i}`) * world.floor_J),
    price_per_J: ((price ?? NaN) * (1 - world.cell.leak_share)) / world.floor_J,
  };
}
