// The profile that the property tests run the core with: made up, round numbers of the right size
// for a thin-film cell. 50 uAh, 2 kohm at 25 degC, an LCO-like OCV with a flat middle, everything
// measured and settable, no journal. Tests change single fields.

import { crc32 } from "node:zlib";
import { ABI_VERSION, AREAS, Actuators, LAYOUT_HASH, Values } from "../../host/core/abi.js";

export interface Tables {
  soc: number[];
  tau_s: number[];
  resistance_factor: number[];
  dudt_mV_K: number[];
  /** One OCV table per temperature. */
  blocks: { temperature_degC: number; ocv_mV: number[] }[];
  /** Ohmic, kinetic, slow and lead, as logarithms; none: voltages are read at rest. */
  polarization?: number[][];
}

type Head = "magic" | "abi_version" | "length" | "layout_hash" | "crc";
type Counts = "soc_count" | "temperature_count" | "polarization_count";
type FieldValues = Record<
  Exclude<keyof typeof AREAS.profile.fields, Head | Counts>,
  number | number[]
>;
export type ProfileValues = FieldValues & { tables: Tables };

const sum = (bits: Record<string, number>) => Object.values(bits).reduce((all, bit) => all | bit);

export const ALL_VALUES = sum(Values) | (15 * Values.source);
export const ALL_ACTUATORS = sum(Actuators);

export const tables: Tables = {
  soc: [0, 0.05, 0.15, 0.4, 0.7, 1],
  tau_s: [4000, 3500, 3000, 2500, 2000, 1500],
  resistance_factor: [1.5, 1.2, 1, 1, 1, 1],
  dudt_mV_K: [-0.4, -0.4, -0.5, -0.5, -0.3, -0.2],
  blocks: [{ temperature_degC: 25, ocv_mV: [3000, 3700, 3870, 3900, 3990, 4180] }],
};

export const baseProfile: ProfileValues = {
  capacity_nAh: 50000,
  area_cm2: 0.25,
  series: 1,
  parallel: 1,
  capacity_spread: 0,
  resistance_ohm: 2000,
  activation_K: 6400,
  diffusion_pole: [10, 95],
  diffusion_weight: [0.2, 0.125],
  diffusion_gain: 0.7,
  self_drain_nA: 0.25,
  ccd_mA_cm2: 2,
  ccd_cold_degC: 10,
  ccd_hot_degC: 60,
  ccd_cold_per_K: 0.01,
  ccd_hot_per_K: 0.02,
  ccd_age: 0.5,
  ccd_level: [0.5, 0.8, 1],
  voltage_max_mV: [4200, 4250, 4300],
  voltage_min_mV: [3400, 3200, 3000],
  temperature_max_degC: [50, 60, 70],
  temperature_min_degC: [0, -10, -20],
  debounce: [3, 2, 1],
  float_mV: 4150,
  float_gentle_mV: 0,
  sleep_drain_nA: 500,
  active_drain_nA: 900000,
  wake_ms: 20,
  event_drain_pC: [60e6, 15e6, 2e6, 0],
  event_pulse_nA: [80000, 40000, 20000, 0],
  event_pulse_ms: [6, 4, 2, 0],
  event_worth: [6, 3, 0.8, 0],
  event_saturation: [2, 4, 20, 0],
  event_max: [6, 20, 120, 0],
  event_deadline_s: [0, 0, 0, 0],
  sleep_min_ms: 5000,
  sleep_max_ms: 3600000,
  reserve_soc: 0.3,
  survival_soc: 0.08,
  period_s: 3600,
  alive_worth: 200,
  cycle_s: 86400,
  forecast_share: 0.3,
  week_share: 0.2,
  forecast_fade: 0.8,
  forecast_trust: 0.9,
  forecast_low: 2,
  forecast_high: 3,
  low_weight: 0.25,
  spend_care: 0.5,
  alive_price: 1.1,
  polarization_kK: [0, 0, 0, 0],
  polarization_slope_kK: [0, 0, 0, 0],
  polarization_bend_kK2: [0, 0, 0, 0],
  kinetic_mV: 1,
  slow_tau_s: 1,
  slow_tau_kK: 0,
  lead_tau_s: 1,
  lead_tau_kK: 0,
  self_heating_K_W: 0,
  self_heating_s: 1,
  full_soc: 0.98,
  end_soc: 0.05,
  observables: ALL_VALUES & ~Values.metered,
  actuators: ALL_ACTUATORS,
  adc_lsb_mV: 1,
  adc_noise_mV: 1,
  adc_gain_sigma: 0.0005,
  charge_step_nA: 5000,
  charge_max_nA: 300000,
  float_step_mV: 12.5,
  float_strap_mV: 4150,
  settle_ms: 60000,
  source_kind: [1, 2, 3, 4],
  source_gain: [0.02, 0.5, 8, 0.01],
  source_scale_mV: [130, 0, 0, 0],
  source_drift_mV_K: [-8, 0, 0, 0],
  source_mpp_ratio: [0.75, 0.5, 0.5, 0.45],
  source_efficiency: [0.85, 0.7, 0.6, 0.3],
  mpp_level: [0.35, 0.5, 0.65, 0.75, 0.85, 0, 0, 0],
  soc_sigma: 0.05,
  leak_nA: 0,
  leak_sigma_nA: 20,
  resistance_sigma: 0.4,
  leak_walk_nA: 0.5,
  resistance_walk: 0.02,
  load_sigma: 0.25,
  load_walk: 0.01,
  harvest_sigma: 0.15,
  harvest_walk: 0.05,
  float_sigma: 0.003,
  hysteresis_mV: 0,
  hypotheses: 1,
  alarm_soc: 0.15,
  alarm_s: 86400,
  flow_noise: 0.01,
  voltage_sigma_mV: 3,
  temperature_sigma_K: 1,
  gate_sigma: 4,
  soc_sigma_floor: 0.001,
  off_drain_nA: 10,
  unknown_off_s: 604800,
  storage_kind: 0,
  storage_at: 0,
  storage_slots_log2: 0,
  record_share: 0.02,
  record_s: 43200,
  erase_share: 0.04,
  record_drain_pC: 0,
  erase_drain_pC: 0,
  tables,
};

