// OCV tables from slow discharges with all dynamics removed: each is made anew for every set of
// elements that the fit tries, so that OCV and elements never contradict each other.
//
// Point by point the terminal voltage without the drop, where the surface was. Counters and
// voltages of two slow discharges differ: each has an offset and a stretch of its SOC, and all
// share a correction over SOC, for C/20 is not quite slow.

import { between } from "../../curve.js";
import { type Track } from "../../soc_axis.js";
import { NODES } from "./elements.js";
import { rowsOf, type Rows } from "./rows.js";
import { emptyRun, runElements, type Prepared, type Run } from "./run.js";
import { COMMON_SOC, type Values } from "./unknowns.js";

/** A slow discharge, and a charge back where it closes. */
export interface SlowRows {
  rows: Rows;
  /** -1 discharging, 1 charging. */
  direction: Float64Array;
  degC: number;
  /** Voltage at rest of a full cell at this temperature; undefined: no file shows it. */
  full_mV: number | undefined;
  /** Whether its temperature was seen under load: else its own errors show nowhere. */
  seen: boolean;
  run: Run;
}

/** Beside a full voltage at rest, rows so near to full are none of the curve. */
const TOP_SOC = 0.985;
/** Rows nearer than this are one. */
const NEAR_SOC = 1e-4;
/** Below what the reference reached its curve goes on at most so steeply, mV per SOC, as steeply
 * as over so much of SOC above. */
const FALL_MAX_MV = 40000;
const FALL_SOC = 0.01;
/** A curve rises by at least this from node to node. */
const RISE_MV = 0.01;

export function slowRowsOf(
  track: Track,
  capacity_nAh: number,
  degC: number,
  full_mV: number | undefined,
): Omit<SlowRows, "seen"> {
  const last = track.direction.findLastIndex((direction) => direction !== 0);
  const rows = rowsOf(track, capacity_nAh, last + 1);
  // its current flows since a row before the first
  rows.dt_s[0] = rows.dt_s[1]!;
  rows.mean_C[0] = rows.now_C[0]!;
  return { rows, direction: track.direction, degC, full_mV, run: emptyRun(rows.count) };
}

interface Points {
  soc: number[];
  mV: number[];
}

/** Rising points of the legs in one direction. */
function pointsOf({ rows, direction, full_mV, run }: SlowRows, sign: number, offset_mV: number) {
  const points: Points = { soc: [], mV: [] };
  const { count, voltage_mV } = rows;
  let above = -Infinity;
  for (let i = 0; i < count; i++) {
    const row = sign < 0 ? count - 1 - i : i;
    const at = run.surface[row]!;
    if (direction[row] !== sign || at < above + NEAR_SOC) continue;
    if (full_mV !== undefined && at >= TOP_SOC) break;
    points.soc.push(at);
    points.mV.push(voltage_mV[row]! - run.drop_mV[row]! + offset_mV);
    above = at;
  }
  if (full_mV !== undefined && points.soc.length > 0) {
    points.soc.push(1);
    points.mV.push(full_mV);
  }
  return points;
}

/** Points at the nodes, straight between them and beyond the last; NaN below the first. */
function atNodes({ soc, mV }: Points): number[] {
  let at = 0;
  return NODES.map((node) => {
    if (!(node >= soc[0]!)) return NaN;
    while (at + 2 < soc.length && soc[at + 1]! < node) at++;
    const share = (node - soc[at]!) / (soc[at + 1]! - soc[at]!);
    return mV[at]! + share * (mV[at + 1]! - mV[at]!);
  });
}

/** Fills in below what a discharge reached: as `like` goes on, or straight down. */
function downwards(values: number[], low: Points, like: readonly number[] | undefined): number[] {
  const first = values.findIndex((mV) => !Number.isNaN(mV));
  if (first <= 0) return values;
  if (like !== undefined) {
    const shift_mV = values[first]! - like[first]!;
    return values.map((mV, i) => (i < first ? like[i]! + shift_mV : mV));
  }
  const { soc, mV } = low;
  const next = soc.findIndex((z) => z >= soc[0]! + FALL_SOC);
  const rise = (mV[next]! - mV[0]!) / (soc[next]! - soc[0]!);
  const fall = Math.min(Math.max(rise, 0), FALL_MAX_MV);
  return values.map((value, i) => (i < first ? mV[0]! - fall * (soc[0]! - NODES[i]!) : value));
}

/** The correction that all tables share, at a node; none beyond its ends. */
function commonAt(common_mV: readonly number[], soc: number): number {
  const beyond = soc < COMMON_SOC[0] || soc > COMMON_SOC.at(-1)!;
  return beyond ? 0 : between(COMMON_SOC, common_mV, soc);
}

/** OCV at NODES of each slow discharge; that at `reference` first makes the others complete. */
export function slowTables(
  slow: readonly SlowRows[],
  reference: number,
  prepared: Prepared,
  { offset_mV, stretch, common_mV }: Omit<Values, "elements">,
): number[][] {
  const common = NODES.map((soc) => commonAt(common_mV, soc));
  const seen = (k: number, like?: readonly number[]): number[] => {
    const each = slow[k]!;
    const soc = each.rows.soc.map((z) => 1 + (z - 1) * (1 + stretch[k]!));
    runElements(prepared, each.rows, each.run, soc);
    const down = pointsOf(each, -1, offset_mV[k]!);
    const up = pointsOf(each, 1, offset_mV[k]!);
    const charged = up.soc.length > 1 ? atNodes(up) : [];
    const values = atNodes(down).map((mV, i) => {
      const other = charged[i] ?? NaN;
      return Number.isNaN(other) ? mV : (mV + other) / 2;
    });
    return downwards(values, down, like);
  };
  const whole = seen(reference);
  return slow.map((_, k) => {
    const values = k === reference ? whole : seen(k, whole);
    let least = -Infinity;
    return values.map((mV, i) => {
      least = Math.max(mV + common[i]!, least + RISE_MV);
      return least;
    });
  });
}
