// What a file of boards/boards/ holds: what the board can measure and set, what it draws, how far
// its readings may be off (`profile`, for the core); what it really is (`physics`, for the plant).

import * as v from "valibot";
import { column, head, integer, integers, quantity, text } from "./quantity.js";

/**
 * Names of sample.valid bits that come one by one; "source" stands for one bit a source. The last
 * two are facts of the board: its charger tells when it limits; harvest is measured at the cell.
 */
export const OBSERVABLES = [
  ...(["voltage", "pulse", "temperature", "charge", "current"] as const),
  ...(["harvest", "harvest_now", "active", "probe", "source", "limiting", "metered"] as const),
] as const;

export const ACTUATORS = [
  ...(["charge_enable", "charge_limit", "float", "source", "mpp", "load", "pause"] as const),
] as const;

export const SOURCE_KINDS = ["photovoltaic", "piezoelectric", "thermoelectric", "rf"] as const;
/** Of host/c/Makefile. */
export const C_CHIPS = ["m0plus", "m4f", "m33", "rv32"] as const;
export const STORAGE_KINDS = ["none", "fram", "flash"] as const;

const oneOf = <const T extends readonly string[]>(names: T) =>
  v.picklist(names, `must be one of ${names.join(", ")}`);

const source = v.strictObject({
  kind: oneOf(SOURCE_KINDS),
  gain: quantity(0, 1e9, "nA dark current (photovoltaic), else nW/mV2"),
  scale_mV: quantity(0, 60000, "mV"),
  /** Of a panel's open-circuit voltage over temperature; 0 where it is not given. */
  drift_mV_K: v.optional(quantity(-1000, 1000, "mV/K")),
  mpp_ratio: quantity(0, 1, "1"),
  efficiency: quantity(0, 1, "1"),
});

const profile = v.strictObject({
  observables: v.pipe(
    v.array(oneOf(OBSERVABLES), "must be a list of names"),
    // the gauge needs what flowed between two readings of the current, too
    v.check(
      (names) => !names.includes("current") || names.includes("charge"),
      'must have "charge" where it has "current"',
    ),
  ),
  actuators: v.array(oneOf(ACTUATORS), "must be a list of names"),
  adc_lsb_mV: quantity(0.000001, 1000, "mV"),
  adc_noise_mV: quantity(0, 1000, "mV"),
  adc_gain_sigma: quantity(0, 0.2, "1"),
  temperature_sigma_K: quantity(0, 50, "K"),
  charge_step_nA: quantity(0, 1e8, "nA"),
  charge_max_nA: quantity(0, 1e8, "nA"),
  float_step_mV: quantity(0, 6000, "mV"),
  float_strap_mV: quantity(0, 60000, "mV"),
  settle_ms: integer(0, 86400000, "ms"),
  debounce: integers(3, 1, 250, "samples"),
  sources: v.pipe(
    v.array(source, "must be a list of sources"),
    v.maxLength(4, "must have at most 4 sources"),
  ),
  /** What the board can set, rising, at most 8. */
  mpp_ratios: v.optional(column(0.1, 1, "1")),
  sleep_drain_nA: quantity(0, 1e8, "nA"),
  active_drain_nA: quantity(0, 1e8, "nA"),
  off_drain_nA: quantity(0, 1e8, "nA"),
  leak_nA: quantity(0, 1e6, "nA"),
  leak_sigma_nA: quantity(0, 1e6, "nA"),
  leak_walk_nA: quantity(0, 1e6, "nA"),
  load_sigma: quantity(0, 1, "1"),
  load_walk: quantity(0, 1, "1"),
  harvest_sigma: quantity(0, 1, "1"),
  harvest_walk: quantity(0, 1, "1"),
  float_sigma: quantity(0, 0.2, "1"),
  hypotheses: integer(1, 9, "1"),
  flow_noise: quantity(0, 1, "1"),
  gate_sigma: quantity(1, 100, "1"),
  soc_sigma_floor: quantity(0, 1, "1"),
  unknown_off_s: quantity(0, 31536000, "s"),
  storage: v.strictObject({
    kind: oneOf(STORAGE_KINDS),
    at: integer(0, 4294967295, "B"),
    slots_log2: integer(0, 9, "1"),
    record_share: quantity(0.001, 1, "1"),
    record_s: integer(60, 31536000, "s"),
    erase_share: quantity(0.001, 1, "1"),
    record_drain_pC: quantity(0, 1e13, "pC"),
    erase_drain_pC: quantity(0, 1e13, "pC"),
  }),
});

/** See CounterPhysics of host/sim/counter.ts; errors are one sigma. */
const counter = v.strictObject({
  gain_sigma: quantity(0, 0.2, "1"),
  offset_nA: quantity(0, 1e6, "nA"),
  lsb_pC: quantity(1, 1e12, "pC"),
  /** Of its reading of the moment; without, the board cannot have the observable "current". */
  current: v.optional(
    v.strictObject({
      gain_sigma: quantity(0, 0.2, "1"),
      offset_nA: quantity(0, 1e6, "nA"),
      noise_nA: quantity(0, 1e6, "nA"),
      lsb_nA: quantity(1e-6, 1e8, "nA"),
      range_nA: quantity(1, 1e8, "nA"),
    }),
  ),
});

