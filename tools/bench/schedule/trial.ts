// One world of the schedule bench: the perfect plan, idling, and every policy of the list.

import { askOracle } from "../../oracle/oracle.js";
import { HarvestChain, type HarvestRecord } from "../../oracle/harvest_chain.js";
import { CausalReference } from "../../oracle/policies/causal_reference.js";
import { POLICIES } from "../../oracle/policies/list.js";
import { idle, liveSlots, type SlotLife } from "../../oracle/slot_life.js";
import { type SlotWorld } from "../../oracle/slot_world.js";
import { SIZES_uAh, SLOT_S, worldOf } from "./week.js";
import { withWholeCell } from "./whole_cell.js";

/** What every trial is made of, for all threads. */
export interface TrialPlan {
  weeks: HarvestRecord[];
  /** Other lives, to which the chain of the causal reference is fitted. */
  others: HarvestRecord[];
}

export interface Trial {
  week: number;
  size_uAh: number;
  /** With resistance, leak and a limit on charging. */
  whole_cell: boolean;
  /** The charge left at the end counts, at the plan's price of it. */
  priced: boolean;
  /** Also against the plan that may miss as much as each policy. */
  equal: boolean;
}

export interface PolicyFigures {
  /** 0: as idling, 1: as the perfect plan. */
  score: number;
  value: number;
  /** Slots missed beyond those of idling. */
  missed_above: number;
  /** Utility over that of the plan that may miss as many slots. */
  equal?: number;
}

export interface TrialFigures extends Trial {
  slots: number;
  plan_value: number;
  plan_missed: number;
  idle_value: number;
  idle_missed: number;
  price_per_J: number;
  policies: Record<string, PolicyFigures>;
}

export class Trials {
  readonly #plan: TrialPlan;
  readonly #reference: CausalReference;

  constructor(plan: TrialPlan) {
    this.#plan = plan;
    const { floor_J } = worldOf([], SIZES_uAh[0]!);
    this.#reference = new CausalReference(new HarvestChain(plan.others, floor_J, SLOT_S));
  }

  async run(trial: Trial): Promise<TrialFigures> {
    const { size_uAh, priced } = trial;
    const { harvest_J, start_h } = this.#plan.weeks[trial.week]!;
    const bucket = worldOf(harvest_J, size_uAh);
    const world = trial.whole_cell ? withWholeCell(bucket, size_uAh) : bucket;
    const plan = await askOracle(world);
    const price_per_J = priced ? plan.price_end_per_J : 0;
    const worth = ({ value, stored_J }: Pick<SlotLife, "value" | "stored_J">) =>
      value + price_per_J * stored_J.at(-1)!;
    const idling = liveSlots(world, idle);
    const [most, least] = [worth(plan), worth(idling)];
    const setting = { start_h, reference: this.#reference, worth };
    const lives = Object.entries(POLICIES).map(
      ([name, { live }]) => [name, live(world, setting)] as const,
    );
    const policies: TrialFigures["policies"] = {};
    for (const [name, life] of lives) {
      const value = worth(life);
      policies[name] = {
        ...{ score: (value - least) / (most - least), value },
        missed_above: life.missed - idling.missed,
        ...(trial.equal ? { equal: await atEqualMisses(world, life) } : {}),
      };
    }
    return {
      ...{ ...trial, slots: harvest_J.length, plan_value: most, plan_missed: plan.missed },
      ...{ idle_value: least, idle_missed: idling.missed, price_per_J, policies },
    };
  }
}

/** A life's utility over that of the perfect plan that may miss as many slots. */
export async function atEqualMisses(world: SlotWorld, life: SlotLife): Promise<number> {
  const plan = await askOracle(world, { misses_max: life.missed });
  return life.utility / plan.utility;
}
