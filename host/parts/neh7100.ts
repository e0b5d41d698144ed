// Nexperia NEH7100, an inductorless harvester PMIC on I2C: over-voltage level as float voltage, a
// charge-current meter of 70.6 nA a count, no current limit, one source. Stopping means an
// over-voltage level below the cell's voltage; it outlives a reset of the microcontroller, so
// `begin` takes it back. Registers and their sources: neh7100.table.ts, docs/PARTS.md.

import { Actuators, Pmic } from "../core/abi.js";
import { type I2cDevice, RegisterPort } from "./bus.js";
import {
  type Charger,
  type ChargerDecision,
  type ChargerStatus,
  checkDecision,
  levelNotAbove,
  levelOf,
} from "./charger.js";

export const NEH7100_ADDRESS = 0x3c;
export const NEH7100_CHIP_ID = 0x15;

export const NEH7100 = {
  LVD_OVP: 0x00,
  LDO_IUSB: 0x01,
  FREQUENCY_RANGE: 0x03,
  BOOST_RANGE: 0x04,
  MPPT_INTERVAL: 0x05,
  CHIP_ID: 0x07,
  FLAGS: 0x08,
  I_RANGE: 0x09,
  I_MEASURED: 0x0a,
};

export const NEH7100_FLAG = { CHIP_OK: 0x01, OCF: 0x02, SDF: 0x04, LVD_OUT: 0x08, OVP_OUT: 0x10 };

/** Over-voltage levels by code; charging goes on below. */
export const OVP_MV = [
  2700, 2900, 3100, 3300, 3400, 3500, 3600, 3700, 3800, 3900, 4000, 4100, 4200, 4300, 4400, 4500,
];
/** Low-voltage levels by code; below, the output is switched off. */
export const LVD_MV = [
  2200, 2300, 2400, 2500, 2600, 2700, 2800, 2900, 3000, 3100, 3200, 3300, 3400, 3500, 3600, 3700,
];
/** Time between two searches of the operating point, by code. */
export const MPPT_INTERVAL_S = [0.5, 1, 2, 4, 8, 16, 32, 64];
/** One count of the current meter, by range. */
export const METER_LSB_NA = [70.6, 478, 4710, 67500];

/** The level that stops charging. */
const STOP = 0;

export interface Neh7100Options {
  /** Below this the part switches its output off; one of LVD_MV. */
  lvd_mV: number;
  /** One of MPPT_INTERVAL_S; left out: as the part has it. */
  mppt_interval_s?: number;
}

export class Neh7100 implements Charger {
  /** What is set; 0: charging is stopped. */
  float_mV = 0;
  private port: RegisterPort;
  private lvd: number;
  private mppt: number;
  private written = -1;

  constructor(device: I2cDevice, options: Neh7100Options) {
    this.port = new RegisterPort("neh7100", device);
    this.lvd = levelOf("neh7100", "lvd_mV", LVD_MV, options.lvd_mV);
    const interval_s = options.mppt_interval_s;
    this.mppt =
      interval_s === undefined
        ? -1
        : levelOf("neh7100", "mppt_interval_s", MPPT_INTERVAL_S, interval_s);
  }

  begin(): void {
    const id = this.port.readByte(NEH7100.CHIP_ID);
    if (id !== NEH7100_CHIP_ID) {
      throw new Error(
        "neh7100: CHIP_ID = " + id + " must be " + NEH7100_CHIP_ID + "; another part?",
      );
    }
    if (this.mppt >= 0) this.port.write(NEH7100.MPPT_INTERVAL, [this.mppt]);
    this.written = this.port.readByte(NEH7100.LVD_OVP);
    this.float_mV = this.level(this.written & 15);
  }

  apply(decision: ChargerDecision): number {
    checkDecision("neh7100", decision);
    const wanted = decision.charge_enable && decision.source !== 0;
    const level = levelNotAbove(OVP_MV, decision.float_mV);
    const ovp = wanted && level > STOP ? level : STOP;
    this.set(ovp);
    let unmet = 0;
    if (wanted && ovp === STOP) unmet |= Actuators.float;
    if (wanted) unmet |= Actuators.charge_limit;
    if (wanted && decision.mpp_ratio > 0) unmet |= Actuators.mpp;
    if (decision.source > 1) unmet |= Actuators.source;
    return unmet;
  }

  status(): ChargerStatus {
    const bytes = this.port.read(NEH7100.FLAGS, 3);
    const harvest_now_nA = METER_LSB_NA[bytes[1]! & 3]! * bytes[2]!;
    const full = (bytes[0]! & NEH7100_FLAG.OVP_OUT) !== 0 && this.float_mV > 0;
    const flags = (harvest_now_nA > 0 ? Pmic.charging : 0) | (full ? Pmic.limiting : 0);
    return { pmic_flags: flags, harvest_now_nA: harvest_now_nA };
  }

  private set(ovp: number): void {
    const value = (this.lvd << 4) | ovp;
    if (value === this.written) return;
    // what a failed write left behind is not known
    this.written = -1;
    this.port.write(NEH7100.LVD_OVP, [value]);
    this.written = value;
    this.float_mV = this.level(ovp);
  }

  private level(ovp: number): number {
    return ovp === STOP ? 0 : OVP_MV[ovp]!;
  }
}
