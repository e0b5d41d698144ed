// The rows of a laboratory file as columns of numbers: times that rise, and readings without gaps.

import { MeasurementError } from "../characterise/manifest.js";
import { directionOf, numberOf, timeOf } from "./cells.js";
import { type ColumnKind } from "./header.js";
import { cellsOf, layoutOf, type Layout } from "./layout.js";
import { type Mapping } from "./mapping.js";

const ROWS_MIN = 10;
/** Rows nearer than the core's clock can tell are one moment: less the rounding of a sum. */
const TICK_S = 0.000999;
/** Readings may be missing for so long, and in so many of all rows: they are bridged. */
const GAP_MAX_S = 60;
const GAPS_MAX = 0.01;

const seconds = (t_s: number) => `${Number(t_s.toFixed(3))} s`;

interface Line {
  cells: string[];
  /** Number of the line in the file, from 1. */
  number: number;
}

export class Rows {
  readonly layout: Layout;
  readonly t_s: Float64Array;
  /** What was mended or assumed. */
  readonly warnings: string[] = [];
  readonly #file: string;
  readonly #lines: readonly Line[];

  /** Throws MeasurementError with file and line, as all of this. */
  constructor(file: string, text: string, mapping: Mapping) {
    const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
    this.#file = file;
    this.layout = layoutOf(file, lines, mapping);
    const { line: head, separator } = this.layout;
    const filled = lines
      .map((line, i): Line => ({ cells: cellsOf(line, separator), number: i + 1 }))
      .filter(({ cells, number }) => number > head + 1 && cells.some((cell) => cell !== ""));
    const { lines: kept, t_s } = this.#rising(filled);
    this.#lines = kept;
    this.t_s = t_s;
  }

  name(kind: ColumnKind): string {
    return this.layout.columns.get(kind)?.name ?? kind;
  }

  /** A column as it was read, NaN where a reading is missing; undefined: there is none. */
  column(kind: ColumnKind): Float64Array | undefined {
    const found = this.layout.columns.get(kind);
    if (found === undefined) return undefined;
    const { index, heading } = found;
    const { decimal_comma } = this.layout;
    return Float64Array.from(this.#lines, ({ cells }) => {
      if (kind === "state") return directionOf(cells[index] ?? "");
      return numberOf(cells[index], decimal_comma) * heading.scale + heading.offset;
    });
  }

  /** A column whose short gaps are bridged, which is said. */
  bridged(kind: ColumnKind): Float64Array | undefined {
    const values = this.column(kind);
    if (values === undefined) return undefined;
    const name = this.name(kind);
    const missing = this.#bridge(name, values);
    if (missing > GAPS_MAX * values.length) {
      const share = ((100 * missing) / values.length).toFixed(1);
      throw new MeasurementError(
        `${this.#file}: ${name} is missing in ${share} % of the rows, at most 1 % can be bridged`,
      );
    }
    if (missing > 0) this.warnings.push(`${missing} missing readings of ${name} bridged straight`);
    return values;
  }

  /** Lines that count: of those of one moment the last, which is the new step's. */
  #rising(lines: readonly Line[]): { lines: Line[]; t_s: Float64Array } {
    const { index, heading, name } = this.layout.columns.get("time")!;
    const kept: { line: Line; now_s: number }[] = [];
    for (const line of lines) {
      const place = `${this.#file}:${line.number}`;
      const now_s = timeOf(line.cells[index], heading.scale, this.layout.decimal_comma);
      const before_s = kept.at(-1)?.now_s ?? -Infinity;
      if (!Number.isFinite(now_s)) {
        throw new MeasurementError(
          `${place}: ${name} = "${line.cells[index] ?? ""}" must be a number, h:min:s or a date ` +
            "with the year first; remove the row, or name another column: --columns time=NAME",
        );
      }
      if (now_s < before_s) {
        throw new MeasurementError(
          `${place}: ${name} = ${seconds(now_s)} must be >= ${seconds(before_s)}, ` +
            "the row before; sort the rows, cut the file where its clock starts anew, or take a " +
            "column of dates or of the whole test: --columns time=NAME",
        );
      }
      if (now_s - before_s < TICK_S) kept.pop();
      kept.push({ line, now_s });
    }
    if (kept.length < ROWS_MIN) {
      throw new MeasurementError(
        `${this.#file}: ${kept.length} rows, it must have at least ${ROWS_MIN}`,
      );
    }
    return {
      lines: kept.map(({ line }) => line),
      t_s: Float64Array.from(kept, ({ now_s }) => now_s),
    };
  }

  /** Bridges gaps straight; returns how many readings were missing. */
  #bridge(name: string, values: Float64Array): number {
    const { t_s } = this;
    let missing = 0;
    for (let row = 0; row < values.length; row++) {
      if (Number.isFinite(values[row])) continue;
      let end = row;
      while (end < values.length && !Number.isFinite(values[end])) end++;
      const [left, right] = [Math.max(row - 1, 0), Math.min(end, values.length - 1)];
      const gap_s = t_s[right]! - t_s[left]!;
      if (row === 0 || end === values.length || gap_s > GAP_MAX_S) {
        throw new MeasurementError(
          `${this.#file}:${this.#lines[row]!.number}: ${name} is missing for ${end - row} rows ` +
            `(${Math.round(gap_s)} s), at most ${GAP_MAX_S} s within a file can be bridged; ` +
            "cut the file there",
        );
      }
      for (let k = row; k < end; k++) {
        const share = (t_s[k]! - t_s[left]!) / gap_s;
        values[k] = values[left]! + share * (values[end]! - values[left]!);
      }
      missing += end - row;
      row = end;
    }
    return missing;
  }
}
