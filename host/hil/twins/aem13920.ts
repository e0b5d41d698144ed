// Twin of an e-peas AEM13920, after the register map and driver of e-peas (v2.0.2, published by
// Silicon Labs); the data sheet was not read. Settings act when CTRL.UPDATE is written, after some
// reads with SYNCBUSY. Assumed, for no source says it: registers begin with 0 but for VERSION
// (0x10), the boosts (on) and the buck (1.8 V); no hysteresis at the thresholds; the energy meters
// (APM), temperature monitoring and interrupt flags stay 0.

import { RegisterTwin, type RegisterSpec } from "./register_twin.js";

/** What the plant does at the part's pins. */
export interface Aem13920Plant {
  storage_mV: number;
  /** Open-circuit voltages of the two sources. */
  open_mV: [number, number];
  /** What each source could bring into the storage. */
  harvest_nA: [number, number];
}

/** What acts now, decoded. */
export interface Aem13920Settings {
  ovdis_mV: number;
  chrdy_mV: number;
  ovch_mV: number;
  /** By source: its boost is on, its operating ratio; undefined: constant voltage or ZMPP. */
  on: [boolean, boolean];
  mpp_ratio: [number | undefined, number | undefined];
  /** Code of the buck's voltage; 0: off. */
  buck: number;
}

/** Of all thresholds. */
const STEP_MV = 18.75;
const CTRL = 0x14;
const CONFIGURATION = 0x14;
const RATIOS = [0.35, 0.5, 0.65, 0.7, 0.75, 0.8, 0.85];
const LOW_MV = [112, 202, 255, 300, 360, 405, 510, 600];

/** Writable bits of 0x01 to 0x13. */
const WRITABLE = [
  ...[0x0f, 0x3f, 0x0f, 0x3f, 0x3f, 0x3f, 0x7f, 0x1f, 0x1f, 0x3f],
  ...[0xff, 0xff, 0xff, 0xff, 0x01, 0x3f, 0x1f, 0x7f, 0xff],
];

const RESET: Record<number, number> = { 0x08: 0x01, 0x09: 0x01, 0x0a: 0x05 };

const SPECS: RegisterSpec[] = [
  { at: 0x00, reset: 0x10 },
  ...WRITABLE.map((writable, i) => ({
    at: i + 1,
    writable,
    reset: RESET[i + 1] ?? 0,
  })),
  { at: CTRL, writable: 0x01 },
  { at: 0x26 },
];

/** Code of the source ADC: the inverse of what the driver of e-peas computes, ranges in mV. */
function sourceCode(regulated_mV: number): number {
  const code = (offset: number, difference: number, step: number, value: number) =>
    Math.round(((value - offset) / step + difference) / 2);
  if (regulated_mV < 128) return 0;
  if (regulated_mV <= 292) return Math.min(0x12, Math.max(0x07, code(90, 9, 7.5, regulated_mV)));
  if (regulated_mV <= 1470) return Math.min(0x39, Math.max(0x13, code(300, 37, 15, regulated_mV)));
  if (regulated_mV <= 2194) {
    return Math.min(0x79, Math.max(0x68, code(300, 165, 15, regulated_mV * 0.67)));
  }
  return Math.min(0xb9, Math.max(0x9f, code(300, 293, 15, regulated_mV * 0.33)));
}

export class Aem13920Twin extends RegisterTwin {
  readonly plant: Aem13920Plant = { storage_mV: 3900, open_mV: [0, 0], harvest_nA: [0, 0] };
  /** Reads of CTRL with SYNCBUSY after an update. */
  busy_reads = 2;
  /** Updates so far. */
  updates = 0;
  #busy = 0;
  #acting = new Uint8Array(CONFIGURATION);

  constructor() {
    super(0x41, SPECS);
    this.#takeOver();
  }

  override powerOn(): void {
    super.powerOn();
    this.#takeOver();
  }

  get settings(): Aem13920Settings {
    const byte = (at: number): number => this.#acting[at]!;
    const ratio = (at: number) => ((byte(at) & 1) !== 0 ? RATIOS[(byte(at) >> 1) & 7] : undefined);
    return {
      ovdis_mV: 2400 + STEP_MV * byte(0x05),
      chrdy_mV: 2456 + STEP_MV * byte(0x06),
      ovch_mV: 2700 + STEP_MV * Math.min(0x65, byte(0x07)),
      on: [(byte(0x08) & 1) !== 0, (byte(0x09) & 1) !== 0],
      mpp_ratio: [ratio(0x01), ratio(0x03)],
      buck: byte(0x0a) & 7,
    };
  }

  /** Puts the storage a step above, or below, its over-charge threshold. */
  set isLimiting(above: boolean) {
    this.plant.storage_mV = this.settings.ovch_mV + (above ? STEP_MV : -STEP_MV);
  }

  /** What flows into the storage now. */
  get charging_nA(): number {
    const { ovch_mV, on } = this.settings;
    if (this.plant.storage_mV >= ovch_mV) return 0;
    const { harvest_nA } = this.plant;
    return [0, 1].reduce((sum, i) => sum + (on[i] && !this.#low(i) ? harvest_nA[i]! : 0), 0);
  }

  #low(source: number): boolean {
    return this.plant.open_mV[source]! < LOW_MV[(this.#acting[0x10]! >> (3 * source)) & 7]!;
  }

  #takeOver(): void {
    this.#acting = this.bytes.slice(0, CONFIGURATION);
  }

  protected override written(at: number): void {
    if (at !== CTRL || (this.bytes[CTRL]! & 1) === 0) return;
    this.#takeOver();
    this.updates++;
    this.#busy = this.busy_reads;
  }

  protected override refresh(): void {
    const { storage_mV, open_mV } = this.plant;
    const { ovdis_mV, chrdy_mV, ovch_mV, mpp_ratio } = this.settings;
    this.bytes[CTRL] = (this.bytes[CTRL]! & 1) | (this.#busy > 0 ? 0x04 : 0);
    if (this.#busy > 0) this.#busy--;
    this.bytes[0x17] =
      (storage_mV < ovdis_mV ? 0x01 : 0) |
      (storage_mV > chrdy_mV ? 0x02 : 0) |
      (storage_mV > ovch_mV ? 0x04 : 0) |
      (this.#low(0) ? 0x08 : 0) |
      (this.#low(1) ? 0x10 : 0);
    this.bytes[0x24] = Math.min(255, Math.round(storage_mV / STEP_MV));
    open_mV.forEach((open, i) => {
      this.bytes[0x25 + i] = sourceCode(open * (mpp_ratio[i] ?? 1));
    });
  }
}
