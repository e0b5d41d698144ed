// The node's program around the core on Espruino: measure, step, act, store, sleep. Pins and
// functions come in `connect`; what the cell and the board are, the core reads in the profile.

import { Pmic, Values } from "../core/abi.js";
import { serviceData } from "./bthome.js";
import {
  type BlobFacts,
  type EspruinoE,
  type EspruinoNRF,
  type EspruinoStorage,
  type Options,
  type Pins,
  type Places,
} from "./espruino.js";
import { type Report, putEvents, readReport } from "./fields.js";
import { Instance, now_ms } from "./instance.js";
import { execute } from "./journal.js";

declare const E: EspruinoE;
declare const NRF: EspruinoNRF;
declare const AT: Places;
declare const BLOB: BlobFacts;
declare function require(name: "Storage"): EspruinoStorage;
declare function peek32(address: number): number;
declare function getTime(): number;
declare function analogRead(pin: Pins["voltage"]): number;
declare function digitalWrite(pin: Pins["voltage"], value: number): void;
declare function setTimeout(then: () => void, after_ms: number): number;
declare function clearTimeout(timer: number): void;
declare function setWatch(then: () => void, pin: Pins["voltage"], options: object): number;
declare function clearWatch(watch: number): void;

/** Storage's answer lies where the file does. */
function fileAt(name: string): number {
  const at = E.getAddressOf(require("Storage").read(name), true);
  if (at === 0) throw new Error("tfmb: no file " + name + " in the chip's own flash");
  return at;
}

export class Battery {
  /** Of the last wake. */
  report!: Report;
  private readonly _pins: Pins;
  private readonly _options: Options;
  private readonly _core: Instance;
  private readonly _early: () => void;
  private _done: number[] = [];
  private _active_ms = 0;
  private _paused = 0;
  private _packet = 0;
  private _woken_s = 0;
  private _timers: number[] = [];
  private _watch: number | undefined;

  constructor(pins: Pins, options: Options) {
    if (!(options.divider >= 1)) {
      throw new Error("tfmb: divider = " + options.divider + " must be at least 1");
    }
    const profile_at = options.profile || fileAt("tfmb.pro");
    this._pins = pins;
    this._options = options;
    this._core = new Instance(options.core || fileAt("tfmb.bin"), profile_at);
    this._early = this.wake.bind(this);
    this._core._boot();
    this._serve();
    if (pins.good !== undefined) {
      this._watch = setWatch(this._early, pins.good, { repeat: true, edge: "both" });
    }
    if (pins.comparator !== undefined) {
      E.setComparator(pins.comparator, options.level);
      E.on("comparator", this._early);
    }
    this._wake();
  }

  /** Wakes now, unless the core itself would not have woken again so soon. */
  wake(): void {
    // read where it lies: a field of its own would take two of the interpreter's variables
    const sleep_min_ms = peek32(this._core._profile_at + AT.profile.sleep_min_ms);
    if (1000 * (getTime() - this._woken_s) >= sleep_min_ms) this._wake();
  }

  /** So many events of a load class were done. */
  did(kind: number, count: number): void {
    this._done[kind] = (this._done[kind] || 0) + count;
  }

  /** The processor was awake for so long beside the wakes. */
  active(duration_ms: number): void {
    this._active_ms += duration_ms;
  }

  /** Highest current for that long, nA; direction 1 charges, -1 discharges. */
  allowed_nA(direction: number, duration_ms: number): number {
    const query = this._core._native(BLOB.entry.allowed_current_nA, "float(int,int,int)");
    return query(this._core._at(), direction, duration_ms);
  }

  /** At the learned harvest; -1: not known yet, or never. */
  time_to_empty_s(mode: number): number {
    return this._core._native(BLOB.entry.time_to_empty_s, "float(int,int)")(this._core._at(), mode);
  }

  time_to_full_s(): number {
    return this._core._native(BLOB.entry.time_to_full_s, "float(int)")(this._core._at());
  }

  /** Clears latched fault bits that are no longer active. */
  acknowledge(faults: number): number {
    return this._core._native(BLOB.entry.acknowledge, "int(int,int)")(this._core._at(), faults | 0);
  }

  /** Ends timers, watches and advertising. */
  stop(): void {
    this._clearTimers();
    if (this._watch !== undefined) clearWatch(this._watch);
    this._watch = undefined;
    if (this._pins.comparator !== undefined) E.setComparator(this._pins.comparator, undefined);
    E.removeListener("comparator", this._early);
  }

