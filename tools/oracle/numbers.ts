// The numbers of a comparison: the content of compare.json. Energies are in joules, times in slots.

import { type Compared, type Comparison } from "./compare.js";
import { type SlotWorld } from "./slot_world.js";

/** A course through the slots that no policy took: the plan's, or idling's. */
export interface CourseNumbers {
  value: number;
  utility: number;
  /** Slots, the plan's in parts. */
  missed: number;
  cycles: number;
  spilled_J: number;
  events: number[];
  /** Share of each slot's floor that was missed. */
  unpaid: number[];
  /** At the end of each slot. */
  stored_J: number[];
}

/** Which scenario, and which days of it. */
export interface CompareSubject {
  scenario: string;
  title: string;
  cell: string;
  board: string;
  load: string;
  site: string;
  seed: number;
  commit: string;
  /** The command that gives this again. */
  replay: string;
  from_day: number;
  to_day: number;
  /** Why these: chosen, or found. */
  why: string;
  /** Whether the board can hold the charging current to what the cell bears. */
  can_limit: boolean;
}

export interface CompareNumbers extends CompareSubject {
  world: SlotWorld;
  /** Slots, in parts, that no policy could have met. */
  unmeetable: number;
  plan: CourseNumbers;
  idling: CourseNumbers & { brown_outs: number; over_limit: number };
  policies: Compared[];
}

const courseOf = (course: CourseNumbers): CourseNumbers => {
  const { value, utility, missed, cycles, spilled_J, events, unpaid, stored_J } = course;
  return { value, utility, missed, cycles, spilled_J, events, unpaid, stored_J };
};

export function compareNumbers(
  subject: CompareSubject,
  world: SlotWorld,
  { plan, idling, unmeetable, compared }: Comparison,
): CompareNumbers {
  const { brown_outs, limited } = idling;
  return {
    ...{ ...subject, world, unmeetable, plan: courseOf(plan) },
    idling: { ...courseOf(idling), brown_outs, over_limit: limited },
    policies: compared,
  };
}

/** Everything that is wanted is done and paid for: such a scenario tells no policies apart. */
export const isPlenty = ({ plan, world }: CompareNumbers): boolean =>
  plan.missed < NOTHING && plan.events.every((events) => events > world.events_max - NOTHING);

const NOTHING = 1e-6;

/** What to do about that. */
export const LESS = "for a harder one take a smaller cell or source with --cell, --board, --set";
