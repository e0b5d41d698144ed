// A run as a page of at most 100 columns for people.

import { type RunTrace } from "../../host/sim/record.js";
import { type RunNumbers, type Told } from "../report/numbers.js";
import { binned, spark } from "../commands/spark.js";

const COLUMNS = 72;
const WIDTH = 100;
const LABEL = 10;
/** Parts of the energy smaller than this are not named on the page; run.json has them all. */
const WORTH_NAMING = 0.0005;

/** In percent; what rounds to nothing has no sign. */
const percent = (share: number, digits = 1) =>
  (100 * share).toFixed(digits).replace(/^-(0(\.0+)?)$/, "$1");

const energy = (mJ: number): string =>
  Math.abs(mJ) >= 1e6
    ? `${(mJ / 1e6).toFixed(1)} kJ`
    : Math.abs(mJ) >= 1000
      ? `${(mJ / 1000).toFixed(1)} J`
      : `${mJ.toFixed(1)} mJ`;

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? "" : "s"}`;

const power = (nW: number): string =>
  nW >= 1000 ? `${(nW / 1000).toPrecision(3)} uW` : `${nW.toPrecision(3)} nW`;

/** At most `width` columns. */
const cut = (text: string, width: number) =>
  [...text].length > width ? `${[...text].slice(0, width - 3).join("")}...` : text;

function row(name: string, bars: string, range: string): string {
  return `  ${name.padEnd(LABEL)}${bars} ${range}`;
}

/** Light, SOC (truth and estimate on one scale) and voltage over the run. */
function pictures(trace: RunTrace, hours: number): string[] {
  const count = trace.count;
  const t = trace.t_s.subarray(0, count);
  const line = (column: Float32Array, per = 1) =>
    binned(t, column.subarray(0, count), hours * 3600, COLUMNS).map((value) => value / per);
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
  return [
    row("light", spark(lux, 0, brightest), `0..${brightest.toPrecision(3)} lx`),
    row("SOC true", spark(truth, ...soc), `${percent(soc[0], 0)}..${percent(soc[1], 0)} %`),
    row("estimate", spark(estimate, ...soc), ""),
    row("voltage", spark(volts, ...volt), `${volt[0].toFixed(2)}..${volt[1].toFixed(2)} V`),
  ];
}

/** `name value, name value`, broken before it gets too wide. */
function listed(label: string, items: readonly string[]): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last === undefined || last.length + item.length > WIDTH - LABEL - 6) lines.push(item);
    else lines[lines.length - 1] = `${last}, ${item}`;
  }
  const text = lines.length > 0 ? lines : ["none"];
  return text.map((line, i) => `  ${(i === 0 ? label : "").padEnd(LABEL)}${line}`);
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

function energyLines({ energy: { harvest, used, lost, stored } }: RunNumbers): string[] {
  const whole_mJ = Math.max(harvest.drawn_mJ, sum(used) + sum(lost));
  const full = (harvest.offered_mJ ?? 0) > 1.001 * harvest.drawn_mJ;
  const refused = full ? " (a full cell refused the rest)" : "";
  const of = (name: string) => energy(harvest[name] ?? 0);
  return [
    ...listed("energy in", [
      `${of("available_mJ")} at the panel's best point`,
      `${of("offered_mJ")} offered`,
      `${energy(harvest.drawn_mJ)} drawn${refused}`,
    ]),
    ...listed("used", [energy(sum(used)), ...shares(used, whole_mJ)]),
    ...listed("lost", [energy(sum(lost)), ...shares(lost, whole_mJ)]),
    ...listed("stored", [`cell ${energy(stored.cell_mJ ?? 0)}`]),
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

/** The page for people. */
export function pageOf(numbers: RunNumbers, trace: RunTrace, pace: Pace): string {
  const { soc, estimate, events, modes, limits, vetoes, unenforced, node_cost } = numbers;
  const mean = (name: string) => power(Number(node_cost[name]));
  const parts = `${numbers.cell} on ${numbers.board} with ${numbers.load}, ${numbers.site}`;
  const rate = (numbers.hours * 3600) / pace.seconds;
  const lines = [
    cut(numbers.title, WIDTH),
    cut(`${parts}; ${numbers.hours} h, seed ${numbers.seed}`, WIDTH),
    "",
    ...pictures(trace, numbers.hours),
    "",
    ...energyLines(numbers),
    ...listed("SOC", [
      `start ${percent(soc.start)} %`,
      `end ${percent(soc.end)} %`,
      `between ${percent(soc.min)} and ${percent(soc.max)} %`,
    ]),
    ...listed("estimate", estimateItems(estimate)),
    ...listed("health", healthItems(numbers)),
    ...listed(
      "events",
      events.map(({ name, done, refused }) => `${name} ${done} done, ${refused} refused`),
    ),
    ...listed(
      "modes",
      Object.entries(modes).map(([name, h]) => `${name.slice(0, -2)} ${h.toFixed(1)} h`),
    ),
    ...listed("supply", [
      numbers.brownouts === 0 ? "no brown-out" : counted(numbers.brownouts, "brown-out"),
      `off for ${numbers.off_h.toFixed(1)} h`,
      counted(Number(node_cost.starts), "start"),
    ]),
    ...listed("limits", [
      ...limits,
      ...vetoes.map((name) => `vetoed ${name}`),
      ...unenforced.map((name) => `board lacks ${name}`),
    ]),
    ...listed("node cost", [
      `gauge ${mean("gauge_mean_nW")}`,
      `sleep floor ${mean("sleep_floor_mean_nW")}`,
      `charger ${mean("charger_mean_nW")} in the mean`,
      `${Number(node_cost.records)} journal writes`,
    ]),
    ...listed("speed", [
      `${pace.seconds.toFixed(2)} s`,
      `${rate.toExponential(1)} simulated seconds a second`,
      `${(pace.wakes / pace.seconds).toExponential(1)} wakes a second`,
    ]),
  ];
  return lines.map((line) => line.trimEnd()).join("\n");
}
