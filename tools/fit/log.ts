// Reading what a tester recorded: a CSV file whose header names its columns, to columns of numbers
// in the units of this project. Knows nothing of what the numbers are used for.

import { MeasurementError } from "../characterise/manifest.js";

/** One recorded file; charging is positive. `step` counts the tester's steps. */
export interface Log {
  t_s: Float64Array;
  step: Float64Array;
  current_nA: Float64Array;
  voltage_mV: Float64Array;
  temperature_degC: Float64Array;
  /** The tester's own counter. */
  charge_nAh: Float64Array;
}

/** Which column of a file becomes which of a log, and times what. */
const FROM: Record<string, { to: keyof Log; scale: number }> = {
  test_time_s: { to: "t_s", scale: 1 },
  step: { to: "step", scale: 1 },
  current_uA: { to: "current_nA", scale: 1000 },
  voltage_V: { to: "voltage_mV", scale: 1000 },
  temperature_degC: { to: "temperature_degC", scale: 1 },
  charge_uAh: { to: "charge_nAh", scale: 1000 },
};

/** Fewer rows are not a record of anything. */
const ROWS_MIN = 10;

function columnsOf(file: string, header: string): { name: string; index: number }[] {
  const found = header.split(",").map((name) => name.trim());
  return Object.keys(FROM).map((name) => {
    const index = found.indexOf(name);
    if (index >= 0) return { name, index };
    const shown = header.length > 60 ? `${header.slice(0, 57)}...` : header;
    throw new MeasurementError(`${file}:1: the header "${shown}" must name ${name}`);
  });
}

/** Throws MeasurementError with the file, the line and the column. */
export function parseLog(file: string, text: string): Log {
  const lines = text.split(/\r?\n/);
  const columns = columnsOf(file, lines[0] ?? "");
  const rows = lines.slice(1).flatMap((line, i) => (line.trim() === "" ? [] : [{ line, i }]));
  if (rows.length < ROWS_MIN) {
    throw new MeasurementError(`${file}: ${rows.length} rows, it must have at least ${ROWS_MIN}`);
  }
  const column = () => new Float64Array(rows.length);
  const log: Log = {
    ...{ t_s: column(), step: column(), current_nA: column() },
    ...{ voltage_mV: column(), temperature_degC: column(), charge_nAh: column() },
  };
  rows.forEach(({ line, i }, row) => {
    const cells = line.split(",");
    for (const { name, index } of columns) {
      const cell = (cells[index] ?? "").trim();
      const value = cell === "" ? NaN : Number(cell);
      if (!Number.isFinite(value)) {
        throw new MeasurementError(`${file}:${i + 2}: ${name} = "${cell}" must be a number`);
      }
      const { to, scale } = FROM[name]!;
      log[to][row] = value * scale;
    }
    const before_s = row === 0 ? -Infinity : log.t_s[row - 1]!;
    if (!(log.t_s[row]! > before_s)) {
      const value = log.t_s[row]!;
      throw new MeasurementError(
        `${file}:${i + 2}: test_time_s = ${value} must be > ${before_s}, the row before`,
      );
    }
  });
  return log;
}
