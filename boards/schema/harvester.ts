// What a file of boards/harvesters/ holds: `physics`, read by the plant of the simulator only. What
// the core believes of a source stands in the board's profile.

import * as v from "valibot";
import { column, head, integer, quantity } from "./quantity.js";

const physics = v.strictObject({
  kind: v.picklist(["photovoltaic"], "must be photovoltaic"),
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
});

export const harvester = v.strictObject({ ...head, physics });

export type HarvesterFile = v.InferOutput<typeof harvester>;
