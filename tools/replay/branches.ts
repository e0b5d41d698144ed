// Discharges and charges of a record, and the true SOC along them. A tester's counter returns more
// charge than it took (6.9 % at C/20 and 25 degC on an LG 18650HG2), so each branch counts by
// itself: a discharge as it was counted, and a charge that ends full so that it ends at SOC 1.

import { RecordError } from "./record_error.js";
import { type CellRecord } from "./record.js";

export interface Branch {
  file: string;
  /** First and last row; the last is the first of the next. */
  first: number;
  last: number;
  charging: boolean;
  from_soc: number;
  to_soc: number;
  /** As the tester counted it, positive. */
  charge_nAh: number;
  /** What its current and charge are multiplied by. */
  factor: number;
}

/** A record whose SOC is known, with its current scaled to go with it. */
export interface Known {
  record: CellRecord;
  soc: Float64Array;
  branches: Branch[];
}

/** Less than this share of the capacity back and forth is one branch: braking, pulses. */
const TURN = 0.05;
/** Braking and pulses go so far beyond the voltage that a charge ends at. */
const PEAK_MV = 60;
/** A full charge came so near to where charges end, and rests so near to it. */
const CUT_OFF_MV = 10;
const RESTS_MV = 50;
/** A charge that must be scaled by more is no full one of this cell. */
const FACTOR_RANGE = [0.8, 1.25] as const;

/** Rows where the charge turns round, with the first and the last; a rest is of what was before. */
function turns(charge_nAh: Float64Array, turn_nAh: number): number[] {
  const rows = [0];
  let [low, high] = [0, 0];
  let way = 0;
  charge_nAh.forEach((nAh, row) => {
    if (nAh <= charge_nAh[low]!) low = row;
    if (nAh >= charge_nAh[high]!) high = row;
    if (way <= 0 && nAh - charge_nAh[low]! > turn_nAh) {
      if (way < 0) rows.push(low);
      [way, high] = [1, row];
    } else if (way >= 0 && charge_nAh[high]! - nAh > turn_nAh) {
      if (way > 0) rows.push(high);
      [way, low] = [-1, row];
    }
  });
  return [...rows, charge_nAh.length - 1];
}

const highest = (values: Float64Array) => values.reduce((a, mV) => Math.max(a, mV), -Infinity);

/** Where a cell's charges end: the highest voltage, or that of its charges where it is near. */
export function fullVoltage_mV(records: readonly CellRecord[], capacity_nAh: number): number {
  const high_mV = Math.max(...records.map(({ voltage_mV }) => highest(voltage_mV)));
  const charges = records.flatMap(({ voltage_mV, counter_nAh }) => {
    if (counter_nAh === undefined) return [];
    const rows = turns(counter_nAh, TURN * capacity_nAh);
    return rows.slice(1).flatMap((last, i) => {
      const first = rows[i]!;
      const charged_nAh = counter_nAh[last]! - counter_nAh[first]!;
      return charged_nAh < TURN * capacity_nAh ? [] : [highest(voltage_mV.slice(first, last + 1))];
    });
  });
  const end_mV = Math.max(...charges);
  return end_mV > high_mV - PEAK_MV ? end_mV : high_mV;
}

/** Whether a charge from one row to another fills the cell. */
function fills({ voltage_mV }: CellRecord, first: number, last: number, full_mV: number): boolean {
  const most_mV = highest(voltage_mV.slice(first, last + 1));
  return most_mV >= full_mV - CUT_OFF_MV && voltage_mV[last]! >= full_mV - RESTS_MV;
}

/** For people. */
export const ampereHours = (nAh: number): string => {
  const [size, unit] = nAh >= 1e8 ? [1e9, "Ah"] : nAh >= 1e5 ? [1e6, "mAh"] : [1e3, "uAh"];
  return `${(nAh / size).toPrecision(4)} ${unit}`;
};

/** What a full charge of a branch counts, so that it ends at SOC 1. Throws RecordError. */
function factorOf(file: string, from_soc: number, charge_nAh: number, capacity_nAh: number) {
  const factor = ((1 - from_soc) * capacity_nAh) / charge_nAh;
  if (factor >= FACTOR_RANGE[0] && factor <= FACTOR_RANGE[1]) return factor;
  const from = `${(100 * from_soc).toFixed(1)} % SOC`;
  const charge = `a charge of ${ampereHours(charge_nAh)} from ${from} to full`;
  throw new RecordError(
    `${file}: ${charge} would count ${factor.toPrecision(3)} times, ` +
      `it must be ${FACTOR_RANGE.join("..")}; ` +
      "give what the cell holds with --holds AH, and where it begins with --soc-at-zero",
  );
}

/** SOC along a record that begins at `start_soc`. Throws RecordError. */
export function alongBranches(
  record: CellRecord,
  start_soc: number,
  capacity_nAh: number,
  full_mV: number,
): Known {
  const { file, counter_nAh } = record;
  if (counter_nAh === undefined) {
    throw new RecordError(
      `${file}: has no counter in Ah for its branches; name one with --columns counter=NAME:Ah`,
    );
  }
  const rows = turns(counter_nAh, TURN * capacity_nAh);
  const soc = new Float64Array(counter_nAh.length).fill(start_soc);
  const current_nA = record.current_nA.slice();
  const branches = rows.slice(1).map((last, i): Branch => {
    const first = rows[i]!;
    const from_soc = soc[first]!;
    const moved_nAh = counter_nAh[last]! - counter_nAh[first]!;
    const full = moved_nAh > TURN * capacity_nAh && fills(record, first, last, full_mV);
    const factor = full ? factorOf(file, from_soc, moved_nAh, capacity_nAh) : 1;
    for (let row = first + 1; row <= last; row++) {
      const since_nAh = counter_nAh[row]! - counter_nAh[first]!;
      soc[row] = from_soc + (factor * since_nAh) / capacity_nAh;
      current_nA[row]! *= factor;
    }
    const [charging, charge_nAh] = [moved_nAh > 0, Math.abs(moved_nAh)];
    return { file, first, last, charging, from_soc, to_soc: soc[last]!, charge_nAh, factor };
  });
  const scaled_nAh = soc.map((z) => z * capacity_nAh);
  return { record: { ...record, current_nA, counter_nAh: scaled_nAh }, soc, branches };
}
