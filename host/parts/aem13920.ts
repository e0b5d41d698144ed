// e-peas AEM13920, a two-source boost charger on I2C: float voltage in steps of 18.75 mV, operating
// ratio a source, a boost a source that can be switched off; no current limit in amperes. Settings
// act once CTRL.UPDATE was written. Registers and their sources: aem13920.table.ts, docs/PARTS.md.

import { Actuators, Pmic } from "../core/abi.js";
import { type I2cDevice, RegisterPort } from "./bus.js";
import {
  type Charger,
  type ChargerDecision,
  type ChargerStatus,
  checkDecision,
  levelOf,
  nearestLevel,
} from "./charger.js";

export const AEM13920_ADDRESS = 0x41;

export const AEM13920 = {
  VERSION: 0x00,
  /** Of source 1; source 2 two further. REGU1 lies behind REGU0. */
  SRC1REGU0: 0x01,
  VOVDIS: 0x05,
  VCHRDY: 0x06,
  VOVCH: 0x07,
  /** Of source 1; that of source 2 and the buck's lie behind it. */
  BST1CFG: 0x08,
  BUCKCFG: 0x0a,
  CTRL: 0x14,
  STATUS0: 0x17,
  STO: 0x24,
  SRC1: 0x25,
};

export const AEM13920_BIT = {
  /** SRCxREGU0: maximum-power-point tracking, else a constant voltage. */
  MPPT: 0x01,
  /** BSTxCFG; its other bits (high power, timing) are kept as found. */
  BOOST_EN: 0x01,
  /** BUCKCFG: the voltage's code; its other bits (timing) are kept as found. */
  BUCK_VOUT: 0x07,
  /** CTRL. */
  UPDATE: 0x01,
  SYNCBUSY: 0x04,
  /** STATUS0. */
  VOVDIS: 0x01,
  VCHRDY: 0x02,
  VOVCH: 0x04,
  SRC1LOW: 0x08,
};

/** VOVCH, by code 0 to OVCH_CODE_MAX; VOVDIS and VCHRDY have the same step. */
export const OVCH_MIN_MV = 2700;
export const OVCH_CODE_MAX = 101;
export const OVDIS_MIN_MV = 2400;
export const CHRDY_MIN_MV = 2456;
export const THRESHOLD_STEP_MV = 18.75;
export const THRESHOLD_CODE_MAX = 63;

/** Operating over open-circuit voltage, by code; code 7 is the resistor at pin ZMPP. */
export const MPP_RATIOS = [0.35, 0.5, 0.65, 0.7, 0.75, 0.8, 0.85];
/** Length of an open-circuit measurement, by code. 64 ms is not among them. */
export const MPPT_SAMPLE_MS = [2, 4, 8, 16, 32, 128, 256, 512];
export const MPPT_PERIOD_MS = [128, 256, 512, 1024, 2048, 4096, 8192, 16384];
/** Output of the buck, by code; 0: off. */
export const BUCK_MV = [0, 600, 900, 1200, 1500, 1800, 2200, 2500];
/** One count of the storage's ADC. */
export const STO_LSB_MV = 18.75;

const SOURCES = 2;
/** Reads of CTRL until a change must have been taken over. */
const SYNC_READS = 20;

export interface Aem13920Options {
  /** Over-discharge threshold, 2400 to 3581 mV: below, the load is cut off. */
  ovdis_mV: number;
  /** Above this the load is supplied, 2456 to 3637 mV. */
  chrdy_mV: number;
  /** One of MPPT_SAMPLE_MS and of MPPT_PERIOD_MS. */
  mppt_sample_ms: number;
  mppt_period_ms: number;
  /** One of BUCK_MV. Asked for, since it may be what supplies the microcontroller. */
  buck_mV: number;
  /** Only the decided source feeds; left out: both do, and a decided source is not met. */
  switch_sources?: boolean;
}

/** Code of a threshold, the nearest one; one line if it is out of range. */
function thresholdCode(name: string, lowest_mV: number, value_mV: number): number {
  const highest_mV = lowest_mV + THRESHOLD_CODE_MAX * THRESHOLD_STEP_MV;
  if (!(value_mV >= lowest_mV && value_mV <= highest_mV)) {
    const range = lowest_mV + " to " + highest_mV;
    throw new Error("aem13920: " + name + " = " + value_mV + " must be " + range);
  }
  return Math.round((value_mV - lowest_mV) / THRESHOLD_STEP_MV);
}

/** Regulated voltage of a source by the code of its ADC, mV: four ranges of the maker's driver. */
export function sourceVoltage_mV(code: number): number | undefined {
  const twice = 2 * code;
  if (code < 0x07) return 113;
  if (code <= 0x12) return 90 + (twice - 9) * 7.5;
  if (code <= 0x39) return 300 + (twice - 37) * 15;
  if (code >= 0x68 && code <= 0x79) return (300 + (twice - 165) * 15) / 0.67;
  if (code >= 0x9f && code <= 0xb9) return (300 + (twice - 293) * 15) / 0.33;
  return code > 0xb9 ? 4409 : undefined;
}

export class Aem13920 implements Charger {
  /** What is set; 0: charging is stopped. */
  float_mV = 0;
  private port: RegisterPort;
  private options: Aem13920Options;
  private thresholds: number[];
  private timing: number;
  private buck: number;
  /** BST1CFG, BST2CFG, BUCKCFG as found. */
  private found: Uint8Array = new Uint8Array(3);
  /** Of source 1 and 2: code of the operating ratio, and whether its boost is on. */
  private ratio = [3, 3];
  private on = [false, false];
  private written = "";

