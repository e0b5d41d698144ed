// The twin test bed: a cell of the plant leads the life of a set-up, and what its firmware would
// read is read. The bed keeps the truth beside it: SOC, and where every charge went.
//
//   while (!bed.over) {
//     const reading = bed.read();
//     bed.pass(charge, pause_s);
//   }
//
// It knows nothing of the core. Firmware may switch charging off, and pause it before a reading.

import { Ageing, type AgeingPhysics } from "../ageing.js";
import { type CellPhysics } from "../cell.js";
import { Day } from "../day.js";
import { type Random } from "../random.js";
import { NOMINAL, drawCell, type CellSpecimen, type CellSpread } from "../specimen.js";
import { type Label, type Setup, type Unknowns, type Wiring } from "./case.js";
import { Course } from "./course.js";
import { Senses } from "./senses.js";
import { streamOf } from "./stream.js";
import { TwinCell } from "./twin_cell.js";

const DAY_S = 86400;
const HOUR_S = 3600;
const OHM = 1e6;
/** Events are drawn through a limiter: half the label's charge in an hour, or so much voltage at
 * the label's resistance; and fast enough for the load. */
const PULSE_RATE = 0.5;
const PULSE_MV = 20;
const PULSE_LEAST = 3;
/** Steps of the plant after a change of the current, s and shares of what is left. */
const STEPS = [
  [30, 0.25],
  [150, 0.5],
] as const;
/** Less than was offered is taken: the charger holds the float voltage. */
const TAKEN_SHARE = 1 - 1e-6;
/** So low a terminal is no longer a set-up's life. */
const DEAD_MV = 1500;

/** What the firmware reads at a wake, and what it did since the last: as its books have it. */
export interface Reading {
  time_s: number;
  voltage_mV: number;
  loaded_mV: number;
  temperature_degC: number;
  /** What a counter counted since the last reading; absent: there is none. */
  charge_pC: number | undefined;
  /** What the source offered, also where the charger took less. */
  harvest_mean_nA: number;
  harvest_now_nA: number;
  events: number;
  /** The charger says that it holds the float voltage, where it has a flag for it. */
  limiting: boolean;
  charging: boolean;
  paused: boolean;
}

/** The load as it is booked. */
export interface Books {
  sleep_nA: number;
  event_nC: number;
  pulse_nA: number;
}

/** Charge so far, nC: what a path truly took or gave. */
export interface Flows {
  harvest_nC: number;
  load_nC: number;
  leak_nC: number;
}

/** A case: what the bed is built from. `fitted` is the specimen that the profile was fitted to. */
export interface Case {
  name: string;
  setup: Setup;
  unknowns: Unknowns;
  wiring: Wiring;
  physics: CellPhysics & { spread: CellSpread; ageing: AgeingPhysics };
  label: Label;
  fitted: CellSpecimen;
  seed: number;
}

function drawnOf({ name, unknowns, physics, fitted, seed }: Case): CellSpecimen {
  const drawn = drawCell(physics.spread, streamOf(name, seed, "specimen"));
  const { emf_offset_mV, diffusion_ratio } = unknowns.specimen === "drawn" ? drawn : fitted;
  return { ...NOMINAL, emf_offset_mV, diffusion_ratio };
}

export class Bed {
  readonly books: Books;
  readonly flows: Flows = { harvest_nC: 0, load_nC: 0, leak_nC: 0 };
  readonly twin: TwinCell;
  readonly senses: Senses;
  /** Of the cell, in a set-up in which it ages. */
  readonly ageing: Ageing;
  /** The charger's true set point. */
  readonly float_mV: number;
  time_s = 0;
  /** The charger held the float voltage at the end of the last step. */
  limiting = false;
  readonly #of: Case;
  readonly #course: Course;
  readonly #events: Random;
  /** True currents and charge of the load. */
  readonly #sleep_nA: number;
  readonly #pulse_nA: number;
  readonly #event_nC: number;
  /** Since the last reading: booked harvest, and events. */
  #booked_nC = 0;
  #done = 0;
  #harvest_nA = 0;
  #charging = false;
  #paused = false;
  #day = -1;
  #passed = new Day();

  constructor(of: Case) {
    const { name, setup, unknowns, wiring, physics, label, seed } = of;
    this.#of = of;
    this.#course = new Course(setup, streamOf(name, seed, "course"));
    this.#events = streamOf(name, seed, "events");
    this.senses = new Senses(label, unknowns, wiring, name, seed);
    const { start_soc } = this.#course;
    const degC = this.#course.temperature_degC(0);
    this.twin = new TwinCell(physics, drawnOf(of), label, unknowns, start_soc, degC);
    this.ageing = new Ageing(physics.ageing);
    const spread = 2 * streamOf(name, seed, "float").uniform() - 1;
    this.float_mV = label.float_mV * (1 + unknowns.float_error * spread);
    const { per_day, event_share, events_min, events_max } = setup.load;
    const mean_nA = (per_day * this.twin.capacity_nC) / DAY_S;
    const { load_scale } = this.senses;
    const limit_nA = (PULSE_MV / label.resistance_ohm) * OHM;
    const rate_nA = PULSE_RATE * label.capacity_nAh;
    const booked_nA = Math.max(Math.min(rate_nA, limit_nA), PULSE_LEAST * mean_nA * load_scale);
    this.#pulse_nA = booked_nA / load_scale;
    this.#sleep_nA = (1 - event_share) * mean_nA;
    const count = (events_min + events_max) / 2;
    this.#event_nC = (event_share * mean_nA * setup.wake_s) / count;
    this.books = {
      sleep_nA: this.#sleep_nA * load_scale,
      event_nC: this.#event_nC * load_scale,
      pulse_nA: booked_nA,
    };
  }

