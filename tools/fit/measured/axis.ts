// Where on the SOC axis the rows of laboratory files lie. SOC 1 is where a slow discharge begins,
// SOC 0 where that nearest to 25 degC ends; every other file begins full, or where it rests.

import { MeasurementError } from "../../characterise/manifest.js";
import { type Log } from "../log.js";
import { type Track } from "../soc_axis.js";
import { afterSlowLegs, cut, medianOf, restBelow_nA, slowLegs, type Leg } from "./legs.js";
import { type Record } from "./record.js";

/** A record with a slow discharge from a full cell. */
export interface Slow {
  record: Record;
  leg: Leg;
  /** A charge right after it whose counter comes back to full; undefined: none. */
  back: Leg | undefined;
  temperature_degC: number;
}

/** What the records are, and what the cell holds. */
export interface Sorted {
  slow: Slow[];
  others: Record[];
  /** The slow one nearest to 25 degC: its charge is the capacity, its curve the first table. */
  reference: Slow;
  capacity_nAh: number;
  high_mV: number;
  low_mV: number;
}

const TABLE_DEGC = 25;
/** So near to the highest voltage a cell is full: at rest, and under a slow current in the cold. */
const FULL_MV = 50;
const FULL_LOADED_MV = 150;
/** A charge comes back to full within this, or is not used. */
const CLOSES = 0.01;
/** More charge one way than the cell holds, or as little in a whole discharge, is another unit. */
const CHARGE_MAX = 1.5;
const CHARGE_MIN = 0.05;
const EMPTY_MV = 200;
/** Capacity over label. */
const LABEL_RANGE = [0.5, 1.6] as const;

const extreme = (records: readonly Record[], of: (a: number, b: number) => number, start: number) =>
  records.reduce((most, { log }) => log.voltage_mV.reduce((a, b) => of(a, b), most), start);

const volts = (mV: number) => `${(mV / 1000).toFixed(2)} V`;

/** Slow discharges from a full cell. Throws where there are none, and says what is there. */
function slowOnes(records: readonly Record[], high_mV: number): Slow[] {
  const slow: Slow[] = [];
  let instead: string | undefined;
  for (const record of records) {
    const { log, file } = record;
    const legs = slowLegs(log);
    const leg = legs.find(({ charging }) => !charging);
    const charge = legs.find(({ charging }) => charging);
    const span = (of: Leg) =>
      `from ${volts(log.voltage_mV[of.first]!)} to ${volts(log.voltage_mV[of.last]!)}`;
    if (leg === undefined) {
      if (charge) instead = `${file} is a charge ${span(charge)}, not a discharge`;
      continue;
    }
    if (log.voltage_mV[leg.first]! < high_mV - FULL_LOADED_MV) {
      const full = `the cell is full at ${volts(high_mV)}`;
      instead = `the discharge in ${file} is ${span(leg)}, and ${full}`;
      continue;
    }
    const after = legs.find(({ charging, first }) => charging && first > leg.last);
    const back =
      after && Math.abs(after.charge_nAh / leg.charge_nAh - 1) < CLOSES ? after : undefined;
    if (after !== undefined && back === undefined) {
      const over = after.charge_nAh / leg.charge_nAh - 1;
      const share = `${(100 * Math.abs(over)).toFixed(1)} % ${over > 0 ? "more" : "less"}`;
      record.warnings.push(`the slow charge returns ${share} than was taken: not used`);
    }
    const temperature_degC = medianOf(log.temperature_degC, leg.first, leg.last);
    slow.push({ record, leg, back, temperature_degC });
  }
  if (slow.length > 0) return slow;
  throw new MeasurementError(
    `no slow discharge of a full cell: ${instead ?? "no current flows steadily for 8 hours"}; ` +
      "add one at C/8 or slower, best C/20, from full to cut-off",
  );
}

function unitsLine(file: string, what: string): MeasurementError {
  return new MeasurementError(
    `${file}: ${what}; is its current in another unit than its heading says (mA read as A)? ` +
      "Say it with --columns current=NAME:UNIT",
  );
}

/** Whether charge and voltage of a file go together with the capacity. Throws where they do not. */
function checkCharge({ file, log }: Record, sorted: Omit<Sorted, "others">): void {
  const { capacity_nAh, high_mV, low_mV } = sorted;
  const { charge_nAh, voltage_mV } = log;
  const lowest = charge_nAh.reduce((least, nAh) => Math.min(least, nAh), Infinity);
  const highest = charge_nAh.reduce((most, nAh) => Math.max(most, nAh), -Infinity);
  const span = (highest - lowest) / capacity_nAh;
  const shown = Number((100 * span).toPrecision(3));
  if (span > CHARGE_MAX) {
    throw unitsLine(
      file,
      `${shown} % of the slow discharge's charge flow one way, at most 150 % can`,
    );
  }
  const emptied =
    voltage_mV[0]! > high_mV - FULL_MV && voltage_mV.some((mV) => mV < low_mV + EMPTY_MV);
  if (emptied && span < CHARGE_MIN) {
    throw unitsLine(
      file,
      `the voltage falls from full to empty over ${shown} % of the cell's charge, ` +
        `it must be ${100 * CHARGE_MIN} % at least`,
    );
  }
}

