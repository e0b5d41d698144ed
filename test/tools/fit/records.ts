// What the tests of the fit share: the records of one specimen, and a cell file to put a fit into.

import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { readPart } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { projectPath } from "../../../tools/build/paths.js";
import { characterise } from "../../../tools/commands/characterise.js";
import { fit } from "../../../tools/commands/fit.js";

export const scratch = fs.mkdtempSync(join(tmpdir(), "tfmb-fit-"));
after(() => fs.rmSync(scratch, { recursive: true, force: true }));

export const CELL = "r20-0p7mAh";
export const SEED = 1;
export const part = readPart(projectPath("boards"), "cell", CELL);
/** The halves of the cell file; the laboratory sees the physics, the fit neither. */
export const { physics, profile: stated } = plain(part);
export const limits = { charge_mV: stated.float_mV, cut_off_mV: stated.voltage_min_mV[2]! };

export const folder = join(scratch, "records");
characterise({ cell: CELL, seed: SEED, out: folder });

/** A copy of the cell file, with the fit in it. */
export async function fittedFile(name: string): Promise<string> {
  const file = join(scratch, name);
  fs.copyFileSync(projectPath(`boards/cells/${CELL}.json`), file);
  await fit({ folder, cell: file, write: true });
  return file;
}

export const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
