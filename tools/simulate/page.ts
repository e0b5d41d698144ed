// A run as a page for people, as wide as their terminal is, up to 100 columns.

import { type RunTrace } from "../../host/sim/record.js";
import { type RunNumbers, type Told } from "../report/numbers.js";
import { rounded } from "../commands/engineering.js";
import { binned, spark } from "../commands/spark.js";
import { labelled, pageColumns, wrapped } from "../commands/width.js";

const LABEL = 12;
/** Beside the bars: the label, and the range with its unit. */
const BESIDE_BARS = LABEL + 16;
/** Parts of the energy smaller than this are not named on the page; run.json has them all. */
const WORTH_NAMING = 0.0005;

/** In percent; what rounds to nothing has no sign. */
const percent = (share: number, digits = 1) =>
  (100 * share).toFixed(digits).replace(/^-(0(\.0+)?)$/, "$1");

const ENERGIES = [
  ["kJ", 1e6],
  ["J", 1e3],
  ["mJ", 1],
  ["uJ", 1e-3],
  ["nJ", 1e-6],
] as const;

/** With the unit that leaves at least one digit before the point. */
function energy(mJ: number): string {
  if (mJ === 0) return "0 J";
  const [unit, per] = ENERGIES.find(([, least]) => Math.abs(mJ) >= least) ?? ENERGIES.at(-1)!;
  return `${(mJ / per).toFixed(1)} ${unit}`;
}

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? "" : "s"}`;

const power = (nW: number): string =>
  nW === 0 ? "0 nW" : nW >= 1000 ? `${(nW / 1000).toPrecision(3)} uW` : `${nW.toPrecision(3)} nW`;

function row(name: string, bars: string, range: string): string {
  return `  ${name}`.padEnd(LABEL) + `${bars} ${range}`;
}

/** Light, SOC (truth and estimate on one scale) and voltage over the run. */
function pictures(trace: RunTrace, hours: number, width: number): string[] {
  const count = trace.count;
  const t = trace.t_s.subarray(0, count);
  const line = (column: Float32Array, per = 1) =>
    binned(t, column.subarray(0, count), hours * 3600, width - BESIDE_BARS).map(
      (value) => value / per,
    );
  const range = (...lines: number[][]): [number, number] => {
    const values = lines.flat().filter(Number.isFinite);
    return [Math.min(...values), Math.max(...values)];
  };
  const lux = line(trace.lux);
  const truth = line(trace.soc);
  const estimate = line(trace.estimate);
  const volts = line(trace.voltage_mV, 1000);
  const soc = range(truth, estimate);
  const volt = range(volts);
  const brightest = range(lux)[1];
  const light = row("light", spark(lux, 0, brightest), `0..${rounded(brightest)} lx`);
  return [
    ...(brightest > 0 ? [light] : []),
    row("SOC true", spark(truth, ...soc), `${percent(soc[0], 0)}..${percent(soc[1], 0)} %`),
    row("estimate", spark(estimate, ...soc), ""),
    row("voltage", spark(volts, ...volt), `${volt[0].toFixed(2)}..${volt[1].toFixed(2)} V`),
  ];
}

/** A label, and the items behind it. */
interface Row {
  label: string;
  items: readonly string[];
}

const listed = (label: string, items: readonly string[]): Row => ({ label, items });

/** `name value, name value`, broken between items, and within one that is wider than the page. */
function linesOf({ label, items }: Row, width: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    const room = width - LABEL - ", ".length;
    if (last === undefined || last.length + item.length > room) lines.push(item);
    else lines[lines.length - 1] = `${last}, ${item}`;
  }
  const text = lines.length > 0 ? lines : ["none"];
  return text.flatMap((line, i) => labelled(i === 0 ? `  ${label}` : "", line, LABEL, width));
}

/** The parts of a group with their share of `whole`, the largest first. */
function shares(group: Record<string, number>, whole_mJ: number): string[] {
  return Object.entries(group)
    .filter(([, mJ]) => Math.abs(mJ) > WORTH_NAMING * whole_mJ)
    .sort(([, a], [, b]) => b - a)
    .map(([name, mJ]) => {
      const words = name.replace(/_mJ$/, "").replaceAll("_", " ");
      return whole_mJ > 0 ? `${words} ${energy(mJ)} (${percent(mJ / whole_mJ)} %)` : words;
    });
}

const sum = (group: Record<string, number>) => Object.values(group).reduce((a, b) => a + b, 0);

function energyRows({ energy: { harvest, used, lost, stored } }: RunNumbers): Row[] {
  const whole_mJ = Math.max(harvest.drawn_mJ, sum(used) + sum(lost));
  const full = (harvest.offered_mJ ?? 0) > 1.001 * harvest.drawn_mJ;
  const refused = full ? " (the charger took no more)" : "";
  const of = (name: string) => energy(harvest[name] ?? 0);
  return [
    listed("energy in", [
      `${of("available_mJ")} at the source's best point`,
      `${of("offered_mJ")} offered`,
      `${energy(harvest.drawn_mJ)} drawn${refused}`,
    ]),
    listed("used", [energy(sum(used)), ...shares(used, whole_mJ)]),
    listed("lost", [energy(sum(lost)), ...shares(lost, whole_mJ)]),
    listed("stored", [`cell ${energy(stored.cell_mJ ?? 0)}`]),
  ];
}

