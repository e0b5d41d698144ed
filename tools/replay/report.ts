// What `tfmb replay --out DIR` leaves: report.html, replay.json and trace.csv.

import { table, tile, titled, type Row } from "../report/blocks.js";
import { html, Markup } from "../report/html.js";
import { stillPage } from "../report/one_file.js";
import { writeWhole } from "../report/whole_files.js";
import { svgOf, type Line, type Panel } from "../systems/plot.js";
import { ampereHours } from "./branches.js";
import { faultsOf, healthOf, type ReplayNumbers } from "./numbers.js";
import { type ReplayTrace } from "./replay.js";

const PERCENT = 100;
const PER_H = 3600;
/** Points of a curve that a drawing shows. */
const POINTS = 1200;
/** Of normal errors 95.4 % lie within 2 sigma; 90 % are asked for. */
const COVERED_MIN = 0.9;

const pct = (value: number) => `${value.toFixed(2)} %`;
const share = (value: number) => `${(PERCENT * value).toFixed(1)} %`;

/** Columns of trace.csv and their decimals. */
const COLUMNS = [
  ["t_s", "t_s", 3],
  ["reference", "soc", 6],
  ["estimate", "soc_estimate", 6],
  ["sigma", "soc_sigma", 6],
  ["counted", "soc_counted", 6],
  ["voltage_mV", "voltage_mV", 3],
  ["current_nA", "current_nA", 0],
  ["capacity_share", "capacity_share", 4],
  ["resistance_ratio", "resistance_ratio", 4],
] as const satisfies [Exclude<keyof ReplayTrace, "learned" | "rejected">, string, number][];

export function traceCsv(trace: ReplayTrace): string {
  // what is not known yet is an empty cell
  const cell = (value: number, places: number) =>
    Number.isNaN(value) ? "" : String(Number(value.toFixed(places)));
  const rows = Array.from(trace.t_s, (_, row) =>
    COLUMNS.map(([name, , places]) => cell(trace[name][row]!, places)).join(","),
  );
  return `${[COLUMNS.map(([, name]) => name).join(","), ...rows].join("\n")}\n`;
}

/** Of each piece of the time the row with the largest error. */
function shownRows({ t_s, estimate, reference }: ReplayTrace): number[] {
  const size = Math.ceil(t_s.length / POINTS);
  const error = (row: number) => Math.abs(estimate[row]! - reference[row]!);
  return Array.from({ length: Math.ceil(t_s.length / size) }, (_, i) => {
    const rows = Array.from(
      { length: Math.min(size, t_s.length - i * size) },
      (__, j) => i * size + j,
    );
    return rows.reduce((a, b) => (error(b) > error(a) ? b : a));
  });
}

function drawing(trace: ReplayTrace): Markup {
  const rows = shownRows(trace);
  const x = rows.map((row) => trace.t_s[row]! / PER_H);
  const curve = (name: string, of: (row: number) => number): Line => {
    return { name, x, y: rows.map((row) => PERCENT * of(row)) };
  };
  const { reference, estimate, sigma, counted } = trace;
  const panels: Panel[] = [
    {
      ...{ x: "h", y: "SOC, %" },
      lines: [curve("core", (row) => estimate[row]!), curve("reference", (row) => reference[row]!)],
    },
    {
      ...{ x: "h", y: "error, % of SOC" },
      lines: [
        curve("core", (row) => estimate[row]! - reference[row]!),
        curve("counting", (row) => counted[row]! - reference[row]!),
        curve("+2 sigma", (row) => 2 * sigma[row]!),
        curve("-2 sigma", (row) => -2 * sigma[row]!),
      ],
    },
  ];
  return new Markup(
    svgOf({ title: "Estimate and error", panels: [...panels, health(trace, rows)] }),
  );
}

/** What the core has learned, over what it was told. */
function health({ t_s, capacity_share, resistance_ratio }: ReplayTrace, rows: number[]): Panel {
  const known = rows.filter((row) => !Number.isNaN(capacity_share[row]));
  const hours = (at: number[]) => at.map((row) => t_s[row]! / PER_H);
  const lines: Line[] = [
    { name: "resistance", x: hours(rows), y: rows.map((row) => PERCENT / resistance_ratio[row]!) },
    { name: "capacity", x: hours(known), y: known.map((row) => PERCENT * capacity_share[row]!) },
  ];
  const shown = lines.filter(({ x }) => x.length > 1);
  return { ...{ x: "h", y: "learned, % of what is told" }, lines: shown };
}