  private _wake(): void {
    this._woken_s = getTime();
    this._clearTimers();
    const voltage_mV = this._measure();
    this._done = [];
    this._active_ms = 0;
    const status = this._core._step();
    this._serve();
    this.report = readReport(this._core._view, status, voltage_mV);
    // before anything that may throw: a node without a timer sleeps for ever
    this._act();
    this._advertise();
    try {
      if (this._options.onwake) this._options.onwake(this);
    } finally {
      this._active_ms += 1000 * (getTime() - this._woken_s);
    }
  }

  /** What an advertisement's end or a pause was waiting for happens now. */
  private _clearTimers(): void {
    for (let i = 0; i < this._timers.length; i++) clearTimeout(this._timers[i] as number);
    this._timers = [];
    if (this._options.radio) NRF.sleep();
  }

  private _put(at: number, value: number): void {
    this._core._view.setFloat32(at, value, true);
  }

  private _measure(): number {
    const options = this._options;
    const view = this._core._view;
    let valid: number = Values.voltage | Values.temperature | Values.active;
    const voltage_mV = this._readVoltage_mV();
    this._put(AT.sample.voltage_mV, voltage_mV);
    this._put(AT.sample.temperature_degC, (options.temperature || E.getTemperature)());
    if (options.harvest) {
      const harvest = options.harvest();
      this._put(AT.sample.harvest_mean_nA, harvest.mean_nA);
      this._put(AT.sample.harvest_now_nA, harvest.now_nA);
      valid |= Values.harvest | Values.harvest_now;
    }
    putEvents(view, this._done);
    const flags = (options.pmic ? options.pmic() : 0) | this._paused;
    view.setUint32(AT.sample.pmic_flags, flags, true);
    view.setUint32(AT.sample.active_ms, Math.round(this._active_ms), true);
    view.setUint32(AT.sample.time_ms, now_ms(), true);
    view.setUint32(AT.sample.valid, valid, true);
    return voltage_mV;
  }

  private _readVoltage_mV(): number {
    const gate = this._pins.gate;
    if (gate !== undefined) digitalWrite(gate, 1);
    // how long this takes lets the divider settle
    const full_mV = 1000 * E.getAnalogVRef() * this._options.divider;
    const voltage_mV = analogRead(this._pins.voltage) * full_mV;
    if (gate !== undefined) digitalWrite(gate, 0);
    return voltage_mV;
  }

  /** Executes what the core wants stored; without a journal it fails honestly. */
  private _serve(): void {
    const view = this._core._view;
    const journal = this._options.journal;
    for (let op = view.getUint32(AT.storage.op, true); op !== 0;) {
      const worked = journal !== undefined && execute(journal, view);
      this._core._storage_done(worked ? 0 : 1);
      op = view.getUint32(AT.storage.op, true);
    }
  }

  private _charge(on: number): void {
    if (this._pins.charge !== undefined) digitalWrite(this._pins.charge, on);
  }

  private _after(duration_ms: number, then: () => void): void {
    this._timers.push(setTimeout(then, duration_ms));
  }

  /** Charger and timers until the next wake. */
  private _act(): void {
    const view = this._core._view;
    const { charge_enable, sleep_ms } = this.report;
    this._paused = 0;
    this._charge(charge_enable);
    this._after(sleep_ms, () => this._wake());
    if (this._pins.charge !== undefined && view.getUint8(AT.decision.measure) === 1) {
      const wait_ms = view.getUint32(AT.decision.measure_wait_ms, true);
      this._after(Math.max(sleep_ms - wait_ms, 0), () => {
        this._paused = Pmic.paused;
        this._charge(0);
      });
    }
  }

  private _advertise(): void {
    const radio = this._options.radio;
    if (!radio) return;
    const { events, soc, voltage_mV } = this.report;
    const count = Math.min(radio.count, events[radio.kind] as number);
    if (count < 1) return;
    this._packet++;
    NRF.setAdvertising(
      { 0xfcd2: serviceData(this._packet, soc, voltage_mV) },
      { interval: radio.interval_ms, connectable: false, scannable: false, showName: false },
    );
    NRF.wake();
    // the chip sends the first at once and each other up to 10 ms later than asked for
    this._after(count * radio.interval_ms, NRF.sleep);
    this.did(radio.kind, count);
  }
}

/** Starts a node that wakes by itself from then on. */
export function connect(pins: Pins, options: Options): Battery {
  return new Battery(pins, options);
}
