// Energy of a step and of a gauge update, from counted instructions and data-sheet figures.
//
// Basis: figures of the nRF52840 class, 64 MHz Cortex-M4F, DC/DC regulator, 3.0 V, rounded and not
// yet compared line by line with the product specification:
//   CPU running from flash with cache      52 uA/MHz
//   SAADC enabled                          about 2 mA with the clock it keeps running
//   wake from System ON idle               about 3 us of CPU and clock start
//   System ON, RTC on LFXO, RAM retained   1.5 uA
//   flash: word 41 us, page erase 85 ms, at the CPU's current
// A counted instruction is taken as CYCLES_PER_INSTRUCTION cycles (QEMU counts no cycles).

const SUPPLY_V = 3.0;
const CPU_A_PER_HZ = 52e-6 / 1e6;
/** Measured 1.32..1.35 for such code on a Cortex-M0+ model; the M4F's were never measured. */
const CYCLES_PER_INSTRUCTION = 1.35;
const CPU_HZ = 64e6;
const SAADC_A = 2e-3;
/** Two voltages and the temperature: 10 us to settle the gated divider, 3 us acquisition and 2 us
 * conversion each, 15 us start-up. */
const SAMPLING_S = 40e-6;
/** A 10 Mohm divider across 4 V, connected while sampling only. */
const DIVIDER_A = 4 / 10e6;
const WAKE_S = 3e-6;
const SYSTEM_ON_A = 1.5e-6;
const FLASH_A = CPU_A_PER_HZ * CPU_HZ;
const WORD_S = 41e-6;
const PAGE_ERASE_S = 85e-3;
const PAGE_BYTES = 4096;
const RECORD_BYTES = 128;
/** One record a day is due at the latest; at 2 % of capacity a day it is two. */
const RECORDS_PER_DAY = 2;
const UPDATES_PER_DAY = 144;

/** Joule for counted instructions on the M4F. */
export function instructions_J(count: number): number {
  return count * CYCLES_PER_INSTRUCTION * CPU_A_PER_HZ * SUPPLY_V;
}

/** Joule of one gauge update: wake, sample, compute, its share of a record. */
export function gaugeUpdate_J(instructions: number): number {
  const wake_J = WAKE_S * CPU_HZ * CPU_A_PER_HZ * SUPPLY_V;
  const sampling_J = SAMPLING_S * (SAADC_A + DIVIDER_A) * SUPPLY_V;
  const erase_J = (PAGE_ERASE_S * FLASH_A * SUPPLY_V * RECORD_BYTES) / PAGE_BYTES;
  const program_J = (RECORD_BYTES / 4) * WORD_S * FLASH_A * SUPPLY_V;
  const record_J = ((erase_J + program_J) * RECORDS_PER_DAY) / UPDATES_PER_DAY;
  return wake_J + sampling_J + instructions_J(instructions) + record_J;
}

export const UPDATE_INTERVAL_S = 86400 / UPDATES_PER_DAY;
export const sleepFloor_W = SYSTEM_ON_A * SUPPLY_V;
export const BASIS = "nRF52840-class figures, unchecked; 64 MHz, 3.0 V, 1.35 cycles each";