  constructor(device: I2cDevice, options: Aem13920Options) {
    this.port = new RegisterPort("aem13920", device);
    this.options = options;
    this.thresholds = [
      thresholdCode("ovdis_mV", OVDIS_MIN_MV, options.ovdis_mV),
      thresholdCode("chrdy_mV", CHRDY_MIN_MV, options.chrdy_mV),
    ];
    if (!(options.chrdy_mV > options.ovdis_mV)) {
      const both = options.chrdy_mV + " must be above ovdis_mV = " + options.ovdis_mV;
      throw new Error("aem13920: chrdy_mV = " + both);
    }
    this.timing =
      levelOf("aem13920", "mppt_sample_ms", MPPT_SAMPLE_MS, options.mppt_sample_ms) |
      (levelOf("aem13920", "mppt_period_ms", MPPT_PERIOD_MS, options.mppt_period_ms) << 3);
    this.buck = levelOf("aem13920", "buck_mV", BUCK_MV, options.buck_mV);
  }

  /** Charging stays off until the first decision. */
  begin(): void {
    const version = this.port.readByte(AEM13920.VERSION);
    if (version === 0 || version === 255) {
      throw new Error("aem13920: VERSION = " + version + ": another part, or not out of reset");
    }
    this.found = this.port.read(AEM13920.BST1CFG, 3);
    this.on = [false, false];
    this.written = "";
    this.set(0);
  }

  apply(decision: ChargerDecision): number {
    checkDecision("aem13920", decision);
    const source = decision.source;
    let unmet = 0;
    const code = Math.floor((decision.float_mV - OVCH_MIN_MV) / THRESHOLD_STEP_MV);
    const wanted = decision.charge_enable && source !== 0;
    if (wanted && code < 0) unmet |= Actuators.float;
    if (wanted) unmet |= Actuators.charge_limit;
    const chosen = this.options.switch_sources === true;
    if (source > SOURCES || (!chosen && source > 1)) unmet |= Actuators.source;
    for (let i = 0; i < SOURCES; i++) {
      this.on[i] = wanted && code >= 0 && (!chosen || source === i + 1);
    }
    if (wanted && decision.mpp_ratio > 0 && source <= SOURCES) {
      const ratio = nearestLevel(MPP_RATIOS, decision.mpp_ratio);
      if (Math.abs(MPP_RATIOS[ratio]! - decision.mpp_ratio) > 0.001) unmet |= Actuators.mpp;
      this.ratio[source - 1] = ratio;
    }
    this.set(Math.max(0, Math.min(OVCH_CODE_MAX, code)));
    this.float_mV =
      this.on[0] || this.on[1]
        ? OVCH_MIN_MV + Math.min(OVCH_CODE_MAX, code) * THRESHOLD_STEP_MV
        : 0;
    return unmet;
  }

  /** The APM's counts are energies in a unit that was not read, so no current is told. */
  status(): ChargerStatus {
    const status = this.port.readByte(AEM13920.STATUS0);
    const sources = this.port.read(AEM13920.SRC1, SOURCES);
    const source_mV: (number | undefined)[] = [];
    let feeding = false;
    for (let i = 0; i < SOURCES; i++) {
      const low = (status & (AEM13920_BIT.SRC1LOW << i)) !== 0;
      if (this.on[i] && !low) feeding = true;
      const regulated_mV = low ? undefined : sourceVoltage_mV(sources[i]!);
      source_mV.push(
        regulated_mV === undefined ? undefined : regulated_mV / MPP_RATIOS[this.ratio[i]!]!,
      );
    }
    const full = feeding && (status & AEM13920_BIT.VOVCH) !== 0;
    const flags = full ? Pmic.limiting : feeding ? Pmic.charging : 0;
    return { pmic_flags: flags, source_mV: source_mV };
  }

  /** The storage's voltage, far too coarse for a state of charge on a plateau. */
  storage_mV(): number {
    return this.port.readByte(AEM13920.STO) * STO_LSB_MV;
  }

  /** Writes all settings in one go, if any changed, and waits until they act. */
  private set(ovch: number): void {
    const bytes: number[] = [];
    for (let i = 0; i < SOURCES; i++) {
      bytes.push(AEM13920_BIT.MPPT | (this.ratio[i]! << 1), this.timing);
    }
    bytes.push(this.thresholds[0]!, this.thresholds[1]!, ovch);
    for (let i = 0; i < SOURCES; i++) {
      const kept = this.found[i]! & ~AEM13920_BIT.BOOST_EN;
      bytes.push(kept | (this.on[i] ? AEM13920_BIT.BOOST_EN : 0));
    }
    bytes.push((this.found[2]! & ~AEM13920_BIT.BUCK_VOUT) | this.buck);
    const text = bytes.join();
    if (text === this.written) return;
    // what a failed write left behind is not known
    this.written = "";
    this.port.write(AEM13920.SRC1REGU0, bytes);
    this.port.write(AEM13920.CTRL, [AEM13920_BIT.UPDATE]);
    this.synchronise();
    this.written = text;
  }

  private synchronise(): void {
    for (let read = 0; read < SYNC_READS; read++) {
      if ((this.port.readByte(AEM13920.CTRL) & AEM13920_BIT.SYNCBUSY) === 0) return;
    }
    throw new Error("aem13920: SYNCBUSY still set after " + SYNC_READS + " reads");
  }
}
