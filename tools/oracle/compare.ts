// Policies beside each other in one slot world: same slots, same information, same limits. The cell
// of the world may have a resistance; the perfect plan, a bound, knows none.

import { askFewestMisses, askOracle, type Oracle } from "./oracle.js";
import { type PolicyKind, type Setting, POLICIES } from "./policies/list.js";
import { idle, liveSlots, type SlotLife } from "./slot_life.js";
import { type SlotWorld } from "./slot_world.js";

export interface Compared {
  name: string;
  title: string;
  kind: PolicyKind;
  /** 0: as idling, 1: as the perfect plan. */
  score: number | null;
  value: number;
  utility: number;
  /** What the perfect plan has more. */
  regret: number;
  missed: number;
  /** Slots missed beyond those of idling. */
  missed_above: number;
  /** Utility over that of the plan that may miss as many slots. */
  equal: number | null;
  /** How often it died: missed slots after one that was not. */
  brown_outs: number;
  /** Slots in which more was offered than may charge the cell. */
  over_limit: number;
  /** Equivalent cycles. */
  cycles: number;
  events: number[];
  /** Of each slot: 1 where its floor was missed. */
  unpaid: number[];
  stored_J: number[];
}

export interface Comparison {
  plan: Oracle;
  idling: SlotLife;
  /** Slots, in parts, that nobody could have met, whatever he knew and gave up. */
  unmeetable: number;
  compared: Compared[];
}

/** Below this there is nothing to share out. */
const NOTHING = 1e-6;

const shareOf = (part: number, whole: number) => (whole > NOTHING ? part / whole : null);

/** Lives the world under each policy of `names`, which are of the list. */
export async function compare(
  world: SlotWorld,
  names: readonly string[],
  setting: Setting,
): Promise<Comparison> {
  const plan = await askOracle(world);
  const unmeetable = await askFewestMisses(world);
  const idling = liveSlots(world, idle);
  const compared: Compared[] = [];
  for (const name of names) {
    const { title, kind, live } = POLICIES[name]!;
    const life = live(world, setting);
    const { value, utility, missed, brown_outs, cycles, events, unpaid, stored_J } = life;
    const same = await askOracle(world, { misses_max: missed });
    compared.push({
      ...{ name, title, kind, value, utility, missed, brown_outs, cycles },
      ...{ events, unpaid, stored_J },
      score: shareOf(value - idling.value, plan.value - idling.value),
      regret: plan.value - value,
      missed_above: missed - idling.missed,
      equal: shareOf(utility, same.utility),
      over_limit: life.limited,
    });
  }
  return { plan, idling, unmeetable, compared };
}
