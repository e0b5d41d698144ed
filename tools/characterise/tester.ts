// A battery tester with its chamber: constant current, constant voltage, rest. Each step is
// recorded densely after a change and sparsely later, as testers do by their dt and dV triggers.

import { MeasurementError } from "./manifest.js";
import { type Meter } from "./meter.js";
import { type TestCell } from "./test_cell.js";

/** One line of a file, in the instrument's view. */
export interface Row {
  test_time_s: number;
  step: number;
  current_uA: number;
  voltage_V: number;
  temperature_degC: number;
  charge_uAh: number;
}

/** Readings lie so far apart in voltage, or at most so far in time. */
const TRIGGER_MV = 5;
const TRIGGER_S = 1200;
const GROWTH = 2;
/** It looks at the display so often, whether it records it or not. */
const LOOK_S = 20;
/** Readings of a hold lie at most so far apart. */
const HOLD_S = 600;
/** A held current may rise so far from one reading to the next. */
const HEADROOM = 1.3;
/** A rest is over when the voltage moved less than FLAT_MV within WINDOW_S. */
const FLAT_MV = 0.15;
const WINDOW_S = 1800;
/** Holds and rests end here at the latest. */
const PATIENCE_S = 200 * 3600;
const HOUR_S = 3600;
/** The slowest full charge or discharge takes less. */
const SLOWEST_S = 500 * HOUR_S;

export class Tester {
  rows: Row[] = [];
  readonly #cell: TestCell;
  readonly #meter: Meter;
  readonly label_nAh: number;
  /** What rates of moves refer to: the label, until a slow cycle has measured better. */
  capacity_nAh: number;
  #time_s = 0;
  #step = 0;
  #charge_nAh = 0;
  #shown_degC = 25;

  constructor(cell: TestCell, meter: Meter, label_nAh: number) {
    this.#cell = cell;
    this.#meter = meter;
    this.label_nAh = label_nAh;
    this.capacity_nAh = label_nAh;
  }

  /** Starts the next file: time, steps and counter from zero. */
  begin(shown_degC: number): void {
    this.rows = [];
    this.#time_s = 0;
    this.#step = 0;
    this.#charge_nAh = 0;
    this.chamber(shown_degC);
  }

  /** The counter of the instrument since `begin`. */
  get charge_nAh(): number {
    return this.#charge_nAh;
  }

  /** What the instrument displays now, on average, at a current. */
  shown_mV(current_nA: number): number {
    return this.#meter.shown_mV(this.#cell.voltage_mV(current_nA));
  }

  chamber(shown_degC: number): void {
    this.#shown_degC = shown_degC;
    this.#cell.temperature_degC = this.#meter.specimen_degC(shown_degC);
  }

