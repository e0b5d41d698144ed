// dU/dT from rests at several temperatures with the same charge: the slope of the rest voltage over
// temperature (potentiometric method).

import { type Track } from "./soc_axis.js";
import { throughNodes, type Point } from "./tables.js";

export interface Entropy {
  dudt_mV_K: number[];
  /** How many SOC it was measured at, and the RMS of the rest voltages off their lines. */
  points: number;
  rms_mV: number;
}

interface Rest {
  soc: number;
  temperature_degC: number;
  voltage_mV: number;
}

/** A rest shorter than this has not settled. */
const SETTLED_S = 1800;
/** Rests belong together within this much SOC. */
const SAME_SOC = 0.005;
/** A line needs temperatures so far apart. */
const RANGE_K = 10;
/** How far dU/dT may change, mV/K per root of SOC. */
const walk = () => 0.5;

/** The last row of every settled rest. */
function restsOf({ log, first, soc }: Track): Rest[] {
  const rests: Rest[] = [];
  let start_s = log.t_s[first]!;
  for (let row = first; row + 1 < soc.length; row++) {
    if (log.step[row] === log.step[row + 1]) continue;
    if (log.current_nA[row] === 0 && log.t_s[row]! - start_s >= SETTLED_S) {
      const temperature_degC = log.temperature_degC[row]!;
      rests.push({ soc: soc[row]!, temperature_degC, voltage_mV: log.voltage_mV[row]! });
    }
    start_s = log.t_s[row]!;
  }
  return rests;
}

/** Rests one after another at about the same SOC. */
function groupsOf(rests: readonly Rest[]): Rest[][] {
  const groups: Rest[][] = [];
  for (const rest of rests) {
    const last = groups.at(-1);
    if (last !== undefined && Math.abs(last[0]!.soc - rest.soc) < SAME_SOC) last.push(rest);
    else groups.push([rest]);
  }
  return groups;
}

/** Zero everywhere when no rest was repeated at another temperature. */
export function fitEntropy(nodes: readonly number[], tracks: readonly Track[]): Entropy {
  const points: Point[] = [];
  const off_mV: number[] = [];
  for (const group of tracks.flatMap((track) => groupsOf(restsOf(track)))) {
    const mean = (of: (rest: Rest) => number) =>
      group.reduce((sum, rest) => sum + of(rest), 0) / group.length;
    const degC = mean(({ temperature_degC }) => temperature_degC);
    const mV = mean(({ voltage_mV }) => voltage_mV);
    const warm = group.map((rest) => rest.temperature_degC - degC);
    const spread_K2 = warm.reduce((sum, K) => sum + K * K, 0);
    if (Math.max(...warm) - Math.min(...warm) < RANGE_K) continue;
    const joint = group.reduce((sum, rest, i) => sum + (rest.voltage_mV - mV) * warm[i]!, 0);
    const slope = joint / spread_K2;
    group.forEach((rest, i) => off_mV.push(rest.voltage_mV - mV - slope * warm[i]!));
    points.push({ soc: mean(({ soc }) => soc), value: slope, sigma: 0.01 });
  }
  if (points.length === 0) return { dudt_mV_K: nodes.map(() => 0), points: 0, rms_mV: 0 };
  const square = off_mV.reduce((sum, mV) => sum + mV * mV, 0) / off_mV.length;
  return {
    dudt_mV_K: throughNodes(nodes, points, walk),
    points: points.length,
    rms_mV: Math.sqrt(square),
  };
}
