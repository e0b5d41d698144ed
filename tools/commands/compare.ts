// `tfmb compare [SCENARIO]`: what policies make of a scenario, beside the perfect plan.

import { HarvestChain, type HarvestRecord } from "../oracle/harvest_chain.js";
import { compare, type Compared, type Comparison } from "../oracle/compare.js";
import { CausalReference } from "../oracle/policies/causal_reference.js";
import { POLICIES } from "../oracle/policies/list.js";
import { scenarioWorld } from "../oracle/scenario_world.js";
import { commitOf, replayOf } from "./replay.js";
import { headOf, stretchedScenario } from "./scenario_stretch.js";
import { type StretchedScenario, type StretchedSetup } from "./scenario_stretch.js";
import { slotSpark } from "./stored_plot.js";
import { UsageError } from "./usage.js";

export interface CompareOptions extends StretchedSetup {
  policies?: string | undefined;
}

/** Other weathers to which the chain of the causal reference is fitted, and days around. */
const OTHER_SEEDS = 6;
const AROUND_DAYS = 21;
const DAY_S = 86400;
const PERCENT = 100;

function namesOf(policies: string | undefined): string[] {
  const known = Object.keys(POLICIES);
  const names = policies?.split(",").map((name) => name.trim()) ?? known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return [...new Set(names)];
  throw new UsageError(`--policies: "${unknown}" must be one of ${known.join(", ")}`);
}

/** The same season below other skies: nothing of it is in the stretch that is lived. */
function othersOf({ parts, stretch }: StretchedScenario): HarvestRecord[] {
  const { slot_s } = stretch.world;
  const at = (day: number) => Math.max(0, Math.round(((day - 1) * DAY_S) / slot_s));
  const [from, to] = [at(stretch.from_day - AROUND_DAYS), at(stretch.to_day + 1 + AROUND_DAYS)];
  return Array.from({ length: OTHER_SEEDS }, (_, i) => {
    const seed = (parts.scenario.seed + 1 + i) % 2 ** 32;
    const { world } = scenarioWorld(parts, seed);
    return { harvest_J: world.harvest_J.slice(from, to), start_h: 0 };
  });
}

const COLUMNS: [title: string, width: number, cell: (row: Compared, slots: number) => string][] = [
  ["score", 8, ({ score }) => score?.toFixed(3) ?? "-"],
  ["utility", 10, ({ utility }) => utility.toFixed(1)],
  ["at equal misses", 17, ({ equal }) => equal?.toFixed(3) ?? "-"],
  ["missed", 9, ({ missed_above: n }, slots) => `${((PERCENT * n) / slots).toFixed(1)} %`],
  ["deaths", 8, ({ brown_outs }) => String(brown_outs)],
  ["over", 6, ({ over_limit }) => String(over_limit)],
  ["cycles", 8, ({ cycles }) => cycles.toFixed(2)],
  ["regret", 9, ({ regret }) => regret.toFixed(1)],
];

function pageOf(head: string[], stretched: StretchedScenario, comparison: Comparison): string {
  const { world } = stretched.stretch;
  const { plan, idling, compared } = comparison;
  const slots = world.harvest_J.length;
  const line = (title: string, cells: string[]) =>
    `  ${title.padEnd(14)}${cells.map((text, i) => text.padStart(COLUMNS[i]![1])).join("")}`;
  const level = (stored_J: readonly number[]) => slotSpark(stored_J, 0, world.cell.capacity_J);
  const pictures = [
    ["perfect plan", plan.stored_J] as const,
    ...compared.map(({ title, stored_J }) => [title, stored_J] as const),
  ];
  const nobody = ((PERCENT * idling.missed) / slots).toFixed(1);
  const over = stretched.can_limit ? "held back by the board" : "violations on this board";
  return [
    ...head,
    "",
    line(
      "",
      COLUMNS.map(([title]) => title),
    ),
    ...compared.map((row) =>
      line(
        row.title,
        COLUMNS.map(([, , cell]) => cell(row, slots)),
      ),
    ),
    "",
    `  perfect plan: value ${plan.value.toFixed(1)}, idling ${idling.value.toFixed(1)}; ` +
      "score 0 is idling, 1 the plan, regret what is between",
    `  missed: floors beyond those of idling; ${nobody} % of slots nobody could have had`,
    `  over: slots with more than may charge the cell, ${over}; fixed rate: in hindsight`,
    "",
    "  stored charge, 0 to full",
    ...pictures.map(([title, stored_J]) => `  ${title.padEnd(14)}${level(stored_J)}`),
    `  ${"harvest".padEnd(14)}${slotSpark(world.harvest_J, 0, Math.max(...world.harvest_J))}`,
  ].join("\n");
}

/** Lives, and returns what the command prints. Throws UsageError and PartError. */
export async function runCompare(scenario: string, options: CompareOptions): Promise<string> {
  const names = namesOf(options.policies);
  const stretched = stretchedScenario(scenario, options);
  const { world, from_day, to_day, why } = stretched.stretch;
  const records = names.includes("dp") ? othersOf(stretched) : [];
  const chain = new HarvestChain(records, world.floor_J, world.slot_s);
  const setting = {
    ...{ start_h: 0, reference: new CausalReference(chain) },
    worth: ({ value }: { value: number }) => value,
  };
  const comparison = await compare(world, names, setting);
  if (options.json !== true) return pageOf(headOf(scenario, stretched), stretched, comparison);
  const { plan, idling, compared } = comparison;
  const { value, utility, missed } = plan;
  const answer = {
    ...{ scenario, commit: commitOf(), replay: replayOf("compare", scenario, options) },
    ...{ from_day, to_day, why, world, can_limit: stretched.can_limit },
    plan: { value, utility, missed, events: plan.events, stored_J: plan.stored_J },
    idling: { value: idling.value, missed: idling.missed, stored_J: idling.stored_J },
    policies: compared,
  };
  return JSON.stringify(answer, null, 2);
}
