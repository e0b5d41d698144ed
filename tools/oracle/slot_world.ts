// A node's life on slots of equal length, as planners see it: energy comes in, sleeping must be
// paid, events are worth less the more of them there are, and the cell is a bucket with two
// efficiencies. The oracle and every policy that is compared with it live in the same one.

import { type SlotCell } from "./slot_cell.js";

export type { SlotCell } from "./slot_cell.js";

/** Energies are of one slot, in joules. */
export interface SlotWorld {
  slot_s: number;
  /** What the converter puts onto the rail. */
  harvest_J: readonly number[];
  /** The node asleep: the floor. A slot in which it cannot be paid is missed, the node is dead. */
  floor_J: number;
  event_J: number;
  /** Most events of a slot. */
  events_max: number;
  /** What a missed slot costs, in the unit of utility. */
  miss_weight: number;
  cell: SlotCell;
}

/** Utility of `events` in a slot of which the node was alive for the share `alive`. */
export function utilityOf(events: number, alive = 1): number {
  return alive > 0 ? alive * Math.log1p(events / alive) : 0;
}
