// The report of a fit to laboratory files: one HTML page with the curves, what is left of each
// file, what was mended on the way and what the files cannot tell.

import { basename } from "node:path";
import { table, tile, titled } from "../../report/blocks.js";
import { html, type Markup } from "../../report/html.js";
import { linePlot, type Line } from "../../report/line_plot.js";
import { stillPage } from "../../report/one_file.js";
import { between, OcvSurface } from "../curve.js";
import { arrhenius } from "../model.js";
import { share, significant } from "../page.js";
import { type MeasuredFit } from "./fit.js";
import { type Findings } from "./page.js";
import { constantRows, ELEMENT_HEADS, elementPlots, elementRows } from "./under_load/shown.js";

/** From cold to hot. */
const COLORS = ["--band", "--estimate", "--flow-stored", "--harvest", "--light", "--alarm"];
const POINTS = 200;
/** A file's curve is thinned to so many rows. */
const ROWS = 600;

const axis = Array.from({ length: POINTS + 1 }, (_, i) => i / POINTS);
const percent = axis.map((soc) => 100 * soc);
const colorOf = (i: number, count: number) =>
  COLORS[count < 2 ? 1 : Math.round((i * (COLORS.length - 1)) / (count - 1))]!;

const curvesOver = (temperatures: readonly number[], at: (soc: number, degC: number) => number) =>
  temperatures.map((degC, i): Line => ({
    name: `${degC.toFixed(0)} degC`,
    color: colorOf(i, temperatures.length),
    x: percent,
    y: axis.map((soc) => at(soc, degC)),
  }));

/** Predicted minus measured of every file, over SOC. */
function residualLines({ slow, others }: MeasuredFit): Line[] {
  const files = [...slow, ...others];
  return files.map(({ file, track, predicted, use }, i) => {
    const { voltage_mV } = predicted;
    const rows = track.soc.length;
    const chosen = Array.from({ length: Math.min(ROWS, rows) }, (_, k) =>
      Math.floor((k * rows) / Math.min(ROWS, rows)),
    ).filter((row) => use[row] !== 0);
    return {
      name: basename(file),
      color: colorOf(i, files.length),
      x: chosen.map((row) => 100 * track.soc[row]!),
      y: chosen.map((row) => voltage_mV[row]! - track.log.voltage_mV[row]!),
    };
  });
}

function plots({ fit }: Findings): Markup {
  const { model } = fit;
  const temperatures = fit.slow.map(({ temperature_degC }) => temperature_degC);
  const ocv = new OcvSurface(model);
  const x_name = "SOC, %";
  const ohm = (soc: number, degC: number) =>
    model.resistance_ohm *
    between(model.soc, model.resistance_factor, soc) *
    arrhenius(model.activation_K, degC);
  const curves = [
    linePlot({
      ...{ title: "Open-circuit voltage", x_name, y_name: "V" },
      lines: curvesOver(temperatures, (soc, degC) => ocv.voltage_mV(soc, degC) / 1000),
    }),
    ...(fit.under_load ? elementPlots(fit.under_load, fit.temperatures_degC) : []),
    linePlot({
      ...{ title: "Plain resistance", x_name, y_name: "log10 of ohm" },
      lines: curvesOver(temperatures, (soc, degC) => Math.log10(ohm(soc, degC))),
    }),
    linePlot({
      ...{ title: "Predicted minus measured", x_name, y_name: "mV" },
      lines: residualLines(fit),
    }),
  ];
  return html`<section id="plots">
    <h2>Curves</h2>
    ${curves}
  </section>`;
}

function tiles({ fit, sigmas }: Findings): Markup {
  const { model, capacity_nAh, sorted } = fit;
  const at = `${sorted.reference.temperature_degC.toFixed(0)} degC`;
  return html`<section id="tiles" aria-label="Summary">
    ${tile("Capacity", `${(capacity_nAh / 1e6).toPrecision(5)} mAh`, `slow discharge at ${at}`)}
    ${tile("Resistance", `${significant(model.resistance_ohm)} ohm`, "half charged, 25 degC")}
    ${tile("Activation", `${model.activation_K.toFixed(0)} K`, "Ea/k of the resistance")}
    ${tile("Voltage", `${sigmas.voltage_sigma_mV.toFixed(1)} mV`, "left of a file in the middle")}
  </section>`;
}

function tablesOf({ fit, records, missing, believed }: Findings): Markup {
  const files = fit.quality.map(
    ({ procedure, rows, rms_mV, minute_rms_mV, rest_rms_mV, worst_mV, knee_rms_share }) =>
      [
        ...[basename(procedure), String(rows), rms_mV.toFixed(1), minute_rms_mV.toFixed(1)],
        ...[
          rest_rms_mV.toFixed(1),
          worst_mV.toFixed(0),
          knee_rms_share === undefined ? "" : share(knee_rms_share, 2),
        ],
      ] as [string, ...string[]],
  );
  const heads = ["rows", "RMS, mV", "of minutes", "at rest", "worst", "below 10 %, SOC"];
  const warnings = records.flatMap(({ file, warnings }) =>
    warnings.map((warning): [string, string] => [basename(file), warning]),
  );
  const lacks = missing.map((what): [string] => [what]);
  return html`<section>
    ${table("What is left of each file", files, heads)} ${loadTables(fit)}
    ${table("Warnings", warnings)}
    ${table(`Not in the files: as ${believed}, or left as said`, lacks)}
  </section>`;
}

/** The numbers of the cell under load; nothing where no file shows it. */
function loadTables({ under_load }: MeasuredFit): Markup[] {
  if (under_load === undefined) return [];
  return [
    table("The cell under load, at 25 degC over SOC", elementRows(under_load), ELEMENT_HEADS),
    table("The cell under load, at any SOC", constantRows(under_load)),
  ];
}

/** What gives the same again. */
export interface Origin {
  /** The command. */
  replay: string;
  commit: string;
}

/** The whole page. */
export function measuredReport(title: string, origin: Origin, findings: Findings): string {
  const { records, fit } = findings;
  const makers = [...new Set(records.map(({ maker }) => maker))].join(", ");
  const facts: [string, string][] = [
    ["Files", `${records.length} (${makers})`],
    ["Slow discharges", String(fit.slow.length)],
    ["OCV tables", String(fit.model.ocv_tables?.length ?? 1)],
    ["Commit", origin.commit],
  ];
  const head = titled({ kind: "fit to laboratory files", title, facts, replay: origin.replay });
  const body = html`${head} ${tiles(findings)} ${plots(findings)} ${tablesOf(findings)}`;
  return stillPage({ title, body });
}
