// What a node's sensors make of a record: which rows it wakes at, and what it reads there. Every
// fault that can be injected is here, so that firmware and reference never see the same error.

import { Random } from "../../host/sim/random.js";
import { atReading_nA, lateShare, momentsOf } from "../fit/measured/moments.js";
import { RecordError } from "./record_error.js";
import { type CellRecord } from "./record.js";

/** Where the charge of an interval comes from. */
export const CHARGES = ["trapezoid", "mean", "counter"] as const;
export type ChargeFrom = (typeof CHARGES)[number];

export interface Sensing {
  charge: ChargeFrom;
  /** Wakes so far apart; 0: at every row. */
  every_s: number;
  /** A counter integrates between the wakes; else the current at the wake counts for all of it. */
  integrated: boolean;
  /** Share of wakes that never happen. */
  dropout: number;
  /** Of the current sensor: a share of the current that empties the capacity in an hour, ratio, and
   * one sigma of its noise as a share of the same current. */
  current_offset_C: number;
  current_gain: number;
  current_noise_C: number;
  /** Of the voltage sensor. */
  voltage_offset_mV: number;
  voltage_gain: number;
  voltage_noise_mV: number;
  /** 0: as the record has it. */
  adc_bits: number;
  adc_range_mV: number;
  /** No sensor: the mean current since the last wake is booked, wrong by this ratio; undefined:
   * there is a sensor. */
  booked_gain: number | undefined;
}

export const SOUND: Sensing = {
  charge: "trapezoid",
  every_s: 0,
  integrated: true,
  dropout: 0,
  current_offset_C: 0,
  current_gain: 1,
  current_noise_C: 0,
  voltage_offset_mV: 0,
  voltage_gain: 1,
  voltage_noise_mV: 0,
  adc_bits: 0,
  adc_range_mV: 5000,
  booked_gain: undefined,
};

/** Without a current sensor a program books its means once a minute. */
export const BOOKING_S = 60;

/** A wake of the node. */
export interface Wake {
  /** Of the record. */
  row: number;
  /** Since the last wake. */
  dt_s: number;
  voltage_mV: number;
  temperature_degC: number | undefined;
  /** Current as it was read; as a program knows it where nothing reads it. */
  current_nA: number;
  /** What flowed since the last wake, as the node counts it. */
  charge_nC: number;
}

const NC_PER_NAH = 3600;

/** Charge into the cell up to each row, nC. */
function flowOf(record: CellRecord, from: ChargeFrom): Float64Array {
  const { t_s, current_nA, counter_nAh, begins } = record;
  if (from === "counter") {
    if (counter_nAh === undefined) {
      throw new RecordError(
        `${record.file}: has no counter; take trapezoid or mean for the charge`,
      );
    }
    const first_nAh = counter_nAh[0]!;
    return counter_nAh.map((nAh) => (nAh - first_nAh) * NC_PER_NAH);
  }
  const flow_nC = new Float64Array(t_s.length);
  for (let row = 1; row < t_s.length; row++) {
    const last_nA = from === "mean" ? current_nA[row]! : current_nA[row - 1]!;
    const dt_s = begins.includes(row) ? 0 : t_s[row]! - t_s[row - 1]!;
    flow_nC[row] = flow_nC[row - 1]! + ((last_nA + current_nA[row]!) / 2) * dt_s;
  }
  return flow_nC;
}

/** Rows further apart are not neighbours of one second. */
const NEIGHBOURS_S = 3;

/**
 * Current while the voltage of each row was read. Where rows hold means of the time before them,
 * the reading itself lies between two of them: where, the steps of the voltage tell (as in the
 * fit).
 */
function currentsAt(record: CellRecord, from: ChargeFrom): Float64Array {
  const { t_s, current_nA } = record;
  const share = from === "mean" ? lateShare(momentsOf(record)) : 0;
  const late_nA = atReading_nA(current_nA, share);
  const near = (row: number) => t_s[row + 1]! - t_s[row]! < NEIGHBOURS_S;
  return current_nA.map((nA, row) => (near(row) ? late_nA[row]! : nA));
}

/** Rows at which the node wakes: the first that is due, unless it is lost. */
function wakeRows(t_s: Float64Array, from: number, sensing: Sensing, random: Random): number[] {
  const booked_s = sensing.booked_gain === undefined ? 0 : BOOKING_S;
  const every_s = Math.max(sensing.every_s, booked_s);
  const rows = [from];
  let due_s = t_s[from]! + every_s;
  for (let row = from + 1; row < t_s.length; row++) {
    if (t_s[row]! < due_s) continue;
    due_s = Math.max(due_s + every_s, t_s[row]!);
    if (sensing.dropout === 0 || random.uniform() >= sensing.dropout) rows.push(row);
  }
  return rows;
}

/** Time between two rows in which the cell rested between files. */
const restBetween = ({ t_s, begins }: CellRecord, before: number, row: number): number =>
  begins
    .filter((begin) => begin > before && begin <= row)
    .reduce((sum, begin) => sum + t_s[begin]! - t_s[begin - 1]!, 0);

/** The wakes of a node from row `from` on. The same seed gives the same. Throws RecordError. */
export function wakesOf(
  record: CellRecord,
  sensing: Sensing,
  capacity_nAh: number,
  from: number,
  seed: number,
): Wake[] {
  const { t_s, voltage_mV, temperature_degC } = record;
  const now_nA = currentsAt(record, sensing.charge);
  const random = new Random(seed);
  const flow_nC = flowOf(record, sensing.charge);
  const lsb_mV = sensing.adc_bits === 0 ? 0 : sensing.adc_range_mV / 2 ** sensing.adc_bits;
  const offset_nA = sensing.current_offset_C * capacity_nAh;
  const noisy = (sigma: number) => (sigma === 0 ? 0 : sigma * random.normal());
  const readVoltage = (true_mV: number) => {
    const { voltage_gain, voltage_offset_mV, voltage_noise_mV } = sensing;
    const mV = true_mV * voltage_gain + voltage_offset_mV + noisy(voltage_noise_mV);
    return lsb_mV === 0 ? mV : lsb_mV * Math.round(mV / lsb_mV);
  };
  const rows = wakeRows(t_s, from, sensing, random);
  return rows.map((row, i) => {
    const before = rows[i - 1] ?? row;
    const dt_s = t_s[row]! - t_s[before]!;
    const rest_s = restBetween(record, before, row);
    const moved_nC = flow_nC[row]! - flow_nC[before]!;
    const error_nA = offset_nA + noisy(sensing.current_noise_C * capacity_nAh);
    const read_nA = sensing.current_gain * now_nA[row]! + error_nA;
    const counted_nC = sensing.current_gain * moved_nC + error_nA * dt_s;
    const booked_nC = moved_nC * (sensing.booked_gain ?? 1);
    const sensed_nC = sensing.integrated ? counted_nC : read_nA * (dt_s - rest_s);
    return {
      row,
      dt_s,
      voltage_mV: readVoltage(voltage_mV[row]!),
      temperature_degC: temperature_degC?.[row],
      current_nA: sensing.booked_gain === undefined ? read_nA : now_nA[row]! * sensing.booked_gain,
      charge_nC: sensing.booked_gain === undefined ? sensed_nC : booked_nC,
    };
  });
}
