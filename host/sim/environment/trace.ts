// A recording of light and temperature as an environment, or of radio as a drive of one: reads the
// file, row by row.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { unreadable } from "./unreadable.js";
import { type Series } from "../course.js";
import { findColumns, TraceError, type Columns, type Recorded } from "./columns.js";
import { type Environment } from "./environment.js";
import { gridOf, seriesOf, type Samples } from "./grid.js";

export { TraceError } from "./columns.js";

export interface TraceOptions {
  /** Held over the run where the file has no temperature. */
  temperature_degC: number;
}

/** A recording of what an antenna caught, uW. */
export interface Radio {
  name: string;
  power: Series;
  length_s: number;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = unreadable(error);
    throw new TraceError(`${file}: ${why}; a recording is a CSV file of times and values`);
  }
}

const isComment = (line: string) => line.startsWith("#");
const isEmpty = (line: string) => line === "" || line === "\r";

function readRows(file: string, lines: readonly string[], columns: Columns): Samples {
  const { time, value, temperature, ends } = columns;
  const samples: Samples = { t_s: [], values: [], temperature_degC: [] };
  let before_s = -Infinity;
  for (let i = columns.header + 1; i < lines.length; i++) {
    const line = lines[i]!;
    if (isEmpty(line) && ends) break;
    if (isEmpty(line) || isComment(line)) continue;
    const cells = line.split(",");
    const place = `${file}:${i + 1}`;
    const t_s = time.read(cells, place);
    if (!(t_s > before_s)) {
      const text = time.names.map((name, at) => `${name} = ${cells[time.at[at]!]!.trim()}`);
      throw new TraceError(
        `${place}: ${text.join(", ")} must be later than the row before; sort the rows`,
      );
    }
    before_s = t_s;
    samples.t_s.push(t_s);
    samples.values.push(value.read(cells, place));
    if (temperature) samples.temperature_degC.push(temperature.read(cells, place));
  }
  return samples;
}

function samplesOf(file: string, what: Recorded): Samples {
  const lines = readText(file).split("\n");
  const samples = readRows(file, lines, findColumns(file, lines, what));
  const count = samples.t_s.length;
  if (count < 2) throw new TraceError(`${file}: ${count} rows of numbers, must be at least 2`);
  return samples;
}

/**
 * A recording of light as an environment that begins with its first row. Known by their headers:
 *
 * - `t_s` with `lux` or `W_per_m2`, and `temp_C` or `temperature_degC` if it likes
 * - minutes: `minute_of_month` or `min`; hours: `hour`; with `W_per_m2` or `ghi_W_m2`
 * - NREL MIDC: `DATE (MM/DD/YYYY)`, a clock such as `MST`, `Global ... [W/m^2]`
 * - PVGIS typical year: `time(UTC)`, `T2m`, `G(h)` after its preamble; its years are left out, as
 *   its months are of different ones
 *
 * Further columns, lines that begin with # and empty lines are passed over. 1000 W/m2 are 122 klx;
 * what a pyranometer shows below 0 at night is 0. A row's light holds until the next row's time,
 * the last one's for a mean interval; so an hourly mean stays the mean of its hour, and nothing is
 * made up that was not recorded (what clouds did within the hour is lost). For times that are not
 * regular see `gridOf`.
 *
 * Throws TraceError, one line: file, line, column, value, range and what to do.
 */
export function readTrace(file: string, options: TraceOptions): Environment {
  return { name: basename(file), ...gridOf(samplesOf(file, "light"), options.temperature_degC) };
}

/**
 * A recording of radio: times as above, with `power_dBm` or `power_uW` (`rf_dBm`, `dBm`, `rf_uW`),
 * what came in; or with `voltage_mV_over_R_ohm`, what a rectifier gave a resistor of R, which
 * stands for the power in it: a rectifier with an efficiency of 1 and 2 sqrt(P R) of open voltage
 * gives that back. Each row holds until the next; of dBm the mean is one of power. Throws
 * TraceError as `readTrace` does.
 */
export function readRadio(file: string): Radio {
  const { step_s, values } = seriesOf(samplesOf(file, "radio"));
  return { name: basename(file), power: { step_s, values }, length_s: step_s * values.length };
}

/** The environment with this radio in place of its own. */
export function heard(of: Environment, { name, power }: Radio): Environment {
  const drives = { ...of.drives, rf_uW: power };
  return { ...of, name: `${of.name}, radio of ${name}`, drives };
}
