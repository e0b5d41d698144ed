// What a file of boards/harvesters/ holds: `physics`, read by the plant of the simulator only. What
// the core believes of a source stands in the board's profile.

import * as v from "valibot";
import { SOURCE_KINDS } from "./board.js";
import { column, head, integer, quantity } from "./quantity.js";

const photovoltaic = v.strictObject({
  kind: v.literal("photovoltaic"),
  cells_in_series: integer(1, 1000, "1"),
  series_ohm: quantity(0, 1e6, "ohm"),
  shunt_ohm_lx: quantity(1, 1e15, "ohm lx"),
  band_gap_eV: quantity(0.1, 5, "eV"),
  photocurrent_per_K: quantity(-0.01, 0.01, "1/K"),
  reference_degC: quantity(-60, 150, "degC"),
  light: v.strictObject({
    lux: column(0.001, 1e6, "lx"),
    photocurrent_nA_lx: column(0.001, 1e9, "nA/lx"),
    open_mV: column(1, 60000, "mV"),
    ideality: column(0.1, 100, "1"),
  }),
  /** A diode across every so many of these panels in series. */
  bypass: v.optional(
    v.strictObject({ panels: integer(1, 100, "1"), drop_mV: quantity(0, 5000, "mV") }),
  ),
});

const thermoelectric = v.strictObject({
  kind: v.literal("thermoelectric"),
  seebeck_mV_K: quantity(0.001, 10000, "mV/K"),
  internal_ohm: quantity(0.001, 1e6, "ohm"),
  module_K_W: quantity(0.001, 1e6, "K/W"),
  hot_K_W: quantity(0, 1e6, "K/W"),
  cold_K_W: quantity(0, 1e6, "K/W"),
});

const piezoelectric = v.strictObject({
  kind: v.literal("piezoelectric"),
  mass_g: quantity(0.0001, 10000, "g"),
  resonance_Hz: quantity(0.1, 1e5, "Hz"),
  quality: quantity(0.1, 1e5, "1"),
  coupling_mN_V: quantity(1e-6, 1e6, "mN/V"),
  capacitance_nF: quantity(0.001, 1e5, "nF"),
  diode: v.strictObject({
    saturation_nA: quantity(1e-6, 1e5, "nA"),
    ideality: quantity(0.5, 5, "1"),
  }),
  flip: v.optional(quantity(0, 0.99, "1")),
});

const rf = v.strictObject({
  kind: v.literal("rf"),
  rectifier: v.strictObject({
    input_uW: column(1e-6, 1e6, "uW"),
    efficiency: column(1e-6, 1, "1"),
    open_mV: column(0.001, 60000, "mV"),
  }),
});

const physics = v.variant(
  "kind",
  [photovoltaic, thermoelectric, piezoelectric, rf],
  `must be one of ${SOURCE_KINDS.join(", ")}`,
);

export const harvester = v.strictObject({ ...head, physics });

export type HarvesterFile = v.InferOutput<typeof harvester>;
