// One laboratory file as a record: time, current (charging positive), voltage, temperature and
// charge in the units of this project, with everything said that was assumed or mended on the way.

import { MeasurementError } from "../../characterise/manifest.js";
import { type Log } from "../log.js";
import { countCharge } from "./counter.js";
import { type Maker, type Mapping } from "./layout.js";
import { Rows } from "./rows.js";
import { turnSign } from "./sign.js";

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
function temperatureOf(file: string, rows: Rows, stated_degC: number | undefined): Float64Array {
  const column = rows.bridged("temperature");
  if (column !== undefined) return column;
  if (stated_degC === undefined) {
    throw new MeasurementError(
      `${file}: no column of temperature; name it with --columns temperature=NAME, ` +
        "or say the chamber's with --degC",
    );
  }
  rows.warnings.push(`no column of temperature: ${stated_degC} degC as stated`);
  return new Float64Array(rows.t_s.length).fill(stated_degC);
}

/** Units that no heading says. */
function warnOfUnits({ layout, warnings }: Rows): void {
  for (const [kind, unit] of [["voltage", "V"] as const, ["current", "A"] as const]) {
    const { name, heading } = layout.columns.get(kind)!;
    if (!heading.united) warnings.push(`column "${name}" says no unit: taken as ${unit}`);
  }
}

/** The record in a text. Throws MeasurementError with file, line and remedy. */
export function parseRecord(file: string, text: string, options: ReadOptions): Record {
  const rows = new Rows(file, text, options.mapping);
  const { t_s, warnings } = rows;
  const voltage_mV = rows.bridged("voltage")!;
  const current_nA = rows.bridged("current")!;
  const temperature_degC = temperatureOf(file, rows, options.temperature_degC);
  warnOfUnits(rows);
  const direction = rows.column("state");
  const turned = turnSign(file, { t_s, voltage_mV, current_nA, direction });
  if (turned !== undefined) warnings.push(turned);
  const { charge_nAh, counted } = countCharge(file, t_s, current_nA, {
    counter: rows.column("counter"),
    charged: rows.column("charged"),
    discharged: rows.column("discharged"),
  });
  const step = new Float64Array(t_s.length);
  const log: Log = { t_s, step, current_nA, voltage_mV, temperature_degC, charge_nAh };
  return { file, maker: rows.layout.maker, log, warnings, counted };
}
