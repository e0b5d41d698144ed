// `tfmb run`: a day of the node, printed as a page or as JSON.

import { existsSync, readFileSync } from "node:fs";
import { PartError } from "../../boards/check.js";
import { readScenario } from "../../boards/parts.js";
import { Core } from "../../host/core/core.js";
import { buildPath, projectPath } from "../build/paths.js";
import { runDay } from "./day.js";
import { indoorLight, LightError, readLight } from "./light.js";
import { numbersOf, pageOf } from "./summary.js";

export interface RunOptions {
  scenario: string;
  light?: string;
  hours: number;
  json?: boolean;
}

/** Input that cannot be used; the message is one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A year: beyond it the page says nothing any more. */
const HOURS_MAX = 8784;

/** The number of hours of a command line. */
export function hoursOf(text: string): number {
  const hours = text.trim() === "" ? NaN : Number(text);
  if (hours > 0 && hours <= HOURS_MAX) return hours;
  throw new UsageError(`--hours ${text} must be > 0 and <= ${HOURS_MAX}`);
}

/** Whether an error is the caller's to mend, not a fault of the program. */
export const isInputError = (error: unknown): error is Error =>
  error instanceof UsageError || error instanceof PartError || error instanceof LightError;

async function loadCore(): Promise<Core> {
  const path = buildPath("core.wasm");
  if (!existsSync(path)) throw new UsageError("build/core.wasm is missing; run npm run build");
  return Core.instantiate(readFileSync(path));
}

/** What the command prints. */
export async function run(options: RunOptions): Promise<string> {
  const { hours } = options;
  const parts = readScenario(projectPath("boards"), options.scenario);
  const { light, seed } = parts.scenario;
  const trace =
    options.light === undefined ? indoorLight(light, hours, seed) : readLight(options.light);
  if (trace.end_s < hours * 3600 - 1) {
    const covered = (trace.end_s / 3600).toFixed(2);
    throw new UsageError(`${trace.name} covers ${covered} h; run it with --hours ${covered}`);
  }
  const day = runDay(await loadCore(), parts, trace, hours);
  return options.json === true ? JSON.stringify(numbersOf(day), null, 2) : pageOf(day);
}
