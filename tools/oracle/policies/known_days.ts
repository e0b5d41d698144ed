// The plan as it would be if the node knew its next two days: the same string pulled taut through
// the corridor between empty and full (assembly/plan/path.ts), through the true harvest instead
// of a forecast. No node can have it. What it has over ours is what not knowing tomorrow costs,
// and what it lacks to the perfect plan is what planning two days ahead costs.

import { type SlotPolicy } from "../slot_life.js";
import { type SlotWorld } from "../slot_world.js";

const HORIZON_S = 2 * 86400;
/** Of the cell, what is to be left behind the horizon: nobody knows that far. */
const LEFT_SHARE = 0.3;
/** Highest worth of energy, over what it is worth not to miss a floor: that of boards/plans. */
const ALIVE_PRICE = 1.36;

/** The first slope of the string, J a slot, from a charge. */
function evenSpending_J(world: SlotWorld, slot: number, stored_J: number): number {
  const { harvest_J, floor_J, slot_s, cell } = world;
  const { capacity_J, efficiency_in, efficiency_out } = cell;
  const end = Math.min(harvest_J.length, slot + Math.round(HORIZON_S / slot_s));
  let [least_J, most_J] = [-Infinity, Infinity];
  let flow_J = stored_J;
  for (let at = slot; at < end; at++) {
    const net_J = harvest_J[at]! - floor_J;
    flow_J += net_J > 0 ? net_J * efficiency_in : net_J / efficiency_out;
    const [slots, spill_J] = [at + 1 - slot, flow_J - capacity_J];
    if (flow_J / slots < least_J) return least_J;
    if (spill_J / slots > most_J) return most_J;
    most_J = Math.min(most_J, flow_J / slots);
    least_J = Math.max(least_J, spill_J / slots);
  }
  const left_J = end === harvest_J.length ? 0 : LEFT_SHARE * capacity_J;
  return Math.min(most_J, Math.max(least_J, (flow_J - left_J) / (end - slot)));
}

/** Events of a slot at that pace, but for those that are worth less than a floor. */
export function knownDays(world: SlotWorld): SlotPolicy {
  const { floor_J, event_J, miss_weight, cell } = world;
  // one more event is worth 1 / (1 + n), and its energy as much floor as it would pay
  const worth = (miss_weight * event_J * cell.efficiency_out) / floor_J;
  const dear = 1 / (ALIVE_PRICE * worth) - 1;
  return ({ slot, stored_J }) => {
    const even_J = evenSpending_J(world, slot, stored_J) * cell.efficiency_out;
    return Math.max(even_J / event_J, dear) + 0.5;
  };
}
