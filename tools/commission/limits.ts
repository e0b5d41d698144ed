// What a cell of a scenario may see while it is commissioned, and what its board knows of itself,
// from the profile half of their files.

import { type Parts } from "../../boards/parts.js";
import { plain } from "../../boards/schema/quantity.js";

export interface Limits {
  /** A cell that was soldered uncharged reads less. */
  uncharged_mV: number;
  /** What the charger is set to, and what the cell is made for. */
  strap_mV: number;
  float_mV: number;
  /** One sigma of the charger's set point, a share. */
  float_sigma: number;
  /** What a charger may hold for good, and above what a cell is damaged. */
  voltage_held_max_mV: number;
  voltage_max_mV: number;
  temperature_degC: [low: number, high: number];
  /** Operating share of the critical current density over the pack's electrode area. */
  charge_nA: number;
  /** Whether the board can hold its charger to less than that gives. */
  settable: boolean;
  /** Whether the board can switch its charger off. */
  switchable: boolean;
  /** What the node asleep takes of what is charged. */
  own_nA: number;
  /** One sigma of that and of the meter, shares. */
  own_sigma: number;
  meter_sigma: number;
  capacity_nAh: number;
  /** SOC of the rested pack at a voltage. */
  socAt(voltage_mV: number): number;
  settle_s: number;
  /** Of one ADC reading: noise and resolution together. */
  reading_sigma_mV: number;
}

/** Below this SOC counts as uncharged: the EMF rises steeply there. */
const UNCHARGED_SOC = 0.05;
const NA_MA = 1e6;
const MS = 1000;

/** Straight between the nodes of a rising table, at its ends the last value. */
function along(x: readonly number[], y: readonly number[], at: number): number {
  if (at <= x[0]!) return y[0]!;
  const right = x.findIndex((node) => node >= at);
  if (right < 0) return y.at(-1)!;
  const share = (at - x[right - 1]!) / (x[right]! - x[right - 1]!);
  return y[right - 1]! + share * (y[right]! - y[right - 1]!);
}

export function limitsOf({ cell, board, scenario }: Parts): Limits {
  const { profile } = plain(cell);
  const bench = plain(board).profile;
  const { series, parallel } = scenario.pack;
  const { soc, ocv } = profile.tables;
  const { ocv_mV } = ocv[0]!;
  return {
    uncharged_mV: series * along(soc, ocv_mV, UNCHARGED_SOC),
    strap_mV: bench.float_strap_mV,
    float_mV: series * profile.float_mV,
    float_sigma: bench.float_sigma,
    voltage_held_max_mV: series * profile.voltage_max_mV[0]!,
    voltage_max_mV: series * profile.voltage_max_mV[2]!,
    temperature_degC: [profile.temperature_min_degC[0]!, profile.temperature_max_degC[0]!],
    charge_nA: profile.ccd_mA_cm2 * profile.area_cm2 * parallel * NA_MA * profile.ccd_level[0]!,
    settable: bench.actuators.includes("charge_limit"),
    switchable: bench.actuators.includes("charge_enable"),
    own_nA: bench.sleep_drain_nA,
    own_sigma: bench.load_sigma,
    meter_sigma: bench.harvest_sigma,
    capacity_nAh: profile.capacity_nAh * parallel,
    socAt: (voltage_mV) => along(ocv_mV, soc, voltage_mV / series),
    // a cell that need not settle is looked at again all the same
    settle_s: Math.max(bench.settle_ms / MS, 1),
    reading_sigma_mV: Math.hypot(bench.adc_noise_mV, bench.adc_lsb_mV / Math.sqrt(12)),
  };
}
