// The slots of a comparison inside the page, packed as the rows of a run are. A row is the end of a
// slot; the first is the start. The browser's side is browser/unpack_comparison.ts.

import { type CompareNumbers } from "../../oracle/numbers.js";
import { pack, type PackedColumn } from "../packed.js";
import { LOOKS } from "./looks.js";
import { byValue, foremost } from "./rows.js";

/** What a policy, or the plan, went through. */
export interface PackedLife {
  title: string;
  /** A custom property of the style sheet. */
  color: string;
  /** Percent of what the cell holds. */
  stored: PackedColumn;
  events: PackedColumn;
  /** A digit a row: 1 where the floor of the slot that begins there is missed. */
  dead: string;
}

export interface PackedComparison {
  slot_s: number;
  events_max: number;
  /** What the converter puts onto the rail. */
  harvest_uW: PackedColumn;
  floor_uW: number;
  plan: PackedLife;
  /** As `dead`, of a node that only sleeps. */
  idling_dead: string;
  /** The best first. */
  policies: PackedLife[];
  /** Of which of them events are shown. */
  foremost: number;
}

interface Life {
  events: readonly number[];
  unpaid: readonly number[];
  stored_J: readonly number[];
}

const PERCENT = 100;
const UW_PER_W = 1e6;

/** The start is as the first slot, which is drawn from there on. */
const slotColumn = (values: readonly number[]) =>
  pack([values[0]!, ...values], { bytes: 2, knee: 0 });

const digitsOf = (unpaid: readonly number[]) =>
  `${unpaid.map((share) => (share > 0.5 ? 1 : 0)).join("")}0`;

export function packComparison(numbers: CompareNumbers): PackedComparison {
  const { world, plan, idling } = numbers;
  const policies = byValue(numbers.policies);
  const { slot_s, cell, harvest_J, floor_J, events_max } = world;
  const life = (title: string, color: string, { events, unpaid, stored_J }: Life): PackedLife => {
    const levels = [cell.start_J, ...stored_J].map((J) => (PERCENT * J) / cell.capacity_J);
    return {
      ...{ title, color, stored: pack(levels, { bytes: 2, knee: 0 }) },
      ...{ events: slotColumn(events), dead: digitsOf(unpaid) },
    };
  };
  return {
    ...{ slot_s, events_max, floor_uW: (UW_PER_W * floor_J) / slot_s },
    harvest_uW: slotColumn(harvest_J.map((J) => (UW_PER_W * J) / slot_s)),
    plan: life("perfect plan", LOOKS.plan.color, plan),
    idling_dead: digitsOf(idling.unpaid),
    policies: policies.map((policy) => life(policy.title, LOOKS[policy.kind].color, policy)),
    foremost: policies.indexOf(foremost(policies)),
  };
}
