// The node of the specs: the made-up profile of the property tests (50 uAh, 2 kohm, an LCO-like OCV
// with a flat middle, everything measured and settable, no journal), put together in memory. A spec
// changes fields of `node`, then starts it.

import {
  ABI_VERSION,
  LAYOUT_HASH,
  PROFILE_WORDS,
  Profile,
  REASON_COLD,
  SAMPLE_AT,
  SAMPLE_SIZE,
  STATUS_OK,
  sample,
  storage,
  vital,
} from "../../assembly/abi";
import { boot, map_profile, step, storage_done } from "../../assembly/index";
import { crc32 } from "../../assembly/math/crc32";

/** 'PMFT' in memory order. */
const MAGIC: u32 = 0x54464d50;
/** The CRC covers everything behind these bytes. */
const HEAD: i32 = 20;
const PLACE: usize = memory.data(4096, 16);
const TABLES: usize = PLACE + (PROFILE_WORDS << 2);
/** Everything that lies before the sample: state and outputs. */
const AREAS: usize = 8;

export const node = changetype<Profile>(PLACE);

export const SOC_COUNT: i32 = 6;
export const SOC: StaticArray<f32> = [0, 0.05, 0.15, 0.4, 0.7, 1];
export const TAU_S: StaticArray<f32> = [4000, 3500, 3000, 2500, 2000, 1500];
export const FACTOR: StaticArray<f32> = [1.5, 1.2, 1, 1, 1, 1];
export const DUDT_MV_K: StaticArray<f32> = [-0.4, -0.4, -0.5, -0.5, -0.3, -0.2];
export const OCV_MV: StaticArray<f32> = [3000, 3700, 3870, 3900, 3990, 4180];

/** Word `index` behind the profile's fields. */
export function set_table(index: i32, value: f32): void {
  store<f32>(TABLES + (index << 2), value);
}

export function table(index: i32): f32 {
  return load<f32>(TABLES + (index << 2));
}

function set_list(first: i32, list: StaticArray<f32>): void {
  for (let i = 0; i < SOC_COUNT; i++) set_table(first + i, list[i]);
}

function secant(i: i32, ocv: i32): f32 {
  const rise = table(ocv + i + 1) - table(ocv + i);
  return rise / (table(i + 1) - table(i));
}

/** An OCV table at its place: the cell's curve shifted by dU/dT, with monotone slopes. */
export function set_ocv(block: i32, temperature_degC: f32): void {
  const first = 4 * SOC_COUNT + block * (1 + 2 * SOC_COUNT);
  set_table(first, temperature_degC);
  const ocv = first + 1;
  for (let i = 0; i < SOC_COUNT; i++) {
    set_table(ocv + i, OCV_MV[i] + DUDT_MV_K[i] * (temperature_degC - 25));
  }
  for (let i = 0; i < SOC_COUNT; i++) {
    const left = secant(max(i - 1, 0), ocv);
    const right = secant(min(i, SOC_COUNT - 2), ocv);
    set_table(ocv + SOC_COUNT + i, (2 * left * right) / (left + right));
  }
}

function set_cell(): void {
  node.capacity_nAh = 50000;
  node.area_cm2 = 0.25;
  node.series = 1;
  node.parallel = 1;
  node.capacity_spread = 0;
  node.resistance_ohm = 2000;
  node.activation_K = 6400;
  node.diffusion_pole_0 = 10;
  node.diffusion_pole_1 = 95;
  node.diffusion_weight_0 = 0.2;
  node.diffusion_weight_1 = 0.125;
  node.diffusion_gain = 0.7;
  node.self_drain_nA = 0.25;
  node.ccd_mA_cm2 = 2;
  node.ccd_cold_degC = 10;
  node.ccd_hot_degC = 60;
  node.ccd_cold_per_K = 0.01;
  node.ccd_hot_per_K = 0.02;
  node.ccd_age = 0.5;
  node.ccd_level_0 = 0.5;
  node.ccd_level_1 = 0.8;
  node.ccd_level_2 = 1;
}

function set_limits(): void {
  node.voltage_max_mV_0 = 4200;
  node.voltage_max_mV_1 = 4250;
  node.voltage_max_mV_2 = 4300;
  node.voltage_min_mV_0 = 3400;
  node.voltage_min_mV_1 = 3200;
  node.voltage_min_mV_2 = 3000;
  node.temperature_max_degC_0 = 50;
  node.temperature_max_degC_1 = 60;
  node.temperature_max_degC_2 = 70;
  node.temperature_min_degC_0 = 0;
  node.temperature_min_degC_1 = -10;
  node.temperature_min_degC_2 = -20;
  node.debounce_0 = 3;
  node.debounce_1 = 2;
  node.debounce_2 = 1;
  node.float_mV = 4150;
}

function set_load(): void {
  node.sleep_drain_nA = 500;
  node.active_drain_nA = 900000;
  node.wake_ms = 20;
  node.event_drain_pC_0 = 60000000;
  node.event_drain_pC_1 = 15000000;
  node.event_drain_pC_2 = 2000000;
  node.event_pulse_nA_0 = 80000;
  node.event_pulse_nA_1 = 40000;
  node.event_pulse_nA_2 = 20000;
  node.event_pulse_ms_0 = 6;
  node.event_pulse_ms_1 = 4;
  node.event_pulse_ms_2 = 2;
  node.event_worth_0 = 6;
  node.event_worth_1 = 3;
  node.event_worth_2 = 0.8;
  node.event_saturation_0 = 2;
  node.event_saturation_1 = 4;
  node.event_saturation_2 = 20;
  node.event_max_0 = 6;
  node.event_max_1 = 20;
  node.event_max_2 = 120;
  node.sleep_min_ms = 5000;
  node.sleep_max_ms = 3600000;
  node.reserve_soc = 0.3;
  node.survival_soc = 0.08;
  node.period_s = 3600;
  node.alive_worth = 200;
  node.cycle_s = 86400;
  node.forecast_share = 0.3;
  node.week_share = 0.2;
  node.forecast_fade = 0.8;
  node.forecast_trust = 0.9;
  node.forecast_low = 2;
  node.forecast_high = 3;
  node.low_weight = 0.25;
  node.spend_care = 0.5;
  node.alive_price = 1.1;
  node.full_soc = 0.98;
  node.kinetic_mV = 1;
  node.slow_tau_s = 1;
  node.lead_tau_s = 1;
  node.self_heating_s = 1;
  node.end_soc = 0.05;
}

