// A recording of light and temperature as an environment: reads the file, row by row.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { findColumns, TraceError, type Columns } from "./columns.js";
import { type Environment } from "./environment.js";
import { gridOf, type Samples } from "./grid.js";

export { TraceError } from "./columns.js";

export interface TraceOptions {
  /** Held over the run where the file has no temperature. */
  temperature_degC: number;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "does not exist" : `cannot be read (${code ?? "unknown"})`;
    throw new TraceError(`${file}: ${why}; a trace is a CSV file of times and light`);
  }
}

const isComment = (line: string) => line.startsWith("#");
const isEmpty = (line: string) => line === "" || line === "\r";

function readRows(file: string, lines: readonly string[], columns: Columns): Samples {
  const { time, light, temperature, ends } = columns;
  const samples: Samples = { t_s: [], lux: [], temperature_degC: [] };
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
    samples.lux.push(light.read(cells, place));
    if (temperature) samples.temperature_degC.push(temperature.read(cells, place));
  }
  return samples;
}

/**
 * A recording as an environment that begins with its first row. Known by their headers:
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
  const lines = readText(file).split("\n");
  const columns = findColumns(file, lines);
  const samples = readRows(file, lines, columns);
  const count = samples.t_s.length;
  if (count < 2) throw new TraceError(`${file}: ${count} rows of numbers, must be at least 2`);
  return { name: basename(file), ...gridOf(samples, options.temperature_degC) };
}
