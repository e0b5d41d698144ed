// What `tfmb oracle` and `tfmb compare` have in common: a scenario, and which part of it.

import { type Parts } from "../../boards/parts.js";
import { projectPath } from "../build/paths.js";
import { type SlotWorld } from "../oracle/slot_world.js";
import { scenarioWorld, type ScenarioWorld } from "../oracle/scenario_world.js";
import { stretchOf, type Stretch, type StretchOptions } from "../oracle/stretch.js";
import { partsOf, type Setup } from "../simulate/setup.js";
import { engineering } from "./engineering.js";
import { UsageError } from "./usage.js";

export interface StretchedSetup extends Omit<Setup, "scenario">, StretchOptions {
  json?: boolean | undefined;
}

export interface StretchedScenario extends ScenarioWorld {
  parts: Parts;
  stretch: Stretch;
}

/** So many slots the program is solved for in about a minute. */
const SLOTS_MAX = 8 * 1008;
const WEEK_S = 7 * 86400;

/** Throws UsageError and PartError. */
export function stretchedScenario(scenario: string, options: StretchedSetup): StretchedScenario {
  const { cell, board, load, site, seed, hours, set, weeks, from } = options;
  const parts = partsOf(projectPath("boards"), {
    ...{ scenario, cell, board, load, site, seed, hours, set },
  });
  const whole = scenarioWorld(parts);
  if (!(whole.world.event_J > 0)) {
    throw new UsageError(`load ${parts.scenario.load} wants no events; take another with --load`);
  }
  try {
    const stretch = stretchOf(whole.world, { weeks, from });
    const slots = stretch.world.harvest_J.length;
    if (slots <= SLOTS_MAX) return { ...whole, parts, stretch };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
  const { slot_s } = whole.world;
  const most = Math.floor((SLOTS_MAX * slot_s) / WEEK_S);
  throw new UsageError(`--weeks ${weeks}: of ${slot_s / 60} min slots at most ${most} are solved`);
}

/** Lines about what is looked at, for people. */
export function headOf(scenario: string, { stretch, cell_V, can_limit }: StretchedScenario) {
  const { world, from_day, to_day, why } = stretch;
  const { slot_s, floor_J, event_J, events_max, cell } = world;
  const slots = world.harvest_J.length;
  const mean_W = world.harvest_J.reduce((sum, energy_J) => sum + energy_J, 0) / slots / slot_s;
  const limit_A = cell.charge_max_J / slot_s / cell_V;
  const held = can_limit ? "board can set it" : "board cannot set it";
  const days = from_day === to_day ? `day ${from_day}` : `days ${from_day} to ${to_day}`;
  return [
    `${scenario}: ${days}, ${why}; ${slots} slots of ${slot_s / 60} min`,
    `  harvest ${engineering(mean_W, "W")} mean, floor ${engineering(floor_J / slot_s, "W")}; ` +
      `events ${engineering(event_J, "J")}, at most ${events_max} a slot`,
    `  cell ${engineering(cell.capacity_J, "J")}, ${start(world)} % at the start; ` +
      `charging up to ${engineering(limit_A, "A")} (${held})`,
  ];
}

const start = ({ cell }: SlotWorld) => Math.round((100 * cell.start_J) / cell.capacity_J);
