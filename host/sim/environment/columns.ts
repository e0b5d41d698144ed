// Which columns of a recording hold time, what was recorded, and temperature, and in what units:
// known by names.

import { LUX_PER_W_M2, powerOf_uW } from "./environment.js";
import { MONTH_DAYS } from "./sun.js";

/** A recording that cannot be used; the message is one line. */
export class TraceError extends Error {
  override readonly name = "TraceError";
}

/** Turns a row's cells into a number; `place` (file:line) begins the message of an error. */
type Read = (cells: readonly string[], place: string) => number;

export interface Columns {
  /** Index of the line with the names. */
  header: number;
  time: { names: string[]; at: number[]; read: Read };
  /** In lux or uW. */
  value: { read: Read };
  temperature: { read: Read } | undefined;
  /** An empty line ends the table; notes follow. */
  ends: boolean;
}

/** A column of numbers: its names, how it becomes a number of the plant, what it may hold. */
interface Kind {
  names: RegExp;
  to: (value: number, name: string) => number;
  min: number;
  max: number;
  unit: string;
}

const times = (factor: number) => (value: number) => value * factor;

/** Times may be any size; light below 0 is the offset of a pyranometer at night. */
const TIMES: Kind[] = [
  { names: /^t_s$/, to: times(1), min: -1e10, max: 1e10, unit: "s" },
  { names: /^(minute_of_month|min)$/, to: times(60), min: 0, max: 1e8, unit: "min" },
  { names: /^hour$/, to: times(3600), min: 0, max: 1e6, unit: "h" },
];
const IRRADIANCE = /^(W_per_m2|ghi_W_m2|G\(h\)|Global .*\[W\/m\^2\])$/;
const LIGHTS: Kind[] = [
  { names: /^lux$/, to: times(1), min: 0, max: 200000, unit: "lx" },
  { names: IRRADIANCE, to: times(LUX_PER_W_M2), min: -50, max: 2000, unit: "W/m2" },
];
/** The voltage over a recorder's resistor stands for the power that this took: mV^2 / ohm = uW. */
const OVER_LOAD = /^voltage_mV_over_([1-9]\d{0,8})_ohm$/;
const RADIOS: Kind[] = [
  { names: /^((power|rf)_)?dBm$/, to: powerOf_uW, min: -150, max: 60, unit: "dBm" },
  { names: /^(power|rf)_uW$/, to: times(1), min: 0, max: 1e9, unit: "uW" },
  {
    names: OVER_LOAD,
    to: (value, name) => (value * value) / Number(OVER_LOAD.exec(name)![1]),
    ...{ min: 0, max: 100000, unit: "mV" },
  },
];
const WARMTH = /^(temp_C|temperature_degC|temp2m_C|T2m|Temperature @ 2m \[deg C\])$/;
const TEMPERATURES: Kind[] = [{ names: WARMTH, to: times(1), min: -90, max: 150, unit: "degC" }];

/** What may be recorded: its columns, and how they are called to people. */
const RECORDED = {
  light: { kinds: LIGHTS, known: "lux, W_per_m2, ghi_W_m2, G(h) or Global" },
  radio: { kinds: RADIOS, known: "power_dBm, power_uW or voltage_mV_over_30000_ohm" },
};
export type Recorded = keyof typeof RECORDED;
/** A preamble is not longer. */
const PREAMBLE_MAX = 64;

function numberReader(names: readonly string[], kinds: readonly Kind[]) {
  const at = names.findIndex((name) => kinds.some((kind) => kind.names.test(name)));
  if (at < 0) return undefined;
  const name = names[at]!;
  const { to, min, max, unit } = kinds.find((kind) => kind.names.test(name))!;
  const read: Read = (cells, place) => {
    const cell = cells[at] ?? "";
    const value = Number(cell);
    if (value >= min && value <= max && cell.trim() !== "") return to(value, name);
    const must = `must be a number ${min}..${max} ${unit}; correct the row or remove it`;
    throw new TraceError(`${place}: ${name} = "${cell.trim()}" ${must}`);
  };
  return { names: [name], at: [at], read };
}

