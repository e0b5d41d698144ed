// What a fit came to, as a page of at most 100 columns for people.

import { type Manifest } from "../characterise/manifest.js";
import { spark } from "../commands/spark.js";
import { between, OcvCurve } from "./curve.js";
import { type Fit } from "./fit.js";
import { KNEE_SOC, type Quality } from "./quality.js";

const COLUMNS = 60;
const BOLTZMANN_EV_K = 8.617333262e-5;
/** What no record of voltage, current and temperature can tell. */
export const NOT_IDENTIFIED = "area, CCD, limits, self-discharge, ageing";

export const share = (value: number, digits = 1) => `${(100 * value).toFixed(digits)} %`;

export const significant = (value: number) => String(Number(value.toPrecision(3)));

/** Bars over SOC from empty to full; the range is that above the knee. */
export function picture(
  name: string,
  of: (soc: number) => number,
  unit: string,
  scale = 1,
): string {
  const places = Array.from({ length: COLUMNS }, (_, i) => (i + 0.5) / COLUMNS);
  const values = places.map(of);
  const above = values.filter((_, i) => places[i]! >= KNEE_SOC);
  const [low, high] = [Math.min(...above), Math.max(...above)];
  const range = `${significant(low * scale)}..${significant(high * scale)} ${unit}`;
  return `  ${name.padEnd(13)}${spark(values, low, high)} ${range}`;
}

function residual({ procedure, fitted, knee_rms_share, ...quality }: Quality): string {
  const { rms_mV, rest_rms_mV, worst_mV } = quality;
  const knee =
    knee_rms_share === undefined ? "" : `, ${share(knee_rms_share, 2)} SOC below the knee`;
  return (
    `  ${procedure.padEnd(13)}${rms_mV.toFixed(2)} mV RMS (at rest ${rest_rms_mV.toFixed(2)}, ` +
    `worst ${worst_mV.toFixed(1)})${knee}${fitted ? "" : "; not fitted"}`
  );
}

/** Half a millivolt a per cent of SOC in the flat: beyond this the core's equations do not fit. */
const POOR_MV = 10;

export function pageOf(fit: Fit, manifest: Manifest): string {
  const { model, capacity, resistance, entropy, quality, sigmas } = fit;
  const curve = new OcvCurve(model.soc, model.ocv_mV);
  const range = (values: number[]) =>
    `${significant(Math.min(...values))}..${significant(Math.max(...values))}`;
  const capacity_uAh = (capacity.capacity_nAh / 1000).toPrecision(5);
  const [cold_degC, hot_degC] = resistance.temperatures_degC;
  const electronvolts = (model.activation_K * BOLTZMANN_EV_K).toFixed(3);
  const poor = quality.filter(({ rms_mV }) => rms_mV > POOR_MV).map(({ procedure }) => procedure);
  return [
    `${manifest.cell}, seed ${manifest.seed}: ${capacity_uAh} uAh ` +
      `from ${manifest.voltage_cut_off_V} to ${manifest.voltage_charge_V} V ` +
      `(label ${manifest.label_capacity_uAh} uAh)`,
    "",
    picture("OCV", (soc) => curve.voltage_mV(soc), "V", 1e-3),
    picture(
      "R, 25 degC",
      (soc) => model.resistance_ohm * between(model.soc, model.resistance_factor, soc),
      "ohm",
    ),
    picture("log tau", (soc) => Math.log10(between(model.soc, model.tau_s, soc)), "log10 s"),
    "",
    `  capacity     legs differ by ${share(capacity.spread_share, 2)}, ` +
      `the counter closes within ${share(fit.closing_share, 2)}`,
    `  resistance   ${significant(model.resistance_ohm)} ohm half charged, ` +
      `Ea/k ${model.activation_K.toFixed(0)} K (${electronvolts} eV)`,
    `  pulses       ${resistance.edges} at ${cold_degC}..${hot_degC} degC, ` +
      `scatter ${share(resistance.rms_share)}, charge over discharge ` +
      share(resistance.asymmetry_share),
    `  diffusion    gain ${significant(model.diffusion_gain)}, tau ${range(model.tau_s)} s`,
    `  dU/dT        ${range(model.dudt_mV_K)} mV/K from ${entropy.points} SOC`,
    `  hysteresis   +-${Math.abs(fit.hysteresis_mV).toFixed(1)} mV; the table is the middle`,
    "",
    "residuals, predicted minus measured",
    ...quality.map(residual),
    "",
    `sigmas         voltage ${sigmas.voltage_sigma_mV.toFixed(1)} mV` +
      (sigmas.soc_sigma === undefined ? "" : `, SOC ${share(sigmas.soc_sigma)}`) +
      (sigmas.resistance_sigma === undefined ? "" : `, R ${share(sigmas.resistance_sigma)}`),
    `not in data    ${NOT_IDENTIFIED}` +
      (sigmas.soc_sigma === undefined ? ", spread between cells" : "") +
      ": as the cell file has them",
    ...(poor.length === 0
      ? []
      : [`poor           ${poor.join(", ")}: the core's equations do not follow this cell well`]),
  ].join("\n");
}
