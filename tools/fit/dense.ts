// The OCV as a dense curve: the mean of a slow discharge and a slow charge, both freed from the
// drop across the resistance and put where the surface of the cathode was, not its mean.

import { MeasurementError } from "../characterise/manifest.js";
import { between } from "./curve.js";
import { arrhenius, type CellModel } from "./model.js";
import { type DenseCurve } from "./nodes.js";
import { type Track } from "./soc_axis.js";

/** What counts as one sigma of the OCV: a voltage, and an error along the SOC axis. */
export const OCV_SIGMA_MV = 1;
export const SOC_SIGMA = 0.004;

/** From 0: denser where the voltage falls off the knee. */
const GRID = [
  ...[0, 0.001, 0.002, 0.003, 0.0045, 0.006, 0.008, 0.01, 0.0125, 0.015, 0.02, 0.025, 0.03],
  ...Array.from({ length: 96 }, (_, i) => (4 + i) / 100),
  1,
].filter((soc, i, all) => i === 0 || soc > all[i - 1]! + 1e-9);

/** Points of a leg nearer than this are one. */
const NEAR_SOC = 1e-4;
/** A leg of fewer points is none. */
export const POINTS_MIN = 20;
/** A current below this share of the leg's is a hold, not the slow current itself. */
const STEADY = 0.98;
/** The curve rises by at least this from point to point. */
const RISE_MV = 0.01;

/** Rising pairs of one leg at constant current: SOC of the surface, and the OCV there. */
export type SlowLeg = readonly { soc: number; mV: number }[];

/** The leg of a slow cycle in a direction; empty where there is none. */
export function legOf(
  track: Track,
  model: CellModel,
  surface: Float64Array,
  direction: number,
): SlowLeg {
  const { log } = track;
  const legs: { soc: number; mV: number }[] = [];
  let rate_nA = 0;
  for (let row = track.first; row < track.soc.length; row++) {
    const current_nA = log.current_nA[row]!;
    if (track.direction[row] !== direction || current_nA * direction <= 0) continue;
    rate_nA = Math.max(rate_nA, Math.abs(current_nA));
    if (Math.abs(current_nA) < STEADY * rate_nA) continue;
    const at = surface[row]!;
    const ohm =
      model.resistance_ohm *
      between(model.soc, model.resistance_factor, at) *
      arrhenius(model.activation_K, log.temperature_degC[row]!);
    legs.push({ soc: at, mV: log.voltage_mV[row]! - current_nA * 1e-6 * ohm });
  }
  if (direction < 0) legs.reverse();
  return legs.filter(({ soc }, i) => i === 0 || soc > legs[i - 1]!.soc + NEAR_SOC);
}

/** Straight between the points of a leg, and beyond its ends. */
export function along(leg: SlowLeg, soc: number): number {
  let at = 0;
  while (at + 2 < leg.length && leg[at + 1]!.soc < soc) at++;
  const [left, right] = [leg[at]!, leg[at + 1]!];
  const t = (soc - left.soc) / (right.soc - left.soc);
  return left.mV + Math.min(Math.max(t, -1), 2) * (right.mV - left.mV);
}

/** The curve of a slow cycle whose surface is at `surface`. Throws MeasurementError. */
export function denseCurve(
  file: string,
  track: Track,
  model: CellModel,
  surface: Float64Array,
): DenseCurve {
  const down = legOf(track, model, surface, -1);
  const up = legOf(track, model, surface, 1);
  const fewest = Math.min(down.length, up.length);
  if (fewest < POINTS_MIN) {
    throw new MeasurementError(
      `${file}: ${fewest} rows of slow discharge or charge, it must have at least ${POINTS_MIN} ` +
        "of each between a full and an empty cell",
    );
  }
  return curveOf((soc) => (along(down, soc) + along(up, soc)) / 2);
}

/** A dense curve through what `at_mV` says, made to rise. */
export function curveOf(at_mV: (soc: number) => number): DenseCurve {
  const ocv_mV: number[] = [];
  for (const soc of GRID) {
    ocv_mV.push(Math.max(at_mV(soc), (ocv_mV.at(-1) ?? -Infinity) + RISE_MV));
  }
  const sigma_mV = GRID.map((_, i) => {
    const [before, after] = [Math.max(i - 1, 0), Math.min(i + 1, GRID.length - 1)];
    const slope = (ocv_mV[after]! - ocv_mV[before]!) / (GRID[after]! - GRID[before]!);
    return Math.hypot(OCV_SIGMA_MV, slope * SOC_SIGMA);
  });
  return { soc: GRID, ocv_mV, sigma_mV };
}
