// `tfmb replay FILE... --cell CELL`: the core over what was measured on a cell, with faults of the
// sensors where they are asked for; printed as a page or as JSON, written as a report.

import { type Command } from "commander";
import { basename, join } from "node:path";
import { coreModule } from "../build/built.js";
import { readCellProfile } from "../characterise/cell_part.js";
import { readLaboratoryText } from "../laboratory/record.js";
import { figuresOf } from "../replay/figures.js";
import { joined, namedPart, type Part } from "../replay/joined.js";
import { type ReplayNumbers } from "../replay/numbers.js";
import { replayPage } from "../replay/page.js";
import { scaleOf, shownTo } from "../replay/profile.js";
import { parseRecord, type CellRecord } from "../replay/record.js";
import { replay, type ReplayOptions } from "../replay/replay.js";
import { VOLTAGES, type ShownVoltages, type Start } from "../replay/replay_core.js";
import { writeReplay } from "../replay/report.js";
import { CHARGES, SOUND, type ChargeFrom, type Sensing } from "../replay/sensing.js";
import { commitOf, replayOf } from "./replay.js";
import { folder, numberIn, UsageError } from "./usage.js";

/** As commander hands them over; `--no-x` is `x: false`. */
export interface ReplayCsvOptions {
  cell: string;
  columns?: string;
  holds?: number;
  scale?: number;
  socAtZero?: number;
  charge?: ChargeFrom;
  voltages?: ShownVoltages;
  from?: number;
  settle?: number;
  recovered?: number;
  start?: number;
  startSigma?: number;
  label?: number;
  resistanceRatio?: number;
  pause?: number;
  every?: number;
  integration?: boolean;
  current?: boolean;
  booked?: number;
  dropout?: number;
  offset?: number;
  gain?: number;
  noise?: number;
  adcOffset?: number;
  adcGain?: number;
  adcNoise?: number;
  adcBits?: number;
  adcRange?: number;
  seed?: number;
  out?: string;
  json?: boolean;
}

const NAH_PER_AH = 1e9;
const SETTLE_S = 600;
const PAUSE_S = 3600;
const RECOVERED_PCT = 2;
const START_SIGMA = 0.01;
const BOOKED = 1.1;
const PERCENT = 100;

function sensingOf(options: ReplayCsvOptions): Sensing {
  if (options.booked !== undefined && options.current !== false) {
    throw new UsageError("--booked needs --no-current: with a sensor nothing is booked");
  }
  return {
    charge: options.charge ?? SOUND.charge,
    every_s: options.every ?? SOUND.every_s,
    integrated: options.integration ?? SOUND.integrated,
    dropout: options.dropout ?? SOUND.dropout,
    current_offset_C: options.offset ?? SOUND.current_offset_C,
    current_gain: options.gain ?? SOUND.current_gain,
    current_noise_C: options.noise ?? SOUND.current_noise_C,
    voltage_offset_mV: options.adcOffset ?? SOUND.voltage_offset_mV,
    voltage_gain: options.adcGain ?? SOUND.voltage_gain,
    voltage_noise_mV: options.adcNoise ?? SOUND.voltage_noise_mV,
    adc_bits: options.adcBits ?? SOUND.adc_bits,
    adc_range_mV: options.adcRange ?? SOUND.adc_range_mV,
    booked_gain: options.current === false ? (options.booked ?? BOOKED) : undefined,
  };
}

function startOf({ start, startSigma }: ReplayCsvOptions): Start | undefined {
  if (start !== undefined) return { soc: start, sigma: startSigma ?? START_SIGMA };
  if (startSigma === undefined) return undefined;
  throw new UsageError("--start-sigma needs --start, the SOC that is told with it");
}

/** What the core does not tell from a broken record: currents far beyond any cell. */
function checkScale(record: CellRecord, scale: number, cell_nAh: number, cell: string): void {
  const most_nA = record.current_nA.reduce((a, nA) => Math.max(a, Math.abs(nA)), 0);
  const rate = most_nA / scale / cell_nAh;
  if (rate < 100 && rate > 1e-6) return;
  throw new UsageError(
    `${record.file}: the largest current is ${rate.toPrecision(3)} C of ${cell} at --scale ` +
      `${scale}; give the record's cell with --holds AH, or the right unit with --columns`,
  );
}

