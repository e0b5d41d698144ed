// `tfmb simulate [SCENARIO]`: a node's life, printed as a page or as JSON, written as a report.

import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { drivenAt, environmentOf } from "../../boards/plant.js";
import { type Parts } from "../../boards/parts.js";
import { Core } from "../../host/core/core.js";
import { type Environment } from "../../host/sim/environment/environment.js";
import { heard, readRadio, readTrace, type Radio } from "../../host/sim/environment/trace.js";
import { coreModule } from "../build/built.js";
import { projectPath } from "../build/paths.js";
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
  radio?: string | undefined;
  ambient?: number | undefined;
  years?: number | undefined;
  out?: string | undefined;
  json?: boolean | undefined;
}

const HOUR_S = 3600;
const YEAR_H = 8760;
/** A run is not shorter. */
const HOURS_MIN = 0.1;
/** Held where neither trace nor climate says a temperature. */
const ROOM_DEGC = 22;

/** The built core. Throws NotBuiltError. */
export const loadCore = async (): Promise<Core> => Core.instantiate(coreModule());

interface Recordings {
  light: Environment | undefined;
  radio: Radio | undefined;
}

/** What is played again; their names say how often. */
function recordingsOf(options: SimulateOptions, hours: number | undefined): Recordings {
  const { light, radio, ambient } = options;
  const made = {
    light:
      light === undefined
        ? undefined
        : readTrace(light, { temperature_degC: ambient ?? ROOM_DEGC }),
    radio: radio === undefined ? undefined : readRadio(radio),
  };
  const length_s = hours === undefined ? made.light?.length_s : hours * HOUR_S;
  for (const recording of [made.light, made.radio]) {
    if (recording === undefined) continue;
    const repeats = (length_s ?? 0) / recording.length_s;
    if (repeats > 1) recording.name += `, ${repeats.toFixed(1)} times`;
  }
  return made;
}

/** Length of the run, where the recordings say it. Throws UsageError for one that is too short. */
function recordedHours({ light, radio }: Recordings): number | undefined {
  const longest = light ?? radio;
  if (longest === undefined) return undefined;
  const hours = longest.length_s / HOUR_S;
  if (hours >= HOURS_MIN) return hours;
  const short = `${longest.name}: ${Number(longest.length_s.toPrecision(3))} s`;
  throw new UsageError(`${short} must be at least ${HOURS_MIN} h; give --hours to repeat it`);
}

/** The surroundings, where any of them is recorded. Throws UsageError. */
function surroundingsOf(parts: Parts, { light, radio }: Recordings): Environment | undefined {
  const { seed, hours, board } = parts.scenario;
  const lit = light && drivenAt(parts, light, seed);
  if (radio === undefined) return lit;
  const harvesters = [parts.harvester, ...parts.further.map(({ harvester }) => harvester)];
  if (!harvesters.some(({ physics }) => physics.kind === "rf")) {
    throw new UsageError(
      `--radio drives no source of ${board}; name a --board with one of kind rf`,
    );
  }
  return heard(lit ?? environmentOf(parts, seed, hours), radio);
}

const wordsOf = ({ light, radio }: Recordings): string | undefined => {
  const words = [
    light && `in the light of ${light.name}`,
    radio && `with the radio of ${radio.name}`,
  ];
  return words.filter(Boolean).join(", ") || undefined;
};

/** Runs, writes what is asked for, and returns what the command prints. */
export async function runSimulation(scenario: string, options: SimulateOptions): Promise<string> {
  const { years, light, radio: _, ambient, out, json, ...setup } = options;
  if (years !== undefined && setup.hours !== undefined) {
    throw new UsageError("--years and --hours both say how long; give one");
  }
  if (ambient !== undefined && light === undefined) {
    throw new UsageError("--ambient is for a light trace without temperatures; give --light too");
  }
  const hours = years === undefined ? setup.hours : Number((years * YEAR_H).toFixed(6));
  const recordings = recordingsOf(options, hours);
  const length_h = hours ?? recordedHours(recordings);
  const parts = partsOf(projectPath("boards"), { ...setup, scenario, hours: length_h });
  if (parts.scenario.steps !== undefined) {
    throw new UsageError(`${scenario} has steps: run it on the rig, tfmb hil run ${scenario}`);
  }
  const environment = surroundingsOf(parts, recordings);
  const core = await loadCore();
  const trace = traceFor(parts.scenario.hours);
  const progress = new Progress(parts.scenario.hours * HOUR_S);
  const start_ms = performance.now();
  const life = live(core, scenario, parts, {
    ...{ environment, recorded: wordsOf(recordings) },
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
