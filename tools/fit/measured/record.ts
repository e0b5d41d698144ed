// A laboratory file as the fit takes it: a log with a temperature in every row.

import { MeasurementError } from "../../characterise/manifest.js";
import { type Maker } from "../../laboratory/layout.js";
import { type Mapping } from "../../laboratory/mapping.js";
import { labRecordOf, type LabRecord } from "../../laboratory/record.js";
import { type Log } from "../log.js";

export interface Record {
  file: string;
  maker: Maker;
  log: Log;
  /** What a reader of the fit must know of this file, one line each. */
  warnings: string[];
  /** Whether a counter of charge in the file agrees with current and time. */
  counted: boolean;
}

export interface ReadOptions {
  mapping: Mapping;
  /** For files without a temperature column. */
  temperature_degC?: number | undefined;
}

/** The column, or what is stated for the whole file. */
function temperatureOf({ file, t_s, temperature_degC, warnings }: LabRecord, stated?: number) {
  if (temperature_degC !== undefined) return temperature_degC;
  if (stated === undefined) {
    throw new MeasurementError(
      `${file}: no column of temperature; name it with --columns temperature=NAME, ` +
        "or say the chamber's with --degC",
    );
  }
  warnings.push(`no column of temperature: ${stated} degC as stated`);
  return new Float64Array(t_s.length).fill(stated);
}

/** The record in a text. Throws MeasurementError with file, line and remedy. */
export function parseRecord(file: string, text: string, options: ReadOptions): Record {
  const lab = labRecordOf(file, text, options.mapping);
  const { maker, warnings, counted, t_s, current_nA, voltage_mV, charge_nAh } = lab;
  const temperature_degC = temperatureOf(lab, options.temperature_degC);
  const step = new Float64Array(t_s.length);
  const log: Log = { t_s, step, current_nA, voltage_mV, temperature_degC, charge_nAh };
  return { file, maker, log, warnings, counted };
}
