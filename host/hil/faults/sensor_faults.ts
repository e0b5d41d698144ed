// Sensors and clock between plant and sample, with their faults.

import { type AreaWords } from "../../core/words.js";
import { type Random } from "../../sim/random.js";
import { type ClockFault, type Faults, type SensorFault } from "./faults.js";

type Sample = AreaWords<"sample">;
type Shown = "voltage_mV" | "voltage_loaded_mV" | "temperature_degC";
type Current = "harvest_mean_nA" | "harvest_now_nA" | "probe_nA";

/** What each sensor shows of the sample. */
const SHOWN = {
  voltage: ["voltage_mV", "voltage_loaded_mV"],
  temperature: ["temperature_degC"],
  harvest: ["harvest_mean_nA", "harvest_now_nA", "probe_nA"],
} as const satisfies Record<string, readonly (Shown | Current)[]>;

type Sensor = keyof typeof SHOWN;
const SENSORS = Object.keys(SHOWN) as Sensor[];

/** An NTC with a broken wire reads as colder than any place. */
const OPEN = { voltage: 0, temperature: -273.15, harvest: 0 };

export class SensorFaults {
  /** Held by a sensor that is stuck. */
  readonly #held = new Map<Shown | Current, number>();

  constructor(readonly random: Random) {}

  /** A fault of a sensor begins, or ends. */
  begin(sensor: Sensor): void {
    for (const name of SHOWN[sensor]) this.#held.delete(name);
  }

  /** Puts into the sample what faulty sensors show. */
  apply(sample: Sample, faults: Faults): void {
    for (const sensor of SENSORS) {
      const fault = faults[sensor];
      if (fault === undefined) continue;
      for (const name of SHOWN[sensor]) {
        sample[name] = this.#shown(name, sample[name], fault, OPEN[sensor]);
      }
    }
  }

  #shown(name: Shown | Current, value: number, fault: SensorFault, open: number): number {
    const { stuck, nan, gain = 1, offset = 0, noise = 0 } = fault;
    if (nan === true) return NaN;
    if (fault.open === true) return open;
    if (stuck === true) {
      const held = this.#held.get(name) ?? value;
      this.#held.set(name, held);
      return held;
    }
    return value * gain + offset + (noise > 0 ? noise * this.random.normal() : 0);
  }
}

export const isSensor = (name: string): name is Sensor => Object.hasOwn(SHOWN, name);

const MS = 1000;
const PPM = 1e-6;
const WRAP_MS = 4294967296;

/** The node's clock: what it shows at a time of the plant. */
export class Clock {
  /** It showed `shown_ms` at `time_s`, and runs at `rate` since. */
  #time_s = 0;
  #shown_ms = 0;
  #rate = 1;

  /** Milliseconds, modulo 2^32. */
  read_ms(time_s: number): number {
    return Math.round(this.#at_ms(time_s)) >>> 0;
  }

  /** Starts from 0: nothing kept it. */
  restart(time_s: number): void {
    this.#time_s = time_s;
    this.#shown_ms = 0;
  }

  begin(time_s: number, { jump_s = 0, rollover_in_s, ...fault }: ClockFault): void {
    this.#shown_ms = this.#at_ms(time_s) + jump_s * MS;
    if (rollover_in_s !== undefined) this.#shown_ms = WRAP_MS - rollover_in_s * MS;
    this.#time_s = time_s;
    this.#rate = fault.stopped === true ? 0 : 1 + (fault.drift_ppm ?? 0) * PPM;
  }

  /** Runs on from what it shows, as it should. */
  end(time_s: number): void {
    this.begin(time_s, {});
  }

  #at_ms(time_s: number): number {
    return this.#shown_ms + (time_s - this.#time_s) * MS * this.#rate;
  }
}
