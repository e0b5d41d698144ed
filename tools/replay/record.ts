// A measured record of a cell: columns of numbers in one set of units, checked for what a replay
// would otherwise silently be wrong by: gaps, a clock that runs back, a current without sign.

import { columnsOf, RecordError, type Column, type Quantity } from "./columns.js";

/** Charging is positive. What the file does not have is undefined. */
export interface CellRecord {
  file: string;
  t_s: Float64Array;
  voltage_mV: Float64Array;
  current_nA: Float64Array;
  temperature_degC: Float64Array | undefined;
  /** The tester's own counter. */
  counter_nAh: Float64Array | undefined;
  /** State of charge as the file itself has it. */
  soc: Float64Array | undefined;
}

const ROWS_MIN = 10;
const S_PER_H = 3600;
/** The core's clock, less the rounding of a sum. */
const TICK_S = 0.000999;

function numbers(file: string, rows: { text: string; line: number }[], column: Column) {
  return Float64Array.from(rows, ({ text, line }) => {
    const cell = (text.split(",")[column.index] ?? "").trim();
    const value = cell === "" ? NaN : Number(cell);
    if (Number.isFinite(value)) return value * column.factor;
    const remedy = "must be a number; correct the row or remove it";
    throw new RecordError(`${file}:${line}: ${column.name} = "${cell}" ${remedy}`);
  });
}

/** A clock that runs back has no intervals to book. */
function checkTime(file: string, t_s: Float64Array, lines: (row: number) => number): void {
  const row = t_s.findIndex((t, i) => i > 0 && t < t_s[i - 1]!);
  if (row < 0) return;
  throw new RecordError(
    `${file}:${lines(row)}: time ${t_s[row]} s lies before ${t_s[row - 1]} s of the row above; ` +
      "sort the rows, or cut the file where its clock starts anew",
  );
}

/** Testers write both ends of a step with one time: the later row stands. */
function singleMoments(record: CellRecord): CellRecord {
  const { t_s } = record;
  const kept = (row: number) => row === t_s.length - 1 || t_s[row + 1]! - t_s[row]! >= TICK_S;
  const thinned = Object.entries(record).map(([name, column]: [string, unknown]) => {
    const kind = column instanceof Float64Array;
    return [name, kind ? column.filter((_, row) => kept(row)) : column];
  });
  return Object.fromEntries(thinned) as CellRecord;
}

const remedy = ({ name, factor }: Column, quantity: Quantity) => {
  const turned = factor < 0 ? name : `-${name}`;
  return `if it counts discharging as positive, write --columns ${quantity}=${turned}`;
};

/**
 * Charging must be positive: a cell's voltage rises with its current, and its counter goes where
 * the current goes.
 */
function checkSign(record: CellRecord, current: Column, counter: Column | undefined): void {
  const { file, t_s, voltage_mV, current_nA, counter_nAh } = record;
  let [together, charge_nAh, moved_nAh] = [0, 0, 0];
  for (let row = 1; row < t_s.length; row++) {
    const step_nA = current_nA[row]! - current_nA[row - 1]!;
    together += step_nA * (voltage_mV[row]! - voltage_mV[row - 1]!);
    const dt_h = (t_s[row]! - t_s[row - 1]!) / S_PER_H;
    charge_nAh += current_nA[row]! * dt_h;
    moved_nAh += Math.abs(current_nA[row]!) * dt_h;
  }
  const fell = voltage_mV.at(-1)! < voltage_mV[0]!;
  const unsigned = current_nA.every((nA) => nA >= 0) && fell && moved_nAh > 0;
  if (together < 0 || unsigned) {
    const why = unsigned ? "is never negative, yet the voltage falls" : "rises where voltage falls";
    throw new RecordError(
      `${file}: ${current.name} ${why}; it must be signed, charging positive: ` +
        remedy(current, "current"),
    );
  }
  if (counter_nAh === undefined || counter === undefined) return;
  const counted_nAh = counter_nAh.at(-1)! - counter_nAh[0]!;
  const told = Math.abs(charge_nAh) > 0.1 * moved_nAh;
  if (told && Math.sign(counted_nAh) === -Math.sign(charge_nAh)) {
    throw new RecordError(
      `${file}: ${counter.name} goes against ${current.name}; charge that enters must raise it: ` +
        remedy(counter, "counter"),
    );
  }
}

/** Throws RecordError: file, line, column, value, and what to do. */
export function parseRecord(file: string, text: string, told?: string): CellRecord {
  const lines = text.split(/\r?\n/);
  const columns = columnsOf(file, lines[0] ?? "", told);
  const rows = lines
    .map((line, i) => ({ text: line, line: i + 1 }))
    .slice(1)
    .filter(({ text: row }) => row.trim() !== "");
  if (rows.length < ROWS_MIN) {
    throw new RecordError(`${file}: ${rows.length} rows, it must have at least ${ROWS_MIN}`);
  }
  const read = (quantity: Quantity) => {
    const column = columns[quantity];
    return column && numbers(file, rows, column);
  };
  const record: CellRecord = {
    file,
    t_s: read("time")!,
    voltage_mV: read("voltage")!,
    current_nA: read("current")!,
    temperature_degC: read("temperature"),
    counter_nAh: read("counter"),
    soc: read("soc"),
  };
  checkTime(file, record.t_s, (row) => rows[row]!.line);
  checkSign(record, columns.current!, columns.counter);
  return singleMoments(record);
}

export interface ReferenceOptions {
  /** What a counter is measured by. */
  capacity_nAh: number;
  /** SOC where the counter stands at 0. */
  soc_at_zero: number;
}

/** The true SOC of each row: the file's own column, or its counter over a capacity. */
export function referenceOf(record: CellRecord, of: ReferenceOptions): Float64Array {
  const { file, soc, counter_nAh } = record;
  if (soc !== undefined) return soc;
  if (counter_nAh === undefined) {
    throw new RecordError(
      `${file}: has neither SOC nor a counter in Ah to compare with; ` +
        "name one with --columns soc=HEADER:% or counter=HEADER:Ah",
    );
  }
  return counter_nAh.map((nAh) => of.soc_at_zero + nAh / of.capacity_nAh);
}
