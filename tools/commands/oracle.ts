// `tfmb oracle [SCENARIO]`: the best that anybody could have done, who had known what was to come.

import { askFewestMisses, askFloorFirst, askOracle, type Oracle } from "../oracle/oracle.js";
import { idle, liveSlots, type SlotLife } from "../oracle/slot_life.js";
import { type SlotWorld } from "../oracle/slot_world.js";
import { engineering } from "./engineering.js";
import { commitOf, replayOf } from "./replay.js";
import { headOf, stretchedScenario, type StretchedSetup } from "./scenario_stretch.js";
import { MARGIN, slotSpark, storedPlot } from "./stored_plot.js";

interface Answer {
  world: SlotWorld;
  plan: Oracle;
  first: Oracle;
  idling: SlotLife;
  /** Slots, in parts, that nobody could have met. */
  unmeetable: number;
}

/** Less is rounding. */
const SPILLED_MIN_J = 1e-9;

const share = (missed: number, slots: number) => `${((100 * missed) / slots).toFixed(1)} %`;

function row(name: string, life: Oracle | SlotLife, slots: number): string {
  const { value, utility, missed, spilled_J } = life;
  const cells = [
    value.toFixed(1).padStart(10),
    utility.toFixed(1).padStart(10),
    `${missed.toFixed(1)} (${share(missed, slots)})`.padStart(17),
    engineering(spilled_J < SPILLED_MIN_J ? 0 : spilled_J, "J").padStart(12),
  ];
  return `  ${name.padEnd(14)}${cells.join("")}`;
}

function priceOf({ price_per_J }: Oracle): string {
  if (price_per_J < 1e-6) return "more charge at the start would have been worth nothing";
  return `a joule more at the start would have been worth ${price_per_J.toPrecision(3)}`;
}

function pageOf(head: string[], { world, plan, first, idling, unmeetable }: Answer): string {
  const slots = world.harvest_J.length;
  const most_J = Math.max(...world.harvest_J);
  const titles = ["value", "utility", "floors missed", "spilled"];
  const widths = [10, 10, 17, 12];
  const heads = titles.map((title, i) => title.padStart(widths[i]!)).join("");
  const bars = (name: string, values: readonly number[], most: number) =>
    `  ${name}`.padEnd(MARGIN) + slotSpark(values, 0, most);
  return [
    ...head,
    "",
    `  ${"".padEnd(14)}${heads}`,
    row("perfect plan", plan, slots),
    row("floor first", first, slots),
    row("idling", idling, slots),
    "",
    `  value = utility - ${world.miss_weight} a slot whose floor is missed`,
    `  ${priceOf(plan)}`,
    `  no policy could have met ${unmeetable.toFixed(1)} of ${slots} floors ` +
      `(${share(unmeetable, slots)})`,
    "",
    "  the perfect plan: what is stored; the harvest; events",
    ...storedPlot(world, plan.stored_J),
    "",
    bars("harvest", world.harvest_J, most_J),
    bars("events", plan.events, world.events_max),
  ].join("\n");
}

const plain = (life: Oracle | SlotLife) => {
  const { value, utility, missed, spilled_J, events, unpaid, stored_J } = life;
  return { value, utility, missed, spilled_J, events, unpaid, stored_J };
};

/** Solves, and returns what the command prints. */
export async function runOracle(scenario: string, options: StretchedSetup): Promise<string> {
  const stretched = stretchedScenario(scenario, options);
  const { world, from_day, to_day, why } = stretched.stretch;
  const plan = await askOracle(world);
  const unmeetable = await askFewestMisses(world);
  const first = await askFloorFirst(world, unmeetable);
  const idling = liveSlots(world, idle);
  if (options.json !== true) {
    return pageOf(headOf(scenario, stretched), { world, plan, first, idling, unmeetable });
  }
  const answer = {
    ...{ scenario, commit: commitOf(), replay: replayOf("oracle", scenario, options) },
    ...{ from_day, to_day, why, world, price_per_J: plan.price_per_J, unmeetable },
    ...{ weighted: plain(plan), floor_first: plain(first), idling: plain(idling) },
  };
  return JSON.stringify(answer, null, 2);
}
