// What a cell of a scenario may see while it is commissioned, from the profile half of its files.

import { type Parts } from "../../boards/parts.js";
import { plain } from "../../boards/schema/quantity.js";

export interface Limits {
  /** A cell that was soldered uncharged reads less. */
  uncharged_mV: number;
  float_mV: number;
  /** Above it a cell is damaged. */
  voltage_max_mV: number;
  temperature_degC: [low: number, high: number];
  /** Critical current density over the pack's electrode area: its operating share, its maximum. */
  charge_nA: number;
  charge_max_nA: number;
  /** The most that the charger gives, and whether the board can hold it to less. */
  charger_nA: number;
  settable: boolean;
  /** Whether the board can switch its charger off. */
  switchable: boolean;
  /** What the node asleep takes of what is charged. */
  own_nA: number;
  capacity_nAh: number;
  settle_s: number;
  /** Of one ADC reading: noise and resolution together. */
  reading_sigma_mV: number;
}

/** Below this SOC counts as uncharged: the EMF rises steeply there. */
const UNCHARGED_SOC = 0.05;
const NA_MA = 1e6;
const MS = 1000;

export function limitsOf({ cell, board, scenario }: Parts): Limits {
  const { profile } = plain(cell);
  const bench = plain(board).profile;
  const { series, parallel } = scenario.pack;
  const { soc, ocv } = profile.tables;
  const [table] = ocv;
  const at = Math.max(
    1,
    soc.findIndex((node) => node >= UNCHARGED_SOC),
  );
  const share = (UNCHARGED_SOC - soc[at - 1]!) / (soc[at]! - soc[at - 1]!);
  const [low_mV, high_mV] = [table!.ocv_mV[at - 1]!, table!.ocv_mV[at]!];
  const ccd_nA = profile.ccd_mA_cm2 * profile.area_cm2 * parallel * NA_MA;
  return {
    uncharged_mV: series * (low_mV + share * (high_mV - low_mV)),
    float_mV: bench.float_strap_mV,
    voltage_max_mV: series * profile.voltage_max_mV[2]!,
    temperature_degC: [profile.temperature_min_degC[0]!, profile.temperature_max_degC[0]!],
    charge_nA: ccd_nA * profile.ccd_level[0]!,
    charge_max_nA: ccd_nA * profile.ccd_level[2]!,
    charger_nA: bench.charge_max_nA,
    settable: bench.actuators.includes("charge_limit"),
    switchable: bench.actuators.includes("charge_enable"),
    own_nA: bench.sleep_drain_nA,
    capacity_nAh: profile.capacity_nAh * parallel,
    settle_s: bench.settle_ms / MS,
    reading_sigma_mV: Math.hypot(bench.adc_noise_mV, bench.adc_lsb_mV / Math.sqrt(12)),
  };
}
