// A made-up board for the example: light that rises and falls over a day on a 50 uAh cell, no
// hardware needed.

import { type Board } from "./main.js";
import { type BatterySample } from "../battery.js";

const DAY_MS = 86_400_000;

/** -1..1..-1 over a day. Not Math.sin: engines differ in its last bit, the test compares bits. */
function wave(time_ms: number): number {
  const turn = (time_ms / DAY_MS) % 1;
  return turn < 0.5 ? 4 * turn - 1 : 3 - 4 * turn;
}

/** Reads of the mocked Analog input: 12 bits over 4.5 V; the test sets the voltage. */
export const mockInput = { voltage_mV: 3950, full_scale_mV: 4500, resolution: 12 };

export class MockBoard implements Board {
  readonly samples: BatterySample[] = [];
  readonly pin = 2;
  readonly full_scale_mV = mockInput.full_scale_mV;
  #clock_ms = 1000;

  constructor(readonly profile: ArrayBuffer) {}

  readonly now = () => this.#clock_ms;
  readonly temperature = () => 20 + 5 * wave(this.#clock_ms);
  readonly harvest_nA = () => Math.max(0, 4000 * wave(this.#clock_ms));
  readonly work = (allowed: readonly number[]) => allowed.map((count) => Math.min(count, 1));
  readonly sleep = (duration_ms: number) => {
    this.#clock_ms += Math.min(duration_ms, 600_000);
    // the cell as the input sees it: a slow swing with the light, and a little noise
    const swing_mV = 20 * wave(this.#clock_ms - DAY_MS / 6);
    mockInput.voltage_mV = 3950 + swing_mV + ((this.#clock_ms / 1000) % 7) / 4;
  };
  readonly report = (sample: BatterySample) => void this.samples.push(sample);
}

/** ECMA-419 Analog over `mockInput`. */
export default class Analog {
  readonly resolution = mockInput.resolution;
  read(): number {
    const share = mockInput.voltage_mV / mockInput.full_scale_mV;
    return Math.round(share * 2 ** this.resolution);
  }
  close(): void {
    // nothing to release
  }
}