/** A capacitor between cell and load: the cell sees its recharge current, not the load's. */
const reservoir = v.strictObject({ recharge_nA: quantity(1, 1e8, "nA") });

/** Another source: behind a part of its own; without one, at another input of the first one's. */
const furtherSource = v.strictObject({
  harvester: text,
  pmic: v.optional(text),
  /** What start-up code writes for its input; that of the part where it is not given. */
  mpp_ratio: v.optional(quantity(0.1, 1, "1")),
  panels: quantity(0.00001, 10000, "1"),
  panels_in_series: integer(1, 100, "1"),
  storage_uF: v.optional(quantity(0.001, 1e6, "uF")),
});

/** A circuit between charger and cell: what it lets through, and in which steps it can be told. */
const chargeLimit = v.strictObject({
  step_nA: quantity(0, 1e8, "nA"),
  max_nA: quantity(1, 1e9, "nA"),
  /** Until it is told something; as much as it can where this is not given. */
  unset_nA: v.optional(quantity(0, 1e9, "nA")),
});

/** What the plant makes of the board: see SupplyPhysics and SensorPhysics of host/sim. */
const physics = v.strictObject({
  pmic: text,
  harvester: text,
  /** How many of the harvester lie in parallel, and in series. */
  panels: quantity(0.00001, 10000, "1"),
  panels_in_series: integer(1, 100, "1"),
  float_strap_mV: quantity(0, 60000, "mV"),
  storage_uF: quantity(0.001, 1e6, "uF"),
  further_sources: v.optional(
    v.pipe(
      v.array(furtherSource, "must be a list of sources"),
      v.minLength(1, "must have 1 to 3 sources"),
      v.maxLength(3, "must have 1 to 3 sources"),
    ),
  ),
  /** One converter of the first part, with a switch before it, serves all its sources. */
  shared_converter: v.optional(v.boolean("must be true or false")),
  charge_limit: v.optional(chargeLimit),
  supply: v.strictObject({
    sleep_nA: quantity(0, 1e8, "nA"),
    active_nA: quantity(0, 1e8, "nA"),
    off_nA: quantity(0, 1e8, "nA"),
    off_mV: quantity(0, 60000, "mV"),
    on_mV: quantity(0, 60000, "mV"),
    buffer_uF: quantity(0.001, 1e6, "uF"),
    recharge_nA: quantity(1, 1e8, "nA"),
    reset_mV: quantity(0, 60000, "mV"),
  }),
  sensors: v.strictObject({
    adc_gain_sigma: quantity(0, 0.2, "1"),
    adc_noise_mV: quantity(0, 1000, "mV"),
    adc_lsb_mV: quantity(0.000001, 1000, "mV"),
    temperature_sigma_K: quantity(0, 50, "K"),
    temperature_lsb_K: quantity(0.000001, 50, "K"),
    meter_sigma: quantity(0, 1, "1"),
    meter_lsb_nA: quantity(1e-6, 1e8, "nA"),
    /** Of the cell's charge; without, the board cannot have the observable "charge". */
    counter: v.optional(counter),
  }),
  spread: v.strictObject({
    load_sigma: quantity(0, 1, "1"),
    leak_mean_nA: quantity(0, 1e6, "nA"),
  }),
  gauge: v.strictObject({
    active_ms: quantity(0, 1000, "ms"),
    record_nC: quantity(0, 1e9, "nC"),
  }),
});

/** How an image gets onto the chip: a file on a volume, or a command of the vendor's tool. */
const flash = v.variant(
  "kind",
  [
    v.strictObject({
      kind: v.literal("uf2"),
      /** Of the chip, in Microsoft's list of UF2 families. */
      family: v.pipe(text, v.regex(/^0x[0-9a-f]{8}$/, "must be 0x and 8 hexadecimal digits")),
      /** Name of the volume that its boot loader shows. */
      volume: text,
    }),
    v.strictObject({
      kind: v.literal("command"),
      /** With {hex} in the place of the image. */
      command: v.pipe(text, v.regex(/\{hex\}/, "must name the image by {hex}")),
    }),
  ],
  "must be of kind uf2 or command",
);

/** What runs on the board, and how it gets there. */
const firmware = v.variant(
  "runtime",
  [
    v.strictObject({
      runtime: v.literal("c"),
      chip: oneOf(C_CHIPS),
      /** Folder of boards/images with the board's own C; without it the library alone is built. */
      image: v.optional(text),
      flash,
    }),
    v.strictObject({
      runtime: v.literal("espruino"),
      /** What process.env.BOARD says on it. */
      board: text,
    }),
    v.strictObject({
      runtime: v.literal("moddable"),
      /** What mcconfig calls it. */
      platform: text,
    }),
  ],
  "must be of runtime c, espruino or moddable",
);

export const board = v.strictObject({
  ...head,
  /** Without: the board is a model, not a thing that can be programmed. */
  firmware: v.optional(firmware),
  profile,
  reservoir: v.optional(reservoir),
  physics,
});

export type Firmware = v.InferOutput<typeof firmware>;

export type BoardFile = v.InferOutput<typeof board>;
