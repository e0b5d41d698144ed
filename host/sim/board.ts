// The board between plant and core: what its sensors show of the plant becomes a sample, what the
// core decided becomes settings of the charger and events of the load. Knows nothing of where the
// core runs: the fast simulation steps it in place (firmware.ts), the rig asks a device
// (host/hil/rig.ts).

import { Pmic, Values } from "../core/abi.js";
import { type AreaWords } from "../core/words.js";
import { Deeds } from "./deeds.js";
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

/** What passes between board and core. */
interface Door {
  readonly sample: AreaWords<"sample">;
  readonly decision: AreaWords<"decision">;
  readonly gauge: AreaWords<"gauge">;
}

const MS = 1000;
/** nA for one ms, in nC. */
const NC_MS = 1e-3;

export class Board {
  readonly deeds: Deeds;
  /** Until when the node sleeps now. */
  wake_s = 0;
  settings: Settings;
  /** The application asks for so many times what its file says. */
  asked_ratio = 1;
  /** The truth at the last sample. */
  sampled_mV = 0;
  sampled_soc = 0;
  readonly #sample: AreaWords<"sample">;
  readonly #decision: AreaWords<"decision">;
  readonly #gauge: AreaWords<"gauge">;
  readonly #wanted: number[];
  readonly #done: number[];
  readonly #wake_nC: number;
  readonly #gauge_nC: number;
  readonly #record_nC: number;
  #active_ms = 0;
  #asked_s: number;
  #pause_s = Infinity;
  #paused = false;

  constructor(
    readonly of: Programme,
    readonly node: Node,
    readonly sensors: Sensors,
    door: Door,
  ) {
    this.#sample = door.sample;
    this.#decision = door.decision;
    this.#gauge = door.gauge;
    this.deeds = new Deeds(of.events.length);
    this.settings = of.unattended;
    this.#wanted = of.events.map(() => 0);
    this.#done = of.events.map(() => 0);
    this.#asked_s = node.time_s;
    const { active_nA } = node.supply;
    const { load_ratio } = node.specimen;
    this.#gauge_nC = active_nA * of.gauge_ms * NC_MS * load_ratio;
    this.#wake_nC = active_nA * (of.wake_ms - of.gauge_ms) * NC_MS * load_ratio;
    this.#record_nC = of.record_nC * load_ratio;
  }

  /** The clock of the node. */
  get time_ms(): number {
    return Math.round(this.node.time_s * MS);
  }

  /** The processor starts: nobody has told the charger anything, and nothing was done yet. */
  start(): void {
    this.deeds.boots++;
    this.#active_ms = 0;
    this.#done.fill(0);
    this.#paused = false;
    this.settings = this.of.unattended;
  }

