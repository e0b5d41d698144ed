// e-peas AEM13920 on I2C, as far as a node uses it: registers as the vendor's public driver has
// them (AEM13920_RegisterMap.h and HAL_AEM13920.h v2.0.2, read, not copied). Nothing of it was
// compared with silicon; that new settings wait for the UPDATE bit is how that driver uses the
// part.

import { type I2cPart } from "./i2c_bus.js";

const SOURCE_1 = 0x01;
const VOVCH = 0x07;
const BOOST_1 = 0x08;
const CONTROL = 0x14;
const STATUS_0 = 0x17;
const REGISTERS = 0x20;

const UPDATE = 1 << 0;
const TRACKS = 1 << 0;
const ENABLED = 1 << 0;
const AT_VOVCH = 1 << 2;
const RATIOS = [0.35, 0.5, 0.65, 0.7, 0.75, 0.8, 0.85];

/** What the charger does now. */
export interface Aem13920Settings {
  /** Undefined: as strapped. */
  float_mV: number | undefined;
  /** Whether each of the two converters runs. */
  enabled: [boolean, boolean];
  /** Operating over open-circuit voltage; undefined: not a ratio. */
  mpp_ratio: [number | undefined, number | undefined];
}

export class Aem13920 implements I2cPart {
  readonly address = 0x41;
  /** The cell is at its over-charge threshold: what STATUS0 tells. */
  isLimiting = false;
  /** UPDATEs so far. */
  updates = 0;
  readonly #written = new Map<number, number>();
  #counting: ReadonlyMap<number, number> = new Map();
  #at = 0;

  write(bytes: Uint8Array): void {
    this.#at = (bytes[0] ?? 0) % REGISTERS;
    for (const value of bytes.subarray(1)) this.#set(value);
  }

  read(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => {
      const at = this.#at;
      this.#at = (at + 1) % REGISTERS;
      return at === STATUS_0 ? (this.isLimiting ? AT_VOVCH : 0) : (this.#written.get(at) ?? 0);
    });
  }

  /** What was in force at the last UPDATE. */
  get settings(): Aem13920Settings {
    const register = (at: number) => this.#counting.get(at) ?? 0;
    const runs = (at: number) => (register(at) & ENABLED) !== 0;
    const ratio = (at: number) =>
      register(at) & TRACKS ? RATIOS[(register(at) >> 1) & 7] : undefined;
    const code = this.#counting.get(VOVCH);
    return {
      float_mV: code === undefined ? undefined : 2700 + 18.75 * (code & 127),
      enabled: [runs(BOOST_1), runs(BOOST_1 + 1)],
      mpp_ratio: [ratio(SOURCE_1), ratio(SOURCE_1 + 2)],
    };
  }

  #set(value: number): void {
    const at = this.#at;
    this.#at = (at + 1) % REGISTERS;
    if (at !== CONTROL) this.#written.set(at, value);
    else if (value & UPDATE) {
      this.#counting = new Map(this.#written);
      this.updates++;
    }
  }
}
