// What a fit to laboratory files is worth: the sigmas that the core is told, and what these files
// cannot tell.

import { OcvCurve, OcvSurface } from "../curve.js";
import { type CellModel } from "../model.js";
import { type Track } from "../soc_axis.js";
import { type FileFit, type MeasuredFit } from "./fit.js";
import { restBelow_nA } from "./legs.js";
import { type Record as LabRecord } from "./record.js";
import { isSeen } from "./under_load/loaded.js";
import { WARM_MIN_K } from "./under_load/reach.js";

/** What the core is told of its own errors; without `resistance_sigma` no file tells it. */
export type MeasuredSigmas = { voltage_sigma_mV: number } & Record<"soc_sigma", number> &
  Partial<Record<"resistance_sigma", number>>;

/** A drop smaller than this tells nothing of the resistance. */
const DROP_MV = 20;
/** What a SOC axis from one counter is worth. */
const AXIS_SIGMA = 0.003;
/** A rest of so long, away from both ends, shows an OCV. */
const REST_S = 1800;
const MIDDLE = [0.15, 0.95] as const;

const rms = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / Math.max(values.length, 1));

/** How much more drop a file has than predicted, as a share; undefined: it has hardly any. */
function dropOff(model: CellModel, { track, predicted }: FileFit): number | undefined {
  const { log, soc } = track;
  const { voltage_mV } = predicted;
  const ocv = new OcvSurface(model);
  let [joint, square] = [0, 0];
  for (let row = 0; row < soc.length; row++) {
    const drop_mV = voltage_mV[row]! - ocv.voltage_mV(soc[row]!, log.temperature_degC[row]!);
    if (Math.abs(drop_mV) < DROP_MV) continue;
    joint += drop_mV * (log.voltage_mV[row]! - voltage_mV[row]!);
    square += drop_mV * drop_mV;
  }
  return square > 0 ? joint / square : undefined;
}

/**
 * Voltage: the middle of what is left of the files (the cold ones leave more). SOC: the counter,
 * and by how much the files' full voltages differ. Resistance: how far files are off the model.
 */
export function sigmasOfFit({ model, quality, others, slow }: MeasuredFit): MeasuredSigmas {
  const judges = others.length > 0 ? quality.slice(slow.length) : quality;
  const left = judges.map(({ rms_mV }) => rms_mV).sort((a, b) => a - b);
  const full_mV = others
    .filter(({ track }) => track.soc[0] === 1)
    .map(({ track }) => track.log.voltage_mV[0]!);
  const mean_mV = full_mV.reduce((sum, mV) => sum + mV, 0) / full_mV.length;
  const curve = new OcvCurve(model.soc, model.ocv_mV);
  curve.voltage_mV(1);
  const spread = full_mV.length > 1 ? rms(full_mV.map((mV) => mV - mean_mV)) / curve.slope_mV : 0;
  const drops = others.flatMap((each) => dropOff(model, each) ?? []);
  return {
    voltage_sigma_mV: left[left.length >> 1]!,
    soc_sigma: Math.hypot(AXIS_SIGMA, spread),
    ...(drops.length > 0 && { resistance_sigma: rms(drops) }),
  };
}

/** Whether a record rests in mid-charge for long enough to show an OCV. */
function restsMidway({ log, soc }: Track): boolean {
  const rest_nA = restBelow_nA(log);
  let start_s = log.t_s[0]!;
  return log.t_s.some((t_s, row) => {
    if (Math.abs(log.current_nA[row]!) > rest_nA) start_s = t_s;
    return t_s - start_s >= REST_S && soc[row]! > MIDDLE[0] && soc[row]! < MIDDLE[1];
  });
}

/** So much charge left is no gap below. */
const LOW_MIN = 0.05;

/** What these files cannot tell of the cell under load, one line each. */
function notUnderLoad({ under_load, slow, temperatures_degC }: MeasuredFit): string[] {
  if (under_load === undefined) {
    return ["the cell under load (no drive, no discharge at C/5 or faster): read at rest only"];
  }
  const { bends, warms, low_soc } = under_load.reach;
  const beyond = slow
    .map(({ temperature_degC }) => temperature_degC)
    .filter((degC) => !isSeen(degC, temperatures_degC));
  const at = beyond.map((degC) => degC.toFixed(0)).join(", ");
  const low = (100 * low_soc).toFixed(0);
  const lacks: [boolean, string][] = [
    [!bends, "how the drop bends over the current (no large one): a usual value"],
    [!warms, `self-heating (less than ${WARM_MIN_K} K): a usual value`],
    [beyond.length > 0, `the cell under load at ${at} degC (slow discharges only): continued`],
    [low_soc > LOW_MIN, `the cell under load below ${low} % SOC: continued`],
  ];
  return lacks.flatMap(([missing, what]) => (missing ? [what] : []));
}

/** Share of the charge that a cold or fast discharge left: the table goes on as the reference. */
const LEFT_MIN = 0.03;

/** What these files cannot tell, one line each. */
export function notIdentified(
  fit: MeasuredFit,
  records: readonly LabRecord[],
  labelled: boolean,
): string[] {
  const { identified, model, slow, others, sorted } = fit;
  const { resistance, activation, diffusion } = identified;
  const tracks = [...slow, ...others].map(({ track }) => track);
  const missing: [boolean, string][] = [
    [!resistance, "resistance (slow discharges only; add a 1C discharge, pulses or a drive cycle)"],
    [resistance && !activation, "change of resistance with temperature (all at one temperature)"],
    [!diffusion, "diffusion apart from resistance (no steps of the current)"],
    [model.ocv_tables === undefined, "change of OCV with temperature (one slow discharge)"],
    [sorted.reference.back === undefined, "hysteresis (no slow charge back to full that closes)"],
    [!tracks.some(restsMidway), "rest voltages (no rest of 30 min between 15 and 95 % SOC)"],
    [
      !labelled && !records.some(({ counted }) => counted),
      "the scale of the current (no counter in the files, no --label-mAh)",
    ],
  ];
  const cold = slow.flatMap(({ track, temperature_degC }) => {
    const left = track.soc[track.direction.lastIndexOf(-1)]!;
    const share = (100 * left).toFixed(0);
    const where = `OCV below ${share} % SOC at ${temperature_degC.toFixed(0)} degC`;
    return left > LEFT_MIN ? [`${where} (cut-off came first; goes on as the reference)`] : [];
  });
  return [
    ...missing.flatMap(([lacks, what]) => (lacks ? [what] : [])),
    ...cold,
    ...notUnderLoad(fit),
    "area, CCD, limits of temperature, self-discharge, ageing, spread between cells",
  ];
}
