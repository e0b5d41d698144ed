// `tfmb fit FILE...`: from a laboratory's own files of one cell to the half of a cell file that the
// core reads, with a report.

import { basename } from "node:path";
import * as prettier from "prettier";
import { readScenario } from "../../boards/parts.js";
import { resolveProfile } from "../../boards/resolve.js";
import { type CellProfile } from "../../boards/schema/cell.js";
import { plain } from "../../boards/schema/quantity.js";
import { Core } from "../../host/core/core.js";
import { compileProfile } from "../../host/core/profile.js";
import { coreModule } from "../build/built.js";
import { projectPath } from "../build/paths.js";
import { MeasurementError } from "../characterise/manifest.js";
import { readToldCell, type ToldCell } from "../characterise/cell_part.js";
import { CAPACITY_MAX_NAH, profileOfFit } from "../fit/measured/cell_profile.js";
import { fitMeasured } from "../fit/measured/fit.js";
import { type Believed } from "../fit/measured/passes.js";
import { notIdentified, sigmasOfFit } from "../fit/measured/judgement.js";
import { measuredPage, type Findings } from "../fit/measured/page.js";
import { parseRecord } from "../fit/measured/record.js";
import { measuredReport } from "../fit/measured/report.js";
import { mappingOf } from "../laboratory/mapping.js";
import { readLaboratoryText } from "../laboratory/record.js";
import { writeWhole } from "../report/whole_files.js";
import { commitOf, replayOf } from "./replay.js";

export interface FitMeasuredOptions {
  /** Whose numbers stand in for what no file tells. */
  cell?: string;
  /** KIND=[-]NAME[:UNIT], with commas. */
  columns?: string;
  /** Temperature of files without a column. */
  degC?: number;
  labelMAh?: number;
  /** Write the profile for a cell of this capacity. */
  asUAh?: number;
  /** Where cell.json and report.html go. */
  out?: string;
  json?: boolean;
}

const USUAL_CELL = "r20-50uAh";
/** The node whose other numbers the acceptance by the core is tried with. */
const SCENARIO = "default-year";
/** A status of this or more refuses. */
const FATAL = 16;

/** What of a cell's file the fit begins with. */
function believedOf({ profile }: ToldCell): Believed {
  const { tables, capacity_nAh, resistance_ohm, activation_K, diffusion_gain } = plain(profile);
  const { ocv, ...companions } = tables;
  const away = (table: { temperature_degC: number }) => Math.abs(table.temperature_degC - 25);
  const usual = ocv.reduce((best, table) => (away(table) < away(best) ? table : best));
  const { ocv_mV, temperature_degC: table_degC } = usual;
  const rest = { ...{ ocv_mV, table_degC, resistance_ohm, activation_K }, diffusion_gain };
  return { capacity_nAh, model: { ...companions, ...rest } };
}

/** Throws MeasurementError unless the core takes the profile. */
function checkAccepted(cell: CellProfile): void {
  const core = new Core(new WebAssembly.Instance(coreModule()).exports);
  const parts = readScenario(projectPath("boards"), SCENARIO);
  const status = core.loadProfile(compileProfile(resolveProfile({ ...parts, cell })));
  if ((status & 255) < FATAL) return;
  throw new MeasurementError(`the core refuses the fitted profile: ${core.statusText(status)}`);
}

const sourceOf = (files: readonly string[]) =>
  `tfmb fit of laboratory files: ${files.map((file) => basename(file)).join(", ")}`;

/** The profile in files, and how it was found. Throws one line (MeasurementError, ...). */
export function fitFiles(
  files: readonly string[],
  options: Omit<FitMeasuredOptions, "out" | "json">,
): { cell: CellProfile; findings: Findings } {
  const belief = readToldCell(options.cell ?? USUAL_CELL);
  const reading = { mapping: mappingOf(options.columns), temperature_degC: options.degC };
  const records = files.map((file) => parseRecord(file, readLaboratoryText(file), reading));
  const label_nAh = options.labelMAh === undefined ? undefined : options.labelMAh * 1e6;
  const fit = fitMeasured(records, believedOf(belief), label_nAh);
  const mAh = (fit.capacity_nAh / 1e6).toPrecision(5);
  const capacity_nAh = options.asUAh === undefined ? fit.capacity_nAh : options.asUAh * 1000;
  if (capacity_nAh > CAPACITY_MAX_NAH) {
    throw new MeasurementError(
      `the cell holds ${mAh} mAh, the core reads up to 10 mAh; ` +
        "write a smaller cell of its kind with --as-uAh 50",
    );
  }
  const sigmas = sigmasOfFit(fit);
  const written = {
    title: `A cell of ${mAh} mAh, fitted to ${files.length} laboratory files`,
    source: sourceOf(files),
    capacity_nAh,
  };
  const cell = profileOfFit(fit, sigmas, belief, written);
  checkAccepted(cell);
  const missing = notIdentified(fit, records, label_nAh !== undefined);
  return { cell, findings: { ...{ fit, sigmas, records, missing }, believed: belief.name } };
}

/** What the command prints. Throws as `fitFiles` does; then nothing was written. */
export async function fitMeasuredFiles(
  files: readonly string[],
  options: FitMeasuredOptions,
): Promise<string> {
  const { cell, findings } = fitFiles(files, options);
  const page = options.json ? JSON.stringify(cell, null, 2) : measuredPage(findings);
  if (options.out === undefined) return page;
  const config = await prettier.resolveConfig(projectPath("boards/cells/cell.json"));
  const json = await prettier.format(JSON.stringify(cell), { ...config, parser: "json" });
  const origin = { replay: replayOf("fit", files, options), commit: commitOf() };
  const report = measuredReport(cell.title, origin, findings);
  writeWhole(options.out, { "cell.json": json, "report.html": report });
  return options.json ? page : `${page}\n\n${options.out}: cell.json and report.html written`;
}
