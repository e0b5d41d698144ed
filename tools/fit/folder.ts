// The folder of a characterisation as the fit sees it: the manifest and every recorded file.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { unreadable } from "../../host/sim/environment/unreadable.js";
import {
  MANIFEST_FILE,
  manifestSchema,
  MeasurementError,
  type Manifest,
  type Procedure,
} from "../characterise/manifest.js";
import { parseLog, type Log } from "./log.js";

export interface Measurement {
  manifest: Manifest;
  files: { file: string; procedure: Procedure; log: Log }[];
}

function textOf(folder: string, file: string, remedy: string): string {
  try {
    return readFileSync(join(folder, file), "utf8");
  } catch (error) {
    throw new MeasurementError(`${join(folder, file)}: ${unreadable(error)}; ${remedy}`);
  }
}

function parseManifest(place: string, text: string): Manifest {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new MeasurementError(`${place}: not JSON: ${(error as Error).message.split("\n")[0]}`);
  }
  const result = v.safeParse(manifestSchema, data);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = v.getDotPath(issue) ?? "the file";
  throw new MeasurementError(`${place}: ${where} = ${issue.received} ${issue.message}`);
}

/** Reads a folder that `tfmb characterise` wrote. Throws MeasurementError. */
export function readMeasurement(folder: string): Measurement {
  const remedy = "the folder must be one that tfmb characterise wrote";
  const place = join(folder, MANIFEST_FILE);
  const manifest = parseManifest(place, textOf(folder, MANIFEST_FILE, remedy));
  const files = manifest.files.map(({ file, procedure }) => {
    const text = textOf(folder, file, `${MANIFEST_FILE} names it`);
    return { file, procedure, log: parseLog(join(folder, file), text) };
  });
  return { manifest, files };
}
