// A made-up nRF52 for the example: what outlives a restart of its script, and the SDK modules that
// the script imports. Light rises and falls over a day; power is cut at given wakes, now and then
// within a journal record. Nothing here is random or transcendental: engines must agree to the bit.

import { FramCut, FramTwin } from "../../../host/hil/twins/fram.js";
import { Neh7100Twin } from "../../../host/hil/twins/neh7100.js";
import { type I2cTwin } from "../../../host/hil/twins/register_twin.js";

const DAY_MS = 86_400_000;
/** ResetReason.SREQ: what a timed deep sleep is taken to leave behind; not checked on a chip. */
const SOFT_RESET = 1 << 2;
const RETAINED_WORDS = 32;

/** What ends a script: the chip starts anew. */
export class Restart extends Error {}

/** How power goes at a wake. Without power the clock and retained RAM are lost, FRAM is not. */
export type Cut = "brown-out" | "loss" | "within a record" | "within two records";

/** Time awake. */
const WAKE_MS = 20;
/** Bytes of a record that reach the FRAM before such a cut. */
const TORN_BYTES = 57;

/** -1..1..-1 over a day. Not Math.sin: engines differ in its last bit. */
function wave(time_ms: number): number {
  const turn = (time_ms / DAY_MS) % 1;
  return turn < 0.5 ? 4 * turn - 1 : 3 - 4 * turn;
}

export class Chip {
  /** Every line that the script traced. */
  readonly lines: string[] = [];
  readonly fram = new FramTwin(8192);
  readonly pmic = new Neh7100Twin();
  starts = 0;
  wakes = 0;
  /** Journal records that a cut tore. */
  torn = 0;
  deep_sleeps = 0;
  #tears = 0;
  #clock_ms = 1_790_000_000_000;
  #retained = new Int32Array(RETAINED_WORDS);
  #reason = 0;
  #timer: { callback: () => void; at_ms: number } | undefined;
  #dead = false;

  constructor(
    readonly profile: ArrayBuffer,
    readonly cuts: Readonly<Record<number, Cut>>,
  ) {}

  /** Runs the timer's callbacks until the script ends; false: it was restarted. */
  run(wakes: number): boolean {
    try {
      while (this.wakes < wakes && this.#timer !== undefined) {
        const { callback, at_ms } = this.#timer;
        this.#timer = undefined;
        this.#clock_ms = Math.max(this.#clock_ms, at_ms);
        callback();
      }
      return true;
    } catch (error) {
      if (!(error instanceof Restart)) throw error;
      return false;
    }
  }

  /** A script begins: power is there. */
  power(): void {
    this.starts++;
    this.#dead = false;
    this.fram.cut_after = this.#tears > 0 ? TORN_BYTES : Infinity;
  }

  /** Nothing that a dying script still does has an effect. */
  #alive(): void {
    if (this.#dead) throw new Restart("no power");
  }

  #lose(cut: Cut): never {
    this.#dead = true;
    this.#timer = undefined;
    this.#reason = cut === "brown-out" ? SOFT_RESET : 0;
    if (cut !== "brown-out") {
      this.#retained.fill(0x5a5a5a5a);
      // the clock begins anew
      this.#clock_ms = 1000 + this.wakes;
    }
    throw new Restart(cut);
  }

  /** The cell as it is seen: a swing with the light and a little noise. */
  #voltage_mV(): number {
    return 3950 + 20 * wave(this.#clock_ms - DAY_MS / 6) + ((this.#clock_ms / 1000) % 7) / 4;
  }

  #wake(): void {
    this.wakes++;
    this.pmic.plant.storage_mV = this.#voltage_mV();
    this.pmic.plant.harvest_nA = Math.max(0, 40_000 * wave(this.#clock_ms));
    const cut = this.cuts[this.wakes];
    if (cut === "brown-out" || cut === "loss") this.#lose(cut);
    if (cut === undefined) return;
    this.#tears += cut === "within a record" ? 1 : 2;
    this.fram.cut_after = TORN_BYTES;
  }

  /** The modules of the SDK that the example imports, by specifier. */
  readonly modules = this.#makeModules();

  #makeModules(): Record<string, unknown> {
    const chip = this as Chip;
    const buses: Record<number, I2cTwin> = { 0x3c: this.pmic, 0x50: this.fram };
    class Analog {
      readonly resolution = 12;
      read(): number {
        chip.#wake();
        const reading = Math.round((chip.#voltage_mV() / 4500) * 2 ** this.resolution);
        chip.#clock_ms += WAKE_MS;
        return reading;
      }
      close(): void {
        // nothing to release
      }
    }
    class I2C {
      readonly #twin: I2cTwin;
      constructor(options: { address: number }) {
        this.#twin = buses[options.address]!;
      }
      write(bytes: Uint8Array): void {
        chip.#alive();
        try {
          if (!this.#twin.write(bytes)) throw new Error("write failed");
        } catch (error) {
          if (!(error instanceof FramCut)) throw error;
          chip.torn++;
          chip.#tears--;
          chip.#lose("within a record");
        }
      }
      read(length: number): ArrayBuffer {
        chip.#alive();
        return this.#twin.read(length).buffer as ArrayBuffer;
      }
    }
    class TMP117 {
      sample(): { temperature: number } {
        return { temperature: 20 + 5 * wave(chip.#clock_ms) };
      }
    }
    class Resource {
      slice(): ArrayBuffer {
        return chip.profile.slice(0);
      }
    }
    return {
      "embedded:io/analog": Analog,
      "embedded:io/i2c": I2C,
      "embedded:sensor/Temperature/TMP117": TMP117,
      "mc/config": { data: 13, clock: 14, voltage_pin: 2, full_scale_mV: 4500 },
      Resource,
      ...this.#makeClock(),
    };
  }

  #makeClock(): Record<string, unknown> {
    const chip = this as Chip;
    const Sleep = {
      get resetReason(): number {
        return chip.#reason;
      },
      getRetainedValue: (index: number) => chip.#retained[index]!,
      setRetainedValue: (index: number, value: number) => {
        chip.#alive();
        if (index < 0 || index >= RETAINED_WORDS) throw new RangeError("invalid index");
        chip.#retained[index] = value;
      },
      deep(duration_ms: number): void {
        chip.#alive();
        chip.deep_sleeps++;
        chip.#timer = undefined;
        chip.#clock_ms += duration_ms;
        chip.#reason = SOFT_RESET;
        throw new Restart("deep sleep");
      },
    };
    const Timer = {
      set(callback: () => void, duration_ms: number): void {
        chip.#alive();
        chip.#timer = { callback, at_ms: chip.#clock_ms + duration_ms };
      },
    };
    return { sleep: Sleep, timer: Timer };
  }

  /** Globals of the script. */
  readonly globals = {
    trace: (text: string) => {
      this.#alive();
      this.lines.push(text.trim());
    },
    Date: { now: () => this.#clock_ms },
  };
}
