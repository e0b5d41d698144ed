// How good a fit is: what it leaves of each file, and what follows for the sigmas of a profile.

import { type Manifest } from "../characterise/manifest.js";
import { OcvCurve } from "./curve.js";
import { predict, type CellModel, type Prediction } from "./model.js";
import { type Resistance } from "./resistance.js";
import { type Track } from "./soc_axis.js";

export interface Quality<Name extends string = string> {
  /** A procedure of the laboratory, or a file. */
  procedure: Name;
  rows: number;
  /** Whether the fit saw this file; the check is only judged by. */
  fitted: boolean;
  /**
   * Predicted minus measured above the knee: RMS of all rows, of means over minutes, of rows at
   * rest, and the worst.
   */
  rms_mV: number;
  minute_rms_mV: number;
  rest_rms_mV: number;
  worst_mV: number;
  /** Below the knee the OCV is steep: RMS of the error over its slope; undefined: no rows there. */
  knee_rms_share: number | undefined;
}

/** What the core is told of its own errors; undefined: the data cannot tell. */
export type FitSigmas = { voltage_sigma_mV: number; hysteresis_mV: number } & Partial<
  Record<"soc_sigma" | "resistance_sigma", number>
>;

/** A smaller gap is no hysteresis: instruments and the fit leave as much. */
const GAP_LEAST_MV = 2;
/** Below, OCV falls steeply. */
export const KNEE_SOC = 0.1;
const MINUTE_S = 60;
/** Even behind the knee an error counts against at least this slope. */
const SLOPE_MIN_MV = 100;

const rms = (values: readonly number[]) =>
  values.length === 0 ? 0 : Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);

/** RMS of the means of `off_mV` over minutes, each by its rows. */
function minuteRms(minutes: readonly number[], off_mV: readonly number[]): number {
  const sums = new Map<number, { mV: number; rows: number }>();
  minutes.forEach((minute, i) => {
    const sum = sums.get(minute) ?? { mV: 0, rows: 0 };
    sums.set(minute, { mV: sum.mV + off_mV[i]!, rows: sum.rows + 1 });
  });
  return rms(
    minutes.map((minute) => {
      const { mV, rows } = sums.get(minute)!;
      return mV / rows;
    }),
  );
}

/** Without `predicted`, by the model; rows of no `use` are not judged. */
export function judge<Name extends string>(
  procedure: Name,
  model: CellModel,
  track: Track,
  { voltage_mV, surface }: Prediction = predict(model, track),
  use?: Float64Array,
): Quality<Name> {
  const curve = new OcvCurve(model.soc, model.ocv_mV);
  const above: number[] = [];
  const minutes: number[] = [];
  const resting: number[] = [];
  const below: number[] = [];
  for (let row = track.first; row < voltage_mV.length; row++) {
    if (use?.[row] === 0) continue;
    const off_mV = voltage_mV[row]! - track.log.voltage_mV[row]!;
    if (surface[row]! < KNEE_SOC) {
      curve.voltage_mV(surface[row]!);
      below.push(off_mV / Math.max(curve.slope_mV, SLOPE_MIN_MV));
      continue;
    }
    above.push(off_mV);
    minutes.push(Math.floor(track.log.t_s[row]! / MINUTE_S));
    if (track.log.current_nA[row] === 0) resting.push(off_mV);
  }
  return {
    ...{ procedure, rows: voltage_mV.length - track.first, fitted: procedure !== "check" },
    ...{ rms_mV: rms(above), minute_rms_mV: minuteRms(minutes, above) },
    rest_rms_mV: rms(resting),
    knee_rms_share: below.length > 0 ? rms(below) : undefined,
    worst_mV: above.reduce((worst, mV) => Math.max(worst, Math.abs(mV)), 0),
  };
}

/**
 * The voltage's: what the check leaves (without one, the worst file), the instrument's own gain and
 * offset, and what cells of the lot differ; half the hysteresis gap stands beside it. SOC's:
 * closing of the counter, the knee, the lot's capacity. Resistance's: scatter, asymmetry, the lot.
 */
export function sigmasFrom(
  manifest: Manifest,
  quality: readonly Quality[],
  resistance: Resistance,
  hysteresis_mV: number,
  closing_share: number,
): FitSigmas {
  const { instrument, lot, voltage_charge_V } = manifest;
  const checks = quality.filter(({ fitted }) => !fitted);
  const judges = checks.length > 0 ? checks : quality;
  const left_mV = Math.max(...judges.map(({ rms_mV }) => rms_mV));
  const gap_mV = Math.abs(hysteresis_mV);
  const turns = gap_mV >= GAP_LEAST_MV;
  const voltage_sigma_mV = Math.hypot(
    left_mV,
    instrument.voltage_offset_sigma_mV,
    instrument.voltage_gain_sigma * voltage_charge_V * 1000,
    turns ? 0 : gap_mV,
    lot?.emf_spread_mV ?? 0,
  );
  const told = { voltage_sigma_mV, hysteresis_mV: turns ? gap_mV : 0 };
  if (lot === undefined) return told;
  const knee = Math.max(...quality.map(({ knee_rms_share }) => knee_rms_share ?? 0));
  const { rms_share, asymmetry_share } = resistance;
  return {
    ...told,
    soc_sigma: Math.hypot(closing_share, knee, lot.capacity_spread),
    resistance_sigma: Math.hypot(rms_share, asymmetry_share / 2, lot.resistance_spread),
  };
}
