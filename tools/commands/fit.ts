// `tfmb fit`: from the records of a characterisation to the part of a cell's profile that they can
// tell; printed, or put into the cell file.

import { readMeasurement } from "../fit/folder.js";
import { fitCell } from "../fit/fit.js";
import { fittedFields, replaceFile, withFit } from "../fit/cell_file.js";
import { pageOf } from "../fit/page.js";
import { readCell } from "../characterise/cell_part.js";

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
