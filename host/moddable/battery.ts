// A thin-film battery as an ECMA-419 sensor: `new ThinFilmBattery(options)`, `configure`, `sample`,
// `close`. Board I/O is injected, so the same file runs on a chip, in XS on a PC and in Node.
//
// The core comes as a function that makes one: tfmb_core() of core.mjs (wasm2js), or native code
// with the same exports. See ECMA-419, "Sensor Class Pattern" and "Analog".

import { AREAS, Reason, Status, Values } from "../core/abi.js";

/** What tfmb_core() returns. */
export interface CoreInstance {
  memory: ArrayBuffer;
  profile_at(): number;
  load_profile(length: number): number;
  boot(reason: number, off_s: number, time_ms: number): number;
  step(): number;
  storage_done(result: number): number;
}

/** An ECMA-419 Analog instance, as far as it is used here. */
export interface AnalogInput {
  readonly resolution: number;
  read(): number;
  /** In ECMA-419, though Moddable's typings leave it out. */
  close?(): void;
}

/** `{io: Analog, pin}` and what full scale means; other properties go to the constructor. */
export interface AnalogChannel {
  io: new (options: never) => AnalogInput;
  pin: number | string;
  /** Voltage of the pack at full scale, mV: reference times divider. */
  full_scale_mV: number;
}

/** Where journal records live: raw flash or FRAM, not a key-value store. */
export interface JournalPort {
  read(address: number, length: number): ArrayBuffer;
  program(address: number, bytes: ArrayBuffer): void;
  erase(address: number, length: number): void;
}

export interface BatteryOptions {
  core: (memory_bytes?: number) => CoreInstance;
  /** Compiled profile, as made by host/core/profile.ts. */
  profile: ArrayBuffer;
  sensor: AnalogChannel;
  /** Monotonic milliseconds; only its low 32 bits matter. */
  now: () => number;
  /** Cell temperature, degC; left out: the core uses the last one it knows. */
  temperature?: () => number;
  journal?: JournalPort;
  /** Why the chip started: a `Reason`. */
  reason?: number;
  /** Seconds without power; left out: unknown. */
  off_s?: number;
  onError?: (message: string) => void;
}

/** What happened since the last sample. */
export interface Activity {
  active_ms?: number;
  /** Events done per load class. */
  events?: readonly number[];
  harvest_mean_nA?: number;
  harvest_now_nA?: number;
  /** `Pmic` bits. */
  pmic_flags?: number;
}

/** Provenance (`time`, `ticks`, `faults`) as in ECMA-419, then the gauge and the decision. */
export interface BatterySample {
  ticks: number;
  faults: number;
  status: number;
  soc: number;
  soc_sigma: number;
  remaining_nAh: number;
  voltage_mV: number;
  resistance_ohm: number;
  leak_nA: number;
  mode: number;
  sleep_ms: number;
  events: number[];
  charge_enable: boolean;
  charge_limit_nA: number;
  drain_limit_nA: number;
  float_mV: number;
}

const UNKNOWN_OFF = 0xffffffff;
const { sample: SAMPLE, decision: DECISION, gauge: GAUGE, storage: STORAGE } = AREAS;
const LOAD_CLASSES = 4;

export class ThinFilmBattery {
  #core: CoreInstance;
  #view: DataView;
  #input: AnalogInput | undefined;
  #options: BatteryOptions;

