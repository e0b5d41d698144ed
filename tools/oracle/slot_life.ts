// One slot after the other in a slot world, under a policy that sees what a node can see.

import { drawnFor_J, mostOut_J, takeIn_J } from "./slot_cell.js";
import { type SlotWorld, utilityOf } from "./slot_world.js";

/** What a policy may know when a slot begins: not what the slot will bring. */
export interface SlotView {
  world: Omit<SlotWorld, "harvest_J">;
  slot: number;
  stored_J: number;
  /** Harvest of the slots before. */
  past_J: readonly number[];
}

/** Events that are asked for in this slot. */
export type SlotPolicy = (view: SlotView) => number;

export interface SlotLife {
  utility: number;
  /** Slots whose floor was not paid. */
  missed: number;
  /** `utility` less the weight of what was missed. */
  value: number;
  events: number[];
  /** Of each slot: 1 where its floor was missed. */
  unpaid: number[];
  /** At the end of each slot, J. */
  stored_J: number[];
  spilled_J: number;
  /** Slots in which the limit of charging kept energy out of the cell. */
  limited: number;
  /** Missed slots after one that was not. */
  brown_outs: number;
  /** What went out of the cell over what it holds. */
  cycles: number;
}

/** What a slot comes to: the floor first, then events as far as the energy reaches. */
export interface SlotOutcome {
  stored_J: number;
  events: number;
  missed: boolean;
  spilled_J: number;
  limited: boolean;
}

/** A dead node does no work, but its charger goes on. */
export function passSlot(
  { floor_J, event_J, events_max, cell }: Omit<SlotWorld, "harvest_J">,
  stored_J: number,
  harvest_J: number,
  wanted: number,
): SlotOutcome {
  const kept_J = stored_J * (1 - cell.leak_share);
  const spendable_J = harvest_J + mostOut_J(cell, kept_J) - floor_J;
  const missed = spendable_J < 0;
  const affordable = Math.floor(spendable_J / event_J + 1e-9);
  const events = missed ? 0 : Math.min(Math.max(0, Math.floor(wanted)), events_max, affordable);
  const rest_J = missed ? harvest_J : harvest_J - floor_J - events * event_J;
  if (rest_J < 0) {
    const after_J = Math.max(0, kept_J - drawnFor_J(cell, -rest_J));
    return { stored_J: after_J, events, missed, spilled_J: 0, limited: false };
  }
  const [into_J, spilled_J] = takeIn_J(cell, kept_J, rest_J);
  const limited = spilled_J > 0 && into_J === cell.charge_max_J;
  return { stored_J: kept_J + into_J, events, missed, spilled_J, limited };
}

/** Lives the whole world under a policy. */
export function liveSlots(world: SlotWorld, policy: SlotPolicy): SlotLife {
  const { harvest_J, miss_weight, cell } = world;
  const life: SlotLife = {
    ...{ utility: 0, missed: 0, value: 0, spilled_J: 0, limited: 0, brown_outs: 0, cycles: 0 },
    ...{ events: [], unpaid: [], stored_J: [] },
  };
  let stored_J = cell.start_J;
  let dead = false;
  const past_J: number[] = [];
  for (const [slot, energy_J] of harvest_J.entries()) {
    const wanted = policy({ world, slot, stored_J, past_J });
    const outcome = passSlot(world, stored_J, energy_J, wanted);
    life.cycles += Math.max(0, stored_J - outcome.stored_J) / cell.capacity_J;
    stored_J = outcome.stored_J;
    past_J.push(energy_J);
    life.events.push(outcome.events);
    life.unpaid.push(outcome.missed ? 1 : 0);
    life.stored_J.push(stored_J);
    life.spilled_J += outcome.spilled_J;
    life.utility += utilityOf(outcome.events);
    if (outcome.missed) life.missed += 1;
    if (outcome.missed && !dead) life.brown_outs += 1;
    dead = outcome.missed;
    if (outcome.limited) life.limited += 1;
  }
  life.value = life.utility - miss_weight * life.missed;
  return life;
}

/**
 * Spends nothing on events. Few policies miss less, and only by staying dead where a floor is dear:
 * the fewest of all is the floor-first plan's.
 */
export const idle: SlotPolicy = () => 0;
