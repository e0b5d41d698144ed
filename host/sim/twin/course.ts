// What comes from the sky over a twin: temperature, and a harvest that is steered once a day so
// that the true SOC follows the set-up. The firmware sees none of it.

import { type Random } from "../random.js";
import { type Setup, type Track } from "./case.js";

const DAY_S = 86400;
/** Parts of a day: sunrise, sunset, the coldest moment. */
const SUNRISE = 0.33;
const SUNSET = 0.75;
const COLDEST = 0.08;
/** Charge of a day's half sine over its peak. */
const SINE_S = ((SUNSET - SUNRISE) * DAY_S * 2) / Math.PI;
/** Clouds: an autoregressive process over wakes around 1, and its bounds. */
const CLOUD_MEMORY = 0.97;
const CLOUD_NOISE = 0.024;
const CLOUD_MIN = 0.3;
const CLOUD_MAX = 1.7;
/** A track starts below full. */
const START_MAX = 0.97;

/** SOC of a track at a time since its top. */
function trackSoc(track: Track, days: number): number {
  const { low_soc, high_soc, period_days, fall_days, rise_soc } = track;
  const since = ((days % period_days) + period_days) % period_days;
  if (since < fall_days) return high_soc - ((high_soc - low_soc) * since) / fall_days;
  const top_soc = rise_soc ?? high_soc;
  return low_soc + ((top_soc - low_soc) * (since - fall_days)) / (period_days - fall_days);
}

export class Course {
  /** SOC at the start. */
  readonly start_soc: number;
  readonly #setup: Setup;
  readonly #random: Random;
  /** Where in its period the track begins, days. */
  readonly #phase_days: number;
  /** Of today, as a share of the cell's charge; and how clear the sky is. */
  #harvest_share = 0;
  #clear = 1;

  constructor(setup: Setup, random: Random) {
    const { track, surplus, start } = setup;
    if ((track === undefined) === (surplus === undefined)) {
      throw new RangeError("set-up: it must have one of track and surplus; remove the other");
    }
    if (track === undefined && start === undefined) {
      throw new RangeError("set-up: with surplus it must have start; add it");
    }
    if (track !== undefined && track.fall_days >= track.period_days) {
      throw new RangeError(`set-up: fall_days must be < period_days = ${track.period_days}`);
    }
    this.#setup = setup;
    this.#random = random;
    const draw = random.uniform();
    const phase_days = draw * (track?.period_days ?? 0);
    // a rise to the float voltage is so many sunny days, not the afternoon of one
    this.#phase_days = track?.rise_soc === undefined ? phase_days : Math.floor(phase_days);
    this.start_soc =
      start === undefined
        ? Math.min(START_MAX, this.#target(0))
        : start.soc_min + (start.soc_max - start.soc_min) * draw;
  }

  temperature_degC(time_s: number): number {
    const { low_degC, high_degC } = this.#setup;
    const angle = 2 * Math.PI * (time_s / DAY_S - COLDEST);
    return (low_degC + high_degC) / 2 - ((high_degC - low_degC) / 2) * Math.cos(angle);
  }

  /** Midnight: what the day shall bring, from the true SOC and what the day takes (shares). */
  dawn(day: number, soc: number, taken: number): void {
    const { surplus, load } = this.#setup;
    if (surplus !== undefined) {
      const { of_load_min, of_load_max, sunny_days, dark_days } = surplus;
      const sunny = day % (sunny_days + dark_days) < sunny_days;
      const of_load = of_load_min + (of_load_max - of_load_min) * this.#random.uniform();
      this.#harvest_share = sunny ? load.per_day * of_load : 0;
    } else {
      this.#harvest_share = Math.max(0, this.#wanted(day) - soc + taken);
    }
  }

  /** Current that the source offers at this wake to a cell of this charge; the clouds move on. */
  harvest_nA(time_s: number, capacity_nC: number): number {
    const noise = CLOUD_NOISE * this.#random.normal();
    this.#clear = CLOUD_MEMORY * this.#clear + (1 - CLOUD_MEMORY) + noise;
    const part = (time_s / DAY_S) % 1;
    if (part <= SUNRISE || part >= SUNSET) return 0;
    const sun = Math.sin((Math.PI * (part - SUNRISE)) / (SUNSET - SUNRISE));
    const clear = Math.max(CLOUD_MIN, Math.min(CLOUD_MAX, this.#clear));
    return ((this.#harvest_share * capacity_nC) / SINE_S) * sun * clear;
  }

  /** Where the day shall end; a rise to the float voltage ends at its top. */
  #wanted(day: number): number {
    const { track, leave } = this.#setup;
    const left = leave !== undefined && day + 1 > leave.day;
    const top = (day + 1 + this.#phase_days) % (track?.period_days ?? Infinity) === 0;
    return top && !left && track?.rise_soc !== undefined ? track.rise_soc : this.#target(day + 1);
  }

  #target(day: number): number {
    const { track, leave } = this.#setup;
    if (leave !== undefined && day > leave.day) {
      const from_soc = track!.high_soc;
      const climbed = ((leave.soc - from_soc) * (day - leave.day)) / leave.in_days;
      return Math.min(leave.soc, from_soc + climbed);
    }
    return trackSoc(track!, day + this.#phase_days);
  }
}
