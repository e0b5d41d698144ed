// The cell part that a command names: one of boards/cells, or a file elsewhere.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { checkAgainst, checkPart, PartError, type Part } from "../../boards/check.js";
import { readPart } from "../../boards/parts.js";
import { cellProfile, type CellProfile } from "../../boards/schema/cell.js";
import { unreadable } from "../../host/sim/environment/unreadable.js";
import { projectPath } from "../build/paths.js";

export interface NamedCell {
  /** The file's name without `.json`. */
  name: string;
  file: string;
  part: Part<"cell">;
}

/** What firmware is told of a cell. */
export interface ToldCell {
  name: string;
  profile: CellProfile["profile"];
}

/** The text of a file, or a PartError. */
export function textOfPart(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new PartError(
      `${file}: ${unreadable(error)}; name a cell of boards/cells or its JSON file`,
    );
  }
}

/** What is in the JSON text of a part file, or a PartError. */
export function jsonOfPart(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PartError(`${file}: not JSON: ${(error as Error).message.split("\n")[0]}`);
  }
}

/** The half that the core reads: of a part as below, or all that is in a `.json` file. */
export function readCellProfile(wanted: string): { name: string; part: CellProfile } {
  if (!wanted.endsWith(".json")) return readCell(wanted);
  const data = jsonOfPart(wanted, textOfPart(wanted));
  const whole = typeof data === "object" && data !== null && "physics" in data;
  const part = whole ? checkPart("cell", data, wanted) : checkAgainst(cellProfile, data, wanted);
  return { name: basename(wanted, ".json"), part };
}

/** `wanted`: a name in boards/cells, or a path that ends in `.json`. Throws PartError. */
export function readCell(wanted: string): NamedCell {
  if (!wanted.endsWith(".json")) {
    const part = readPart(projectPath("boards"), "cell", wanted);
    return { name: wanted, file: projectPath(`boards/cells/${wanted}.json`), part };
  }
  const part = checkPart("cell", jsonOfPart(wanted, textOfPart(wanted)), wanted);
  return { name: basename(wanted, ".json"), file: wanted, part };
}

/** The same for those who only want its profile: `cell.json` of a fit, without a plant, will do. */
export function readToldCell(wanted: string): ToldCell {
  if (!wanted.endsWith(".json")) return { name: wanted, profile: readCell(wanted).part.profile };
  const data = jsonOfPart(wanted, textOfPart(wanted));
  const whole = typeof data === "object" && data !== null && "physics" in data;
  const { profile } = whole
    ? checkPart("cell", data, wanted)
    : checkAgainst(cellProfile, data, wanted);
  return { name: basename(wanted, ".json"), profile };
}
