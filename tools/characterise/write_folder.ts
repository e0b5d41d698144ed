// Writing a folder whole or not at all.

import * as fs from "node:fs";
import { basename, dirname, join } from "node:path";
import { MeasurementError } from "./manifest.js";

/** Why `folder` cannot become a new folder; undefined: it can. */
function objection(folder: string): string | undefined {
  if (!fs.existsSync(folder)) return undefined;
  try {
    return fs.readdirSync(folder).length > 0 ? "is not empty" : undefined;
  } catch {
    return "is not a folder";
  }
}

/** Throws MeasurementError when the folder holds something already, or cannot be written. */
export function writeFolder(folder: string, texts: ReadonlyMap<string, string>): void {
  const why = objection(folder);
  if (why !== undefined) {
    throw new MeasurementError(`${folder}: ${why}; name a new folder, or remove this one`);
  }
  let partial: string | undefined;
  try {
    fs.mkdirSync(dirname(folder), { recursive: true });
    partial = fs.mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
    for (const [file, text] of texts) fs.writeFileSync(join(partial, file), text);
    if (fs.existsSync(folder)) fs.rmdirSync(folder);
    fs.renameSync(partial, folder);
  } catch (error) {
    if (partial !== undefined) fs.rmSync(partial, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new MeasurementError(`${folder}: cannot be written (${code ?? "unknown"})`);
  }
}