/** How far beyond empty and full a label that is wrong takes a reference. */
const BEYOND = 0.25;

/** Nor a reference that no cell can follow. */
function checkHolds(file: string, soc: ArrayLike<number>, capacity_nAh: number, cell: string) {
  const [low, high] = Array.from(soc).reduce(
    ([low, high], z) => [Math.min(low, z), Math.max(high, z)],
    [1, 0],
  );
  if (low >= -BEYOND && high <= 1 + BEYOND) return;
  throw new UsageError(
    `${file}: its charge takes ${cell}, ${(capacity_nAh / NAH_PER_AH).toPrecision(3)} Ah, from ` +
      `${(PERCENT * low).toFixed(0)} to ${(PERCENT * high).toFixed(0)} % SOC; give the cell that ` +
      "was measured, what it holds with --holds AH, or where it begins with --soc-at-zero",
  );
}

function withoutDefaults(options: ReplayCsvOptions): object {
  const { current, integration, ...rest } = options;
  return {
    ...rest,
    ...(current === false ? { noCurrent: true } : {}),
    ...(integration === false ? { noIntegration: true } : {}),
  };
}

/** Replays, writes what is asked for, returns what is printed. Throws errors of the input. */
export function runReplay(files: readonly string[], options: ReplayCsvOptions): string {
  const { name, part: cell } = readCellProfile(options.cell);
  const start = startOf(options);
  const parts = files.map((word): Part => {
    const { file, only } = namedPart(word);
    return { record: parseRecord(basename(file), readLaboratoryText(file), options.columns), only };
  });
  const cell_nAh = cell.profile.capacity_nAh.value;
  const given_nAh = options.holds === undefined ? undefined : options.holds * NAH_PER_AH;
  const scale = options.scale ?? scaleOf(given_nAh ?? cell_nAh, cell_nAh);
  const capacity_nAh = given_nAh ?? cell_nAh * scale;
  for (const { record } of parts) checkScale(record, scale, cell_nAh, name);
  const soc_at_zero = options.socAtZero ?? 1;
  const life = joined(parts, { capacity_nAh, soc_at_zero, pause_s: options.pause ?? PAUSE_S });
  const { record, soc: reference } = life;
  const module = coreModule();
  const asked: ReplayOptions = {
    ...{ cell, reference, capacity_nAh, scale, start, sensing: sensingOf(options) },
    label_ratio: options.label ?? 1,
    resistance_ratio: options.resistanceRatio ?? 1,
    voltages: options.voltages ?? shownTo(cell),
    from_s: options.from ?? 0,
    seed: options.seed ?? 1,
  };
  const trace = replay(module, record, asked);
  // a time that no cell can have is the core's to tell, and comes first
  checkHolds(record.file, reference, capacity_nAh, name);
  const settle_s = options.settle ?? SETTLE_S;
  const recovered_pct = options.recovered ?? RECOVERED_PCT;
  const figures = figuresOf(trace, { settle_s, recovered: recovered_pct / PERCENT });
  if (figures === undefined) {
    const length = trace.t_s.at(-1)!.toFixed(0);
    throw new UsageError(`--settle ${settle_s} leaves nothing of ${length} s; make it shorter`);
  }
  const numbers: ReplayNumbers = {
    ...{ file: record.file, cell: name, commit: commitOf() },
    replay: replayOf("replay", files, withoutDefaults(options)),
    ...{ capacity_Ah: capacity_nAh / NAH_PER_AH, scale, length_s: trace.t_s.at(-1)! },
    ...{ soc_first: trace.reference[0]!, soc_last: trace.reference.at(-1)! },
    ...{ settle_s, recovered_pct, start: start ?? null, voltages: asked.voltages },
    branches: life.branches.map(({ first: _, last: __, ...branch }) => branch),
    health: {
      capacity_share: trace.learned.capacity_share ?? null,
      true_capacity_share: capacity_nAh / (cell_nAh * scale * asked.label_ratio),
      resistance_ratio: trace.learned.resistance_ratio,
      true_resistance_ratio: asked.resistance_ratio,
    },
    resistance_ratio: asked.resistance_ratio,
    rejected: trace.rejected,
    warnings: record.warnings,
    ...{ label_ratio: asked.label_ratio, sensing: asked.sensing, ...figures },
  };
  if (options.out !== undefined) writeReplay(options.out, numbers, trace);
  if (options.json === true) return JSON.stringify(numbers, null, 2);
  const page = replayPage(numbers, trace);
  if (options.out === undefined) return page;
  return `${page}\n\n  report      ${join(options.out, "report.html")}`;
}

