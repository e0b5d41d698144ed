// Where measured data sets lie, which are never part of the checkout. A test that needs one passes
// `skip` on; without the data it is reported as skipped, under CI it fails.

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectRoot } from "../tools/build/paths.js";

/** The file `name`, below the folder TFMB_DATA or else ../shared/data, and why to skip its test. */
export function measuredData(name: string): { path: string; skip: string | false } {
  const folder = process.env.TFMB_DATA ?? "../shared/data";
  const path = join(resolve(projectRoot, folder), name);
  const present = existsSync(path) || process.env.CI === "true";
  return { path, skip: !present && `needs ${name}: set TFMB_DATA to the folder of the data` };
}
