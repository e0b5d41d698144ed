// Putting a fit into a cell file: only what the data can tell, each number with its source.

import { renameSync, rmSync, writeFileSync } from "node:fs";
import * as prettier from "prettier";
import { checkPart, PartError } from "../../boards/check.js";
import { isQuantity, type Quantity } from "../../boards/schema/quantity.js";
import { projectPath } from "../build/paths.js";
import { jsonOfPart, textOfPart } from "../characterise/cell_part.js";
import { MeasurementError, type Manifest } from "../characterise/manifest.js";
import { type Fit } from "./fit.js";
import { POLES, WEIGHTS } from "./model.js";

/** Name of the fit among the sources of a cell file. */
const SOURCE = "fit";
const BOLTZMANN_EV_K = 8.617333262e-5;
const CUT_OFF = 2;

interface CellJson {
  sources: Record<string, string>;
  profile: Record<string, unknown> & {
    float_mV: Quantity<number>;
    voltage_min_mV: Quantity<number[]>;
  };
}

const rounded = (value: number, digits: number) => Number(value.toPrecision(digits));

/** The fields of a profile that the fit gives. */
export function fittedFields(fit: Fit, manifest: Manifest): Record<string, unknown> {
  const { model, capacity, resistance, quality, sigmas } = fit;
  const made = <V extends number | number[]>(value: V, note: string) => ({
    ...{ value, tag: "C", source: SOURCE, note },
  });
  const column = (values: number[], digits: number, note: string) =>
    made(
      values.map((value) => rounded(value, digits)),
      note,
    );
  const { voltage_cut_off_V, voltage_charge_V } = manifest;
  const [cold_degC, hot_degC] = resistance.temperatures_degC;
  const checks = quality.filter(({ fitted }) => !fitted);
  const left_mV = Math.max(...(checks.length > 0 ? checks : quality).map(({ rms_mV }) => rms_mV));
  const electronvolts = (model.activation_K * BOLTZMANN_EV_K).toFixed(3);
  const sigmaOf = (value: number | undefined, name: string, note: string) =>
    value === undefined ? {} : { [name]: made(rounded(value, 2), note) };
  return {
    capacity_nAh: made(
      rounded(capacity.capacity_nAh, 5),
      `${voltage_cut_off_V} V to ${voltage_charge_V} V, slowly and held at both ends`,
    ),
    resistance_ohm: made(rounded(model.resistance_ohm, 4), "first reading of pulses, half charged"),
    activation_K: made(
      rounded(model.activation_K, 4),
      `pulses from ${cold_degC} to ${hot_degC} degC: ${electronvolts} eV`,
    ),
    diffusion_gain: made(rounded(model.diffusion_gain, 3), "together with tau_s"),
    ...sigmaOf(
      sigmas.voltage_sigma_mV,
      "voltage_sigma_mV",
      `${left_mV.toFixed(1)} mV left of the check; tester, lot`,
    ),
    ...sigmaOf(
      sigmas.hysteresis_mV,
      "hysteresis_mV",
      "half the gap between slow charge and discharge; below 2 mV: none",
    ),
    ...sigmaOf(sigmas.soc_sigma, "soc_sigma", "counter, knee, and capacity within the lot"),
    ...sigmaOf(sigmas.resistance_sigma, "resistance_sigma", "scatter of pulses, and the lot"),
    tables: {
      soc: column(model.soc, 5, "where the monotone cubic needs them"),
      tau_s: column(model.tau_s, 3, "slow cycle, pulses and relaxations"),
      resistance_factor: column(model.resistance_factor, 4, "pulses at 25 degC; 1 half charged"),
      dudt_mV_K: column(model.dudt_mV_K, 3, "rest voltages at several temperatures"),
      ocv: [
        {
          temperature_degC: made(model.table_degC, "of the slow cycle"),
          ocv_mV: column(model.ocv_mV, 6, "slow cycle without resistance, diffusion, hysteresis"),
        },
      ],
    },
  };
}

/** Poles and weights are theory: written only where a file has others. */
function theoryFields(profile: CellJson["profile"]): Record<string, unknown> {
  const differs = (name: string, wanted: readonly number[]) => {
    const { value } = profile[name] as Quantity<number[]>;
    return wanted.some((number, i) => Math.abs(value[i]! / number - 1) > 1e-4);
  };
  const entries = [
    ["diffusion_pole", POLES] as const,
    ["diffusion_weight", WEIGHTS] as const,
  ].filter(([name, wanted]) => differs(name, wanted));
  const note = "third-order Pade form of planar diffusion";
  return Object.fromEntries(
    entries.map(([name, value]) => [name, { value: [...value], tag: "C", source: SOURCE, note }]),
  );
}

/** Names of all sources that numbers of `value` give. */
function sourcesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (isQuantity(value)) return value.source?.split(", ") ?? [];
  return Object.values(value).flatMap(sourcesIn);
}

/** The text of `file` with the fit in it. Throws PartError or MeasurementError. */
export async function withFit(file: string, fit: Fit, manifest: Manifest): Promise<string> {
  const data = jsonOfPart(file, textOfPart(file)) as CellJson;
  checkPart("cell", data, file);
  const { profile } = data;
  const range_V = [profile.voltage_min_mV.value[CUT_OFF]! / 1000, profile.float_mV.value / 1000];
  const measured_V = [manifest.voltage_cut_off_V, manifest.voltage_charge_V];
  if (range_V.join() !== measured_V.join()) {
    throw new MeasurementError(
      `${file}: cut-off and float are ${range_V.join(" and ")} V, the records are between ` +
        `${measured_V.join(" and ")} V; characterise this cell anew`,
    );
  }
  Object.assign(profile, theoryFields(profile), fittedFields(fit, manifest));
  data.sources[SOURCE] =
    `tfmb characterise ${manifest.cell} --seed ${manifest.seed}, then tfmb fit: ` +
    "a simulated specimen of the physics below, not a measured cell";
  const used = new Set(sourcesIn(data));
  for (const name of Object.keys(data.sources)) if (!used.has(name)) delete data.sources[name];
  checkPart("cell", data, file);
  const config = await prettier.resolveConfig(projectPath("boards/cells/cell.json"));
  return prettier.format(JSON.stringify(data), { ...config, parser: "json" });
}

/** Replaces a file in one step. */
export function replaceFile(file: string, text: string): void {
  const partial = `${file}.${process.pid}.partial`;
  try {
    writeFileSync(partial, text);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new PartError(`${file}: cannot be written (${code ?? "unknown"})`);
  }
}