function set_board(): void {
  node.observables = 0x1fff;
  node.actuators = 0x7f;
  node.adc_lsb_mV = 1;
  node.adc_noise_mV = 1;
  node.adc_gain_sigma = 0.0005;
  node.charge_step_nA = 5000;
  node.charge_max_nA = 300000;
  node.float_step_mV = 12.5;
  node.float_strap_mV = 4150;
  node.settle_ms = 60000;
  node.source_kind_0 = 1;
  node.source_kind_1 = 2;
  node.source_kind_2 = 3;
  node.source_kind_3 = 4;
  node.source_gain_0 = 0.02;
  node.source_gain_1 = 0.5;
  node.source_gain_2 = 8;
  node.source_gain_3 = 0.01;
  node.source_scale_mV_0 = 130;
  node.source_mpp_ratio_0 = 0.75;
  node.source_mpp_ratio_1 = 0.5;
  node.source_mpp_ratio_2 = 0.5;
  node.source_mpp_ratio_3 = 0.45;
  node.source_efficiency_0 = 0.85;
  node.source_efficiency_1 = 0.7;
  node.source_efficiency_2 = 0.6;
  node.source_efficiency_3 = 0.3;
}

function set_tuning(): void {
  node.soc_sigma = 0.05;
  node.leak_nA = 0;
  node.leak_sigma_nA = 20;
  node.resistance_sigma = 0.4;
  node.leak_walk_nA = 0.5;
  node.resistance_walk = 0.02;
  node.load_sigma = 0.25;
  node.load_walk = 0.01;
  node.harvest_sigma = 0.15;
  node.harvest_walk = 0.05;
  node.float_sigma = 0.003;
  node.hysteresis_mV = 0;
  node.hypotheses = 1;
  node.alarm_soc = 0.15;
  node.alarm_s = 86400;
  node.flow_noise = 0.01;
  node.voltage_sigma_mV = 3;
  node.temperature_sigma_K = 1;
  node.gate_sigma = 4;
  node.soc_sigma_floor = 0.001;
  node.off_drain_nA = 10;
  node.unknown_off_s = 604800;
  node.storage_kind = 0;
  node.storage_at = 0;
  node.storage_slots_log2 = 0;
  node.record_share = 0.02;
  node.record_s = 43200;
  node.erase_share = 0.04;
}

/** The profile as in the opening comment; all areas zero. */
export function new_node(): void {
  memory.fill(AREAS, 0, SAMPLE_AT + SAMPLE_SIZE - AREAS);
  memory.fill(PLACE, 0, 4096);
  set_cell();
  set_limits();
  set_load();
  set_board();
  set_tuning();
  node.soc_count = SOC_COUNT;
  node.temperature_count = 1;
  set_list(0, SOC);
  set_list(SOC_COUNT, TAU_S);
  set_list(2 * SOC_COUNT, FACTOR);
  set_list(3 * SOC_COUNT, DUDT_MV_K);
  set_ocv(0, 25);
}

/** Three OCV tables, at -10, 25 and 50 degC. */
export function set_three_temperatures(): void {
  node.temperature_count = 3;
  set_ocv(0, -10);
  set_ocv(1, 25);
  set_ocv(2, 50);
}

/** Words of the tables up to the last OCV. */
export function block_words(): i32 {
  return 4 * SOC_COUNT + <i32>node.temperature_count * (1 + 2 * SOC_COUNT);
}

/** Puts a right head over the fields and offers the profile; returns the status. */
export function offer_node(): u32 {
  node.magic = MAGIC;
  node.abi_version = ABI_VERSION;
  node.layout_hash = LAYOUT_HASH;
  const words = block_words() + <i32>node.polarization_count * SOC_COUNT;
  node.length = (PROFILE_WORDS + words) << 2;
  node.crc = crc32(PLACE + HEAD, node.length - HEAD);
  return map_profile(<u32>PLACE, node.length);
}

/** Offers the profile, which must be good, and boots with an empty journal or none. */
export function start_node(): void {
  assert(offer_node() == STATUS_OK, "profile refused");
  boot(REASON_COLD, 0, 0);
  while (storage.op != 0) storage_done(1);
}

/** One sample `dt_ms` after the last accepted one, with the values that the spec put there. */
export function step_after(dt_ms: u32): u32 {
  sample.time_ms = vital.time_ms + dt_ms;
  return step();
}

/** Nothing was measured. */
export function clear_sample(): void {
  memory.fill(SAMPLE_AT, 0, SAMPLE_SIZE);
}

/** A rest voltage and a temperature, from which the first sample reads SOC. */
export function rest_at(voltage_mV: f32, temperature_degC: f32): u32 {
  clear_sample();
  sample.valid = 5;
  sample.voltage_mV = voltage_mV;
  sample.temperature_degC = temperature_degC;
  return step_after(1000);
}
