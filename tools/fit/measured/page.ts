// What a fit to laboratory files came to, as a page of at most 100 columns for people.

import { basename } from "node:path";
import { between, OcvCurve } from "../curve.js";
import { picture, share, significant } from "../page.js";
import { type Quality } from "../quality.js";
import { type MeasuredFit } from "./fit.js";
import { type MeasuredSigmas } from "./judgement.js";
import { type Record } from "./record.js";
import { constantRows, elementRows } from "./under_load/shown.js";

/** Beyond this the core's equations do not follow a file well. */
export const POOR_MV = 30;
const BOLTZMANN_EV_K = 8.617333262e-5;

export interface Findings {
  fit: MeasuredFit;
  sigmas: MeasuredSigmas;
  records: readonly Record[];
  /** What the files cannot tell. */
  missing: readonly string[];
  /** Name of the cell whose numbers stand in for that. */
  believed: string;
}

const name = (file: string) => basename(file);

function residual(quality: Quality): string {
  const { procedure, rms_mV, minute_rms_mV, rest_rms_mV, worst_mV, knee_rms_share } = quality;
  const knee = knee_rms_share === undefined ? "" : `${share(knee_rms_share, 2)} SOC`;
  const rest = rest_rms_mV > 0 ? rest_rms_mV.toFixed(1) : "-";
  return (
    `  ${name(procedure).slice(0, 38).padEnd(38)}${rms_mV.toFixed(1).padStart(7)}` +
    `${minute_rms_mV.toFixed(1).padStart(9)}${rest.padStart(9)}` +
    `${worst_mV.toFixed(0).padStart(8)}   ${knee}`
  ).trimEnd();
}

/** Of the cell under load the numbers; nothing where no file shows it. */
function loadLines({ under_load }: MeasuredFit): string[] {
  if (under_load === undefined) return [];
  const line = ([first, ...values]: readonly string[]) =>
    `  ${first!.padEnd(10)}${values.map((value) => value.padStart(8)).join("")}`;
  const heads = ["unit", "5 %", "20 %", "50 %", "80 %", "100 %", "Ea/k, K", "at full", "bend"];
  return [
    "",
    line(["at 25 degC", ...heads]),
    ...elementRows(under_load).map(line),
    ...constantRows(under_load).map((row) => `  ${row[0].padEnd(24)}${row.slice(1).join(", ")}`),
  ];
}

/** Words over lines of at most 98 columns, each with its mark. */
function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return ["", title, ...lines.map((line) => `  ${line}`)];
}

/** Each warning once, with the files that it is of. */
function warningsOf(records: readonly Record[]): string[] {
  return records.flatMap(({ file, warnings }) =>
    warnings.flatMap((warning) => [`${name(file)}:`, `  ${warning}`]),
  );
}

export function measuredPage({ fit, sigmas, records, missing, believed }: Findings): string {
  const { model, sorted, capacity_nAh, identified, quality } = fit;
  const curve = new OcvCurve(model.soc, model.ocv_mV);
  const { leg, record, temperature_degC } = sorted.reference;
  const volts = (row: number) => (record.log.voltage_mV[row]! / 1000).toFixed(2);
  const electronvolts = (model.activation_K * BOLTZMANN_EV_K).toFixed(3);
  const makers = [...new Set(records.map(({ maker }) => maker))].join(", ");
  const degC = fit.slow.map((each) => each.temperature_degC.toFixed(0)).join(", ");
  const tau = `${significant(Math.min(...model.tau_s))}..${significant(Math.max(...model.tau_s))}`;
  const resistance = `${significant(model.resistance_ohm)} ohm half charged`;
  const activation = `Ea/k ${model.activation_K.toFixed(0)} K = ${electronvolts} eV`;
  const diffusion = `gain ${significant(model.diffusion_gain)}, tau ${tau} s`;
  const assumed = (known: boolean) => (known ? "" : ` (as ${believed})`);
  const poor = quality.filter(({ rms_mV }) => rms_mV > POOR_MV).map((each) => name(each.procedure));
  return [
    `${records.length} files (${makers}): ${(capacity_nAh / 1e6).toPrecision(5)} mAh from ` +
      `${volts(leg.first)} to ${volts(leg.last)} V in ${leg.hours.toFixed(1)} h at ` +
      `${temperature_degC.toFixed(1)} degC`,
    "",
    picture("OCV", (soc) => curve.voltage_mV(soc), "V", 1e-3),
    picture(
      "R, 25 degC",
      (soc) => model.resistance_ohm * between(model.soc, model.resistance_factor, soc),
      "ohm",
    ),
    picture("log tau", (soc) => Math.log10(between(model.soc, model.tau_s, soc)), "log10 s"),
    "",
    `  OCV tables   at ${degC} degC`,
    `  resistance   ${resistance}${assumed(identified.resistance)}, ` +
      `${activation}${assumed(identified.activation)}`,
    `  diffusion    ${diffusion}${assumed(identified.diffusion)}`,
    `  sigmas       voltage ${sigmas.voltage_sigma_mV.toFixed(1)} mV, ` +
      `SOC ${share(sigmas.soc_sigma)}` +
      (sigmas.resistance_sigma === undefined ? "" : `, R ${share(sigmas.resistance_sigma)}`),
    ...loadLines(fit),
    "",
    `predicted minus measured, mV                RMS  minutes  at rest   worst   below 10 % SOC`,
    ...quality.map(residual),
    ...(poor.length === 0
      ? []
      : listed(`poor: beyond ${POOR_MV} mV the core's equations do not follow a file`, poor)),
    ...listed("warnings", warningsOf(records)),
    ...listed(`not in the files: as ${believed}, or left as said`, missing),
  ].join("\n");
}
