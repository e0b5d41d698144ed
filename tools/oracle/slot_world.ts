// A node's life on slots of equal length, as planners see it: energy comes in, sleeping must be
// paid, events are worth less the more of them there are, and the cell is a bucket with two
// efficiencies. The oracle and every policy that is compared with it live in the same one.

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

export interface SlotCell {
  capacity_J: number;
  start_J: number;
  /** From the rail into the cell, and back. */
  efficiency_in: number;
  efficiency_out: number;
  /** Most that goes into the cell in a slot: what the charger or the critical current allows. */
  charge_max_J: number;
  /** Share of what is stored that is lost in a slot. */
  leak_share: number;
}

/** Utility of `events` in a slot of which the node was alive for the share `alive`. */
export function utilityOf(events: number, alive = 1): number {
  return alive > 0 ? alive * Math.log1p(events / alive) : 0;
}
