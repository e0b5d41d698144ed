// The charge of a plan that stores whatever it can. A program is indifferent to what it does not
// need: it may throw charge away, or not take it in. The same events and floors with as much in the
// cell as it can hold are as good, and are how a node lives that charges when there is something.
// Nothing of the plan is lost: at no time is there less than the program had (greedy induction).

import { type SlotWorld } from "./slot_world.js";

export interface Path {
  /** At the end of each slot, J. */
  stored_J: number[];
  spilled_J: number;
  /** What went out of the cell over what it holds. */
  cycles: number;
}

/** `events` and `unpaid`, the missed share of the floor, are those of a plan that is feasible. */
export function fullestPath(
  { harvest_J, floor_J, event_J, cell }: SlotWorld,
  events: readonly number[],
  unpaid: readonly number[],
): Path {
  const path: Path = { stored_J: [], spilled_J: 0, cycles: 0 };
  let stored_J = cell.start_J;
  harvest_J.forEach((energy_J, i) => {
    const kept_J = (1 - cell.leak_share) * stored_J;
    const rest_J = energy_J - (1 - unpaid[i]!) * floor_J - events[i]! * event_J;
    const room_J = Math.min(cell.charge_max_J, cell.capacity_J - kept_J);
    const into_J = Math.min(room_J, Math.max(0, rest_J) * cell.efficiency_in);
    // the solver's last digits may ask for more than there is
    const after_J = Math.max(0, kept_J + into_J + Math.min(0, rest_J) / cell.efficiency_out);
    path.spilled_J += Math.max(0, rest_J) - into_J / cell.efficiency_in;
    path.cycles += Math.max(0, stored_J - after_J) / cell.capacity_J;
    path.stored_J.push(after_J);
    stored_J = after_J;
  });
  return path;
}
