// What a file of boards/cells/ holds: `profile` is read by the core only, `physics` by the plant of
// the simulator only. Ranges of profile fields are those of assembly/abi.txt.

import * as v from "valibot";
import { column, head, numbers, quantity } from "./quantity.js";

const LEVELS = 3;

const tables = v.strictObject({
  soc: column(0, 1, "1"),
  tau_s: column(0.001, 1e9, "s"),
  resistance_factor: column(0.001, 1000, "1"),
  dudt_mV_K: column(-10, 10, "mV/K"),
  ocv: v.pipe(
    v.array(
      v.strictObject({
        temperature_degC: quantity(-60, 150, "degC"),
        ocv_mV: column(0, 6000, "mV"),
      }),
      "must be a list of OCV tables",
    ),
    v.minLength(1, "must have 1 to 8 tables"),
    v.maxLength(8, "must have 1 to 8 tables"),
  ),
});

/** Four elements: ohmic, kinetic, slow, lead. */
const ELEMENTS = 4;

/**
 * What stands between terminal voltage and OCV under load (assembly/cell/polarization.ts): values
 * at 25 degC over the nodes of `tables.soc`, and how they move with temperature.
 */
const polarization = v.strictObject({
  ohmic_ohm: column(1e-6, 1e9, "ohm"),
  kinetic_ohm: column(1e-6, 1e9, "ohm"),
  slow_ohm: column(1e-6, 1e9, "ohm"),
  lead_s: column(1e-6, 1e9, "s"),
  activation_kK: numbers(ELEMENTS, -1000, 1000, "kK"),
  slope_kK: numbers(ELEMENTS, -1000, 1000, "kK"),
  bend_kK2: numbers(ELEMENTS, -1000, 1000, "kK2"),
  kinetic_mV: quantity(0.001, 1000, "mV"),
  slow_tau_s: quantity(0.001, 1e6, "s"),
  slow_tau_kK: quantity(-1000, 1000, "kK"),
  lead_tau_s: quantity(0.001, 1e6, "s"),
  lead_tau_kK: quantity(-1000, 1000, "kK"),
  self_heating_K_W: quantity(0, 1e9, "K/W"),
  self_heating_s: quantity(0.001, 1e6, "s"),
});

const profile = v.strictObject({
  capacity_nAh: quantity(1, 1e7, "nAh"),
  area_cm2: quantity(0.001, 1000, "cm2"),
  resistance_ohm: quantity(0.001, 1e6, "ohm"),
  activation_K: quantity(0, 20000, "K"),
  diffusion_pole: numbers(2, 0.001, 1000, "1"),
  diffusion_weight: numbers(2, 0, 10, "1"),
  diffusion_gain: quantity(0, 4, "1"),
  self_drain_nA: quantity(0, 1e6, "nA"),
  ccd_mA_cm2: quantity(0.000001, 1000, "mA/cm2"),
  ccd_cold_degC: quantity(-60, 150, "degC"),
  ccd_hot_degC: quantity(-60, 150, "degC"),
  ccd_cold_per_K: quantity(0, 1, "1/K"),
  ccd_hot_per_K: quantity(0, 1, "1/K"),
  ccd_age: quantity(0, 10, "1"),
  ccd_level: numbers(LEVELS, 0.001, 1, "1"),
  voltage_max_mV: numbers(LEVELS, 0, 6000, "mV"),
  voltage_min_mV: numbers(LEVELS, 0, 6000, "mV"),
  temperature_max_degC: numbers(LEVELS, -60, 150, "degC"),
  temperature_min_degC: numbers(LEVELS, -60, 150, "degC"),
  float_mV: quantity(0, 6000, "mV"),
  /** Held while more charge would be worth nothing; float_mV always where it is not given. */
  float_gentle_mV: v.optional(quantity(0, 6000, "mV")),
  soc_sigma: quantity(0, 1, "1"),
  resistance_sigma: quantity(0, 1, "1"),
  resistance_walk: quantity(0, 1, "1"),
  /** How far capacity goes in a root of a day; the walk of `load_walk` where charge is counted. */
  capacity_walk: v.optional(quantity(0, 1, "1")),
  voltage_sigma_mV: quantity(0.001, 1000, "mV"),
  hysteresis_mV: quantity(0, 1000, "mV"),
  tables,
  /** Where the gauge may read voltages under load. */
  polarization: v.optional(polarization),
});

const physics = v.strictObject({
  area_cm2: quantity(0.001, 1000, "cm2"),
  cathode_um: quantity(0.01, 1000, "um"),
  sites_mol_m3: quantity(1, 1e6, "mol/m3"),
  emf: v.strictObject({ lithium: column(0, 1, "1"), voltage_mV: column(0, 6000, "mV") }),
  entropy: v.strictObject({ lithium: column(0, 1, "1"), dudt_mV_K: column(-10, 10, "mV/K") }),
  diffusion: v.strictObject({
    lithium: column(0, 1, "1"),
    lithium_m2_s: column(1e-20, 1e-6, "m2/s"),
    electron_ratio: quantity(0.001, 1e6, "1"),
  }),
  electrolyte_ohm_cm2: quantity(0, 1e6, "ohm cm2"),
  series_ohm_cm2: quantity(0, 1e6, "ohm cm2"),
  anode_exchange_mA_cm2: quantity(1e-6, 1e6, "mA/cm2"),
  cathode_exchange_mA_cm2: quantity(1e-6, 1e6, "mA/cm2"),
  activation_eV: quantity(0, 2, "eV"),
  reference_degC: quantity(-60, 150, "degC"),
  self_discharge_per_year: quantity(0, 10, "1/year"),
  lithium_full: quantity(0, 1, "1"),
  lithium_empty: quantity(0, 1, "1"),
  hysteresis: v.optional(
    v.strictObject({
      voltage_mV: quantity(0, 500, "mV"),
      per_soc: quantity(0.1, 1000, "1"),
    }),
  ),
  /** How hard charging may plate, by the plant's law: see host/sim/plating.ts. */
  plating: v.optional(
    v.strictObject({
      critical_mA_cm2: quantity(0.000001, 1000, "mA/cm2"),
      cold_degC: quantity(-60, 150, "degC"),
      hot_degC: quantity(-60, 150, "degC"),
      halving_K: quantity(0.1, 1000, "K"),
    }),
  ),
  ageing: v.strictObject({
    per_cycle: quantity(0, 0.1, "1"),
    per_year: quantity(0, 1, "1/year"),
    activation_eV: quantity(0, 2, "eV"),
    stress_mV: quantity(0, 6000, "mV"),
    stress_per_V: quantity(0, 1000, "1/V"),
    interface_growth: quantity(0, 100, "1"),
  }),
  spread: v.strictObject({
    capacity_spread: quantity(0, 0.3, "1"),
    resistance_spread: quantity(0, 1, "1"),
    diffusion_spread: quantity(0, 1, "1"),
    emf_spread_mV: quantity(0, 50, "mV"),
  }),
});

export const cell = v.strictObject({ ...head, profile, physics });

/** What `tfmb fit` makes of laboratory files: the half that the core reads; no plant is known. */
export const cellProfile = v.strictObject({ title: head.title, sources: head.sources, profile });

export type CellProfile = v.InferOutput<typeof cellProfile>;
export type CellFile = v.InferOutput<typeof cell>;
