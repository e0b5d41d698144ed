// `tfmb fit`: from records of a cell to the part of its profile that they can tell. A folder of
// `tfmb characterise` is printed, or put into the cell file; for a laboratory's own files see
// fit_measured.ts.

import { statSync } from "node:fs";
import { readMeasurement } from "../fit/folder.js";
import { fitCell } from "../fit/fit.js";
import { fittedFields, replaceFile, withFit } from "../fit/cell_file.js";
import { pageOf } from "../fit/page.js";
import { readCell } from "../characterise/cell_part.js";
import { fitMeasuredFiles, type FitMeasuredOptions } from "./fit_measured.js";
import { optionOf } from "./replay.js";
import { UsageError } from "./usage.js";

export interface FitOptions {
  /** A folder that `tfmb characterise` wrote. */
  folder: string;
  /** A cell of boards/cells or a JSON file like them; default: the one that the folder names. */
  cell?: string;
  /** Put the fit into the cell file. */
  write?: boolean;
  /** Print the fitted fields of the profile as JSON. */
  json?: boolean;
}

/** Options of the command: some are for folders, some for files. */
export type FitPathsOptions = Omit<FitOptions, "folder"> & FitMeasuredOptions;

const FILES_ONLY = ["out", "columns", "degC", "labelMAh", "asUAh"] as const;
const FOLDER_ONLY = ["write"] as const;

/** Whether a path is a laboratory's file, or is named like one and missing. */
const isFile = (path: string) =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ?? /\.(csv|txt|mpt)$/i.test(path);

/** What the command prints for a folder or files. Throws as `fit` does, or UsageError. */
export async function fitPaths(
  paths: readonly string[],
  options: FitPathsOptions,
): Promise<string> {
  const folder = paths.length === 1 && !isFile(paths[0]!);
  const stray = (folder ? FILES_ONLY : FOLDER_ONLY).find((name) => options[name] !== undefined);
  if (stray === undefined) {
    return folder ? fit({ folder: paths[0]!, ...options }) : fitMeasuredFiles(paths, options);
  }
  const remedy = folder ? "a laboratory's own files" : "a folder that tfmb characterise wrote";
  throw new UsageError(`${optionOf(stray)} is for ${remedy}; leave it out here`);
}

/** What the command prints. Throws MeasurementError or PartError; then nothing was written. */
export async function fit(options: FitOptions): Promise<string> {
  const measurement = readMeasurement(options.folder);
  const { manifest } = measurement;
  const target = options.write ? readCell(options.cell ?? manifest.cell).file : undefined;
  const fitted = fitCell(measurement);
  const json = () => JSON.stringify(fittedFields(fitted, manifest), null, 2);
  const page = options.json ? json() : pageOf(fitted, manifest);
  if (target === undefined) return page;
  replaceFile(target, await withFit(target, fitted, manifest));
  return options.json ? page : `${page}\n\n${target}: written`;
}
