// A thin-film battery as an ECMA-419 sensor: `new ThinFilmBattery(options)`, `configure`, `sample`,
// `close`. Board I/O is injected, so the same file runs on a chip, in XS on a PC and in Node.
// See ECMA-419, "Sensor Class Pattern", "Provenance Sensor Class Pattern" and "Analog".

import { Reason } from "../core/abi.js";
import { type Measured } from "../core/sample.js";
import { type CoreInstance, CorePort, type JournalPort } from "./core_port.js";
import { restoreVital, type RetainedWords, saveRetained } from "./retained.js";

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

/** What `configure` may replace; the core's own settings are in the profile. */
export interface BatterySettings {
  /** Monotonic milliseconds; only its low 32 bits matter. */
  now: () => number;
  /** Cell temperature, degC; left out: the core uses the last one it knows. */
  temperature?: (() => number) | undefined;
  /** Milliseconds since 1970, where the board knows them: becomes `time` of a sample. */
  time?: (() => number) | undefined;
  onError?: ((message: string) => void) | undefined;
}

export interface BatteryOptions extends BatterySettings {
  core: () => CoreInstance;
  /** Compiled profile, as made by host/core/profile.ts. */
  profile: ArrayBuffer;
  sensor: AnalogChannel;
  journal?: JournalPort | undefined;
  /** Keeps `vital` through resets and deep sleep: on nRF52 the module `sleep`. */
  retained?: RetainedWords | undefined;
  /** Why the chip started: a `Reason`; left out: cold, so that retained RAM means nothing. */
  reason?: number;
  /** Seconds without power; left out: unknown. "slept": `now` went on, the chip only slept. */
  off_s?: number | "slept" | undefined;
}

/** What happened since the last sample, and what the board measured besides voltage. */
export type Activity = Omit<Partial<Measured>, "time_ms" | "voltage_mV">;

/** Provenance (`time`, `ticks`, `faults`) as in ECMA-419, then the gauge and the decision. */
export interface BatterySample {
  time?: number;
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
  source: number;
  mpp_ratio: number;
  measure: boolean;
  measure_wait_ms: number;
  unenforced: number;
}

const LOAD_CLASSES = 4;
/** What is further ahead the core takes for a clock that jumped. */
const CLOCK_JUMP_MS = 40 * 86400000;

export class ThinFilmBattery {
  #core: CorePort;
  #input: AnalogInput | undefined;
  #options: BatteryOptions;

  constructor(options: BatteryOptions) {
    this.#options = options;
    const { io, full_scale_mV, ...pin } = options.sensor;
    if (!(full_scale_mV > 0)) {
      throw new RangeError(`sensor.full_scale_mV = ${full_scale_mV} must be > 0`);
    }
    this.#input = new (io as new (options: unknown) => AnalogInput)(pin);
    try {
      this.#core = new CorePort(options.core());
      this.#core.loadProfile(options.profile);
      this.#boot();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #boot(): void {
    const { retained, reason = Reason.cold, off_s, now } = this.#options;
    const core = this.#core;
    if (retained !== undefined && reason !== Reason.cold) restoreVital(core, retained);
    const sampled_ms = core.get("vital", "time_ms");
    const gone_ms = (now() - sampled_ms) >>> 0;
    if (off_s === "slept" && reason !== Reason.cold && gone_ms < CLOCK_JUMP_MS) {
      // the first step books the whole sleep as sleep, from the last sample on
      core.boot(reason, 0, sampled_ms, this.#options);
    } else {
      // a sample may come within this millisecond, and must not find a clock that stands still
      core.boot(reason, off_s === "slept" ? undefined : off_s, now() - 1, this.#options);
    }
  }

  /** ECMA-419 provenance: what it is. */
  get identification(): { model: string; classification: string } {
    return { model: "tfmb", classification: "Battery" };
  }

  /** ECMA-419 provenance: what changes the meaning of a sample. */
  get configuration(): { full_scale_mV: number; profile_crc: number } {
    const { full_scale_mV } = this.#options.sensor;
    return { full_scale_mV, profile_crc: this.#core.get("vital", "profile_crc") };
  }

  configure(settings: Partial<BatterySettings>): void {
    this.#options = { ...this.#options, ...settings };
  }

  /** Measures, walks the core once, and executes the storage operations it asks for. */
  sample(activity: Activity = {}): BatterySample {
    if (!this.#input) throw new Error("closed");
    const { now, temperature, time, sensor } = this.#options;
    const ticks = now();
    const voltage_mV = (this.#input.read() * sensor.full_scale_mV) / 2 ** this.#input.resolution;
    const measured: Measured = { active_ms: 0, ...activity, time_ms: ticks, voltage_mV };
    if (temperature) measured.temperature_degC = temperature();
    const sample = this.#report(ticks, this.#step(measured), voltage_mV);
    return time ? { time: time(), ...sample } : sample;
  }

  /** Books what was done since the last sample, without measuring: before RAM is given up. */
  book(activity: Activity): void {
    this.#step({ ...activity, time_ms: this.#options.now() });
  }

  #step(measured: Measured): number {
    const status = this.#core.step(measured, this.#options);
    const { retained } = this.#options;
    if (retained) saveRetained(this.#core, retained);
    return status;
  }

  /** Releases the input; the core is left to the garbage collector. */
  close(): void {
    this.#input?.close?.();
    this.#input = undefined;
  }

  #report(ticks: number, status: number, voltage_mV: number): BatterySample {
    const core = this.#core;
    const events: number[] = [];
    for (let kind = 0; kind < LOAD_CLASSES; kind++) {
      events.push(core.get("decision", "events", kind));
    }
    return {
      ticks,
      faults: core.get("decision", "faults"),
      status,
      soc: core.get("gauge", "soc"),
      soc_sigma: core.get("gauge", "soc_sigma"),
      remaining_nAh: core.get("gauge", "remaining_nAh"),
      voltage_mV,
      resistance_ohm: core.get("gauge", "resistance_ohm"),
      leak_nA: core.get("gauge", "leak_nA"),
      mode: core.get("decision", "mode"),
      sleep_ms: core.get("decision", "sleep_ms"),
      events,
      charge_enable: core.get("decision", "charge_enable") === 1,
      charge_limit_nA: core.get("decision", "charge_limit_nA"),
      drain_limit_nA: core.get("decision", "drain_limit_nA"),
      float_mV: core.get("decision", "float_mV"),
      source: core.get("decision", "source"),
      mpp_ratio: core.get("decision", "mpp_ratio"),
      measure: core.get("decision", "measure") === 1,
      measure_wait_ms: core.get("decision", "measure_wait_ms"),
      unenforced: core.get("decision", "unenforced"),
    };
  }
}
