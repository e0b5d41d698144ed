// `tfmb hil run SCENARIO...` and `tfmb hil list`: scenarios on the rig, device by device.

import { basename } from "node:path";
import { listParts, readPart } from "../../boards/parts.js";
import { nearest } from "../../boards/check.js";
import { QUANTITIES } from "../../host/hil/script/quantities.js";
import { checkBuilt } from "../build/built.js";
import { projectPath } from "../build/paths.js";
import { recording, replaying } from "../../host/hil/devices/recorder.js";
import { allDevices, type LineOptions, type RigDevice } from "../hil/devices.js";
import { failures, junitXml, outcomesJson } from "../hil/junit.js";
import { hilPage } from "../hil/page.js";
import { compareBits, runCase, type Outcome } from "../hil/run.js";
import { traceCsv } from "../report/csv.js";
import { makeFolder, writeWhole } from "../report/whole_files.js";
import { partsOf } from "../simulate/setup.js";
import { tableText } from "./part_table.js";
import { commitOf, replayOf } from "./replay.js";
import { UsageError } from "./usage.js";
import { pageColumns } from "./width.js";

export interface HilOptions extends LineOptions {
  device: string;
  record?: string | undefined;
  replay?: string | undefined;
  seed?: number | undefined;
  hours?: number | undefined;
  out?: string | undefined;
  json?: boolean | undefined;
}

/** What `tfmb hil run` exits with. */
export const EXIT = { pass: 0, fail: 1, unreachable: 3 } as const;

const root = () => projectPath("boards");

/** The name of a scenario as parts are read by it: the rig's own first, then the simulation's. */
function scenarioNames(asked: readonly string[]): string[] {
  const own = listParts(root(), "hil");
  if (asked.length === 0 || (asked.length === 1 && asked[0] === "all")) {
    return own.map((name) => `hil/${name}`);
  }
  const all = listParts(root(), "scenario");
  return asked.map((name) => {
    if (name.endsWith(".json") || name.startsWith("hil/") || all.includes(name)) return name;
    if (own.includes(name)) return `hil/${name}`;
    const meant = nearest(name, [...own, ...all]);
    const remedy = meant === undefined ? "tfmb hil list names them" : `did you mean ${meant}?`;
    throw new UsageError(`scenario ${name} is not there; ${remedy}`);
  });
}

/** With `all` those that are here; named ones must be. */
function devicesOf(asked: string, known: RigDevice[], tell: (text: string) => void): RigDevice[] {
  if (asked === "all") {
    for (const { name, missing } of known) {
      const remedy = missing();
      if (remedy !== undefined) tell(`not here: ${name}; ${remedy}`);
    }
    return known.filter(({ missing }) => missing() === undefined);
  }
  return asked.split(",").map((name) => {
    const found = known.find((device) => device.name === name);
    const names = known.map((device) => device.name).join(", ");
    if (found === undefined) throw new UsageError(`--device ${name} must be all, or of ${names}`);
    const remedy = found.missing();
    if (remedy !== undefined) throw new UsageError(`--device ${name} is not here; ${remedy}`);
    return found;
  });
}

/** What is asked for by --record and --replay, which are of one run. */
function recorded(devices: RigDevice[], runs: number, { record, replay }: HilOptions): RigDevice[] {
  const file = record ?? replay;
  if (file === undefined) return devices;
  if (record !== undefined && replay !== undefined) {
    throw new UsageError("--record and --replay: give one");
  }
  if (runs * devices.length !== 1) {
    const count = `${runs} scenarios on ${devices.length} devices`;
    throw new UsageError(`--record and --replay are of one run, not of ${count}`);
  }
  const [of] = devices as [RigDevice];
  const make = () => (record === undefined ? replaying(file) : recording(of.make(), file));
  return [{ ...of, make }];
}

const verdictLine = (outcome: Outcome): string => {
  const { pass, scenario, device, checks, wakes, seconds } = outcome;
  const head = `${pass ? "ok    " : "FAILED"} ${scenario.padEnd(34)} ${device.padEnd(10)}`;
  return `${head} ${checks.length} checks, ${wakes} wakes, ${seconds.toFixed(2)} s`;
};

/** Files of the out folder. */
function files(outcomes: readonly Outcome[], commit: string): Record<string, string> {
  const traces = outcomes.map((outcome): [string, string] => [
    `${basename(outcome.scenario, ".json")}-${outcome.device}.csv`,
    traceCsv(outcome.trace),
  ]);
  return {
    "report.html": hilPage(outcomes, commit),
    "hil.json": outcomesJson(outcomes, commit),
    "junit.xml": junitXml(outcomes),
    ...Object.fromEntries(traces),
  };
}

/** Runs every scenario on every device, telling as it goes; returns the exit code. */
export async function runHil(
  asked: readonly string[],
  options: HilOptions,
  print: (text: string) => void,
): Promise<number> {
  const { seed, hours, out, json, replay: file } = options;
  const names = scenarioNames(asked);
  const tell = json === true ? () => undefined : print;
  const found = devicesOf(options.device, allDevices(options), tell);
  const devices = recorded(found, names.length, options);
  // what is wrong with these is said before minutes of work, not after
  checkBuilt();
  if (out !== undefined) makeFolder(out);
  const outcomes: Outcome[] = [];
  for (const scenario of names) {
    const first = outcomes.length;
    for (const { name, make } of devices) {
      const parts = partsOf(root(), { scenario, seed, hours });
      const { port, baud, fast, program } = options;
      const line = { port, baud, fast, program };
      const replay = replayOf("hil run", scenario, {
        device: name,
        seed,
        hours,
        ...line,
        replay: file,
      });
      const outcome = await runCase({ scenario, parts, device: name, make, replay });
      if (outcomes.length > first) compareBits(outcome, outcomes[first]!);
      outcomes.push(outcome);
      tell(verdictLine(outcome));
      if (outcome.pass) continue;
      for (const failure of failures(outcome)) tell(`         ${failure}`);
      tell(`         again: ${replay}`);
    }
  }
  const commit = commitOf();
  if (out !== undefined) writeWhole(out, files(outcomes, commit));
  if (json === true) print(outcomesJson(outcomes, commit).trimEnd());
  const failed = outcomes.filter(({ pass }) => !pass);
  tell(`${outcomes.length - failed.length} as expected, ${failed.length} not`);
  if (failed.some(({ error }) => error !== undefined)) return EXIT.unreachable;
  return failed.length === 0 ? EXIT.pass : EXIT.fail;
}

/** What `tfmb hil list` prints. */
export function listHil(quantities: boolean, width = pageColumns()): string {
  if (quantities) {
    const lines = Object.entries(QUANTITIES).map(([label, of]) => {
      const what = of.kind === "number" ? of.unit : of.names.join(", ");
      return { label, text: of.kind === "bits" ? `set of ${what}` : what };
    });
    return tableText(lines, width).join("\n");
  }
  const devices = allDevices({}).map(({ name, what, missing }) => {
    const remedy = missing();
    return { label: name, text: remedy === undefined ? what : `${what}; ${remedy}` };
  });
  const scenarios = listParts(root(), "hil").map((label) => ({
    label,
    text: readPart(root(), "hil", label).title,
  }));
  return [
    ...["devices", ...tableText(devices, width)],
    ...["scenarios", ...tableText(scenarios, width)],
  ].join("\n");
}