  constructor(options: BatteryOptions) {
    this.#options = options;
    const { io, full_scale_mV, ...pin } = options.sensor;
    if (!(full_scale_mV > 0)) {
      throw new RangeError(`sensor.full_scale_mV = ${full_scale_mV} must be > 0`);
    }
    this.#input = new (io as new (options: unknown) => AnalogInput)(pin);
    this.#core = options.core();
    this.#view = new DataView(this.#core.memory);
    try {
      this.#start(options);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #start(options: BatteryOptions): void {
    const bytes = new Uint8Array(options.profile);
    const at = this.#core.profile_at();
    if (at + bytes.length > this.#core.memory.byteLength) {
      throw new RangeError(`profile of ${bytes.length} bytes does not fit the core's memory`);
    }
    new Uint8Array(this.#core.memory).set(bytes, at);
    const status = this.#core.load_profile(bytes.length);
    if (status !== Status.ok) throw new Error(`profile refused, status ${status & 255}`);
    const off_s = options.off_s ?? UNKNOWN_OFF;
    this.#serve(this.#core.boot(options.reason ?? Reason.cold, off_s | 0, options.now() | 0));
  }

  /** Replaces injected functions; the core's own settings are in the profile. */
  configure(options: Partial<Pick<BatteryOptions, "now" | "temperature" | "onError">>): void {
    this.#options = { ...this.#options, ...options };
  }

  /** Measures, walks the core once, and executes the storage operations it asks for. */
  sample(activity: Activity = {}): BatterySample {
    if (!this.#input) throw new Error("closed");
    const { now, temperature, sensor } = this.#options;
    const ticks = now();
    const voltage_mV = (this.#input.read() * sensor.full_scale_mV) / 2 ** this.#input.resolution;
    let valid: number = Values.voltage | Values.active;
    this.#f32(SAMPLE, "voltage_mV", voltage_mV);
    if (temperature) {
      this.#f32(SAMPLE, "temperature_degC", temperature());
      valid |= Values.temperature;
    }
    valid |= this.#putHarvest(activity);
    this.#u32(SAMPLE, "time_ms", ticks);
    this.#u32(SAMPLE, "pmic_flags", activity.pmic_flags ?? 0);
    this.#u32(SAMPLE, "active_ms", activity.active_ms ?? 0);
    for (let kind = 0; kind < LOAD_CLASSES; kind++) {
      const at = SAMPLE.at + SAMPLE.fields.events.offset + 2 * kind;
      this.#view.setUint16(at, activity.events?.[kind] ?? 0, true);
    }
    this.#u32(SAMPLE, "valid", valid);
    const status = this.#core.step();
    this.#serve(Status.storage);
    return this.#report(ticks, status, voltage_mV);
  }

  /** Releases the input; the core is left to the garbage collector. */
  close(): void {
    this.#input?.close?.();
    this.#input = undefined;
  }

  #putHarvest(activity: Activity): number {
    let valid = 0;
    if (activity.harvest_mean_nA !== undefined) {
      this.#f32(SAMPLE, "harvest_mean_nA", activity.harvest_mean_nA);
      valid |= Values.harvest;
    }
    if (activity.harvest_now_nA !== undefined) {
      this.#f32(SAMPLE, "harvest_now_nA", activity.harvest_now_nA);
      valid |= Values.harvest_now;
    }
    return valid;
  }

  /** Executes waiting storage operations; without a journal each of them fails honestly. */
  #serve(status: number): void {
    let answer = status;
    while ((answer & 255) === Status.storage) {
      const op = this.#view.getUint32(STORAGE.at + STORAGE.fields.op.offset, true);
      if (op === 0) return;
      answer = this.#core.storage_done(this.#execute(op) ? 0 : 1);
    }
  }

  #execute(op: number): boolean {
    const { journal, onError } = this.#options;
    if (!journal) return false;
    const address = this.#view.getUint32(STORAGE.at + STORAGE.fields.address.offset, true);
    const length = this.#view.getUint32(STORAGE.at + STORAGE.fields.length.offset, true);
    const at = this.#view.getUint32(STORAGE.at + STORAGE.fields.memory_at.offset, true);
    try {
      if (op === 1) {
        new Uint8Array(this.#core.memory, at, length).set(
          new Uint8Array(journal.read(address, length)),
        );
      } else if (op === 2) {
        journal.program(address, this.#core.memory.slice(at, at + length));
      } else {
        journal.erase(address, length);
      }
      return true;
    } catch (error) {
      onError?.(`journal: operation ${op} at ${address}: ${String(error)}`);
      return false;
    }
  }

  #report(ticks: number, status: number, voltage_mV: number): BatterySample {
    const view = this.#view;
    const gauge = (name: keyof typeof GAUGE.fields) =>
      view.getFloat32(GAUGE.at + GAUGE.fields[name].offset, true);
    const decision = (name: keyof typeof DECISION.fields) =>
      DECISION.at + DECISION.fields[name].offset;
    const events: number[] = [];
    for (let kind = 0; kind < LOAD_CLASSES; kind++) {
      events.push(view.getUint16(decision("events") + 2 * kind, true));
    }
    return {
      ticks,
      faults: view.getUint32(decision("faults"), true),
      status,
      soc: gauge("soc"),
      soc_sigma: gauge("soc_sigma"),
      remaining_nAh: gauge("remaining_nAh"),
      voltage_mV,
      resistance_ohm: gauge("resistance_ohm"),
      leak_nA: gauge("leak_nA"),
      mode: view.getUint8(decision("mode")),
      sleep_ms: view.getUint32(decision("sleep_ms"), true),
      events,
      charge_enable: view.getUint8(decision("charge_enable")) === 1,
      charge_limit_nA: view.getFloat32(decision("charge_limit_nA"), true),
      drain_limit_nA: view.getFloat32(decision("drain_limit_nA"), true),
      float_mV: view.getFloat32(decision("float_mV"), true),
    };
  }

  #f32(area: typeof SAMPLE, name: keyof typeof SAMPLE.fields, value: number): void {
    this.#view.setFloat32(area.at + area.fields[name].offset, value, true);
  }

  #u32(area: typeof SAMPLE, name: keyof typeof SAMPLE.fields, value: number): void {
    this.#view.setUint32(area.at + area.fields[name].offset, value >>> 0, true);
  }
}