/** A parser of words for commander. */
function oneOf<W extends string>(option: string, words: readonly W[]) {
  return (text: string): W => {
    const word = words.find((each) => each === text);
    if (word !== undefined) return word;
    throw new UsageError(`${option} ${text} must be one of ${words.join(", ")}`);
  };
}

const LONG_S = 1e8;
const RATIO = [0.1, 10] as const;

/** Puts the command's options on it. */
export function replayCommand(command: Command): Command {
  const within = (name: string, low: number, high: number, whole = false) =>
    numberIn(`--${name}`, low, high, whole);
  return command
    .description("let the core live through what was measured on a cell, and judge its SOC")
    .argument(
      "<file...>",
      "a tester's files, one life; FILE#charge or #discharge: that of it alone",
    )
    .requiredOption("--cell <name>", "name in boards/cells, or a .json file")
    .option("--columns <list>", "KIND=[-]NAME[:UNIT] with commas, where headings do not tell")
    .option("--holds <Ah>", "of the measured cell: what SOC counts by", within("holds", 1e-9, 1e6))
    .option("--scale <n>", "its currents over those of the cell's file", within("scale", 1e-6, 1e9))
    .option("--soc-at-zero <soc>", "SOC where the counter is 0 (1)", within("soc-at-zero", 0, 1))
    .option(
      "--charge <how>",
      `${CHARGES.join(", ")} of the current's rows`,
      oneOf("--charge", CHARGES),
    )
    .option(
      "--voltages <which>",
      `${VOLTAGES.join(", ")}: shown to the core (all where the cell is known under load)`,
      oneOf("--voltages", VOLTAGES),
    )
    .option("--from <s>", "start in the middle", within("from", 0, LONG_S))
    .option("--settle <s>", "errors count from then on (600)", within("settle", 0, LONG_S))
    .option(
      "--recovered <%>",
      "error below which it has recovered (2)",
      within("recovered", 0, 100),
    )
    .option("--start <soc>", "tell it an SOC; else the first voltage does", within("start", 0, 1))
    .option("--start-sigma <soc>", "and how sure that is (0.01)", within("start-sigma", 0, 1))
    .option("--label <ratio>", "told capacity over the cell file's", within("label", ...RATIO))
    .option(
      "--resistance-ratio <ratio>",
      "told resistance over the cell file's",
      within("resistance-ratio", ...RATIO),
    )
    .option("--pause <s>", "rest between two files (3600)", within("pause", 1, LONG_S))
    .option("--every <s>", "wake so rarely", within("every", 0, 86400))
    .option("--no-integration", "the current at a wake stands for the time before it")
    .option("--no-current", "no sensor: a mean of each minute is booked")
    .option("--booked <ratio>", "wrong by this (1.1)", within("booked", ...RATIO))
    .option("--dropout <share>", "of the wakes never happen", within("dropout", 0, 0.99))
    .option("--offset <C>", "of the current; 1 C empties it in an hour", within("offset", -10, 10))
    .option("--gain <ratio>", "of the current", within("gain", ...RATIO))
    .option("--noise <C>", "of the current, one sigma", within("noise", 0, 10))
    .option("--adc-offset <mV>", "of the voltage", within("adc-offset", -1000, 1000))
    .option("--adc-gain <ratio>", "of the voltage", within("adc-gain", 0.5, 1.5))
    .option("--adc-noise <mV>", "of the voltage, one sigma", within("adc-noise", 0, 1000))
    .option("--adc-bits <n>", "of the voltage", within("adc-bits", 4, 24, true))
    .option("--adc-range <mV>", "that they span (5000)", within("adc-range", 1, 60000))
    .option("--seed <n>", "of noise and dropouts", within("seed", 0, 4294967295, true))
    .option("--out <dir>", "write report.html, replay.json and trace.csv", folder)
    .option("--json", "print one JSON object");
}
