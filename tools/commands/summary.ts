// What a run came to: as numbers for --json, and as a page of at most 100 columns for people.

import { Actuators, Faults, Vetoes } from "../../host/core/abi.js";
import { type Day, type Wake } from "./day.js";
import { binned, spark } from "./spark.js";

const COLUMNS = 72;
/** Errors are judged from here on: the start is the filter's, not the day's. */
const SETTLED_S = 3600;
const LEVELS = ["operating", "recommended", "maximum"];

const names = (table: Record<string, number>, bits: number): string[] =>
  Object.entries(table).flatMap(([name, bit]) => ((bits & bit) !== 0 ? [name] : []));

/** Names of fault bits; the limits come in three levels. */
function faultNames(bits: number): string[] {
  return Object.entries(Faults).flatMap(([name, bit]) => {
    if (bit >= Faults.sensor) return (bits & bit) !== 0 ? [name] : [];
    return LEVELS.filter((_, level) => (bits & (bit << level)) !== 0).map(
      (level) => `${name} ${level}`,
    );
  });
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Errors of the estimate, in units of SOC. */
function errorsOf(wakes: readonly Wake[]) {
  const settled = wakes.filter(({ t_s }) => t_s >= SETTLED_S);
  const judged = settled.length > 0 ? settled : wakes;
  const errors = judged.map(({ estimate, soc }) => estimate - soc);
  const squares = errors.reduce((sum, error) => sum + error * error, 0);
  const inside = judged.filter((w) => Math.abs(w.estimate - w.soc) <= 2 * w.sigma).length;
  return {
    rms: Math.sqrt(squares / judged.length),
    worst: Math.max(...errors.map(Math.abs)),
    within_2_sigma: inside / judged.length,
  };
}

/** Plain data, the same bytes for the same scenario, light and hours. */
export function numbersOf(day: Day) {
  const { scenario } = day.parts;
  const last = day.wakes.at(-1)!;
  const { rms, worst, within_2_sigma } = errorsOf(day.wakes);
  const books = Object.entries<number>({ ...day.books }).map(([name, value]) => [
    name,
    rounded(value, 3),
  ]);
  const modes = Object.entries(day.modes).map(([name, s]) => [`${name}_h`, rounded(s / 3600, 3)]);
  return {
    scenario: scenario.title,
    cell: scenario.cell,
    board: scenario.board,
    load: scenario.load,
    seed: scenario.seed,
    light: day.light,
    hours: day.hours,
    energy: Object.fromEntries(books) as Record<keyof Day["books"], number>,
    soc: {
      start: rounded(day.start_soc, 4),
      end: rounded(day.end_soc, 4),
      last_truth: rounded(last.soc, 4),
      last_estimate: rounded(last.estimate, 4),
      last_sigma: rounded(last.sigma, 4),
      error_in_sigma: rounded((last.estimate - last.soc) / last.sigma, 2),
      rms_error: rounded(rms, 4),
      worst_error: rounded(worst, 4),
      within_2_sigma: rounded(within_2_sigma, 3),
    },
    events: day.events,
    modes: Object.fromEntries(modes) as Record<string, number>,
    off_h: rounded(day.off_s / 3600, 3),
    limits: faultNames(day.faults),
    vetoes: names(Vetoes, day.vetoes),
    unenforced: names(Actuators, day.unenforced),
    steps: day.steps,
    records: day.records,
    restarts: day.restarts,
  };
}

/** In percent; what rounds to nothing has no sign. */
const percent = (share: number, digits = 1) =>
  (100 * share).toFixed(digits).replace(/^-(0(\.0+)?)$/, "$1");

/** At most `width` columns. */
const cut = (text: string, width: number) =>
  [...text].length > width ? `${[...text].slice(0, width - 3).join("")}...` : text;

function row(name: string, bars: string, range: string): string {
  return `  ${name.padEnd(9)} ${bars} ${range}`;
}

/** Light, SOC (truth and estimate on one scale) and voltage over the run. */
function pictures(day: Day): string[] {
  const t = day.wakes.map(({ t_s }) => t_s);
  const line = (of: (wake: Wake) => number) =>
    binned(t, day.wakes.map(of), day.hours * 3600, COLUMNS);
  const range = (...lines: number[][]): [number, number] => [
    Math.min(...lines.flat()),
    Math.max(...lines.flat()),
  ];
  const lux = line((wake) => wake.lux);
  const truth = line((wake) => wake.soc);
  const estimate = line((wake) => wake.estimate);
  const volts = line((wake) => wake.voltage_mV / 1000);
  const soc = range(truth, estimate);
  const volt = range(volts);
  const brightest = Math.max(...lux);
  return [
    row("light", spark(lux, 0, brightest), `0..${brightest.toFixed(0)} lx`),
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
    if (last === undefined || last.length + item.length > 84) lines.push(item);
    else lines[lines.length - 1] = `${last}, ${item}`;
  }
  const text = lines.length > 0 ? lines : ["none"];
  return text.map((line, i) => `  ${(i === 0 ? label : "").padEnd(9)} ${line}`);
}

/** The page for people. */
export function pageOf(day: Day): string {
  const { energy, soc, events, modes, limits, vetoes, unenforced, ...all } = numbersOf(day);
  const uAh = (nAh: number) => (nAh / 1000).toFixed(1);
  const J = (mJ: number) => (mJ / 1000).toFixed(2);
  const sigmas = Math.abs(soc.error_in_sigma).toFixed(1);
  const error = percent(soc.last_estimate - soc.last_truth);
  const unheld = unenforced.map((name) => `board lacks ${name}`);
  const vetoed = vetoes.map((name) => `vetoed ${name}`);
  const parts = `${all.cell} on ${all.board} with ${all.load}`;
  const lines = [
    cut(all.scenario, 100),
    cut(`${parts}; ${all.hours} h, seed ${all.seed}, ${all.light}`, 100),
    "",
    ...pictures(day),
    "",
    ...listed("energy", [
      `in ${J(energy.harvested_mJ)} J (${uAh(energy.harvested_nAh)} uAh)`,
      `used ${J(energy.used_mJ)} J (${uAh(energy.used_nAh)} uAh)`,
      `leaked ${uAh(energy.leaked_nAh)} uAh`,
      `refused ${uAh(energy.refused_nAh)} uAh`,
    ]),
    ...listed("SOC", [`start ${percent(soc.start)} %`, `end ${percent(soc.end)} %`]),
    ...listed("estimate", [
      `${percent(soc.last_estimate)} +-${percent(soc.last_sigma)} %`,
      `error ${error} % (${sigmas} sigma)`,
      `rms ${percent(soc.rms_error)} %`,
      `worst ${percent(soc.worst_error)} %`,
      `${percent(soc.within_2_sigma, 0)} % within 2 sigma`,
    ]),
    ...listed(
      "events",
      events.map(({ name, done, refused }) => `${name} ${done} done, ${refused} refused`),
    ),
    ...listed(
      "modes",
      Object.entries(modes).map(([name, h]) => `${name.slice(0, -2)} ${h.toFixed(1)} h`),
    ),
    ...listed("limits", [...limits, ...vetoed, ...unheld]),
    ...listed("core", [
      `${all.steps} steps in ${day.core_ms.toFixed(1)} ms`,
      `${all.records} journal records`,
      all.restarts > 0 ? `${all.restarts} restarts` : "no restart",
      ...(all.off_h > 0 ? [`switched off for ${all.off_h.toFixed(1)} h`] : []),
    ]),
  ];
  return lines.map((line) => line.trimEnd()).join("\n");
}
