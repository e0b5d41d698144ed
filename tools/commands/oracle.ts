// `tfmb oracle [SCENARIO]`: the best that anybody could have done, who had known what was to come.

import { askFloorFirst, askOracle, type Oracle } from "../oracle/oracle.js";
import { idle, liveSlots, type SlotLife } from "../oracle/slot_life.js";
import { type SlotWorld } from "../oracle/slot_world.js";
import { commitOf, replayOf } from "./replay.js";
import { headOf, stretchedScenario, type StretchedSetup } from "./scenario_stretch.js";
import { slotSpark, storedPlot } from "./stored_plot.js";

const PERCENT = 100;

function row(
  name: string,
  { value, utility, missed, spilled_J }: Oracle | SlotLife,
  slots: number,
) {
  const cells = [
    value.toFixed(1).padStart(10),
    utility.toFixed(1).padStart(10),
    `${missed.toFixed(1)} (${((PERCENT * missed) / slots).toFixed(1)} %)`.padStart(17),
    `${(spilled_J * 1000).toPrecision(3)} mJ`.padStart(12),
  ];
  return `  ${name.padEnd(12)}${cells.join("")}`;
}

function pageOf(world: SlotWorld, head: string[], plan: Oracle, first: Oracle, idling: SlotLife) {
  const slots = world.harvest_J.length;
  const most_J = Math.max(...world.harvest_J);
  const titles = ["value", "utility", "floors missed", "spilled"];
  const widths = [10, 10, 17, 12];
  const heads = titles.map((title, i) => title.padStart(widths[i]!)).join("");
  return [
    ...head,
    "",
    `  ${"".padEnd(12)}${heads}`,
    row("perfect plan", plan, slots),
    row("floor first", first, slots),
    row("idling", idling, slots),
    "",
    `  value = utility - ${world.miss_weight} a slot whose floor is missed; ` +
      `${idling.missed} slots nobody could have had`,
    `  a joule more at the start would have been worth ${plan.price_per_J.toPrecision(3)}`,
    "",
    ...storedPlot(world, plan.stored_J),
    "",
    `  harvest ${slotSpark(world.harvest_J, 0, most_J)}`,
    `  events  ${slotSpark(plan.events, 0, world.events_max)}`,
  ].join("\n");
}

const plain = ({ value, utility, missed, spilled_J, events, stored_J }: Oracle | SlotLife) => {
  return { value, utility, missed, spilled_J, events, stored_J };
};

/** Solves, and returns what the command prints. */
export async function runOracle(scenario: string, options: StretchedSetup): Promise<string> {
  const stretched = stretchedScenario(scenario, options);
  const { world, from_day, to_day, why } = stretched.stretch;
  const plan = await askOracle(world);
  const first = await askFloorFirst(world);
  const idling = liveSlots(world, idle);
  if (options.json !== true) return pageOf(world, headOf(scenario, stretched), plan, first, idling);
  const answer = {
    ...{ scenario, commit: commitOf(), replay: replayOf("oracle", scenario, options) },
    ...{ from_day, to_day, why, world, price_per_J: plan.price_per_J },
    ...{ weighted: plain(plan), floor_first: plain(first), idling: plain(idling) },
  };
  return JSON.stringify(answer, null, 2);
}
