// A run of more rows than a page can carry: some rows stand for all. They are rows of the run, the
// worst of their neighbours, but for what is a mean since the row before: that is averaged anew.

import { OFF, type RunTrace } from "../../host/sim/record.js";

/** Rows that one group of neighbours may leave. */
const KEPT = 3;

/** The row of `from` to `to` (not included) for which `of` is greatest; NaN is never. */
function greatest(from: number, to: number, of: (row: number) => number): number {
  let [best, most] = [from, -Infinity];
  for (let row = from; row < to; row++) {
    const value = of(row);
    if (value > most) [best, most] = [row, value];
  }
  return best;
}

/** The rows to keep, rising: of each group lowest voltage, worst error, a switch on or off. */
function keptRows(trace: RunTrace, rows_max: number): number[] {
  const { count, voltage_mV, estimate, soc, mode } = trace;
  const size = Math.ceil((KEPT * count) / rows_max);
  const rows = new Set<number>();
  for (let from = 0; from < count; from += size) {
    const to = Math.min(count, from + size);
    const low = greatest(from, to, (row) => -voltage_mV[row]!);
    const wrong = greatest(from, to, (row) => Math.abs(estimate[row]! - soc[row]!));
    const isOff = (row: number) => mode[row] === OFF;
    const before = from > 0 && isOff(from - 1);
    const turn = greatest(from, to, (row) => (isOff(row) === before ? 0 : 1));
    for (const row of [low, wrong, turn].sort((a, b) => a - b)) rows.add(row);
  }
  return [...rows];
}

/** Mean of a column over the rows `from` to `to`, both included, each weighted with its time. */
function mean(values: ArrayLike<number>, t_s: Float64Array, from: number, to: number): number {
  let [sum, weight] = [0, 0];
  for (let row = from; row <= to; row++) {
    const time_s = t_s[row]! - (t_s[row - 1] ?? 0);
    sum += values[row]! * time_s;
    weight += time_s;
  }
  return weight > 0 ? sum / weight : values[to]!;
}

/** At most about `rows_max` rows in place of all; the same trace when it has no more. */
export function thinned(trace: RunTrace, rows_max: number): RunTrace {
  if (trace.count <= rows_max) return trace;
  const rows = keptRows(trace, rows_max);
  const pick = <A extends Float32Array | Float64Array | Uint8Array>(column: A): A =>
    column.slice(0, rows.length).map((_, i) => column[rows[i]!]!) as A;
  const average = (column: Float32Array): Float32Array =>
    pick(column).map((_, i) => mean(column, trace.t_s, (rows[i - 1] ?? -1) + 1, rows[i]!));
  return {
    rows_max: rows.length,
    count: rows.length,
    t_s: pick(trace.t_s),
    lux: average(trace.lux),
    temperature_degC: pick(trace.temperature_degC),
    soc: pick(trace.soc),
    estimate: pick(trace.estimate),
    sigma: pick(trace.sigma),
    voltage_mV: pick(trace.voltage_mV),
    harvest_nA: average(trace.harvest_nA),
    load_nA: average(trace.load_nA),
    mode: pick(trace.mode),
  };
}
