// Twin of a Nexperia NEH7100, after MikroElektronika's PMIC 2 Click driver and public drivers that
// cite the data sheet's table 24; the data sheet itself was not read. Assumed, and said so below:
// no hysteresis at the levels, the meter takes the finest range that holds the current, the flag
// of a low current (SDF) means none. Over-current (OCF) is not modelled: its level is not known.

import { RegisterTwin } from "./register_twin.js";

/** What the plant does at the part's pins. */
export interface Neh7100Plant {
  storage_mV: number;
  /** What the harvester could bring into the storage. */
  harvest_nA: number;
}

/** What the pins HC[4:0] set at power-on; of the 32 combinations three were found. */
export const STRAPS = {
  "00001": { ovp_mV: 4200, lvd_mV: 3200, iusb: 7 },
  "10010": { ovp_mV: 4000, lvd_mV: 3300, iusb: 5 },
  "11010": { ovp_mV: 3500, lvd_mV: 2500, iusb: 6 },
};

const ovpOf_mV = (code: number): number => (code < 3 ? 2700 + 200 * code : 3000 + 100 * code);
const lvdOf_mV = (code: number): number => 2200 + 100 * code;
const LSB_NA = [70.6, 478, 4710, 67500];
const COUNTS = 255;

function resetLevels(straps: keyof typeof STRAPS): number {
  const { ovp_mV, lvd_mV } = STRAPS[straps];
  return (((lvd_mV - 2200) / 100) << 4) | ((ovp_mV - 3000) / 100);
}

export class Neh7100Twin extends RegisterTwin {
  readonly plant: Neh7100Plant = { storage_mV: 3900, harvest_nA: 0 };

  constructor(straps: keyof typeof STRAPS = "10010") {
    super(0x3c, [
      { at: 0x00, reset: resetLevels(straps), writable: 0xff },
      { at: 0x01, reset: STRAPS[straps].iusb, writable: 0xff },
      { at: 0x03, reset: 0x50, writable: 0x77 },
      { at: 0x04, reset: 0x30, writable: 0x33 },
      { at: 0x05, writable: 0x07 },
      { at: 0x07, reset: 0x15 },
      { at: 0x08, reset: 0x01 },
      { at: 0x09 },
      { at: 0x0a },
    ]);
  }

  get ovp_mV(): number {
    return ovpOf_mV(this.bytes[0x00]! & 15);
  }

  get lvd_mV(): number {
    return lvdOf_mV(this.bytes[0x00]! >> 4);
  }

  /** What flows into the storage now. */
  get charging_nA(): number {
    return this.plant.storage_mV < this.ovp_mV ? this.plant.harvest_nA : 0;
  }

  protected override refresh(): void {
    const { storage_mV } = this.plant;
    const current_nA = this.charging_nA;
    const fits = LSB_NA.findIndex((lsb) => current_nA < lsb * (COUNTS + 0.5));
    const range = fits < 0 ? LSB_NA.length - 1 : fits;
    const count = Math.min(COUNTS, Math.round(current_nA / LSB_NA[range]!));
    this.bytes[0x09] = range;
    this.bytes[0x0a] = count;
    this.bytes[0x08] =
      0x01 |
      (count === 0 ? 0x04 : 0) |
      (storage_mV < this.lvd_mV ? 0x08 : 0) |
      (storage_mV >= this.ovp_mV ? 0x10 : 0);
  }
}
