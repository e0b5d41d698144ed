// The rows of a run inside the page: each column as base64 of integers with offset and step, small
// enough for a year of wakes. The browser's side is browser/unpack.ts.

import { Mode } from "../../host/core/abi.js";
import { OFF, type RunTrace } from "../../host/sim/record.js";
import { thinned } from "./thin.js";

/**
 * Whole numbers q, little-endian: 0 is a gap, otherwise y = offset + (q - 1) step, and the value
 * is y if knee is 0, else knee sinh(y): equal steps below the knee, equal ratios above it.
 */
export interface PackedColumn {
  bytes: 2 | 4;
  offset: number;
  step: number;
  knee: number;
  base64: string;
}

export interface PackedRun {
  rows: number;
  /** Length of the run, s. */
  end_s: number;
  columns: Record<ColumnName, PackedColumn>;
  /** One byte a row, base64. */
  mode: string;
  modes: { code: number; name: string }[];
  off: number;
}

const COLUMNS = {
  t_s: { bytes: 4, knee: 0 },
  soc: { bytes: 2, knee: 0 },
  estimate: { bytes: 2, knee: 0 },
  sigma: { bytes: 2, knee: 0 },
  voltage_mV: { bytes: 2, knee: 0 },
  temperature_degC: { bytes: 2, knee: 0 },
  // from starlight to the sun, from a leak to a radio
  lux: { bytes: 2, knee: 0.1 },
  harvest_nA: { bytes: 2, knee: 1 },
  load_nA: { bytes: 2, knee: 1 },
} as const satisfies Partial<Record<keyof RunTrace, { bytes: 2 | 4; knee: number }>>;

export type ColumnName = keyof typeof COLUMNS;

/** All modes that a row may have, OFF among them. */
export const MODES: { code: number; name: string }[] = [
  ...Object.entries(Mode).map(([name, code]) => ({ code, name })),
  { code: OFF, name: "off" },
];

const base64 = (array: Uint8Array | Uint16Array | Uint32Array): string =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64");

/** Packs values into 16 or 32 bits each; what is not finite becomes a gap. */
export function pack(
  values: ArrayLike<number>,
  { bytes, knee }: { bytes: 2 | 4; knee: number },
): PackedColumn {
  const bent = Float64Array.from(values, (value) => (knee > 0 ? Math.asinh(value / knee) : value));
  let [low, high] = [Infinity, -Infinity];
  for (const value of bent) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const codes = 256 ** bytes - 2;
  const offset = low <= high ? low : 0;
  const step = low < high ? (high - low) / codes : 0;
  const packed = bytes === 2 ? new Uint16Array(bent.length) : new Uint32Array(bent.length);
  bent.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    packed[i] = 1 + (step > 0 ? Math.min(codes, Math.round((value - offset) / step)) : 0);
  });
  return { bytes, offset, step, knee, base64: base64(packed) };
}

/** What a page carries at most, 2.5 MB. */
export const ROWS_MAX = 90_000;

/** The filled rows of a run that lasted `hours`; some of them when there are too many. */
export function packRun(whole: RunTrace, hours: number): PackedRun {
  const trace = thinned(whole, ROWS_MAX);
  const rows = trace.count;
  const names = Object.keys(COLUMNS) as ColumnName[];
  const columns = Object.fromEntries(
    names.map((name) => [name, pack(trace[name].subarray(0, rows), COLUMNS[name])]),
  ) as PackedRun["columns"];
  const last_s = rows > 0 ? trace.t_s[rows - 1]! : 0;
  const end_s = Math.max(last_s, hours * 3600);
  const mode = base64(trace.mode.subarray(0, rows));
  return { rows, end_s, columns, mode, modes: MODES, off: OFF };
}
