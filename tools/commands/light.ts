// Light over a run: an indoor day made from a seed, or a CSV file.

import { readFileSync } from "node:fs";
import { type IndoorLight } from "../../boards/schema/scenario.js";
import { Random } from "../../host/sim/random.js";

/** Each value holds from its time to the next one's. */
export interface LightTrace {
  name: string;
  t_s: number[];
  lux: number[];
  /** Where the last value ends. */
  end_s: number;
}

/** A trace that cannot be used; the message is one line. */
export class LightError extends Error {
  override readonly name = "LightError";
}

const DAY_S = 86400;
const STEP_S = 120;
/** Sunlight: 1000 W/m2 are 122 klx (Michael et al. 2020). */
const LUX_PER_W_M2 = 122;
/** Clouds come and go within this time. */
const CLOUD_S = 2400;

/** 0 outside, 1 inside of the hours. */
const within = (hour: number, from_h: number, to_h: number) => hour >= from_h && hour < to_h;

/** Lamps switch on and off; daylight follows the sun's arc behind passing clouds. */
export function indoorLight(light: IndoorLight, hours: number, seed: number): LightTrace {
  const random = new Random(seed);
  const count = Math.ceil((hours * 3600) / STEP_S);
  const keep = Math.exp(-STEP_S / CLOUD_S);
  let cloud = random.normal();
  const t_s = Array.from({ length: count }, (_, i) => i * STEP_S);
  const lux = t_s.map((t) => {
    const hour = (t % DAY_S) / 3600;
    cloud = keep * cloud + Math.sqrt(1 - keep * keep) * random.normal();
    const lamp = within(hour, light.lamp_from_h, light.lamp_to_h) ? light.lamp_lux : 0;
    const { window_from_h, window_to_h, window_lux, cloud_share } = light;
    if (!within(hour, window_from_h, window_to_h)) return lamp;
    const arc = Math.sin((Math.PI * (hour - window_from_h)) / (window_to_h - window_from_h));
    const clear = 1 - cloud_share / (1 + Math.exp(-2 * cloud));
    return lamp + window_lux * arc * clear;
  });
  return { name: "indoor light", t_s, lux, end_s: count * STEP_S };
}

/** Which columns hold time and light, and what one unit is in lux. */
function columnsOf(file: string, header: string[]): { time: number; light: number; lux: number } {
  const time = header.indexOf("t_s");
  const lux = header.indexOf("lux");
  const watts = header.indexOf("W_per_m2");
  if (time >= 0 && lux >= 0) return { time, light: lux, lux: 1 };
  if (time >= 0 && watts >= 0) return { time, light: watts, lux: LUX_PER_W_M2 };
  const found = header.join(",").slice(0, 40);
  throw new LightError(`${file}: the header "${found}" must name t_s, and lux or W_per_m2`);
}

/** Lines with their numbers, without comments and empty ones. */
function linesOf(text: string): { line: string; number: number }[] {
  const all = text.split(/\r?\n/).map((line, i) => ({ line: line.trim(), number: i + 1 }));
  return all.filter(({ line }) => line !== "" && !line.startsWith("#"));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "does not exist" : `cannot be read (${code ?? "unknown"})`;
    throw new LightError(`${file}: ${why}; --light takes a CSV file with t_s and lux or W_per_m2`);
  }
}

/** Columns t_s and lux, or t_s and W_per_m2 (a pyranometer may go below 0 at night). */
export function readLight(file: string): LightTrace {
  const [head, ...rows] = linesOf(readText(file));
  if (head === undefined) throw new LightError(`${file}: is empty; its first line names columns`);
  const columns = columnsOf(
    file,
    head.line.split(",").map((name) => name.trim()),
  );
  const t_s: number[] = [];
  const lux: number[] = [];
  for (const { line, number } of rows) {
    const cells = line.split(",");
    const value = (index: number, name: string) => {
      const cell = (cells[index] ?? "").trim();
      const parsed = cell === "" ? NaN : Number(cell);
      if (Number.isFinite(parsed)) return parsed;
      throw new LightError(`${file}:${number}: ${name} = "${cell}" must be a number`);
    };
    const t = value(columns.time, "t_s");
    const light = columns.lux * value(columns.light, head.line.split(",")[columns.light]!.trim());
    const before = t_s.at(-1) ?? -Infinity;
    if (!(t > before)) throw new LightError(`${file}:${number}: t_s = ${t} must be > ${before}`);
    if (light < 0 && columns.lux === 1) {
      throw new LightError(`${file}:${number}: lux = ${light} must be >= 0`);
    }
    t_s.push(t);
    lux.push(Math.max(light, 0));
  }
  if (t_s.length < 2) throw new LightError(`${file}: ${t_s.length} rows, it must have at least 2`);
  const start = t_s[0]!;
  const step = (t_s.at(-1)! - start) / (t_s.length - 1);
  const name = file.split("/").at(-1) ?? file;
  return { name, t_s: t_s.map((t) => t - start), lux, end_s: t_s.at(-1)! - start + step };
}
