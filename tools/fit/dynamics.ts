// OCV and diffusion together: the values that make the core's own equations follow slow cycles,
// pulses and relaxations best (least squares by Levenberg and Marquardt).
//
// Unknown: OCV and ln tau at the nodes, the logarithm of the gain, and half the gap between charge
// and discharge that neither resistance nor diffusion explains (hysteresis; Plett, J. Power Sources
// 134 (2004) 262). The core has no hysteresis: it is told the middle.

import { OcvCurve } from "./curve.js";
import { OCV_SIGMA_MV, SOC_SIGMA } from "./dense.js";
import { leastSquares } from "./least_squares.js";
import { predict, type CellModel } from "./model.js";
import { type Track } from "./soc_axis.js";

export interface Dynamics {
  model: CellModel;
  hysteresis_mV: number;
}

/** ln tau between neighbours, one sigma per root of their distance: LiCoO2 falls by 26 over 0.3. */
export const TAU_WALK = 4;
/** Between 0.6 (both faces see the flux alike) and 1 (one face). */
export const GAIN = 0.8;
export const GAIN_SIGMA = 0.2;
const HYSTERESIS_SIGMA_MV = 20;
/** Charge over which the direction is forgotten, per unit of SOC. */
const FORGETS = 20;
/** The dense curve is believed at the nodes within so many sigmas. */
const DENSE_SIGMAS = 10;
/** OCV may not fall from node to node, by less than this rise in mV. */
const RISE_MV = 0.05;

/** Value of the hysteresis of every row over its half gap: -1 after discharge, 1 after charge. */
function historyOf({ first, soc, direction }: Track): Float64Array {
  const history = new Float64Array(soc.length);
  // the first anchor was reached by a charge or by a discharge
  let h = soc[first]! > 0.5 ? 1 : -1;
  for (let row = first + 1; row < soc.length; row++) {
    const towards = direction[row]!;
    h += (towards - h) * (1 - Math.exp(-FORGETS * Math.abs(soc[row]! - soc[row - 1]!)));
    history[row] = h;
  }
  return history;
}

/** Each value at least RISE_MV above the one before. */
function risen(values: readonly number[]): number[] {
  const out: number[] = [];
  for (const mV of values) out.push(Math.max(mV, (out.at(-1) ?? -Infinity) + RISE_MV));
  return out;
}

function modelWith(start: CellModel, values: readonly number[]): CellModel {
  const nodes = start.soc.length;
  return {
    ...start,
    ocv_mV: risen(values.slice(0, nodes)),
    tau_s: values.slice(nodes, 2 * nodes).map(Math.exp),
    diffusion_gain: Math.exp(values[2 * nodes]!),
  };
}

/** What is known without the rows, as residuals in sigmas. */
function priors(start: CellModel, sigma_mV: Float64Array, values: readonly number[]): number[] {
  const nodes = start.soc.length;
  const stays = start.ocv_mV.map((mV, i) => (values[i]! - mV) / (DENSE_SIGMAS * sigma_mV[i]!));
  const walks = start.soc.slice(1).map((soc, i) => {
    const step = values[nodes + i + 1]! - values[nodes + i]!;
    return step / (TAU_WALK * Math.sqrt(soc - start.soc[i]!));
  });
  return [
    ...stays,
    ...walks,
    (values[2 * nodes]! - Math.log(GAIN)) / GAIN_SIGMA,
    values[2 * nodes + 1]! / HYSTERESIS_SIGMA_MV,
  ];
}

/** One sigma of every row: a voltage error, and an error along the SOC axis where OCV is steep. */
export function sigmasOf(model: CellModel, soc: ArrayLike<number>): Float64Array {
  const curve = new OcvCurve(model.soc, model.ocv_mV);
  return Float64Array.from(soc, (z) => {
    curve.voltage_mV(z);
    return Math.hypot(OCV_SIGMA_MV, curve.slope_mV * SOC_SIGMA);
  });
}

/** Refines OCV, tau and gain of `start` on the tracks. */
export function fitDynamics(start: CellModel, tracks: readonly Track[]): Dynamics {
  const sigmas = tracks.map(({ soc }) => sigmasOf(start, soc));
  const sigma_mV = sigmasOf(start, start.soc);
  const histories = tracks.map(historyOf);
  const residuals = (values: readonly number[]): Float64Array => {
    const model = modelWith(start, values);
    const gap_mV = values.at(-1)!;
    const all: number[] = [];
    tracks.forEach((track, k) => {
      const { voltage_mV } = predict(model, track);
      for (let row = track.first; row < voltage_mV.length; row++) {
        const predicted_mV = voltage_mV[row]! + gap_mV * histories[k]![row]!;
        all.push((predicted_mV - track.log.voltage_mV[row]!) / sigmas[k]![row]!);
      }
    });
    return Float64Array.from([...all, ...priors(start, sigma_mV, values)]);
  };
  const unknowns = [
    ...start.ocv_mV.map((mV) => ({ start: mV, step: 0.1 })),
    ...start.tau_s.map((tau_s) => ({ start: Math.log(tau_s), step: 0.01 })),
    { start: Math.log(start.diffusion_gain), step: 0.01 },
    { start: 0, step: 0.1 },
  ];
  const values = leastSquares(residuals, unknowns);
  return { model: modelWith(start, values), hysteresis_mV: values.at(-1)! };
}