  /**
   * Constant current for `time_s`, or until the display passes `limit_mV` on its way. Returns how
   * long it flowed, s.
   */
  drive(current_nA: number, time_s: number, limit_mV: number): number {
    this.#step++;
    const start_s = this.#time_s;
    const beyond = (mV: number) => (current_nA > 0 ? mV >= limit_mV : mV <= limit_mV);
    let dt_s = this.#meter.interval_s;
    let before_mV = this.shown_mV(current_nA);
    for (let left_s = time_s; left_s > 0 && !beyond(before_mV);) {
      // no crumb shorter than a reading is left over
      const now_s = left_s - dt_s < this.#meter.interval_s ? left_s : dt_s;
      left_s -= this.#flow(current_nA, now_s, beyond);
      const shown_mV = this.shown_mV(current_nA);
      this.#record(current_nA);
      const moved_mV = Math.abs(shown_mV - before_mV);
      const room_mV = Math.min(TRIGGER_MV, 0.7 * Math.abs(limit_mV - shown_mV));
      dt_s = this.#next(now_s, moved_mV, room_mV);
      before_mV = shown_mV;
      if (this.#time_s - start_s < SLOWEST_S) continue;
      throw new MeasurementError(
        `the specimen stands at ${shown_mV.toFixed(0)} mV after ${SLOWEST_S / HOUR_S} h, ` +
          `not yet at ${limit_mV} mV; check its physics and voltage limits`,
      );
    }
    return this.#time_s - start_s;
  }

  /** Constant voltage from a current on, until two readings in a row are at most `taper_nA`. */
  hold(shown_mV: number, from_nA: number, taper_nA: number): void {
    this.#step++;
    const held_mV = this.#meter.true_mV(shown_mV);
    let dt_s = this.#meter.interval_s;
    let before_nA = from_nA;
    for (let time_s = 0; time_s < PATIENCE_S;) {
      const most_nA = Math.max(Math.abs(before_nA), taper_nA) * HEADROOM;
      const current_nA = this.#cell.hold(held_mV, dt_s, Math.sign(from_nA) * most_nA);
      this.#count(current_nA, dt_s);
      time_s += dt_s;
      this.#record(current_nA, held_mV);
      if (Math.abs(before_nA) <= taper_nA && Math.abs(current_nA) <= taper_nA) return;
      dt_s = Math.min(GROWTH * dt_s, HOLD_S);
      before_nA = current_nA;
    }
    throw new MeasurementError(
      `the specimen still takes ${(before_nA / this.label_nAh).toPrecision(2)} C ` +
        `at ${shown_mV} mV after ${PATIENCE_S / HOUR_S} h; check its physics and voltage limits`,
    );
  }

  /** No current for at least `least_s`, and until the display stands still. */
  rest(least_s: number): void {
    this.#step++;
    const seen: { time_s: number; mV: number }[] = [];
    let dt_s = this.#meter.interval_s;
    let before_mV = this.shown_mV(0);
    for (let time_s = 0; time_s < PATIENCE_S;) {
      this.#flow(0, dt_s);
      time_s += dt_s;
      this.#record(0);
      const mV = this.shown_mV(0);
      const earlier = seen.findLast((reading) => reading.time_s <= time_s - WINDOW_S);
      const still = earlier !== undefined && Math.abs(mV - earlier.mV) < FLAT_MV;
      if (time_s >= least_s && (still || least_s < WINDOW_S)) return;
      seen.push({ time_s, mV });
      const most_s = time_s < least_s ? least_s - time_s : Infinity;
      dt_s = Math.min(this.#next(dt_s, Math.abs(mV - before_mV), TRIGGER_MV), most_s);
      before_mV = mV;
    }
  }

  /** Length of the next step: grows while less moves than there is room for. */
  #next(dt_s: number, moved: number, room: number): number {
    const ratio = Math.max(room / Math.max(moved, 1e-9), 0.2);
    const next_s = dt_s * Math.min(ratio, GROWTH);
    return Math.min(Math.max(next_s, this.#meter.interval_s), TRIGGER_S);
  }

  /** Lets a current flow; stops as soon as the display is `beyond`. Returns for how long. */
  #flow(current_nA: number, dt_s: number, beyond?: (mV: number) => boolean): number {
    const looks = beyond === undefined ? 1 : Math.ceil(dt_s / LOOK_S);
    for (let look = 1; look <= looks; look++) {
      this.#cell.drive(current_nA, dt_s / looks);
      this.#count(current_nA, dt_s / looks);
      if (beyond?.(this.shown_mV(current_nA)) === true) return (look * dt_s) / looks;
    }
    return dt_s;
  }

  #count(current_nA: number, dt_s: number): void {
    this.#time_s += dt_s;
    this.#charge_nAh += (this.#meter.current_nA(current_nA) * dt_s) / HOUR_S;
  }

  #record(current_nA: number, true_mV = this.#cell.voltage_mV(current_nA)): void {
    this.rows.push({
      test_time_s: this.#time_s,
      step: this.#step,
      current_uA: this.#meter.current_nA(current_nA) / 1000,
      voltage_V: this.#meter.voltage_mV(true_mV) / 1000,
      temperature_degC: this.#shown_degC,
      charge_uAh: this.#charge_nAh / 1000,
    });
  }
}
