// Where on the SOC axis each row lies. A full charge ends at SOC 1 and a full discharge at SOC 0:
// constant voltage until almost no current flows. Between two such anchors the tester's counter
// leads, and its closing error is spread over the charge that flowed.

import { MeasurementError, type Manifest } from "../characterise/manifest.js";
import { type Log } from "./log.js";

/** Full or empty: the last row of a hold at a voltage limit. */
export interface Anchor {
  row: number;
  soc: 0 | 1;
}

/** A log with SOC; rows before the first anchor are not in it. */
export interface Track {
  log: Log;
  first: number;
  soc: Float64Array;
  /** -1 on the way from full to empty, +1 back, 0 where it is neither. */
  direction: Float64Array;
  /** Largest closing error of the counter between two anchors, as a share of capacity. */
  closing_share: number;
}

/** So near to its limit a held voltage is read. */
const HELD_MV = 5;
/** A hold is over below this rate, per hour. */
const TAPER_RATE = 1 / 400;

export function anchorsOf(log: Log, manifest: Manifest): Anchor[] {
  const { label_capacity_uAh, voltage_charge_V, voltage_cut_off_V } = manifest;
  const taper_nA = label_capacity_uAh * 1000 * TAPER_RATE;
  const limits = [voltage_cut_off_V * 1000, voltage_charge_V * 1000];
  const anchors: Anchor[] = [];
  // a hold may end at no current at all; a step without any is a rest
  let flowed = false;
  for (let row = 0; row + 1 < log.t_s.length; row++) {
    const goes_on = log.step[row + 1] === log.step[row];
    const flows: boolean = flowed || log.current_nA[row] !== 0;
    flowed = goes_on && flows;
    if (goes_on || !flows || Math.abs(log.current_nA[row]!) > taper_nA) continue;
    const soc = limits.findIndex((mV) => Math.abs(log.voltage_mV[row]! - mV) < HELD_MV);
    if (soc >= 0) anchors.push({ row, soc: soc as 0 | 1 });
  }
  return anchors;
}

/** Mean charge between full and empty, nAh, over all legs of a log, and how far they differ. */
export function capacityOf(file: string, log: Log, manifest: Manifest): Capacity {
  const anchors = anchorsOf(log, manifest);
  const legs_nAh = anchors.slice(1).flatMap((end, i) => {
    const start = anchors[i]!;
    if (start.soc === end.soc) return [];
    return [Math.abs(log.charge_nAh[end.row]! - log.charge_nAh[start.row]!)];
  });
  if (legs_nAh.length === 0) {
    throw new MeasurementError(
      `${file}: no way from a full charge to a full discharge or back; ` +
        "record one, held at both limits until the current is below C/400",
    );
  }
  const mean_nAh = legs_nAh.reduce((sum, leg) => sum + leg, 0) / legs_nAh.length;
  const spread_nAh = Math.max(...legs_nAh) - Math.min(...legs_nAh);
  return { capacity_nAh: mean_nAh, spread_share: spread_nAh / mean_nAh };
}

export interface Capacity {
  capacity_nAh: number;
  /** Longest minus shortest leg, as a share. */
  spread_share: number;
}

/** Puts a log on the SOC axis. Throws MeasurementError when it contains no anchor. */
export function trackOf(file: string, log: Log, manifest: Manifest, capacity_nAh: number): Track {
  const anchors = anchorsOf(log, manifest);
  const start = anchors[0];
  if (start === undefined) {
    throw new MeasurementError(`${file}: no full charge; begin with one, held until below C/400`);
  }
  const rows = log.t_s.length;
  const soc = new Float64Array(rows).fill(start.soc);
  const direction = new Float64Array(rows);
  let closing_share = 0;
  anchors.forEach((from, i) => {
    const to = anchors[i + 1];
    const end = to?.row ?? rows - 1;
    const flowed = flowedShare(log, from.row, end);
    const counted = (row: number) =>
      from.soc + (log.charge_nAh[row]! - log.charge_nAh[from.row]!) / capacity_nAh;
    const closing = to === undefined ? 0 : to.soc - counted(end);
    closing_share = Math.max(closing_share, Math.abs(closing));
    for (let row = from.row; row <= end; row++) {
      soc[row] = counted(row) + closing * flowed[row - from.row]!;
      direction[row] = to === undefined ? 1 - 2 * from.soc : to.soc - from.soc;
    }
  });
  return { log, first: start.row, soc, direction, closing_share };
}

/** Share of all charge that flowed either way between two rows, at each row between. */
function flowedShare(log: Log, from: number, to: number): Float64Array {
  const sums = new Float64Array(to - from + 1);
  for (let row = from + 1; row <= to; row++) {
    const moved = Math.abs(log.charge_nAh[row]! - log.charge_nAh[row - 1]!);
    sums[row - from] = sums[row - from - 1]! + moved;
  }
  const total = sums.at(-1)!;
  return total > 0 ? sums.map((sum) => sum / total) : sums;
}
