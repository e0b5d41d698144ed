// What every kind of harvester is to a charger: a terminal curve that its surroundings choose.

import { type CurvePoint } from "./curve_point.js";

/** What drives harvesters at one moment. */
export interface Drives {
  lux: number;
  /** Of the air around the node. */
  temperature_degC: number;
  /** Amplitude of the base's acceleration, and its one frequency. */
  acceleration_m_s2: number;
  frequency_Hz: number;
  /** By how much a body that the node is mounted on is warmer than the air. */
  difference_K: number;
  /** What an antenna catches. */
  rf_uW: number;
  /** Of the light, what falls on each panel of a string; on those beyond its end all. */
  shares: readonly number[];
}

/** Dark, still, even and silent. */
export const NOTHING: Readonly<Drives> = {
  lux: 0,
  temperature_degC: 25,
  acceleration_m_s2: 0,
  frequency_Hz: 0,
  difference_K: 0,
  rf_uW: 0,
  shares: [],
};

/**
 * A capacitor that a moving source charges one way and the other, for a converter that empties it
 * at each peak: it takes `emptied_S V^2 / 2`.
 */
export interface Peaks {
  /** What its voltage rises to between two emptyings. */
  peak_V: number;
  /** Its capacitance times how often it is emptied, F/s. */
  emptied_S: number;
}

/** A direct-current source; its current falls as its voltage rises. */
export interface Curve {
  readonly open_V: number;
  /** Generated current at a terminal voltage, A. */
  currentAt(voltage_V: number): number;
  /** The maximum power point; no power for a source that gives nothing. */
  maximum(): CurvePoint;
  /**
   * Where a converter settles that holds `ratio` of the voltage it samples in a short pause.
   * Absent: that voltage is the open one.
   */
  heldAt?(ratio: number): number;
  /** What stands before the rectifier, where a converter can get at it. */
  readonly peaks?: Peaks | undefined;
}

/** A drive over which the source may be tabled: its unit, and where power has kinks over it. */
export interface Axis {
  drive: "lux" | "difference_K";
  /** Steps of the axis, from 1 to 2^18, a unit of the drive. */
  per_unit: number;
  kinks: readonly number[];
}

export interface Source {
  readonly kind: "photovoltaic" | "piezoelectric" | "thermoelectric" | "rf";
  curveAt(drives: Drives): Curve;
  /** Of a source whose curve takes long to solve, and depends on one drive and temperature. */
  readonly axis?: Axis;
}