  get over(): boolean {
    return this.time_s >= this.#of.setup.days * DAY_S;
  }

  get soc(): number {
    return this.twin.soc;
  }

  /** Current of the cell now. */
  get current_nA(): number {
    if (this.limiting) return this.twin.cell.end_nA;
    return this.#flowing_nA - this.#drain_nA;
  }

  /** What the cell is offered now. */
  get #flowing_nA(): number {
    return this.#charging && !this.#paused ? this.#harvest_nA : 0;
  }

  get #drain_nA(): number {
    return this.#sleep_nA + this.#of.unknowns.leak_nA;
  }

  /** A wake: what is read before anything is done. */
  read(): Reading {
    const { cell } = this.twin;
    const degC = this.#course.temperature_degC(this.time_s);
    cell.temperature_degC = degC;
    const { senses } = this;
    const { current_nA } = this;
    const { wake_s } = this.#of.setup;
    const rest_mV = cell.voltage_mV(current_nA);
    const loaded_mV = cell.voltage_mV(current_nA - this.#pulse_nA);
    return {
      time_s: this.time_s,
      voltage_mV: senses.voltage_mV(rest_mV, degC),
      loaded_mV: senses.voltage_mV(loaded_mV, degC),
      temperature_degC: senses.temperature_degC(degC),
      charge_pC: senses.charge_pC(cell.port_nC, this.time_s),
      harvest_mean_nA: this.#booked_nC / wake_s,
      harvest_now_nA: this.#flowing_nA * senses.harvest_scale,
      events: this.#done,
      limiting: this.limiting && this.#of.wiring.limiting_flag,
      charging: this.#flowing_nA > 0,
      paused: this.#paused,
    };
  }

  /** Lives until the next wake. Charging is as told, and paused at the end: not while limiting. */
  pass(charge: boolean, pause_s: number): void {
    const { setup, unknowns } = this.#of;
    const { wake_s, load } = setup;
    this.#dawn();
    const { events_min, events_max } = load;
    this.#harvest_nA = this.#course.harvest_nA(this.time_s, this.twin.capacity_nC);
    this.#charging = charge;
    this.#paused = false;
    this.#booked_nC = 0;
    this.#done = events_min + Math.floor((events_max - events_min + 1) * this.#events.uniform());
    const events_nC = this.#done * this.#event_nC;
    const pulse_s = Math.min(wake_s / 2, events_nC / this.#pulse_nA);
    if (pulse_s > 0) this.#step(pulse_s, events_nC / pulse_s);
    const rest_s = wake_s - pulse_s;
    const last_s = Math.min(pause_s, rest_s);
    this.#sleep(rest_s - last_s);
    if (last_s > 0) {
      this.#paused = !this.limiting && this.#harvest_nA > 0 && charge;
      this.#step(last_s, 0);
    }
    this.flows.load_nC += this.#sleep_nA * wake_s + events_nC;
    this.flows.leak_nC += unknowns.leak_nA * wake_s;
    this.senses.pass(wake_s);
    this.time_s += wake_s;
  }

  /** Once a day the harvest is set by what the cell really holds, and what the day takes of it. */
  #dawn(): void {
    const day = Math.floor(this.time_s / DAY_S);
    if (day === this.#day) return;
    if (this.#of.setup.ages === true && day > 0) this.#age();
    this.#day = day;
    const { setup, unknowns, name, seed } = this.#of;
    const leaked = (unknowns.leak_nA * DAY_S) / this.twin.capacity_nC;
    this.#course.dawn(day, this.soc, setup.load.per_day + leaked);
    if (this.twin.cell.end_mV >= DEAD_MV) return;
    throw new RangeError(`set-up ${name}, seed ${seed}: the cell ran empty on day ${day}`);
  }

  /** What the day that is over did to the cell. */
  #age(): void {
    const { twin, ageing } = this;
    const passed = this.#passed;
    const { capacity_nC } = twin;
    const degC = passed.mean_degC(twin.cell.temperature_degC);
    ageing.pass(DAY_S, passed.cycles(capacity_nC), degC, passed.highest_mV);
    twin.age(ageing.alive, ageing.growth);
    this.#passed = new Day();
  }

  #sleep(dt_s: number): void {
    let left_s = dt_s;
    for (const [longest_s, share] of STEPS) {
      const step_s = Math.min(longest_s, share * left_s);
      this.#step(step_s, 0);
      left_s -= step_s;
    }
    this.#step(left_s, 0);
  }

  #step(dt_s: number, pulse_nA: number): void {
    if (dt_s <= 0) return;
    const offered_nA = this.#flowing_nA;
    const drain_nA = this.#drain_nA + pulse_nA;
    const { cell } = this.twin;
    const taken_nA = cell.take_nA(offered_nA, drain_nA, dt_s, this.float_mV);
    this.#passed.add(taken_nA - drain_nA, cell.temperature_degC, cell.end_mV, dt_s);
    this.limiting = offered_nA > 0 && taken_nA < offered_nA * TAKEN_SHARE;
    this.flows.harvest_nC += taken_nA * dt_s;
    this.#booked_nC += offered_nA * dt_s * this.senses.harvest_scale;
  }

  /** True current of everything that the firmware does not book, as its label counts charge. */
  unbooked_nA(): number {
    const { load_nC, leak_nC } = this.flows;
    const lost_nC = load_nC + leak_nC + this.twin.cell.self_nC;
    const scale = (this.#of.label.capacity_nAh * HOUR_S) / this.twin.capacity_nC;
    const booked_nC = load_nC * this.senses.load_scale;
    return (lost_nC * scale - booked_nC) / this.time_s;
  }
}
