// Brown-outs in the full simulator, and which of them could have been avoided: by a node that was
// idle from 24 h before on.
//
// A brown-out is a start of the node that was not its first: the supervisor had taken its load off,
// or a pulse its supply. It lasts until the node is on again, and at least a day: what follows in
// that time is the same one. To judge it the life is lived again, same parts and seed, but from
// 24 h before until its end every event is refused and the node sleeps as long as it may. If it
// still breaks down in that time, nothing that a plan decides within a day would have helped.

import { environmentOf, plantOf } from "../../../boards/plant.js";
import { type Parts, readPart, readScenario } from "../../../boards/parts.js";
import { programmeOf } from "../../../boards/programme.js";
import { scaleCell, scalePanels } from "../../../boards/scale.js";
import { type Environment } from "../../../host/sim/environment/environment.js";
import { Firmware } from "../../../host/sim/firmware.js";
import { simulate } from "../../../host/sim/simulate.js";
import { projectPath } from "../../build/paths.js";
import { watchedCore } from "./watched_core.js";

const HOUR_S = 3600;
const DAY_S = 86400;

export interface BrownOutTrial {
  kind: "brown_out";
  scenario: string;
  plan: string;
  seed: number;
  /** Over those of the scenario. */
  panels: number;
  cell: number;
  hours?: number;
}

export interface BrownOut {
  /** The last wake before it, and its end. */
  from_s: number;
  until_s: number;
}

export interface BrownOutFigures extends BrownOutTrial {
  brown_outs: number;
  /** Times of those that a day's rest would have survived, d. */
  avoidable_d: number[];
  off_h: number;
  /** Events that were done over those that were wanted. */
  done_share: number;
}

interface Life {
  /** Each single time that the node started again. */
  starts: BrownOut[];
  off_h: number;
  done_share: number;
}

function partsOf({ scenario, plan, seed, panels, cell, hours }: BrownOutTrial): Parts {
  const root = projectPath("boards");
  const parts = readScenario(root, scenario);
  return {
    ...parts,
    scenario: { ...parts.scenario, seed, hours: hours ?? parts.scenario.hours },
    plan: readPart(root, "plan", plan),
    board: scalePanels(parts.board, panels),
    cell: scaleCell(parts.cell, cell),
  };
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** What follows within a brown-out's day is part of it. */
export function merged(starts: readonly BrownOut[]): BrownOut[] {
  const found: BrownOut[] = [];
  for (const { from_s, until_s } of starts) {
    const last = found.at(-1);
    if (last !== undefined && from_s < last.until_s) last.until_s = Math.max(last.until_s, until_s);
    else found.push({ from_s, until_s: Math.max(until_s, from_s + DAY_S) });
  }
  return found;
}

/** A life that is idle from one time to another. */
function live(parts: Parts, environment: Environment, idle?: BrownOut): Life {
  const { scenario, load } = parts;
  const length_s = scenario.hours * HOUR_S;
  const hours = idle === undefined ? scenario.hours : Math.min(idle.until_s, length_s) / HOUR_S;
  const { node, sensors } = plantOf(parts, environment, scenario.seed);
  const starts: BrownOut[] = [];
  let before_s = 0;
  let boots = 1;
  const core = watchedCore(({ decision }) => {
    const { time_s } = node;
    if (deeds.boots > boots) starts.push({ from_s: before_s, until_s: time_s });
    boots = deeds.boots;
    before_s = time_s;
    if (idle === undefined || time_s < idle.from_s) return;
    decision.events.fill(0);
    decision.sleep_ms = load.policy.sleep_max_ms.value;
  });
  const firmware = new Firmware(core, programmeOf(parts), node, sensors);
  const { deeds } = firmware;
  const run = simulate(node, firmware, hours, {});
  if (!node.on || deeds.boots > boots) starts.push({ from_s: before_s, until_s: node.time_s });
  const done = sum(deeds.done);
  return {
    starts,
    off_h: run.off_s / HOUR_S,
    done_share: done / (done + sum(deeds.refused) + sum(deeds.failed)),
  };
}

/** Whether a day's rest before it, and until it is over, would have survived it. */
function avoidable(parts: Parts, environment: Environment, { from_s, until_s }: BrownOut): boolean {
  const idle_s = from_s - DAY_S;
  const { starts } = live(parts, environment, { from_s: idle_s, until_s });
  return !starts.some((other) => other.from_s >= idle_s);
}

/** A life, and a further one for each of its brown-outs. */
export function brownOutFigures(trial: BrownOutTrial): BrownOutFigures {
  const parts = partsOf(trial);
  const environment = environmentOf(parts, parts.scenario.seed, parts.scenario.hours);
  const { starts, off_h, done_share } = live(parts, environment);
  const brown_outs = merged(starts);
  const avoided = brown_outs.filter((one) => avoidable(parts, environment, one));
  return {
    ...{ ...trial, brown_outs: brown_outs.length, off_h, done_share },
    avoidable_d: avoided.map(({ from_s }) => from_s / DAY_S),
  };
}
