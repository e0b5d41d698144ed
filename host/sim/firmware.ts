// The node's program around the core, in simulation: read, step, act, store, sleep, as on a board.
// It sees of the plant what the board's sensors show, and sets on it what the board's actuators
// can.

import { Pmic, Reason, Status, Values } from "../core/abi.js";
import { ProfileError } from "../core/profile.js";
import { type Core } from "../core/core.js";
import { Words } from "../core/words.js";
import { Deeds } from "./deeds.js";
import { Fram } from "./fram.js";
import { type Node } from "./node.js";
import { type Sensors } from "./sensors.js";
import { type Settings } from "./supply.js";

/** What a board and its load are to the program; from the `profile` halves of their files. */
export interface Programme {
  profile: Uint8Array;
  /** `Values` bits that the board measures, `Actuators` by name that it has. */
  observables: number;
  actuators: Record<
    "charge_enable" | "charge_limit" | "float" | "source" | "mpp" | "pause",
    boolean
  >;
  /** What the charger does when nobody tells it. */
  unattended: Settings;
  wake_ms: number;
  /** A known load for the resistance measurement. */
  pulse_nA: number;
  /** Charge of one event of each class, and how often the application would like it. */
  events: { name: string; charge_nC: number; wanted_per_s: number }[];
  /** Active time of the gauge within `wake_ms`, and charge of writing one journal record. */
  gauge_ms: number;
  record_nC: number;
}

/** A status of this or more says that the core cannot go on. */
const FATAL = 16;
const MS = 1000;
/** nA for one ms, in nC. */
const NC_MS = 1e-3;

export class Firmware {
  readonly deeds: Deeds;
  readonly words: Words;
  /** Until when the node sleeps now. */
  wake_s = 0;
  settings: Settings;
  /** The truth at the last sample. */
  sampled_mV = 0;
  sampled_soc = 0;
  readonly #core: Core;
  readonly #of: Programme;
  readonly #node: Node;
  readonly #sensors: Sensors;
  readonly #fram = new Fram();
  readonly #wanted: number[];
  readonly #done: number[];
  readonly #wake_nC: number;
  readonly #gauge_nC: number;
  #active_ms = 0;
  #asked_s: number;
  #pause_s = Infinity;
  #paused = false;

  constructor(core: Core, of: Programme, node: Node, sensors: Sensors) {
    this.#core = core;
    this.#of = of;
    this.#node = node;
    this.#sensors = sensors;
    this.words = new Words(core);
    this.deeds = new Deeds(of.events.length);
    this.settings = of.unattended;
    this.#wanted = of.events.map(() => 0);
    this.#done = of.events.map(() => 0);
    this.#asked_s = node.time_s;
    const { active_nA } = node.supply;
    const { load_ratio } = node.specimen;
    this.#gauge_nC = active_nA * of.gauge_ms * NC_MS * load_ratio;
    this.#wake_nC = active_nA * (of.wake_ms - of.gauge_ms) * NC_MS * load_ratio;
    const loaded = core.loadProfile(of.profile);
    if (loaded !== Status.ok) throw new ProfileError(core.statusText(loaded));
  }

  /** What the charger does while no firmware runs. */
  get unattended(): Settings {
    return this.#of.unattended;
  }

  /** Starts from the journal; what was going on before is forgotten. */
  boot(): void {
    this.closeBooks();
    this.deeds.boots++;
    this.#active_ms = 0;
    this.#done.fill(0);
    this.#paused = false;
    this.settings = this.#of.unattended;
    this.#must(this.#core.boot(Reason.cold, undefined, Math.round(this.#node.time_s * MS)));
    this.#serve();
    this.#node.readMeter_nA();
    this.wake_s = this.#node.time_s + 1;
  }

