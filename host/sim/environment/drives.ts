// What drives sources that live on neither light: how a node's place shakes, by how much the body
// it is mounted on is warmer than the air, what its antenna catches. By the hours of a schedule;
// the difference of temperatures also from a body of constant temperature and the air's own, radio
// also in steps that repeat.
//
//   value = (shift's, or base) exp(spread z - spread^2 / 2),   z normal, one a day: the mean stays

import { type Series } from "../course.js";
import { type Random } from "../random.js";
import { powerOf_uW, type DriveName, type Environment } from "./environment.js";

export interface Schedule {
  /** Outside of all shifts. */
  base: number;
  shifts: {
    value: number;
    /** Of the local clock; beyond 24: of the next day. */
    from_h: number;
    to_h: number;
    /** Working days from Monday on. */
    days_per_week: number;
  }[];
  spread: number;
}

/** The `drives` block of boards/sites/*.json. */
export interface DrivesPhysics {
  vibration?: { frequency_Hz: number; acceleration_m_s2: Schedule } | undefined;
  heat?: { difference_K?: Schedule | undefined; body_degC?: number | undefined } | undefined;
  rf?: { power_uW?: Schedule | undefined; steps?: RadioSteps | undefined } | undefined;
}

/** Each value holds for step_s; after the last comes the first. */
export interface RadioSteps {
  step_s: number;
  power_dBm: number[];
}

type Drives = Partial<Record<DriveName, Series>>;

const DAY_MIN = 1440;
const MINUTE_S = 60;

/** Throws RangeError for a shift that ends before it begins. */
function checkShifts({ shifts }: Schedule, place: string): void {
  for (const { from_h, to_h } of shifts) {
    if (to_h > from_h) continue;
    const remedy = `a night shift counts on, ${to_h + 24}`;
    throw new RangeError(`${place}: to_h = ${to_h} must be > from_h = ${from_h}; ${remedy}`);
  }
}

/** One value a minute from midnight on; `first_day` counts from 0, a Monday. */
export function scheduled(
  schedule: Schedule,
  first_day: number,
  hours: number,
  random: Random,
): Series {
  const values = new Float32Array(Math.ceil(hours * 60)).fill(schedule.base);
  const days = Math.ceil(values.length / DAY_MIN);
  // yesterday's night shift reaches into the first day
  for (let day = -1; day < days; day++) {
    for (const { value, from_h, to_h, days_per_week } of schedule.shifts) {
      if ((((first_day + day) % 7) + 7) % 7 >= days_per_week) continue;
      const at = day * DAY_MIN;
      values.fill(value, Math.max(at + from_h * 60, 0), Math.max(at + to_h * 60, 0));
    }
  }
  const { spread } = schedule;
  for (let at = 0; at < values.length; at += DAY_MIN) {
    const factor = Math.exp(spread * random.normal() - (spread * spread) / 2);
    const end = Math.min(at + DAY_MIN, values.length);
    for (let i = at; i < end && spread > 0; i++) values[i]! *= factor;
  }
  return { step_s: MINUTE_S, values };
}

/** By how much a body of constant temperature is warmer than what the environment records. */
export function warmerThanAir(body_degC: number, of: Environment): Series {
  const values = of.temperature_degC.map((degC) => Math.max(body_degC - degC, 0));
  return { step_s: of.temperature_step_s, values };
}

/**
 * The environment with what drives other sources at its place. `name` is said in errors. Throws
 * RangeError.
 */
export function driven(
  of: Environment,
  { vibration, heat, rf }: DrivesPhysics,
  first_day: number,
  random: Random,
  name: string,
): Environment {
  const hours = of.length_s / 3600;
  const drives: Drives = { ...of.drives };
  const add = (drive: DriveName, schedule: Schedule | undefined) => {
    if (schedule === undefined) return;
    checkShifts(schedule, `${name}: drives, ${drive}`);
    drives[drive] = scheduled(schedule, first_day, hours, random);
  };
  if (vibration !== undefined) {
    add("acceleration_m_s2", vibration.acceleration_m_s2);
    const values = Float32Array.of(vibration.frequency_Hz);
    drives.frequency_Hz = { step_s: of.length_s, values };
  }
  add("difference_K", heat?.difference_K);
  add("rf_uW", rf?.power_uW);
  if (rf !== undefined && (rf.power_uW === undefined) === (rf.steps === undefined)) {
    throw new RangeError(`${name}: drives.rf must have one of power_uW and steps`);
  }
  if (rf?.steps !== undefined) {
    const { step_s, power_dBm } = rf.steps;
    drives.rf_uW = { step_s, values: Float32Array.from(power_dBm, powerOf_uW) };
  }
  const body_degC = heat?.body_degC;
  if (body_degC === undefined) return { ...of, drives };
  if (heat?.difference_K !== undefined) {
    throw new RangeError(`${name}: drives.heat has difference_K and body_degC; give one`);
  }
  drives.difference_K = warmerThanAir(body_degC, of);
  const derived = `difference derived: ${body_degC} degC less its temperature`;
  return { ...of, name: `${of.name}, ${derived}`, drives };
}
