// `tfmb simulate [SCENARIO]`: a node's life, printed as a page or as JSON, written as a report.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { drivenAt } from "../../boards/plant.js";
import { Core } from "../../host/core/core.js";
import { type Environment } from "../../host/sim/environment/environment.js";
import { readTrace } from "../../host/sim/environment/trace.js";
import { buildPath, projectPath } from "../build/paths.js";
import { writeRun } from "../report/write.js";
import { live, traceFor } from "../simulate/life.js";
import { numbersOf } from "../simulate/numbers.js";
import { pageOf } from "../simulate/page.js";
import { Progress } from "../simulate/progress.js";
import { partsOf, type Setup } from "../simulate/setup.js";
import { commitOf, replayOf } from "./replay.js";
import { UsageError } from "./usage.js";

export interface SimulateOptions extends Omit<Setup, "scenario"> {
  light?: string | undefined;
  ambient?: number | undefined;
  years?: number | undefined;
  out?: string | undefined;
  json?: boolean | undefined;
}

const HOUR_S = 3600;
const YEAR_H = 8760;
/** Held where neither trace nor climate says a temperature. */
const ROOM_DEGC = 22;

/** The built core. */
export async function loadCore(): Promise<Core> {
  const path = buildPath("core.wasm");
  if (!existsSync(path)) throw new UsageError("build/core.wasm is missing; run npm run build");
  return Core.instantiate(readFileSync(path));
}

function traceOf(options: SimulateOptions, hours: number | undefined): Environment | undefined {
  if (options.light === undefined) return undefined;
  const trace = readTrace(options.light, { temperature_degC: options.ambient ?? ROOM_DEGC });
  const repeats = ((hours ?? 0) * HOUR_S) / trace.length_s;
  if (repeats > 1) trace.name += `, ${repeats.toFixed(1)} times`;
  return trace;
}

/** Runs, writes what is asked for, and returns what the command prints. */
export async function runSimulation(scenario: string, options: SimulateOptions): Promise<string> {
  const { years, light, ambient, out, json, ...setup } = options;
  if (years !== undefined && setup.hours !== undefined) {
    throw new UsageError("--years and --hours both say how long; give one");
  }
  if (ambient !== undefined && light === undefined) {
    throw new UsageError("--ambient is for a light trace without temperatures; give --light too");
  }
  const hours = years === undefined ? setup.hours : Number((years * YEAR_H).toFixed(6));
  const light_trace = traceOf(options, hours);
  const length_h = hours ?? (light_trace && light_trace.length_s / HOUR_S);
  const parts = partsOf(projectPath("boards"), { ...setup, scenario, hours: length_h });
  if (parts.scenario.steps !== undefined) {
    throw new UsageError(`${scenario} has steps: run it on the rig, tfmb hil run ${scenario}`);
  }
  const environment = light_trace && drivenAt(parts, light_trace, parts.scenario.seed);
  const core = await loadCore();
  const trace = traceFor(parts.scenario.hours);
  const progress = new Progress(parts.scenario.hours * HOUR_S);
  const start_ms = performance.now();
  const life = live(core, scenario, parts, {
    environment,
    trace,
    progress: (share) => progress.tell(share),
  });
  const seconds = (performance.now() - start_ms) / 1000;
  progress.clear();
  const numbers = numbersOf(life, commitOf(), replayOf("simulate", scenario, options));
  if (out !== undefined) writeRun(out, numbers, trace);
  if (json === true) return JSON.stringify(numbers, null, 2);
  const page = pageOf(numbers, trace, { seconds, wakes: life.run.firmware.deeds.steps });
  return out === undefined ? page : `${page}\n\n  report    ${join(out, "report.html")}`;
}