  /** What the application wanted while no firmware ran, and since the last wake, was refused. */
  refuseRest(): void {
    this.#want();
    for (let kind = 0; kind < this.#wanted.length; kind++) {
      const wanted = Math.floor(this.#wanted[kind]!);
      this.#wanted[kind]! -= wanted;
      this.deeds.refused[kind]! += wanted;
    }
  }

  /** Adds the core's books since its start to the deeds, and clears them. */
  closeBooks(): void {
    const { book_pC } = this.words.warm;
    for (const [path, booked_pC] of book_pC.entries()) {
      this.deeds.booked_pC[path]! += Number(booked_pC);
    }
    book_pC.fill(0n);
  }

  /** Sleeps until the next wake, the last part with charging paused where that was asked for. */
  sleep(end_s: number): void {
    const node = this.#node;
    const until_s = Math.min(this.wake_s, end_s);
    if (this.#pause_s < until_s) {
      node.pass(this.#pause_s, this.settings);
      if (node.on) this.#pause();
    }
    if (node.on) node.pass(until_s, this.settings);
  }

  /** One wake: measures, walks the core once, does what may be done, sets the charger. */
  wake(): void {
    this.#want();
    this.#measure();
    this.deeds.steps++;
    this.#must(this.#core.exports.step());
    if (this.words.storage.op !== 0) this.#serve();
    this.#note();
    if (this.#act()) this.#set();
    else this.#reset();
  }

  #want(): void {
    const elapsed_s = this.#node.time_s - this.#asked_s;
    this.#asked_s = this.#node.time_s;
    const { events } = this.#of;
    for (let kind = 0; kind < events.length; kind++) {
      this.#wanted[kind]! += events[kind]!.wanted_per_s * elapsed_s;
    }
  }

  #measure(): void {
    const { sample } = this.words;
    const node = this.#node;
    const sensors = this.#sensors;
    const { observables, pulse_nA } = this.#of;
    sample.time_ms = Math.round(node.time_s * MS);
    sample.valid = observables & ~Values.probe;
    sample.pmic_flags =
      (node.charging_nA > 0 ? Pmic.charging : 0) |
      (node.limiting && (observables & Values.limiting) !== 0 ? Pmic.limiting : 0) |
      (this.#paused ? Pmic.paused : 0);
    sample.active_ms = this.#active_ms;
    this.sampled_mV = node.voltage_mV();
    this.sampled_soc = node.cell.soc;
    sample.voltage_mV = sensors.voltage_mV(this.sampled_mV);
    if ((observables & Values.pulse) !== 0) {
      sample.voltage_loaded_mV = sensors.voltage_mV(node.voltage_mV(pulse_nA));
      sample.pulse_drain_nA = pulse_nA;
    }
    sample.temperature_degC = sensors.temperature_degC(node.cell.temperature_degC);
    sample.harvest_mean_nA = sensors.current_nA(node.readMeter_nA());
    sample.harvest_now_nA = sensors.current_nA(node.charging_nA);
    node.charger.inputs.forEach(({ now }, source) => {
      sample.source_mV[source] = sensors.voltage_mV(now.open_mV);
    });
    for (let kind = 0; kind < this.#done.length; kind++) sample.events[kind] = this.#done[kind]!;
    if ((observables & Values.probe) !== 0) this.#try();
  }

  /** The harvest at the ratio that was asked for, where there is any and it goes into the cell. */
  #try(): void {
    const { decision, sample } = this.words;
    const node = this.#node;
    const { settings } = this;
    const now_uW = node.charger.delivered_uW;
    if (!(decision.probe_ratio > 0) || !(now_uW > 0) || !settings.charge || node.limiting) return;
    const other = { ...settings, mpp_ratio: decision.probe_ratio };
    const tried_uW = node.harvest.givenUnder(other, settings, node.cell.end_mV);
    sample.valid |= Values.probe;
    sample.probe_nA = this.#sensors.current_nA((node.charging_nA * tried_uW) / now_uW);
  }

  #note(): void {
    const { deeds } = this;
    const { decision } = this.words;
    deeds.faults |= decision.faults;
    deeds.vetoes |= decision.veto;
    deeds.unenforced |= decision.unenforced;
  }

  /** The wake's own work, then the events that are wanted and allowed; whether the supply held. */
  #act(): boolean {
    const node = this.#node;
    const { decision } = this.words;
    const { events } = this.#of;
    this.#active_ms = this.#of.wake_ms;
    node.pulse(this.#wake_nC, 1, "active", this.settings);
    if (node.pulse(this.#gauge_nC, 1, "gauge", this.settings) === 0) return false;
    for (let kind = 0; kind < events.length; kind++) {
      const wanted = Math.floor(this.#wanted[kind]!);
      this.#wanted[kind]! -= wanted;
      const now = Math.min(wanted, decision.events[kind]!);
      const charge_nC = events[kind]!.charge_nC * node.specimen.load_ratio;
      const given = now > 0 ? node.pulse(charge_nC, now, "events", this.settings) : 0;
      this.#done[kind] = given;
      this.deeds.done[kind]! += given;
      this.deeds.refused[kind]! += wanted - now;
      this.deeds.failed[kind]! += now - given;
      if (given < now) return false;
    }
    return true;
  }

  /** The supply broke down under a pulse: the processor starts again. */
  #reset(): void {
    this.deeds.resets++;
    // it is held in reset until its supply is back
    this.#node.refill(this.#of.unattended);
    if (this.#node.on) this.boot();
  }

  /** What was decided for the time until the next wake. */
  #set(): void {
    const { decision } = this.words;
    const { actuators, unattended } = this.#of;
    const sleep_s = decision.sleep_ms / MS;
    this.wake_s = Math.max(this.#asked_s + sleep_s, this.#node.time_s + 1e-3);
    const { settings } = this;
    const source = actuators.source ? decision.source : unattended.source;
    // 0: nothing was decided
    const mpp_ratio = actuators.mpp && decision.mpp_ratio > 0 ? decision.mpp_ratio : undefined;
    const mpp_source = mpp_ratio === undefined ? undefined : (source ?? this.#strongest());
    const charge = !actuators.charge_enable || decision.charge_enable === 1;
    const limit_nA = actuators.charge_limit ? decision.charge_limit_nA : unattended.limit_nA;
    const float_mV = actuators.float ? decision.float_mV : unattended.float_mV;
    if (
      settings.charge !== charge ||
      settings.limit_nA !== limit_nA ||
      settings.float_mV !== float_mV ||
      settings.source !== source ||
      settings.mpp_ratio !== mpp_ratio ||
      settings.mpp_source !== mpp_source
    ) {
      this.settings = { charge, limit_nA, float_mV, source, mpp_ratio, mpp_source };
    }
    this.#paused = false;
    const measure = decision.measure === 1 && actuators.pause;
    this.#pause_s = measure ? this.wake_s - decision.measure_wait_ms / MS : Infinity;
  }

  /** The source whose ratio the core manages: the one of which it expects most. */
  #strongest(): number {
    const powers_nW = this.words.gauge.source_nW;
    return 1 + powers_nW.indexOf(Math.max(...powers_nW));
  }

  #pause(): void {
    this.#paused = true;
    this.#pause_s = Infinity;
    this.settings = { ...this.settings, charge: false };
  }

  /** Executes what the core wants stored; each write's charge comes from the buffer as well. */
  #serve(): void {
    const before = this.#fram.programs;
    this.#core.serveStorage(this.#fram);
    const written = this.#fram.programs - before;
    if (written === 0) return;
    this.deeds.records += written;
    const charge_nC = this.#of.record_nC * this.#node.specimen.load_ratio;
    this.#node.pulse(charge_nC, written, "record", this.settings);
  }

  #must(status: number): void {
    if ((status & 255) >= FATAL) throw new Error(this.#core.statusText(status));
  }
}
