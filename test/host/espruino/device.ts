// An nRF52 board with Espruino, as far as the module sees it: pins, timers, watches, the radio, the
// clock. Written in what TypeScript can make ES5 of, because it runs in Duktape as well.

import { type CoreInstance } from "../../../host/moddable/core_port.js";
import { FlashChip, POWER_CUT, type FlashFile } from "./flash_chip.js";
import { NativeCalls, type BlobImage } from "./native_calls.js";

/** What a native call takes with the interpreter's way to it, and an analog reading, roughly. */
const CALL_S = 0.0008;
const ANALOG_S = 0.0001;
const SUPPLY_V = 3;
const ANALOG_STEPS = 16384;
/** A BLE advertiser waits up to 10 ms longer than its interval. */
const ADVERTISING_JITTER_S = 0.005;

type Callback = () => void;

interface Timer {
  id: number;
  due_s: number;
  then: Callback;
}

export interface Advertisement {
  time_s: number;
  data: number[];
  interval_ms: number;
}

export class Device {
  time_s = 1000;
  dead = false;
  voltage_mV = 3950;
  temperature_degC = 21;
  divider = 2;
  readonly levels: Record<string, number> = {};
  /** D29 was up at the last analog reading. */
  read_through_gate = false;
  readonly written: { time_s: number; pin: string; level: number }[] = [];
  readonly advertised: Advertisement[] = [];
  /** Advertising events that the radio sent. */
  sent = 0;
  comparator: { pin: unknown; level: number | undefined } = { pin: undefined, level: undefined };
  readonly native: NativeCalls;
  private timers: Timer[] = [];
  private watches: Timer[] = [];
  private listeners: Callback[] = [];
  private ids = 1;
  private radio: { since_s: number; interval_ms: number } | undefined;
  private interval_ms = 375;

  constructor(
    blob: BlobImage,
    newCore: () => CoreInstance,
    readonly flash = new FlashChip(),
  ) {
    this.native = new NativeCalls(blob, newCore, this.flash);
  }

  /** Everything global that the module and the examples use, `require` apart. */
  globals(): Record<string, unknown> {
    const pins: Record<string, string> = {};
    for (let i = 0; i < 32; i++) pins[`D${i}`] = `D${i}`;
    return {
      ...pins,
      BTN: { read: () => false },
      E: this.e(),
      NRF: this.nrf(),
      peek32: (at: number) => this.alive(() => this.peek32(at)),
      getTime: () => this.alive(() => this.time_s),
      analogRead: () => this.alive(() => this.analogRead()),
      digitalWrite: (pin: string, level: number) => this.alive(() => this.digitalWrite(pin, level)),
      setTimeout: (then: Callback, after_ms: number) => this.setTimeout(then, after_ms),
      clearTimeout: (id: number) => {
        this.timers = this.timers.filter((timer) => timer.id !== id);
      },
      setWatch: (then: Callback) => {
        this.watches.push({ id: this.ids, due_s: 0, then });
        return this.ids++;
      },
      clearWatch: (id: number) => {
        this.watches = this.watches.filter((watch) => watch.id !== id);
      },
      print: () => undefined,
    };
  }

  /** What `require` finds beside the module. */
  builtin(name: string): unknown {
    if (name === "Flash") return this.flash.module();
    if (name === "Storage") return this.flash.storage();
    throw new Error(`Module ${name} not found`);
  }

  /** Passes time until then, and all that is due; returns false when the power failed. */
  run(until_s: number): boolean {
    for (;;) {
      if (this.dead) return false;
      let next: Timer | undefined;
      for (const timer of this.timers) if (!next || timer.due_s < next.due_s) next = timer;
      if (!next || next.due_s > until_s) break;
      const due = next;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.time_s = Math.max(this.time_s, due.due_s);
      this.attempt(due.then);
    }
    this.time_s = until_s;
    return true;
  }

  /** Calls into the program; a power cut ends it, also where the program caught it. */
  attempt(program: Callback): void {
    try {
      program();
    } catch (error) {
      if (!this.dead && (error as Error).message !== POWER_CUT) throw error;
      this.dead = true;
    }
    if (this.flash.wordsLeft <= 0) this.dead = true;
  }

  triggerWatch(): void {
    for (const watch of this.watches) this.attempt(watch.then);
  }

  triggerComparator(): void {
    for (const listener of this.listeners) this.attempt(listener);
  }

  private alive<T>(answer: () => T): T {
    if (this.dead || this.flash.wordsLeft <= 0) {
      this.dead = true;
      throw new Error(POWER_CUT);
    }
    return answer();
  }

  private setTimeout(then: Callback, after_ms: number): number {
    this.timers.push({ id: this.ids, due_s: this.time_s + after_ms / 1000, then });
    return this.ids++;
  }

  private e() {
    return {
      nativeCall: (address: number, signature: string) => {
        const bound = this.alive(() => this.native.bind(address, signature));
        return (...args: number[]) =>
          this.alive(() => {
            this.time_s += CALL_S;
            return bound(...args);
          });
      },
      getAddressOf: (of: Uint8Array | FlashFile | undefined, flat: boolean) => {
        if (of === undefined || !flat) return 0;
        return "name" in of ? of.at : this.native.addressOf(of);
      },
      getAnalogVRef: () => SUPPLY_V,
      getTemperature: () => this.temperature_degC,
      setComparator: (pin: unknown, level: number | undefined) => {
        this.comparator = { pin, level };
      },
      on: (_event: string, then: Callback) => void this.listeners.push(then),
      removeListener: (_event: string, then: Callback) => {
        this.listeners = this.listeners.filter((listener) => listener !== then);
      },
    };
  }

  private nrf() {
    return {
      setAdvertising: (data: Record<number, number[]>, options: { interval: number }) => {
        this.interval_ms = options.interval;
        const advertisement = { data: data[0xfcd2]!, interval_ms: options.interval };
        this.advertised.push({ time_s: this.time_s, ...advertisement });
      },
      wake: () => {
        if (!this.radio) this.radio = { since_s: this.time_s, interval_ms: this.interval_ms };
      },
      sleep: () => {
        if (!this.radio) return;
        const each_s = this.radio.interval_ms / 1000 + ADVERTISING_JITTER_S;
        this.sent += 1 + Math.floor((this.time_s - this.radio.since_s) / each_s);
        this.radio = undefined;
      },
    };
  }

  private peek32(at: number): number {
    const { bytes } = this.flash;
    const low = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
    return (low | (bytes[at + 3]! << 24)) >>> 0;
  }

  private analogRead(): number {
    this.time_s += ANALOG_S;
    this.read_through_gate = this.levels.D29 === 1;
    const share = this.voltage_mV / (1000 * SUPPLY_V * this.divider);
    return Math.round(share * ANALOG_STEPS) / ANALOG_STEPS;
  }

  private digitalWrite(pin: string, level: number): void {
    this.levels[pin] = level;
    this.written.push({ time_s: this.time_s, pin, level });
  }
}
