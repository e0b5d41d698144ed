// What the tests of host/core share: the built core, and a profile that it accepts.

import { readFileSync } from "node:fs";
import { readPart, readScenario } from "../../boards/parts.js";
import { resolveProfile } from "../../boards/resolve.js";
import { Core } from "../../host/core/core.js";
import { type ProfileValues } from "../../host/core/profile.js";
import { type Field, parseTable } from "../../tools/abi/table.js";
import { coreModule } from "../../tools/build/built.js";
import { projectPath } from "../../tools/build/paths.js";

export const wasm = coreModule();

/** A new core, nothing loaded. */
export const newCore = (): Promise<Core> => Core.instantiate(wasm);

/** The profile of the default scenario's board and load with a cell of 50 uAh. */
export function defaultProfile(): ProfileValues {
  const root = projectPath("boards");
  const cell = readPart(root, "cell", "enerchip-50uAh");
  return resolveProfile({ ...readScenario(root, "default-year"), cell });
}

/** Rows of the profile in assembly/abi.txt. */
export function profileRows(): Field[] {
  const table = parseTable(readFileSync(projectPath("assembly/abi.txt"), "utf8"));
  return table.areas.find(({ name }) => name === "profile")!.fields;
}

/** Both ends of a row's range; undefined where the table gives none. */
export function rangeOf(range: string): [number, number] | undefined {
  const match = /^(\S+)\.\.(\S+)$/.exec(range);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}
