// Resistance over SOC and temperature, and diffusion, from files in which the current changes:
// least squares of the core's own equations with the OCV held. Only what the files can tell is
// unknown.

import { GAIN, GAIN_SIGMA, sigmasOf, TAU_WALK } from "../dynamics.js";
import { between, OcvSurface } from "../curve.js";
import { leastSquares, type Unknown } from "../least_squares.js";
import { predict, type CellModel } from "../model.js";
import { REFERENCE_SOC, walk } from "../resistance.js";
import { type Track } from "../soc_axis.js";

/** What the files can tell; the rest stays as the start has it. */
export interface Identified {
  resistance: boolean;
  activation: boolean;
  diffusion: boolean;
}

/** Errors of a model are alike for so long: a second is no new reading (.32 at 60 s on an NMC). */
const ALIKE_S = 60;
/** A model of a cell leaves this much, mV. */
const MODEL_MV = 5;
/** And this share of the drop below the OCV: in the cold all errors are larger. */
const MODEL_SHARE = 0.2;
/** Ea/k without data: 0.35 eV, between graphite's surface and LiPON. */
const ACTIVATION_K = 4000;
const ACTIVATION_SIGMA_K = 3000;
/** ln tau as a whole. */
const TAU_SIGMA = 2;

/** What one row counts against, mV. */
function weightsOf(model: CellModel, track: Track): Float64Array {
  const { log, soc } = track;
  const ocv = new OcvSurface(model);
  return sigmasOf(model, soc).map((sigma_mV, row) => {
    const drop_mV = log.voltage_mV[row]! - ocv.voltage_mV(soc[row]!, log.temperature_degC[row]!);
    const dt_s = row === 0 ? ALIKE_S : log.t_s[row]! - log.t_s[row - 1]!;
    return (
      Math.hypot(sigma_mV, MODEL_MV, MODEL_SHARE * drop_mV) * Math.sqrt(Math.max(1, ALIKE_S / dt_s))
    );
  });
}

/** The unknowns as one vector, and back. */
function vectorOf(start: CellModel, identified: Identified) {
  const logs = start.resistance_factor.map((factor) => Math.log(factor * start.resistance_ohm));
  const unknowns: Unknown[] = [
    ...(identified.resistance ? logs.map((log) => ({ start: log, step: 0.01 })) : []),
    ...(identified.activation ? [{ start: start.activation_K, step: 10 }] : []),
    ...(identified.diffusion
      ? [...start.tau_s.map(Math.log), Math.log(start.diffusion_gain)].map((log) => ({
          ...{ start: log, step: 0.01 },
        }))
      : []),
  ];
  /** Values by name, those that are not unknown from the start. */
  const split = (values: readonly number[]) => {
    let at = 0;
    const next = (wanted: boolean, held: number[]) => {
      if (!wanted) return held;
      at += held.length;
      return values.slice(at - held.length, at);
    };
    const ln_ohm = next(identified.resistance, logs);
    const [activation_K] = next(identified.activation, [start.activation_K]) as [number];
    const ln_tau = next(identified.diffusion, start.tau_s.map(Math.log));
    const [ln_gain] = next(identified.diffusion, [Math.log(start.diffusion_gain)]) as [number];
    return { ln_ohm, activation_K, ln_tau, ln_gain };
  };
  return { unknowns, split };
}

/** Refines resistance, activation and diffusion of `start` on the tracks. */
export function fitParameters(
  start: CellModel,
  tracks: readonly Track[],
  identified: Identified,
): CellModel {
  const { unknowns, split } = vectorOf(start, identified);
  if (unknowns.length === 0) return start;
  const weights = tracks.map((track) => weightsOf(start, track));
  const ln_tau_start = start.tau_s.map(Math.log);
  const modelOf = (values: readonly number[]): CellModel => {
    const { ln_ohm, activation_K, ln_tau, ln_gain } = split(values);
    const reference = between(start.soc, ln_ohm, REFERENCE_SOC);
    return {
      ...start,
      resistance_ohm: Math.exp(reference),
      resistance_factor: ln_ohm.map((log) => Math.exp(log - reference)),
      activation_K,
      tau_s: ln_tau.map(Math.exp),
      diffusion_gain: Math.exp(ln_gain),
    };
  };
  /** What is known without the rows: neighbours are alike, and usual values. */
  const priors = (values: readonly number[]): number[] => {
    const { ln_ohm, activation_K, ln_tau, ln_gain } = split(values);
    const steps = (list: readonly number[], sigma: (soc: number) => number) =>
      start.soc.slice(1).map((soc, i) => {
        const left = start.soc[i]!;
        return (list[i + 1]! - list[i]!) / (sigma((soc + left) / 2) * Math.sqrt(soc - left));
      });
    return [
      ...steps(ln_ohm, walk),
      (activation_K - ACTIVATION_K) / ACTIVATION_SIGMA_K,
      ...steps(ln_tau, () => TAU_WALK),
      (ln_tau[0]! - ln_tau_start[0]!) / TAU_SIGMA,
      (ln_gain - Math.log(GAIN)) / GAIN_SIGMA,
    ];
  };
  const residuals = (values: readonly number[]): Float64Array => {
    const model = modelOf(values);
    const all: number[] = [];
    tracks.forEach((track, k) => {
      const { voltage_mV } = predict(model, track);
      voltage_mV.forEach((mV, row) =>
        all.push((mV - track.log.voltage_mV[row]!) / weights[k]![row]!),
      );
    });
    return Float64Array.from([...all, ...priors(values)]);
  };
  return modelOf(leastSquares(residuals, unknowns));
}