function checkLabel(capacity_nAh: number, label_nAh: number, { record }: Slow): void {
  const ratio = capacity_nAh / label_nAh;
  if (ratio > LABEL_RANGE[0] && ratio < LABEL_RANGE[1]) return;
  const shown = Number((capacity_nAh / 1e6).toPrecision(4));
  throw unitsLine(
    record.file,
    `the slow discharge gives ${shown} mAh, it must be ${LABEL_RANGE.join(" to ")} times the ` +
      `label's ${label_nAh / 1e6} mAh`,
  );
}

/** Says so where the capacity ends before the other files do. */
function warnOfEarlyEnd({ reference, low_mV }: Omit<Sorted, "others">): void {
  const { log, warnings } = reference.record;
  const end_mV = log.voltage_mV[reference.leg.last]!;
  if (end_mV < low_mV + EMPTY_MV) return;
  const here = `ends at ${volts(end_mV)}, other files at ${volts(low_mV)}`;
  warnings.push(`the slow discharge ${here}: capacity and empty are its own`);
}

/** Tells slow discharges from other files, and the capacity. Throws MeasurementError. */
export function sortRecords(records: readonly Record[], label_nAh?: number): Sorted {
  const high_mV = extreme(records, Math.max, -Infinity);
  const low_mV = extreme(records, Math.min, Infinity);
  const slow = slowOnes(records, high_mV);
  slow.sort((a, b) => a.temperature_degC - b.temperature_degC);
  const away = ({ temperature_degC }: Slow) => Math.abs(temperature_degC - TABLE_DEGC);
  const reference = slow.reduce((best, each) => (away(each) < away(best) ? each : best));
  const capacity_nAh = reference.leg.charge_nAh;
  if (label_nAh !== undefined) checkLabel(capacity_nAh, label_nAh, reference);
  const found = { slow, reference, capacity_nAh, high_mV, low_mV };
  const taken = new Set(slow.map(({ record }) => record));
  for (const record of records) checkCharge(record, found);
  warnOfEarlyEnd(found);
  // where the counter fails at the reference, closing elsewhere is chance
  if (reference.back === undefined) for (const each of slow) each.back = undefined;
  const alone = records.filter((record) => !taken.has(record));
  const behind = slow.flatMap(({ record }) => afterSlowLegs(record, capacity_nAh) ?? []);
  return { ...found, others: [...alone, ...behind] };
}

/** A log that begins at a SOC, by its counter. */
function counted(log: Log, start_soc: number, capacity_nAh: number): Track {
  const soc = log.charge_nAh.map((nAh) => start_soc + (nAh - log.charge_nAh[0]!) / capacity_nAh);
  const direction = new Float64Array(soc.length);
  return { log, first: 0, soc, direction, closing_share: 0 };
}

/** A slow discharge, the rest behind it, and the charge back where it closes. */
export function slowTrack({ record, leg, back }: Slow, capacity_nAh: number): Track {
  const rest_nA = restBelow_nA(record.log);
  let last = leg.last;
  while (last + 1 < record.log.t_s.length && Math.abs(record.log.current_nA[last + 1]!) < rest_nA)
    last++;
  if (back !== undefined) last = back.last;
  const track = counted(cut(record.log, leg.first, last), 1, capacity_nAh);
  track.direction.fill(-1, 0, leg.last - leg.first + 1);
  if (back !== undefined) track.direction.fill(1, back.first - leg.first, last - leg.first + 1);
  return track;
}

/** Any other file: it begins full, or at rest, where `socAt` reads the OCV. */
export function otherTrack(
  { file, log }: Record,
  { high_mV, capacity_nAh }: Sorted,
  socAt: (mV: number, degC: number) => number,
): Track {
  const first_mV = log.voltage_mV[0]!;
  if (first_mV >= high_mV - FULL_MV) return counted(log, 1, capacity_nAh);
  if (Math.abs(log.current_nA[0]!) > restBelow_nA(log)) {
    throw new MeasurementError(
      `${file}: begins at ${volts(first_mV)} neither full (${volts(high_mV)}) nor at rest, ` +
        "so its SOC is not known; begin it with a rest, or full",
    );
  }
  return counted(log, socAt(first_mV, log.temperature_degC[0]!), capacity_nAh);
}
