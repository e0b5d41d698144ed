// Everything that runs of the twin test bed share, read from boards/.

import { listParts, readPart, readScenario } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { Random } from "../../../host/sim/random.js";
import { drawCell } from "../../../host/sim/specimen.js";
import { SPECIMEN_STREAM } from "../../characterise/characterise.js";
import { type Plan } from "./twin_run.js";

/** The board whose tuning the twins' firmware has, and a load whose policy it has. */
const SCENARIO = "default-year";
/** The same with a charge counter. */
const COUNTING = "nrf52840-bq25570-counter";
/** The specimens that the profiles of boards/cells were fitted to: `sources.fit` of each file. */
const FITTED_SEED = 1;

/** `root` is the folder boards/. Throws PartError. */
export function readPlan(root: string, days?: number): Plan {
  const all = <K extends "setup" | "unknowns">(kind: K) =>
    Object.fromEntries(listParts(root, kind).map((name) => [name, readPart(root, kind, name)]));
  const setups = all("setup");
  const names = [...new Set(Object.values(setups).flatMap(({ cells }) => cells))];
  const cells = names.map((name) => {
    const part = readPart(root, "cell", name);
    const random = new Random(FITTED_SEED ^ SPECIMEN_STREAM);
    return [name, { part, fitted: drawCell(plain(part).physics.spread, random) }] as const;
  });
  const { board, load, plan, scenario } = readScenario(root, SCENARIO);
  const parts = { board, load, plan, scenario };
  const counting = readPart(root, "board", COUNTING);
  return {
    parts,
    counting,
    cells: Object.fromEntries(cells),
    setups,
    lists: all("unknowns"),
    days,
  };
}
