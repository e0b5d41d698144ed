// The cell of a slot world as a bucket: two efficiencies, a leak, a limit on charging, and, where
// it is asked for, a resistance. Moving x joules through a cell of resistance R and voltage U
// within a slot of t loses R (x/U/t)^2 t of them: the share R x / (U^2 t), `loss_per_J` x.

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
  /** R / (U^2 t), by the mean current of a slot; 0 where it is not given. */
  loss_per_J?: number;
}

/** Of a cell's resistance, voltage and the length of the slots. */
export const lossPerJ = (resistance_ohm: number, voltage_V: number, slot_s: number): number =>
  resistance_ohm / (voltage_V * voltage_V * slot_s);

/** Drawing faster than this brings less to the rail, not more. */
const bestDraw_J = (loss_per_J: number) => (loss_per_J > 0 ? 1 / (2 * loss_per_J) : Infinity);

/** The most that the cell can put onto the rail in a slot. */
export function mostOut_J(cell: SlotCell, kept_J: number): number {
  const { efficiency_out, loss_per_J = 0 } = cell;
  const drawn_J = Math.min(kept_J, bestDraw_J(loss_per_J));
  return efficiency_out * drawn_J * (1 - loss_per_J * drawn_J);
}

/** What leaves the cell for so much on the rail, at most `mostOut_J`. */
export function drawnFor_J(cell: SlotCell, rail_J: number): number {
  const { efficiency_out, loss_per_J = 0 } = cell;
  const lossless_J = rail_J / efficiency_out;
  if (loss_per_J === 0) return lossless_J;
  const under = Math.max(0, 1 - 4 * loss_per_J * lossless_J);
  return (1 - Math.sqrt(under)) / (2 * loss_per_J);
}

/** What of a surplus on the rail is stored, and what is left of it. */
export function takeIn_J(cell: SlotCell, kept_J: number, surplus_J: number): [number, number] {
  const { efficiency_in, loss_per_J = 0, charge_max_J, capacity_J } = cell;
  const room_J = Math.max(0, Math.min(charge_max_J, capacity_J - kept_J));
  // at the terminals, before the resistance: as much as is offered, sensible, or fills the room
  const most_J = Math.min(surplus_J * efficiency_in, bestDraw_J(loss_per_J));
  const stored_J = Math.min(room_J, most_J * (1 - loss_per_J * most_J));
  const under = Math.max(0, 1 - 4 * loss_per_J * stored_J);
  const taken_J = loss_per_J > 0 ? (1 - Math.sqrt(under)) / (2 * loss_per_J) : stored_J;
  return [stored_J, surplus_J - taken_J / efficiency_in];
}