/** `pattern` gives numbers of a calendar; undefined from `seconds`: there is no such time. */
function calendarReader(
  names: readonly string[],
  wanted: readonly RegExp[],
  format: string,
  pattern: RegExp,
  seconds: (parts: number[]) => number | undefined,
) {
  const at = wanted.map((name) => names.findIndex((other) => name.test(other)));
  if (at.includes(-1)) return undefined;
  const read: Read = (cells, place) => {
    const text = at.map((column) => (cells[column] ?? "").trim()).join(" ");
    const parts = pattern.exec(text)?.slice(1).map(Number);
    const time_s = parts && seconds(parts);
    if (time_s !== undefined) return time_s;
    const column = at.map((index) => names[index]).join(" ");
    const must = `must be a time ${format}; correct the row or remove it`;
    throw new TraceError(`${place}: ${column} = "${text}" ${must}`);
  };
  return { names: at.map((index) => names[index]!), at, read };
}

const isDay = (month: number, day: number, days: number) =>
  month >= 1 && month <= 12 && day >= 1 && day <= days;

/** NREL MIDC: month, day, year, hour, minute of a clock without summer time. */
function midc_s([month, day, year, hour, minute]: number[]): number | undefined {
  const days = new Date(Date.UTC(year!, month, 0)).getUTCDate();
  if (!isDay(month!, day!, days) || hour! > 24 || minute! > 59) return undefined;
  return Date.UTC(year!, month! - 1, day, hour, minute) / 1000;
}

/** PVGIS: month, day, hour, minute of a year without 29 February. */
function pvgis_s([month, day, hour, minute]: number[]): number | undefined {
  if (!isDay(month!, day!, MONTH_DAYS[month! - 1] ?? 0) || hour! > 23 || minute! > 59) {
    return undefined;
  }
  const days = MONTH_DAYS.slice(0, month! - 1).reduce((sum, length) => sum + length, day! - 1);
  return (days * 24 + hour!) * 3600 + minute! * 60;
}

function timeOf(names: readonly string[]) {
  const midc = /^(\d+)\/(\d+)\/(\d{4}) (\d+):(\d+)$/;
  const pvgis = /^\d{4}(\d\d)(\d\d):(\d\d)(\d\d)$/;
  const clock = [/^DATE \(MM\/DD\/YYYY\)$/, /^([A-Z]{1,2}ST|LST|UTC)$/];
  return (
    numberReader(names, TIMES) ??
    calendarReader(names, [/^time\(UTC\)$/], "YYYYMMDD:HHMM", pvgis, pvgis_s) ??
    calendarReader(names, clock, "MM/DD/YYYY HH:MM", midc, midc_s)
  );
}

/** The columns that the first fitting line names. Throws TraceError. */
export function findColumns(file: string, lines: readonly string[], what: Recorded): Columns {
  const { kinds, known } = RECORDED[what];
  const last = Math.min(lines.length, PREAMBLE_MAX);
  for (let header = 0; header < last; header++) {
    const names = lines[header]!.split(",").map((name) => name.trim());
    const time = timeOf(names);
    const value = numberReader(names, kinds);
    if (time === undefined || value === undefined) continue;
    const temperature = numberReader(names, TEMPERATURES);
    return { header, time, value, temperature, ends: time.names[0] === "time(UTC)" };
  }
  const at = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("#"));
  const must = `must name t_s, min, hour, time(UTC) or DATE; and ${known}`;
  if (at < 0) throw new TraceError(`${file}: is empty; its first line ${must}`);
  const found = lines[at]!.trim().slice(0, 40);
  throw new TraceError(`${file}:${at + 1}: header = "${found}" ${must}`);
}
