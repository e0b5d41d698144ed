// The nodes of the golden vectors: small made-up profiles that reach every branch of the core.
// Their numbers are of the right size for thin-film cells but belong to no product; cells with
// sources are in boards/cells.

import { Actuators, Values } from "../../host/core/abi.js";
import { type ProfileValues } from "../../host/core/profile.js";

const ALL_ACTUATORS = Object.values(Actuators).reduce((mask, bit) => mask | bit, 0);
const ALL_VALUES =
  (Object.values(Values).reduce((mask, bit) => mask | bit, 0) | 0xf00) & ~Values.metered;

const SOC = [0, 0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const OCV_MV = [3000, 3640, 3770, 3850, 3880, 3893, 3899, 3907, 3930, 3965, 4010, 4065, 4125, 4190];
const DUDT_MV_K = [
  -0.4, -0.4, -0.4, -0.5, -0.5, -0.5, -0.5, -0.5, -0.4, -0.4, -0.3, -0.3, -0.2, -0.2,
];

/** One cell, everything observable and settable, journal in FRAM. */
export const single: ProfileValues = {
  capacity_nAh: 50000,
  area_cm2: 0.24,
  series: 1,
  parallel: 1,
  capacity_spread: 0,
  resistance_ohm: 1900,
  activation_K: 6382,
  diffusion_pole: [9.941217, 95.058783],
  diffusion_weight: [0.20778666, 0.12554708],
  diffusion_gain: 0.71,
  self_drain_nA: 0.1,
  ccd_mA_cm2: 2,
  ccd_cold_degC: 10,
  ccd_hot_degC: 60,
  ccd_cold_per_K: 0.01,
  ccd_hot_per_K: 0.02,
  ccd_age: 0.5,
  ccd_level: [0.5, 0.8, 1],
  voltage_max_mV: [4210, 4250, 4300],
  voltage_min_mV: [3400, 3200, 3000],
  temperature_max_degC: [50, 60, 70],
  temperature_min_degC: [0, -10, -20],
  debounce: [3, 2, 1],
  float_mV: 4150,
  sleep_drain_nA: 600,
  active_drain_nA: 900000,
  wake_ms: 20,
  event_drain_pC: [60e6, 15e6, 2e6, 0],
  event_pulse_nA: [8e4, 4e4, 2e4, 0],
  event_pulse_ms: [6, 4, 2, 0],
  event_worth: [8e-8, 13e-8, 5e-8, 0],
  sleep_min_ms: 5000,
  sleep_max_ms: 3600000,
  reserve_soc: 0.3,
  survival_soc: 0.08,
  horizon_s: 43200,
  observables: ALL_VALUES,
  actuators: ALL_ACTUATORS,
  adc_lsb_mV: 1.1,
  adc_noise_mV: 0.9,
  adc_gain_sigma: 0.002,
  charge_step_nA: 5000,
  charge_max_nA: 300000,
  float_step_mV: 12.5,
  float_strap_mV: 4150,
  settle_ms: 60000,
  source_kind: [1, 2, 3, 4],
  source_gain: [0.02, 0.5, 8, 0.01],
  source_scale_mV: [130, 0, 0, 0],
  source_mpp_ratio: [0.75, 0.5, 0.5, 0.45],
  source_efficiency: [0.85, 0.7, 0.6, 0.3],
  soc_sigma: 0.05,
  leak_nA: 0,
  leak_sigma_nA: 20,
  resistance_sigma: 0.4,
  leak_walk_nA: 0.5,
  resistance_walk: 0.05,
  load_sigma: 0.25,
  load_walk: 0.01,
  harvest_sigma: 0.15,
  harvest_walk: 0.05,
  float_sigma: 0.003,
  hysteresis_mV: 0,
  hypotheses: 1,
  alarm_soc: 0.15,
  alarm_s: 86400,
  flow_noise: 0.03,
  voltage_sigma_mV: 3,
  temperature_sigma_K: 1,
  gate_sigma: 4,
  soc_sigma_floor: 0.002,
  off_drain_nA: 10,
  unknown_off_s: 604800,
  storage_kind: 1,
  storage_at: 0,
  storage_slots_log2: 0,
  record_share: 0.02,
  record_s: 43200,
  erase_share: 0.04,
  record_drain_pC: 5e6,
  erase_drain_pC: 420e6,
  tables: {
    soc: SOC,
    tau_s: SOC.map((soc) => 900 + 4000 * (1 - soc)),
    resistance_factor: SOC.map((soc) => 1 + 0.6 * Math.exp(-12 * soc)),
    dudt_mV_K: DUDT_MV_K,
    ocv: [{ temperature_degC: 25, ocv_mV: OCV_MV }],
  },
};

const COLD_MV = OCV_MV.map((ocv_mV, i) => ocv_mV - 25 * DUDT_MV_K[i]!);

export const nodes: { name: string; values: ProfileValues }[] = [
  { name: "one cell, all actuators, FRAM", values: single },
  {
    name: "two by two cells with spread, three OCV tables, flash",
    values: {
      ...single,
      series: 2,
      parallel: 2,
      capacity_spread: 0.08,
      observables: ALL_VALUES & ~Values.limiting,
      hypotheses: 5,
      float_strap_mV: 8300,
      storage_kind: 2,
      storage_at: 4096,
      storage_slots_log2: 2,
      tables: {
        ...single.tables,
        ocv: [
          { temperature_degC: 0, ocv_mV: COLD_MV },
          { temperature_degC: 25, ocv_mV: OCV_MV },
          { temperature_degC: 45, ocv_mV: OCV_MV.map((ocv_mV, i) => ocv_mV + 20 * DUDT_MV_K[i]!) },
        ],
      },
    },
  },
  {
    name: "strapped charger, voltage only, no journal",
    values: {
      ...single,
      observables: Values.voltage | Values.temperature,
      actuators: 0,
      charge_max_nA: 2e6,
      float_strap_mV: 4280,
      storage_kind: 0,
    },
  },
  {
    name: "charge counter, 12 uAh, known leak",
    values: {
      ...single,
      capacity_nAh: 12000,
      observables: ALL_VALUES | Values.metered,
      hypotheses: 9,
      hysteresis_mV: 8,
      area_cm2: 0.06,
      resistance_ohm: 8000,
      leak_nA: 10,
      leak_sigma_nA: 5,
      sleep_drain_nA: 80,
      active_drain_nA: 200000,
      event_drain_pC: [8e6, 2e6, 0, 0],
      record_share: 0.05,
    },
  },
];