/** Slopes of a monotone cubic: the harmonic mean of the two secants, the secant at the ends. */
export function monotoneSlopes(x: number[], y: number[]): number[] {
  const secants = x.slice(1).map((right, i) => (y[i + 1]! - y[i]!) / (right - x[i]!));
  return x.map((_, i) => {
    const [left, right] = [secants[i - 1] ?? secants[i]!, secants[i] ?? secants[i - 1]!];
    return (2 * left * right) / (left + right);
  });
}

/** The tables in the order of the profile. */
function tableValues(all: Tables): number[] {
  const { soc, tau_s, resistance_factor, dudt_mV_K, blocks, polarization = [] } = all;
  const perTemperature = blocks.flatMap(({ temperature_degC, ocv_mV }) => [
    temperature_degC,
    ...ocv_mV,
    ...monotoneSlopes(soc, ocv_mV),
  ]);
  const curves = polarization.flat();
  return [...soc, ...tau_s, ...resistance_factor, ...dudt_mV_K, ...perTemperature, ...curves];
}

/** The bytes of the base profile with these fields changed. */
export function profileBytes(changes: Partial<ProfileValues> = {}): Uint8Array {
  const values = { ...baseProfile, ...changes };
  const list = tableValues(values.tables);
  const { size, fields } = AREAS.profile;
  const bytes = new Uint8Array(size + 4 * list.length);
  const view = new DataView(bytes.buffer);
  const all: Record<string, unknown> = {
    ...values,
    magic: 0x54464d50,
    abi_version: ABI_VERSION,
    length: bytes.length,
    layout_hash: LAYOUT_HASH,
    crc: 0,
    soc_count: values.tables.soc.length,
    polarization_count: values.tables.polarization?.length ?? 0,
    temperature_count: values.tables.blocks.length,
  };
  for (const [name, field] of Object.entries(fields)) {
    const given = [all[name]].flat() as number[];
    if (given.length !== field.count || given.includes(undefined as never)) {
      throw new Error(`profile field ${name}[${field.count}] was given ${given.length} values`);
    }
    for (const [i, value] of given.entries()) {
      const at = field.offset + 4 * i;
      if (field.type === "f32") view.setFloat32(at, value, true);
      else view.setUint32(at, value >>> 0, true);
    }
  }
  for (const [i, value] of list.entries()) view.setFloat32(size + 4 * i, value, true);
  return sealProfile(bytes);
}

/** Puts the right CRC over whatever the bytes are. */
export function sealProfile(bytes: Uint8Array): Uint8Array {
  const { offset } = AREAS.profile.fields.crc;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(offset, crc32(bytes.subarray(offset + 4)), true);
  return bytes;
}
