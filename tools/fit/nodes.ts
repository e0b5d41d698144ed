// Where the nodes of the tables lie: few, and where the curve needs them. Greedy insertion, then
// exchange, against a dense curve; the error is that of the core's monotone cubic.

import { OcvCurve } from "./curve.js";

/** A dense measured curve, SOC rising from 0 to 1. */
export interface DenseCurve {
  soc: number[];
  ocv_mV: number[];
  /** What an error of the OCV counts against, one sigma, at each point, mV. */
  sigma_mV: number[];
}

const NODES_MAX = 16;
/** Companion tables want a node at least so often; more often where the cell is nearly empty. */
const GAP_MAX = 0.15;
const GAP_MAX_EMPTY = 0.06;
/** Nodes closer than this are one; more so above the knee. */
const GAP_MIN = 0.0015;
const GAP_SHARE = 0.2;
const KNEE_SOC = 0.1;
const EXCHANGES = 4;

/** Mean square error in sigmas of the cubic through the points of `curve` with these indices. */
function errorOf(curve: DenseCurve, chosen: readonly number[]): number {
  const cubic = new OcvCurve(
    chosen.map((i) => curve.soc[i]!),
    chosen.map((i) => curve.ocv_mV[i]!),
  );
  let sum = 0;
  for (let i = 1; i < curve.soc.length; i++) {
    const off = (cubic.voltage_mV(curve.soc[i]!) - curve.ocv_mV[i]!) / curve.sigma_mV[i]!;
    sum += off * off * (curve.soc[i]! - curve.soc[i - 1]!);
  }
  const wide = chosen.slice(1).reduce((all, i, k) => {
    const left = curve.soc[chosen[k]!]!;
    const gap_max = Math.min(GAP_MAX, GAP_MAX_EMPTY + left / 2);
    return all + Math.max(curve.soc[i]! - left - gap_max, 0);
  }, 0);
  return sum + 1e3 * wide;
}

const rising = (indices: number[]) => indices.sort((a, b) => a - b);

/** The candidate that lowers the error most when it joins; undefined: none fits. */
function bestWith(curve: DenseCurve, chosen: readonly number[]): number[] | undefined {
  let best: number[] | undefined;
  let least = Infinity;
  for (let i = 1; i + 1 < curve.soc.length; i++) {
    const gap = GAP_MIN + GAP_SHARE * Math.min(curve.soc[i]!, KNEE_SOC);
    const near = chosen.some((k) => Math.abs(curve.soc[i]! - curve.soc[k]!) < gap);
    if (near) continue;
    const tried = rising([...chosen, i]);
    const error = errorOf(curve, tried);
    if (error >= least) continue;
    least = error;
    best = tried;
  }
  return best;
}

/** SOC of at most `most` nodes, 0 and 1 among them. */
export function chooseNodes(curve: DenseCurve, most = NODES_MAX): number[] {
  let chosen = [0, curve.soc.length - 1];
  while (chosen.length < most) {
    const more = bestWith(curve, chosen);
    if (more === undefined) break;
    chosen = more;
  }
  for (let round = 0; round < EXCHANGES; round++) {
    const before = errorOf(curve, chosen);
    for (const node of chosen.slice(1, -1)) {
      const tried = bestWith(
        curve,
        chosen.filter((i) => i !== node),
      );
      if (tried !== undefined && errorOf(curve, tried) < errorOf(curve, chosen)) chosen = tried;
    }
    if (errorOf(curve, chosen) > 0.99 * before) break;
  }
  return chosen.map((i) => curve.soc[i]!);
}
