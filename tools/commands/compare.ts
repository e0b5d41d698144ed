// `tfmb compare [SCENARIO]`: what policies make of a scenario, beside the perfect plan; printed as
// a page or as JSON, written as a report.

import { join } from "node:path";
import { otherName } from "../../boards/check.js";
import { compare } from "../oracle/compare.js";
import { HarvestChain, type HarvestRecord } from "../oracle/harvest_chain.js";
import { compareNumbers } from "../oracle/numbers.js";
import { pageOf } from "../oracle/page.js";
import { CausalReference } from "../oracle/policies/causal_reference.js";
import { POLICIES } from "../oracle/policies/list.js";
import { scenarioWorld } from "../oracle/scenario_world.js";
import { writeComparison } from "../report/comparison/write.js";
import { makeFolder } from "../report/whole_files.js";
import { commitOf, replayOf } from "./replay.js";
import { headOf, stretchedScenario } from "./scenario_stretch.js";
import { type StretchedScenario, type StretchedSetup } from "./scenario_stretch.js";
import { UsageError } from "./usage.js";

export interface CompareOptions extends StretchedSetup {
  policies?: string | undefined;
  out?: string | undefined;
}

/** Other weathers to which the chain of the causal reference is fitted, and days around. */
const OTHER_SEEDS = 6;
const AROUND_DAYS = 21;
const DAY_S = 86400;

function namesOf(policies: string | undefined): string[] {
  const known = Object.keys(POLICIES);
  const names = policies?.split(",").map((name) => name.trim()) ?? known;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return [...new Set(names)];
  const remedy = otherName(unknown, known, "tfmb compare --help");
  throw new UsageError(`--policies ${policies}: "${unknown}" is not a policy; ${remedy}`);
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

/** Lives, writes what is asked for, and returns what is printed. Throws errors of the input. */
export async function runCompare(scenario: string, options: CompareOptions): Promise<string> {
  const { out, json } = options;
  const names = namesOf(options.policies);
  const stretched = stretchedScenario(scenario, options);
  const { world, from_day, to_day, why } = stretched.stretch;
  // what is wrong with it is said before the work, not after
  if (out !== undefined) makeFolder(out);
  const records = names.includes("dp") ? othersOf(stretched) : [];
  const chain = new HarvestChain(records, world.floor_J, world.slot_s);
  const comparison = await compare(world, names, {
    ...{ start_h: 0, reference: new CausalReference(chain) },
    worth: ({ value }) => value,
  });
  const { title, cell, board, load, site, seed } = stretched.parts.scenario;
  const subject = {
    ...{ scenario, title, cell, board, load, site, seed },
    ...{ commit: commitOf(), replay: replayOf("compare", scenario, options) },
    ...{ from_day, to_day, why, can_limit: stretched.can_limit },
  };
  const numbers = compareNumbers(subject, world, comparison);
  if (out !== undefined) writeComparison(out, numbers);
  if (json === true) return JSON.stringify(numbers, null, 2);
  const page = pageOf(headOf(scenario, stretched), numbers);
  return out === undefined ? page : `${page}\n\n  report        ${join(out, "compare.html")}`;
}
