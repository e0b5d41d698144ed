// The rows of a run out of the page again: the other half of packed.ts.

import { type ColumnName, type PackedColumn, type PackedRun } from "../packed.js";

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** The values of a column; NaN where there was a gap. */
export function unpack({ bytes, offset, step, knee, base64 }: PackedColumn): Float64Array {
  const { buffer } = bytesOf(base64);
  const packed = bytes === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer);
  return Float64Array.from(packed, (code) => {
    if (code === 0) return NaN;
    const bent = offset + (code - 1) * step;
    return knee > 0 ? knee * Math.sinh(bent) : bent;
  });
}

/** What all panels are drawn over. */
export interface Course {
  /** Of each row, s; values of a row are at this time, or means since the row before. */
  t_s: Float64Array;
  end_s: number;
  /** Whether the time from each row on is shaded, 0 or 1. */
  shaded: Uint8Array;
  /** What a row is, for readers. */
  rows_are: string;
}

/** The run as the plots use it. */
export interface Run {
  rows: number;
  end_s: number;
  columns: Record<ColumnName, Float64Array>;
  mode: Uint8Array;
  modes: { code: number; name: string }[];
  off: number;
}

export function unpackRun({ rows, end_s, columns, mode, modes, off }: PackedRun): Run {
  const names = Object.keys(columns) as ColumnName[];
  const unpacked = Object.fromEntries(names.map((name) => [name, unpack(columns[name])]));
  return {
    rows,
    end_s,
    columns: unpacked as Run["columns"],
    mode: bytesOf(mode),
    modes,
    off,
  };
}

/** What the plots of a run are drawn over: shaded while the node is off. */
export function courseOf({ columns, end_s, mode, off }: Run): Course {
  const shaded = mode.map((code) => (code === off ? 1 : 0));
  return { t_s: columns.t_s, end_s, shaded, rows_are: "wakes" };
}
