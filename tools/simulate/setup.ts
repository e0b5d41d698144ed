// From a command line to the parts of a run: the scenario, what flags put in its place, and single
// values that --set changes. Everything is checked as a file would be.

import { existsSync, readFileSync } from "node:fs";
import { checkPart, listed, nearest, PartError, type Part } from "../../boards/check.js";
import {
  readPart,
  readParts,
  readScenarioPart,
  readSources,
  type Parts,
} from "../../boards/parts.js";
import { type Kind } from "../../boards/schema/kinds.js";
import { isQuantity } from "../../boards/schema/quantity.js";

/** What a run is made of. */
export interface Setup {
  /** Name of boards/scenarios, or path of a scenario file. */
  scenario: string;
  cell?: string | undefined;
  board?: string | undefined;
  load?: string | undefined;
  site?: string | undefined;
  seed?: number | undefined;
  hours?: number | undefined;
  /** `part.place.in.the.file=value` each. */
  set?: readonly string[] | undefined;
}

/** A part that has a name of its own. */
type Named = Exclude<keyof Parts, "further">;

/** One `--set`: the part, the way to the value, and the new value. */
interface Change {
  text: string;
  part: Named;
  keys: string[];
  value: unknown;
}

const PARTS: readonly Named[] = [
  "scenario",
  "cell",
  "board",
  "load",
  "pmic",
  "harvester",
  "site",
  "climate",
];

function readScenarioFile(root: string, name: string): Part<"scenario"> {
  if (!name.endsWith(".json")) return readScenarioPart(root, name);
  if (!existsSync(name)) {
    throw new PartError(`${name}: does not exist; name a scenario of tfmb list, or a file`);
  }
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(name, "utf8"));
  } catch (error) {
    throw new PartError(`${name}: not JSON: ${(error as Error).message.split("\n")[0]}`);
  }
  return checkPart("scenario", data, name);
}

function parseChange(text: string): Change {
  const at = text.indexOf("=");
  const example = "for example board.physics.panels=3";
  if (at < 1) throw new PartError(`--set ${text}: must be place=value, ${example}`);
  const keys = text
    .slice(0, at)
    .split(/[.[\]]+/)
    .filter((key) => key !== "");
  const part = PARTS.find((name) => name === keys[0]);
  if (part === undefined || keys.length < 2) {
    throw new PartError(`--set ${text}: must begin with one of ${PARTS.join(", ")}; ${example}`);
  }
  const word = text.slice(at + 1).trim();
  let value: unknown = word;
  try {
    value = JSON.parse(word);
  } catch {
    // a name, not a number: taken as it stands
  }
  return { text, part, keys: keys.slice(1), value };
}

/** The object or list that holds the last key, or a line that says where the way ends. */
function holderOf(part: object, { text, keys }: Change): [Record<string, unknown>, string] {
  let holder = part as Record<string, unknown>;
  for (const [depth, key] of keys.entries()) {
    // what may be left out is not in the file: the check afterwards knows the names
    if (depth === keys.length - 1) break;
    if (!(key in holder)) {
      const known = Object.keys(holder);
      const meant = nearest(key, known);
      const remedy = meant === undefined ? `known: ${listed(known)}` : `did you mean ${meant}?`;
      throw new PartError(`--set ${text}: ${key} is not a known name; ${remedy}`);
    }
    const next = holder[key];
    if (typeof next !== "object" || next === null) {
      throw new PartError(`--set ${text}: ${key} is a value, nothing lies in it`);
    }
    holder = (isQuantity(next) ? next.value : next) as Record<string, unknown>;
  }
  return [holder, keys.at(-1)!];
}

/** A copy of the part with one value changed, checked. */
function changed<K extends Kind>(kind: K, part: Part<K>, change: Change): Part<K> {
  const copy = structuredClone(part);
  const [holder, key] = holderOf(copy, change);
  const before = holder[key];
  // its source no longer speaks for it; a source that nothing names any more is kept quiet
  if (isQuantity(before)) before.value = change.value as number;
  else holder[key] = change.value;
  return checkPart(kind, copy, `--set ${change.text}`);
}

/** The parts of a run. Throws PartError with one line. */
export function partsOf(root: string, setup: Setup): Parts {
  const changes = (setup.set ?? []).map(parseChange);
  const named = { ...readScenarioFile(root, setup.scenario) };
  for (const name of ["cell", "board", "load", "site", "seed", "hours"] as const) {
    const given = setup[name];
    if (given !== undefined) Object.assign(named, { [name]: given });
  }
  const other = [setup.cell, setup.board, setup.load, setup.site].filter(
    (name) => name !== undefined,
  );
  const words = [...other, ...changes.map(({ text }) => text)].join(", ");
  if (words !== "") named.title = `The node of ${setup.scenario} with ${words}`;
  let scenario = checkPart("scenario", named, setup.scenario);
  for (const change of changes) {
    if (change.part === "scenario") scenario = changed("scenario", scenario, change);
  }
  let parts = readParts(root, scenario);
  for (const change of changes) {
    if (change.part === "scenario") continue;
    const part = changed(change.part, parts[change.part], change);
    parts = { ...parts, [change.part]: part };
    // a board that names another charger or panel brings them, a site another climate
    if (change.part === "board") parts = { ...parts, ...readSources(root, parts.board) };
    if (change.part === "site") {
      parts = { ...parts, climate: readPart(root, "climate", parts.site.climate) };
    }
  }
  return parts;
}
