// `tfmb build --board NAME`: the board's firmware with the profile of a scenario inside.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildPath, projectPath } from "../build/paths.js";
import { buildFirmware, MANIFEST } from "../firmware/firmware.js";
import { writeWhole } from "../report/whole_files.js";
import { shellWord } from "../shell_word.js";
import { partsOf, type Setup } from "../simulate/setup.js";
import { commitOf } from "./replay.js";
import { UsageError } from "./usage.js";

export interface BuildOptions extends Omit<Setup, "seed" | "hours"> {
  out?: string | undefined;
}

const USUAL_SCENARIO = "default-year";

/** The folder that build, flash and commission share when none is given. */
export const firmwareFolder = (board: string): string => buildPath(`firmware/${board}`);

/** A folder that holds something, but nothing of `tfmb build`, is somebody else's. */
function refuseForeign(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // none yet, or none that can be: what is wrong then, writing tells
    return;
  }
  if (names.length === 0 || names.includes(MANIFEST)) return;
  const what = `holds other files and no ${MANIFEST}`;
  throw new UsageError(`${folder}: ${what}; name a new folder, or one of tfmb build`);
}

/** Whatever is not written is not there: the folder has all files, or those of before. */
export function runBuild(options: Partial<BuildOptions>): string {
  const { board, out, scenario = USUAL_SCENARIO, ...setup } = options;
  if (board === undefined) throw new UsageError("build needs --board NAME; see tfmb list");
  const folder = out ?? firmwareFolder(board);
  refuseForeign(folder);
  const parts = partsOf(projectPath("boards"), { ...setup, scenario, board });
  const { built, files } = buildFirmware(parts, scenario, commitOf());
  writeWhole(folder, files);
  const { runtime, profile_bytes, notes } = built;
  const from = out === undefined ? "" : ` --from ${shellWord(out)}`;
  const images = built.files.filter((name) => /^node\.(hex|uf2)$/.test(name));
  return [
    `${board}, ${runtime}: the node of ${scenario} with ${parts.scenario.cell}`,
    `  profile   ${profile_bytes} bytes`,
    `  files     ${built.files.length} in ${folder}`,
    ...images.map((name) => `  image     ${join(folder, name)}`),
    ...notes.map((note) => `  note      ${note}`),
    `  next      tfmb flash --board ${board}${from}`,
  ].join("\n");
}
