// One node's life in one process: parts, environment and core put together, and run.

import { environmentOf, plantOf, type Plant } from "../../boards/plant.js";
import { type Parts } from "../../boards/parts.js";
import { programmeOf } from "../../boards/programme.js";
import { type Core } from "../../host/core/core.js";
import { type Environment } from "../../host/sim/environment/environment.js";
import { Firmware } from "../../host/sim/firmware.js";
import { RunTrace } from "../../host/sim/record.js";
import { simulate, type Run, type RunOptions } from "../../host/sim/simulate.js";

/** Rows kept of a run: more than a wake a minute is not drawn. */
const ROWS_PER_HOUR = 60;
const ROWS_MAX = 4_000_000;

export interface Life {
  /** The scenario's name, or file. */
  name: string;
  /** What of its surroundings is a recording, not the site's, in words. */
  recorded: string | undefined;
  parts: Parts;
  environment: Environment;
  plant: Plant;
  run: Run;
}

/** A trace with room for every wake of a run. */
export const traceFor = (hours: number): RunTrace =>
  new RunTrace(Math.min(ROWS_MAX, Math.ceil(hours * ROWS_PER_HOUR) + 64));

/** Runs the node of these parts, in a given environment or in that of its site. */
export function live(
  core: Core,
  name: string,
  parts: Parts,
  options: RunOptions & {
    environment?: Environment | undefined;
    recorded?: string | undefined;
  } = {},
): Life {
  const { seed, hours } = parts.scenario;
  const environment = options.environment ?? environmentOf(parts, seed, hours);
  const plant = plantOf(parts, environment, seed);
  const firmware = new Firmware(core, programmeOf(parts), plant.node, plant.sensors);
  const run = simulate(plant.node, firmware, hours, options);
  return { name, recorded: options.recorded, parts, environment, plant, run };
}
