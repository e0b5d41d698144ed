// What a characterisation of a specimen leaves behind: a folder of CSV files, and a manifest that
// says which procedure each file records, between which limits, and with what instrument. The fit
// reads these and nothing else.

import * as v from "valibot";

/** A folder that cannot be used or written; the message is one line. */
export class MeasurementError extends Error {
  override readonly name = "MeasurementError";
}

export const MANIFEST_FILE = "characterisation.json";

/** Columns of every file, in this order when written; found by name when read. */
export const COLUMNS = [
  "test_time_s",
  "step",
  "current_uA",
  "voltage_V",
  "temperature_degC",
  "charge_uAh",
] as const;

/**
 * slow: full to empty to full, C/50. gitt: moves, rests and short pulses in both directions.
 * temperature: rests and pulses at several temperatures. check: a node's currents, for judging the
 * fit only. fast: C/2, 1C and steps at several temperatures, for the fit under load alone. Each
 * begins with a full charge.
 */
export const PROCEDURES = ["slow", "gitt", "temperature", "check", "fast"] as const;

export type Procedure = (typeof PROCEDURES)[number];

const count = (min: number, max: number) =>
  v.pipe(
    v.number(`must be a number ${min}..${max}`),
    v.minValue(min, `must be ${min}..${max}`),
    v.maxValue(max, `must be ${min}..${max}`),
  );

/** Errors of the instrument, one sigma, as its maker would state them. */
const instrument = v.strictObject({
  /** Of each reading. */
  voltage_noise_mV: count(0, 100),
  voltage_resolution_mV: count(1e-6, 100),
  /** Of all readings alike. */
  voltage_gain_sigma: count(0, 0.1),
  voltage_offset_sigma_mV: count(0, 100),
  current_gain_sigma: count(0, 0.1),
  /** Share of the current that would fill the label's capacity in an hour. */
  current_offset_share: count(0, 0.1),
  /** Of the specimen against the chamber's display, at each set point. */
  temperature_sigma_K: count(0, 20),
  /** Time of the first reading after a change. */
  interval_s: count(0.001, 60),
});

/** How much specimens of a lot differ, one sigma, as the maker of the cell states it. */
const lot = v.strictObject({
  capacity_spread: count(0, 1),
  resistance_spread: count(0, 1),
  emf_spread_mV: count(0, 100),
});

const text = v.pipe(v.string("must be text"), v.minLength(1, "must not be empty"));

export const manifestSchema = v.strictObject({
  cell: text,
  seed: v.pipe(v.number("must be an integer"), v.integer("must be an integer")),
  label_capacity_uAh: count(0.001, 1e7),
  voltage_charge_V: count(0.1, 6),
  voltage_cut_off_V: count(0, 6),
  instrument,
  lot: v.optional(lot),
  files: v.pipe(
    v.array(
      v.strictObject({
        file: v.pipe(text, v.regex(/^[\w.-]+\.csv$/, "must be a CSV file of this folder")),
        procedure: v.picklist(PROCEDURES, `must be one of ${PROCEDURES.join(", ")}`),
        temperatures_degC: v.array(count(-60, 150)),
      }),
      "must be a list",
    ),
    v.minLength(1, "must name at least one file"),
  ),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;
export type Instrument = Manifest["instrument"];
export type Lot = NonNullable<Manifest["lot"]>;

/** A good multi-channel cycler with a micro-ampere range; assumed, no product's figures. */
export const CYCLER: Instrument = {
  voltage_noise_mV: 0.03,
  voltage_resolution_mV: 0.05,
  voltage_gain_sigma: 1e-4,
  voltage_offset_sigma_mV: 0.2,
  current_gain_sigma: 5e-4,
  current_offset_share: 1e-5,
  temperature_sigma_K: 0.2,
  interval_s: 0.1,
};
