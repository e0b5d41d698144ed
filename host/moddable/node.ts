// A node on Moddable: boot, then at each wake measure, step, act on the charger, work, sleep.
// A sleep keeps RAM (System ON, a timer) or is deep (System OFF, woken by the RTC): the chip then
// starts anew and knows what retained RAM and the journal say, but no forecast.

import { Actuators, Pmic, Reason, Status } from "../core/abi.js";
import { type Charger } from "../parts/charger.js";
import {
  type Activity,
  type BatteryOptions,
  type BatterySample,
  ThinFilmBattery,
} from "./battery.js";
import { type RetainedWords } from "./retained.js";

/** Moddable's `sleep` on nRF52, as far as it is used here. */
export interface SleepModule extends RetainedWords {
  /** Bits of ResetReason; 0 after power-on. Reading it clears it on the chip. */
  readonly resetReason: number;
  /** Restarts the script after `duration_ms`. */
  deep(duration_ms: number): void;
}

/** Calls back later, RAM kept: Moddable's Timer.set. */
export type Wait = (callback: () => void, duration_ms: number) => void;

export interface NodeOptions extends Omit<BatteryOptions, "retained" | "reason" | "off_s"> {
  wait: Wait;
  /** Left out: every start is a cold one, and no sleep is deep. */
  sleep?: SleepModule | undefined;
  /** Whether to sleep deep now, at the price of the forecast and a start; left out: never. */
  deep?: ((sample: BatterySample) => boolean) | undefined;
  /** Whether `now` goes on through resets and deep sleep. */
  clock_kept?: boolean | undefined;
  charger?: Charger | undefined;
  /** Does the events that are allowed; returns how many of each class were done. */
  work: (allowed: readonly number[]) => number[];
  /** What else the board measured. */
  measure?: (() => Activity) | undefined;
  report?: ((sample: BatterySample) => void) | undefined;
}

/** ResetReason of Moddable's `sleep`: what woke the chip from System OFF. */
const WOKE = (1 << 16) | (1 << 17) | (1 << 19);

/** What to sleep after a refused sample, whose decision is an old one: a clock stood still. */
const RETRY_MS = 60_000;

const refused = (sample: BatterySample): boolean => (sample.status & 255) >= Status.no_profile;

/** How the core should take a start: power-on leaves no reason behind. */
export function bootReason(resetReason: number): number {
  if (resetReason === 0) return Reason.cold;
  return (resetReason & WOKE) !== 0 ? Reason.wake : Reason.warm;
}

export class BatteryNode {
  readonly battery: ThinFilmBattery;
  /** Actuator bits that the last decision wanted and the charger could not do. */
  unmet = 0;
  #options: NodeOptions;
  #done: number[] = [];
  #woke_ms: number;
  #active_ms = 0;
  #paused = false;
  #running = true;

  constructor(options: NodeOptions) {
    this.#options = options;
    const { sleep, now, clock_kept } = options;
    const reason = sleep ? bootReason(sleep.resetReason) : Reason.cold;
    this.#woke_ms = now();
    this.battery = new ThinFilmBattery({
      ...options,
      retained: sleep,
      reason,
      off_s: clock_kept ? "slept" : undefined,
    });
    this.#guard("start", () => options.charger?.begin());
  }

  /** Wakes now, and then by itself until `stop`. */
  start(): void {
    this.#woke_ms = this.#options.now();
    const sample = this.wake();
    if (this.#running) this.#sleep(sample);
  }

  stop(): void {
    this.#running = false;
    this.battery.close();
  }

  /** One wake, without the sleep after it. */
  wake(): BatterySample {
    const { charger, work, measure, report } = this.#options;
    const status = this.#guard("status", () => charger?.status()) ?? {};
    const activity: Activity = {
      ...status,
      ...measure?.(),
      active_ms: this.#active_ms,
      events: this.#done,
    };
    if (this.#paused) {
      activity.pmic_flags = (activity.pmic_flags ?? 0) | Pmic.paused;
    }
    const sample = this.battery.sample(activity);
    report?.(sample);
    if (refused(sample)) return sample;
    this.#paused = false;
    const applied = this.#guard("setting", () => charger?.apply(sample));
    this.unmet = applied ?? 0;
    this.#done = work(sample.events);
    return sample;
  }

  #sleep(sample: BatterySample): void {
    const { sleep, deep, wait, now } = this.#options;
    this.#active_ms = now() - this.#woke_ms;
    if (refused(sample)) {
      wait(() => this.start(), RETRY_MS);
      return;
    }
    const pause_ms = sample.measure ? Math.min(sample.measure_wait_ms, sample.sleep_ms) : 0;
    if (sleep && pause_ms === 0 && deep?.(sample)) {
      this.battery.book({ active_ms: this.#active_ms, events: this.#done });
      sleep.deep(sample.sleep_ms);
      return;
    }
    if (pause_ms === 0) {
      wait(() => this.start(), sample.sleep_ms);
      return;
    }
    wait(() => {
      this.#pause(sample);
      wait(() => this.start(), pause_ms);
    }, sample.sleep_ms - pause_ms);
  }

  /** The cell rests before the next measurement. */
  #pause(sample: BatterySample): void {
    const { charger } = this.#options;
    if (charger === undefined) return;
    const stopped = { ...sample, charge_enable: false };
    const unmet = this.#guard("pause", () => charger.apply(stopped));
    this.#paused = unmet !== undefined && (unmet & Actuators.charge_enable) === 0;
  }

  /** A charger that does not answer must not stop the node. */
  #guard<T>(what: string, act: () => T): T | undefined {
    try {
      return act();
    } catch (error) {
      this.#options.onError?.(`charger: ${what}: ${String(error)}`);
      return undefined;
    }
  }
}