const facts = (numbers: ReplayNumbers): [string, string][] => {
  const { start } = numbers;
  const told = start && `${share(start.soc)} +- ${share(start.sigma)}`;
  const faults = faultsOf(numbers);
  const [capacity, resistance] = healthOf(numbers);
  return [
    ["Record", numbers.file],
    ["Cell", numbers.cell],
    ["Scale", `${numbers.scale} : 1`],
    ["Reference", `${numbers.capacity_Ah} Ah`],
    ["Start", told ?? "from the first voltage"],
    ["Capacity", capacity],
    ["Resistance", resistance],
    ["Values refused by the core", String(numbers.rejected)],
    ["Faults", faults.length === 0 ? "none" : faults.join("; ")],
    ["Warnings", numbers.warnings.length === 0 ? "none" : numbers.warnings.join("; ")],
    ["Commit", numbers.commit],
  ];
};

function tiles(numbers: ReplayNumbers): Markup {
  const { counting, recovery_s, within_1_sigma, within_2_sigma } = numbers;
  const back = recovery_s === undefined ? "never" : `${recovery_s.toFixed(0)} s`;
  const limit = `below ${numbers.recovered_pct} % for 300 s`;
  const less = `within 1: ${share(within_1_sigma)}`;
  return html`<section id="tiles" aria-label="Summary">
    ${tile("RMSE", pct(numbers.rmse_pct), `counting alone ${pct(counting.rmse_pct)}`)}
    ${tile("Largest error", pct(numbers.max_pct), `counting alone ${pct(counting.max_pct)}`)}
    ${tile("Within 2 sigma", share(within_2_sigma), less, within_2_sigma < COVERED_MIN)}
    ${tile("Mean sigma", pct(numbers.sigma_mean_pct), `mean error ${pct(numbers.bias_pct)}`)}
    ${tile("Recovered", back, limit, recovery_s === undefined)}
  </section>`;
}

/** How the true SOC is counted. */
function branchTable({ branches }: ReplayNumbers): Markup {
  const rows = branches.map(({ file, charging, from_soc, to_soc, charge_nAh, factor }): Row => {
    const way = `${charging ? "charge" : "discharge"}, ${share(from_soc)} to ${share(to_soc)}`;
    return [file, way, ampereHours(charge_nAh), factor.toFixed(4)];
  });
  if (rows.length === 0) return html``;
  const heads = ["SOC", "Counted", "Times"];
  const note = "A charge that ends full counts so that it ends at SOC 1, and its current with it.";
  return html`<section>
    <h2>Truth</h2>
    <p class="note">${note}</p>
    ${table("Discharges and charges of the files", rows, heads)}
  </section>`;
}

export function reportPage(numbers: ReplayNumbers, trace: ReplayTrace): string {
  const banded = numbers.bands.map((band): Row => {
    const { from_pct, to_pct, rmse_pct, max_pct, wakes } = band;
    return [`${from_pct} to ${to_pct} %`, pct(rmse_pct), pct(max_pct), String(wakes)];
  });
  const title = `${numbers.file} through the core`;
  const head = { kind: "report of a replay", title, facts: facts(numbers), replay: numbers.replay };
  const body = html`${titled(head)} ${tiles(numbers)}
    <section>
      <h2>Over time</h2>
      <p class="note">
        Of neighbouring wakes the one with the largest error; trace.csv holds all. Errors count from
        ${numbers.settle_s} s on.
      </p>
      ${drawing(trace)}
    </section>
    ${branchTable(numbers)}
    <section>
      <h2>By state of charge</h2>
      ${table("Error in each tenth of the true SOC", banded, ["RMSE", "MAX", "Wakes"])}
    </section>`;
  return stillPage({ title, body });
}

/** Writes the three files into `dir`, which is made. Throws ReportError. */
export function writeReplay(dir: string, numbers: ReplayNumbers, trace: ReplayTrace): void {
  writeWhole(dir, {
    "replay.json": `${JSON.stringify(numbers, null, 2)}\n`,
    "trace.csv": traceCsv(trace),
    "report.html": reportPage(numbers, trace),
  });
}
