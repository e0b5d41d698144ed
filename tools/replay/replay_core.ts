// The core as the firmware of a replay: wakes become samples, and its estimate is read back.

import { Pmic, Reason, Values } from "../../host/core/abi.js";
import { Core } from "../../host/core/core.js";
import { compileProfile, type ProfileValues } from "../../host/core/profile.js";
import { Words } from "../../host/core/words.js";
import { RecordError } from "./record_error.js";
import { type Wake } from "./sensing.js";

const MS = 1000;
const PC_PER_NC = 1000;
const PC_PER_NAH = 3.6e6;
const WORD = 2 ** 32;
/** The first reading comes so long after the start. */
const START_S = 1;
/** A status of this or more says that the core cannot go on. */
const FATAL = 16;
/** A sample's events of a class are a u16. */
const EVENTS_MAX = 65535;

/** Which voltages the core is shown. */
export const VOLTAGES = ["rest", "all"] as const;
/** `rest`: what its contract says, readings without a load, but that a node which was told nothing
 * must begin with what it reads; `all`: every reading. */
export type ShownVoltages = (typeof VOLTAGES)[number];

/** Currents below C/20 are rest to a cell; a load step is at least twice that. */
const REST_C = 0.05;
const STEP_C = 0.1;
/** A load step lies between two readings not further apart. */
const STEP_S = 5;

export interface Start {
  /** Fraction. */
  soc: number;
  sigma: number;
}

/** What a core has learned of its cell's health; undefined: not known yet. */
export interface Learned {
  /** The told resistance over the true one. */
  resistance_ratio: number;
  /** The true capacity over the told one. */
  capacity_share: number | undefined;
}

export interface Setting {
  profile: ProfileValues;
  /** Currents of the record over those of the core. */
  scale: number;
  voltages: ShownVoltages;
  metered: boolean;
  /** What the core is told of SOC; undefined: it reads the first voltage. */
  start: Start | undefined;
}

export class ReplayCore {
  readonly #core: Core;
  readonly #words: Words;
  readonly #setting: Setting;
  readonly #capacity_pC: number;
  /** Booked and not yet told: less than 1 pC, or less than one event. */
  #carry_pC = 0;
  #time_s = START_S;
  /** Knows nothing of SOC until the first reading. */
  #blind: boolean;
  #rest: { voltage_mV: number; time_s: number } | undefined;

  constructor(module: WebAssembly.Module, setting: Setting) {
    this.#core = new Core(new WebAssembly.Instance(module).exports);
    this.#words = new Words(this.#core);
    this.#setting = setting;
    this.#blind = setting.start === undefined;
    this.#capacity_pC = setting.profile.capacity_nAh * PC_PER_NAH;
    this.#must(this.#core.loadProfile(compileProfile(setting.profile)));
    this.#must(this.#core.boot(Reason.cold, undefined, 0));
    if (setting.start !== undefined) this.#tell(setting.start);
  }

  /** State of charge as the ledger holds it: not clipped. */
  get soc(): number {
    return this.#words.vital.charge_pC / this.#capacity_pC;
  }

  get sigma(): number {
    return this.#words.gauge.soc_sigma;
  }

  /** Learned resistance over the profile's. */
  get resistance_scale(): number {
    return this.#words.vital.resistance_scale;
  }

  /** Of its health, what it says now. */
  get learned(): Learned {
    const { soh_resistance, soh_capacity } = this.#words.gauge;
    const capacity_share = soh_capacity < 0 ? undefined : soh_capacity;
    return { resistance_ratio: soh_resistance, capacity_share };
  }

  /** Values that the core excluded as impossible. */
  get rejected(): number {
    return this.#words.warm.rejected;
  }

  /**
   * What a life before would have left: an estimate in retained RAM, sealed by the core itself,
   * and a warm start without time off.
   */
  #tell({ soc, sigma }: Start): void {
    const { vital } = this.#words;
    vital.charge_pC = Math.round(soc * this.#capacity_pC);
    vital.soc_sigma = sigma;
    this.#must(this.#core.acknowledge(0));
    this.#must(this.#core.boot(Reason.warm, 0, 0));
  }

  step(wake: Wake): void {
    const { sample } = this.#words;
    const { profile, scale, metered } = this.#setting;
    this.#time_s += wake.dt_s;
    sample.time_ms = Math.round(this.#time_s * MS) % WORD;
    const current_nA = wake.current_nA / scale;
    sample.pmic_flags = current_nA > 0 ? Pmic.charging : 0;
    let valid: number = Values.harvest_now;
    sample.harvest_now_nA = Math.max(current_nA, 0);
    sample.current_nA = current_nA;
    valid |= Values.current;
    if (wake.temperature_degC !== undefined) {
      sample.temperature_degC = wake.temperature_degC;
      valid |= Values.temperature;
    }
    const charge_pC = (wake.charge_nC * PC_PER_NC) / scale;
    valid |= metered ? this.#measured(charge_pC) : this.#booked(charge_pC, wake.dt_s);
    sample.valid = valid | this.#show(wake.voltage_mV, current_nA, profile.capacity_nAh);
    this.#must(this.#core.exports.step());
  }

  /** A counter's charge: whole picocoulombs, what is left of them next time. */
  #measured(charge_pC: number): number {
    const due_pC = charge_pC + this.#carry_pC;
    const whole_pC = Math.round(due_pC);
    this.#carry_pC = due_pC - whole_pC;
    this.#words.sample.charge_pC = whole_pC;
    return Values.charge;
  }

  /** Charge that a program knows of: events where it left the cell, harvest where it came. */
  #booked(charge_pC: number, dt_s: number): number {
    const { sample } = this.#words;
    const event_pC = this.#setting.profile.event_drain_pC[0]!;
    const due_pC = charge_pC + this.#carry_pC;
    const events = Math.min(Math.max(0, Math.round(-due_pC / event_pC)), EVENTS_MAX);
    const harvest_pC = due_pC > 0 && dt_s > 0 ? due_pC : 0;
    sample.events[0] = events;
    sample.harvest_mean_nA = harvest_pC / (dt_s * MS || 1);
    this.#carry_pC = due_pC + events * event_pC - harvest_pC;
    return Values.harvest;
  }

  /** The voltage, alone or as a load step from the rest before it. Returns the bits that count. */
  #show(voltage_mV: number, current_nA: number, capacity_nAh: number): number {
    const { sample } = this.#words;
    const before = this.#rest;
    const at_rest = Math.abs(current_nA) < REST_C * capacity_nAh;
    this.#rest = at_rest ? { voltage_mV, time_s: this.#time_s } : undefined;
    sample.voltage_mV = voltage_mV;
    const begins = this.#blind;
    this.#blind = false;
    if (at_rest || begins || this.#setting.voltages === "all") return Values.voltage;
    const near = before !== undefined && this.#time_s - before.time_s <= STEP_S;
    if (!near || current_nA > -STEP_C * capacity_nAh || !(voltage_mV < before.voltage_mV)) return 0;
    sample.voltage_mV = before.voltage_mV;
    sample.voltage_loaded_mV = voltage_mV;
    sample.pulse_drain_nA = -current_nA;
    return Values.voltage | Values.pulse;
  }

  #must(status: number): void {
    if ((status & 255) < FATAL) return;
    const at = `${(this.#time_s - START_S).toFixed(3)} s`;
    throw new RecordError(
      `the core stops at ${at} of the replay: ${this.#core.statusText(status)}`,
    );
  }
}
