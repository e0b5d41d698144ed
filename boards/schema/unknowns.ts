// What a file of boards/scenarios/gauge/unknowns/ holds: what the twin test bed keeps from the
// firmware. Its numbers are choices, not facts.

import * as v from "valibot";
import { number, text } from "./quantity.js";

/** A charge counter: see CounterPhysics of host/sim/counter.ts. */
const counter = v.strictObject({
  gain_sigma: number(0, 0.2, "1"),
  offset_nA: number(0, 1e6, "nA"),
  lsb_pC: number(1, 1e12, "pC"),
});

export const unknowns = v.strictObject({
  $schema: text,
  title: text,
  /** Absent: nobody counts charge. */
  counter: v.optional(counter),
  leak_nA: number(0, 1e6, "nA"),
  /** Loads are booked so much too low, their pulse currents as well. */
  load_error: number(0, 0.9, "1"),
  /** Harvest is booked so much too high; then that scale walks. */
  harvest_error: number(-0.9, 1, "1"),
  harvest_walk: number(0, 1, "1/sqrt(day)"),
  /** What the cell holds over its label. */
  capacity_ratio: number(0.1, 2, "1"),
  /** At 25 degC, half charged, over the profile's. */
  resistance_ratio: number(0.1, 100, "1"),
  /** Size of the temperature sensor's offset; the seed draws its sign. */
  temperature_offset_K: number(0, 20, "K"),
  temperature_lsb_K: number(0.0001, 10, "K"),
  adc_bits: number(4, 32, "bit"),
  adc_noise_mV: number(0, 100, "mV"),
  /** Size of the gain's temperature coefficient; the seed draws its sign. */
  gain_drift_ppm_K: number(0, 1000, "ppm/K"),
  /** The charger's set point lies within so much of float_mV, uniformly. */
  float_error: number(0, 0.1, "1"),
  /** EMF and diffusion: of the specimen that the profile was fitted to, whose OCV the firmware then
   * has as it is, or drawn by the seed. */
  specimen: v.picklist(["fitted", "drawn"], "must be one of fitted, drawn"),
  /** What the firmware is told in place of its board's and its cell's file. */
  told: v.strictObject({
    harvest_walk: v.optional(number(0, 1, "1/sqrt(day)")),
    float_sigma: v.optional(number(0, 0.1, "1")),
    voltage_sigma_mV: v.optional(number(0, 100, "mV")),
  }),
});

export type UnknownsFile = v.InferOutput<typeof unknowns>;
