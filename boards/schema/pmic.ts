// What a file of boards/pmics/ holds: how a charger treats a source and guards the rail (`physics`,
// read by the plant of the simulator only).

import * as v from "valibot";
import { column, head, integer, quantity } from "./quantity.js";

const voltage = quantity(0, 60000, "mV");
const drain = quantity(0, 1e8, "nA");

const MPPT = ["fraction", "fixed", "track", "resistance", "extract"] as const;

/**
 * How the source is held: `fraction` of its open-circuit voltage, `fixed`, best (`track`), by the
 * resistance of an input that does not look, or, a piezo, emptied at each peak (`extract`).
 */
const mppt = v.strictObject({
  kind: v.picklist(MPPT, `must be one of ${MPPT.join(", ")}`),
  ratio: v.optional(quantity(0.1, 1, "1")),
  operating_mV: v.optional(voltage),
  input_ohm: v.optional(quantity(0.001, 1e9, "ohm")),
  sample_ms: quantity(0, 86400000, "ms"),
  period_ms: quantity(1, 86400000, "ms"),
});

/** Rows by input voltage, each with a column for every input current. */
const efficiency = v.strictObject({
  input_mV: column(1, 60000, "mV"),
  input_uA: column(0.001, 1e6, "uA"),
  rows: v.pipe(
    v.array(column(0, 1, "1"), "must be a list of rows"),
    v.minLength(2, "must have 2 to 64 rows"),
    v.maxLength(64, "must have 2 to 64 rows"),
  ),
});

/** A capacitor at the input, emptied into the rail between two thresholds. */
const packets = v.strictObject({
  rising_mV: voltage,
  falling_mV: voltage,
  shunt_mV: voltage,
  output_nA: drain,
  filling_nA: drain,
  running_nA: drain,
});

/** What firmware, or the board, can set beside the float voltage; a list is all there is. */
const controls = v.strictObject({
  mpp_ratios: v.optional(column(0.1, 1, "1")),
  sample_ms: v.optional(column(0, 86400000, "ms")),
  period_ms: v.optional(column(1, 86400000, "ms")),
  inputs: v.optional(integer(1, 4, "inputs")),
  energy_meter: v.optional(v.boolean("must be true or false")),
});

const physics = v.strictObject({
  input: v.strictObject({
    voltage_min_mV: voltage,
    voltage_max_mV: voltage,
    power_min_uW: quantity(0, 1e6, "uW"),
  }),
  mppt,
  efficiency,
  /** Inputs with a converter of their own; absent: one that all inputs share. */
  converters: v.optional(integer(1, 4, "converters")),
  charge_pump: v.optional(v.strictObject({ ratio: quantity(1, 16, "1") })),
  packets: v.optional(packets),
  cold_start: v.optional(
    v.strictObject({
      input_min_mV: voltage,
      clamp_mV: voltage,
      power_min_uW: quantity(0, 1e6, "uW"),
      efficiency: quantity(0, 1, "1"),
      until_mV: voltage,
    }),
  ),
  quiescent: v.strictObject({ charging_nA: drain, dark_nA: drain, disabled_nA: drain }),
  float: v.strictObject({
    strap_mV: voltage,
    levels_mV: v.optional(column(0, 60000, "mV")),
    steps: v.optional(
      v.strictObject({ low_mV: voltage, high_mV: voltage, step_mV: quantity(0.001, 1000, "mV") }),
    ),
    hysteresis_mV: voltage,
    sigma: quantity(0, 0.2, "1"),
  }),
  undervoltage: v.optional(v.strictObject({ off_mV: voltage, on_mV: voltage })),
  disable: v.picklist(["pin", "float", "none"], "must be one of pin, float, none"),
  controls: v.optional(controls),
});

export const pmic = v.strictObject({ ...head, physics });

export type PmicFile = v.InferOutput<typeof pmic>;
