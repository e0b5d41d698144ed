// The rig's own current meter on I2C: no part that one could buy, but a way in for what a node's
// board measures and the RP2040 has no peripheral for. From register 0 on: charge in pC (i64), mean
// harvest, harvest now, harvest at the ratio tried, and the cell's current, in nA (f32).

import { type I2cPart } from "./i2c_bus.js";

const BYTES = 24;
export const METER_PLACES = {
  charge_pC: 0,
  harvest_mean_nA: 8,
  harvest_now_nA: 12,
  probe_nA: 16,
  current_nA: 20,
} as const;

export class Meter implements I2cPart {
  readonly address = 0x4f;
  readonly #bytes = new Uint8Array(BYTES);
  #at = 0;

  /** Puts the bytes of a reading into its registers. */
  show(name: keyof typeof METER_PLACES, bytes: Uint8Array): void {
    this.#bytes.set(bytes, METER_PLACES[name]);
  }

  write(bytes: Uint8Array): void {
    this.#at = (bytes[0] ?? 0) % BYTES;
  }

  read(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => {
      const byte = this.#bytes[this.#at]!;
      this.#at = (this.#at + 1) % BYTES;
      return byte;
    });
  }
}
