// Resistance from the edges of pulses: the step of the voltage over the step of the current within
// the tester's first reading, from rest. ln R is linear in everything that is unknown:
//
//   ln R = ln(R25 f(z)) + Ea/k (1/T - 1/298.15 K)

import { MeasurementError } from "../characterise/manifest.js";
import { between } from "./curve.js";
import { throughNodes, type Point } from "./tables.js";
import { type Track } from "./soc_axis.js";

/** One pulse from rest. */
export interface Edge {
  soc: number;
  temperature_degC: number;
  resistance_ohm: number;
  /** Relative error of this edge from noise and resolution, one sigma. */
  sigma: number;
  charging: boolean;
}

export interface Resistance {
  resistance_ohm: number;
  factor: number[];
  activation_K: number;
  /** RMS of ln R beyond what the model says, and of that 25 degC alone. */
  rms_share: number;
  /** Mean charging over mean discharging resistance, minus 1. */
  asymmetry_share: number;
  edges: number;
  /** Lowest and highest temperature of the edges. */
  temperatures_degC: [number, number];
}

/** A first reading later than this has diffusion in it. */
const FIRST_S = 1;
/** Edges smaller than so many sigma tell little. */
const CLEAR_SIGMA = 50;
/** The second reading may be off the first by this share of the edge. */
const RUNS_ON = 0.1;
/** Below, a surface is too near to empty for an edge. */
const EDGE_SOC_MIN = 0.025;
/** What pulses of one specimen scatter beside noise. */
const SCATTER = 0.03;
const KELVIN = 273.15;
/** Charge transfer goes as 1 / sqrt(x (1 - x)): ln f changes near the ends, little between. */
export const walk = (soc: number) => 0.2 / Math.sqrt(Math.max(soc * (1 - soc), 0.02));
/** Where f is 1. */
export const REFERENCE_SOC = 0.5;

/** All pulses from rest in a track; `noise_mV` of one reading. */
export function edgesOf({ log, first, soc }: Track, noise_mV: number): Edge[] {
  const edges: Edge[] = [];
  for (let row = first; row + 1 < soc.length; row++) {
    const started = log.current_nA[row] === 0 && log.current_nA[row + 1] !== 0;
    const steady = log.temperature_degC[row] === log.temperature_degC[row + 1];
    if (!started || !steady || log.t_s[row + 1]! - log.t_s[row]! > FIRST_S) continue;
    if (soc[row]! < EDGE_SOC_MIN) continue;
    const current_nA = log.current_nA[row + 1]!;
    const rise_mV = log.voltage_mV[row + 1]! - log.voltage_mV[row]!;
    // where the voltage runs on as fast as it rose there is no edge: the surface is nearly empty
    const next_mV = (log.voltage_mV[row + 2] ?? NaN) - log.voltage_mV[row + 1]!;
    if (!(Math.abs(next_mV) < RUNS_ON * Math.abs(rise_mV))) continue;
    const sigma = (Math.SQRT2 * noise_mV) / Math.abs(rise_mV);
    const resistance_ohm = (rise_mV / current_nA) * 1e6;
    if (!(resistance_ohm > 0 && sigma < 1 / CLEAR_SIGMA)) continue;
    const temperature_degC = log.temperature_degC[row]!;
    const charging = current_nA > 0;
    edges.push({ soc: soc[row]!, temperature_degC, resistance_ohm, sigma, charging });
  }
  return edges;
}

const per_K = ({ temperature_degC }: Edge) => 1 / (temperature_degC + KELVIN) - 1 / 298.15;

/** Throws MeasurementError when the edges cannot tell resistance and activation apart. */
export function fitResistance(nodes: readonly number[], edges: readonly Edge[]): Resistance {
  const temperatures = edges.map(({ temperature_degC }) => temperature_degC);
  const [coldest, hottest] = [Math.min(...temperatures), Math.max(...temperatures)];
  if (edges.length < 10 || hottest - coldest < 15) {
    throw new MeasurementError(
      `${edges.length} clear pulses over ${edges.length > 0 ? hottest - coldest : 0} K, ` +
        "it must be at least 10 over 15 K; record pulses from rest at several temperatures",
    );
  }
  const points = edges.map((edge): Point => ({
    soc: edge.soc,
    value: Math.log(edge.resistance_ohm),
    sigma: Math.hypot(edge.sigma, SCATTER),
    factors: [per_K(edge)],
  }));
  const solved = throughNodes(nodes, points, walk, [{ value: 0, sigma: 1e5 }]);
  const logs = solved.slice(0, nodes.length);
  const activation_K = solved.at(-1)!;
  const reference = between(nodes, logs, REFERENCE_SOC);
  const off = edges.map(
    (edge, i) => points[i]!.value - between(nodes, logs, edge.soc) - activation_K * per_K(edge),
  );
  const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  return {
    resistance_ohm: Math.exp(reference),
    factor: logs.map((value) => Math.exp(value - reference)),
    activation_K,
    rms_share: Math.sqrt(mean(off.map((x) => x * x))),
    asymmetry_share:
      mean(off.filter((_, i) => edges[i]!.charging)) -
      mean(off.filter((_, i) => !edges[i]!.charging)),
    edges: edges.length,
    temperatures_degC: [coldest, hottest],
  };
}