/** Errors of the estimate; a short run is over before it is judged. */
function estimateItems(estimate: RunNumbers["estimate"]): string[] {
  if (estimate.judged_wakes === 0) return ["not judged: the run is too short"];
  return [
    `rms error ${percent(estimate.rms_error)} %`,
    `worst ${percent(estimate.worst_error)} %`,
    `${percent(estimate.within_2_sigma, 0)} % of wakes within 2 sigma`,
    `mean sigma ${percent(estimate.mean_sigma ?? 0)} %`,
  ];
}

/** What the firmware knows of its cell, and the truth. */
function healthItems({ health }: RunNumbers): string[] {
  if (health === undefined) return [];
  const item = (name: string, { told, truth }: Told, unit: string) => {
    const said = told === null ? "not known yet" : `${Number(told.toPrecision(4))} ${unit}`;
    return `${name} ${said} (truly ${Number(truth.toPrecision(4))} ${unit})`;
  };
  return [
    item("capacity", health.capacity_uAh, "uAh"),
    item("resistance now", health.resistance_ohm, "ohm"),
  ];
}

/** How fast it went, for the last line. */
export interface Pace {
  seconds: number;
  wakes: number;
}

/** What the page says below the pictures. */
function rowsOf(numbers: RunNumbers, pace: Pace): Row[] {
  const { soc, estimate, events, modes, limits, vetoes, unenforced, node_cost } = numbers;
  const mean = (name: string) => power(Number(node_cost[name]));
  const rate = (numbers.hours * 3600) / pace.seconds;
  return [
    ...energyRows(numbers),
    listed("SOC", [
      `start ${percent(soc.start)} %`,
      `end ${percent(soc.end)} %`,
      `between ${percent(soc.min)} and ${percent(soc.max)} %`,
    ]),
    listed("estimate", estimateItems(estimate)),
    listed("health", healthItems(numbers)),
    listed(
      "events",
      events.map(({ name, done, refused }) => `${name} ${done} done, ${refused} refused`),
    ),
    listed(
      "modes",
      Object.entries(modes).map(([name, h]) => `${name.slice(0, -2)} ${h.toFixed(1)} h`),
    ),
    listed("supply", [
      numbers.brownouts === 0 ? "no brown-out" : counted(numbers.brownouts, "brown-out"),
      `off for ${numbers.off_h.toFixed(1)} h`,
      counted(Number(node_cost.starts), "start"),
    ]),
    listed("limits", [
      ...limits,
      ...vetoes.map((name) => `vetoed ${name}`),
      ...unenforced.map((name) => `board lacks ${name}`),
    ]),
    listed("node cost", [
      `gauge ${mean("gauge_mean_nW")}`,
      `sleep floor ${mean("sleep_floor_mean_nW")}`,
      `charger ${mean("charger_mean_nW")} in the mean`,
      `${Number(node_cost.records)} journal writes`,
    ]),
    listed("speed", [
      `${pace.seconds.toFixed(2)} s`,
      `${rounded(rate / 3600)} simulated hours a second`,
      `${rounded(pace.wakes / pace.seconds)} wakes a second`,
    ]),
    ...(numbers.notes ?? []).map((note) => listed("note", [note])),
  ];
}

/** The page for people. */
export function pageOf(
  numbers: RunNumbers,
  trace: RunTrace,
  pace: Pace,
  width = pageColumns(),
): string {
  const { title, cell, board, load, site, hours, seed } = numbers;
  const parts = `${cell} on ${board} with ${load}, ${site}; ${hours} h, seed ${seed}`;
  const lines = [
    ...wrapped(title, width),
    ...wrapped(parts, width),
    "",
    ...pictures(trace, hours, width),
    "",
    ...rowsOf(numbers, pace).flatMap((each) => linesOf(each, width)),
  ];
  return lines.map((line) => line.trimEnd()).join("\n");
}