  /** The start is over: meter and counter begin anew, the first wake is a second away. */
  started(): void {
    const { node } = this;
    node.readMeter_nA();
    this.sensors.charge_pC(node.cell.port_nC, node.time_s);
    this.wake_s = node.time_s + 1;
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

  /** Sleeps until the next wake, the last part with charging paused where that was asked for. */
  sleep(end_s: number): void {
    const { node } = this;
    const until_s = Math.min(this.wake_s, end_s);
    if (this.#pause_s < until_s) {
      node.pass(this.#pause_s, this.settings);
      if (node.on) this.#pause();
    }
    if (node.on) node.pass(until_s, this.settings);
  }

  /** A wake begins: what the sensors show goes into the sample. */
  measure(): void {
    this.#want();
    const { node, sensors } = this;
    const sample = this.#sample;
    const { observables, pulse_nA } = this.of;
    sample.time_ms = this.time_ms;
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
    sample.charge_pC = sensors.charge_pC(node.cell.port_nC, node.time_s);
    sample.current_nA = sensors.cell_current_nA(node.current_nA);
    sample.harvest_mean_nA = sensors.current_nA(node.readMeter_nA());
    sample.harvest_now_nA = sensors.current_nA(node.charging_nA);
    node.charger.inputs.forEach(({ now }, source) => {
      sample.source_mV[source] = sensors.voltage_mV(now.open_mV);
    });
    for (let kind = 0; kind < this.#done.length; kind++) sample.events[kind] = this.#done[kind]!;
    if ((observables & Values.probe) !== 0) this.#try();
    this.deeds.steps++;
  }

  /**
   * What was decided: the wake's own work, then the events that are wanted and allowed, then the
   * charger. False: the supply broke down under it, the processor starts again.
   */
  act(): boolean {
    this.#note();
    if (!this.#work()) return false;
    this.#set();
    return true;
  }

  /** The answer was no decision: the wake's work was done, a pause ends, else all stays. */
  idle(sleep_s: number): boolean {
    this.#done.fill(0);
    if (!this.#wakeUp()) return false;
    this.wake_s = this.node.time_s + sleep_s;
    if (this.#paused) this.settings = { ...this.settings, charge: true };
    this.#paused = false;
    this.#pause_s = Infinity;
    return true;
  }

  /** It is held in reset until its supply is back; whether it is. */
  reset(): boolean {
    this.deeds.resets++;
    this.node.refill(this.of.unattended);
    return this.node.on;
  }

  /** Journal records were written; each write's charge comes from the buffer as well. */
  recorded(count: number): void {
    if (count === 0) return;
    this.deeds.records += count;
    this.node.pulse(this.#record_nC, count, "record", this.settings);
  }

  #want(): void {
    const elapsed_s = (this.node.time_s - this.#asked_s) * this.asked_ratio;
    this.#asked_s = this.node.time_s;
    const { events } = this.of;
    for (let kind = 0; kind < events.length; kind++) {
      this.#wanted[kind]! += events[kind]!.wanted_per_s * elapsed_s;
    }
  }

  /** The harvest at the ratio that was asked for, where there is any and it goes into the cell. */
  #try(): void {
    const sample = this.#sample;
    const { probe_ratio } = this.#decision;
    const { node, settings } = this;
    const now_uW = node.charger.delivered_uW;
    if (!(probe_ratio > 0) || !(now_uW > 0) || !settings.charge || node.limiting) return;
    const other = { ...settings, mpp_ratio: probe_ratio };
    const tried_uW = node.harvest.givenUnder(other, settings, node.cell.end_mV);
    sample.valid |= Values.probe;
    sample.probe_nA = this.sensors.current_nA((node.charging_nA * tried_uW) / now_uW);
  }

  #note(): void {
    const { deeds } = this;
    const decision = this.#decision;
    deeds.faults |= decision.faults;
    deeds.vetoes |= decision.veto;
    deeds.unenforced |= decision.unenforced;
  }

  #wakeUp(): boolean {
    this.#active_ms = this.of.wake_ms;
    this.node.pulse(this.#wake_nC, 1, "active", this.settings);
    return this.node.pulse(this.#gauge_nC, 1, "gauge", this.settings) !== 0;
  }

  /** The wake's own work, then the events that are wanted and allowed; whether the supply held. */
  #work(): boolean {
    const { node, deeds } = this;
    const { events } = this.of;
    const allowed = this.#decision.events;
    if (!this.#wakeUp()) return false;
    for (let kind = 0; kind < events.length; kind++) {
      const wanted = Math.floor(this.#wanted[kind]!);
      this.#wanted[kind]! -= wanted;
      const now = Math.min(wanted, allowed[kind]!);
      const charge_nC = events[kind]!.charge_nC * node.specimen.load_ratio;
      const given = now > 0 ? node.pulse(charge_nC, now, "events", this.settings) : 0;
      this.#done[kind] = given;
      deeds.done[kind]! += given;
      deeds.refused[kind]! += wanted - now;
      deeds.failed[kind]! += now - given;
      if (given < now) return false;
    }
    return true;
  }

  /** What was decided for the time until the next wake. */
  #set(): void {
    const decision = this.#decision;
    const { actuators, unattended } = this.of;
    const sleep_s = decision.sleep_ms / MS;
    this.wake_s = Math.max(this.#asked_s + sleep_s, this.node.time_s + 1e-3);
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
    const powers_nW = this.#gauge.source_nW;
    return 1 + powers_nW.indexOf(Math.max(...powers_nW));
  }

  #pause(): void {
    this.#paused = true;
    this.#pause_s = Infinity;
    this.settings = { ...this.settings, charge: false };
  }
}
