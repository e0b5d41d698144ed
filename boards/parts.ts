// The part files as they lie on disk: which there are, and what is in them.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPart, otherName, PartError, type Part } from "./check.js";
import { KINDS, type Kind } from "./schema/kinds.js";

/** A scenario with the parts that it names. */
export interface Parts {
  scenario: Part<"scenario">;
  cell: Part<"cell">;
  board: Part<"board">;
  load: Part<"load">;
  plan: Part<"plan">;
  pmic: Part<"pmic">;
  harvester: Part<"harvester">;
  site: Part<"site">;
  climate: Part<"climate">;
  /** Of the sources after the first; without a charger they share the first one's. */
  further: { harvester: Part<"harvester">; pmic?: Part<"pmic"> }[];
}

/** What a scenario plans by that names no plan. */
const USUAL_PLAN = "balanced";

/** Names of all parts of a kind, without `.json`, sorted. `root` is the folder boards/. */
export function listParts(root: string, kind: Kind): string[] {
  return readdirSync(join(root, KINDS[kind].folder))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/** One part by name, checked. Throws PartError. */
export function readPart<K extends Kind>(root: string, kind: K, name: string): Part<K> {
  const { folder } = KINDS[kind];
  const file = `boards/${folder}/${name}.json`;
  const names = listParts(root, kind);
  if (!names.includes(name)) {
    throw new PartError(`${kind} "${name}" is not in boards/${folder}; ${otherName(name, names)}`);
  }
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(join(root, folder, `${name}.json`), "utf8"));
  } catch (error) {
    throw new PartError(`${file}: not JSON: ${(error as Error).message.split("\n")[0]}`);
  }
  return checkPart(kind, data, file);
}

/** A scenario of boards/scenarios; `hil/NAME` is one of the rig. Throws PartError. */
export function readScenarioPart(root: string, name: string): Part<"scenario"> {
  const rigs = name.startsWith("hil/");
  return rigs ? readPart(root, "hil", name.slice(4)) : readPart(root, "scenario", name);
}

/** A scenario and everything that it names. Throws PartError. */
export function readScenario(root: string, name: string): Parts {
  return readParts(root, readScenarioPart(root, name));
}

/** What the sources of a board are made of. Throws PartError. */
export function readSources(root: string, board: Part<"board">) {
  const { pmic, harvester, further_sources } = board.physics;
  return {
    pmic: readPart(root, "pmic", pmic),
    harvester: readPart(root, "harvester", harvester),
    further: (further_sources ?? []).map((source) => ({
      harvester: readPart(root, "harvester", source.harvester),
      ...(source.pmic === undefined ? {} : { pmic: readPart(root, "pmic", source.pmic) }),
    })),
  };
}

/** The parts that a scenario names. Throws PartError. */
export function readParts(root: string, scenario: Part<"scenario">): Parts {
  const board = readPart(root, "board", scenario.board);
  const site = readPart(root, "site", scenario.site);
  return {
    scenario,
    cell: readPart(root, "cell", scenario.cell),
    board,
    load: readPart(root, "load", scenario.load),
    plan: readPart(root, "plan", scenario.plan ?? USUAL_PLAN),
    ...readSources(root, board),
    site,
    climate: readPart(root, "climate", site.climate),
  };
}
