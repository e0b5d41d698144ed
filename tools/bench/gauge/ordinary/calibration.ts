// What the ordinary methods know of the cell: the same profile that the core is given, read as
// plainly as possible.

import { monotoneSlopes } from "../../../../host/core/slopes.js";
import { type ProfileValues } from "../../../../host/core/profile.js";
import { type Reading } from "../../../../host/sim/twin/bed.js";

const HOUR_S = 3600;
const OHM = 1e6;
const KELVIN = 273.15;
const RESISTANCE_K = 298.15;
const HALVINGS = 30;

/** A gauge: one reading in, SOC out. */
export interface Method {
  step(reading: Reading): number;
}

export const clipped = (soc: number): number => Math.min(Math.max(soc, 0), 1);

export class Calibration {
  readonly capacity_nC: number;
  readonly #slopes: number[];

  constructor(readonly profile: ProfileValues) {
    this.capacity_nC = profile.capacity_nAh * HOUR_S;
    this.#slopes = monotoneSlopes(profile.tables.soc, this.#table.ocv_mV);
  }

  get #table() {
    return this.profile.tables.ocv[0]!;
  }

  /** Rest voltage; beyond 0 and 1 that of the end. */
  ocv_mV(soc: number, temperature_degC: number): number {
    const { tables } = this.profile;
    const x = clipped(soc);
    const i = this.#rowOf(x);
    const width = tables.soc[i + 1]! - tables.soc[i]!;
    const t = (x - tables.soc[i]!) / width;
    const [low_mV, high_mV] = [this.#table.ocv_mV[i]!, this.#table.ocv_mV[i + 1]!];
    const [first_mV, last_mV] = [width * this.#slopes[i]!, width * this.#slopes[i + 1]!];
    const rise_mV = high_mV - low_mV;
    const square = 3 * rise_mV - 2 * first_mV - last_mV;
    const cube = first_mV + last_mV - 2 * rise_mV;
    const at_mV = low_mV + t * (first_mV + t * (square + t * cube));
    const dudt_mV_K = this.#between(tables.dudt_mV_K, i, t);
    return at_mV + dudt_mV_K * (temperature_degC - this.#table.temperature_degC);
  }

  /** Slope of the OCV there, never quite flat. */
  slope_mV(soc: number, temperature_degC: number): number {
    const [low, high] = [clipped(soc - 0.005), clipped(soc + 0.005)];
    const rise_mV = this.ocv_mV(high, temperature_degC) - this.ocv_mV(low, temperature_degC);
    return Math.max(rise_mV / (high - low), 1);
  }

  /** The SOC whose OCV is that. */
  soc(ocv_mV: number, temperature_degC: number): number {
    let [low, high] = [0, 1];
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (low + high) / 2;
      if (this.ocv_mV(middle, temperature_degC) < ocv_mV) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  }

  resistance_mV_nA(soc: number, temperature_degC: number): number {
    const { resistance_ohm, activation_K, tables } = this.profile;
    const x = clipped(soc);
    const i = this.#rowOf(x);
    const t = (x - tables.soc[i]!) / (tables.soc[i + 1]! - tables.soc[i]!);
    const cold = Math.exp(activation_K * (1 / (temperature_degC + KELVIN) - 1 / RESISTANCE_K));
    return (resistance_ohm * this.#between(tables.resistance_factor, i, t) * cold) / OHM;
  }

  /** Booked current at rest; where the charger limits only a part of the offer flows: unknown. */
  rest_nA({ limiting, harvest_now_nA }: Reading): number {
    return limiting ? 0 : harvest_now_nA - this.profile.sleep_drain_nA;
  }

  /** The rest voltage without what current and resistance make of it. */
  compensated_mV(reading: Reading, soc: number): number {
    const ohmic_mV_nA = this.resistance_mV_nA(soc, reading.temperature_degC);
    return reading.voltage_mV - this.rest_nA(reading) * ohmic_mV_nA;
  }

  /** SOC of the first reading. */
  first(reading: Reading): number {
    const { temperature_degC, voltage_mV } = reading;
    const rough = this.soc(voltage_mV, temperature_degC);
    return this.soc(this.compensated_mV(reading, rough), temperature_degC);
  }

  /** Booked change of SOC over an interval: harvest less sleep and events. */
  moved(reading: Reading, dt_s: number): number {
    const { sleep_drain_nA, event_drain_pC } = this.profile;
    const event_nC = event_drain_pC[0]! / 1000;
    const in_nC = (reading.harvest_mean_nA - sleep_drain_nA) * dt_s;
    return (in_nC - reading.events * event_nC) / this.capacity_nC;
  }

  #rowOf(soc: number): number {
    const nodes = this.profile.tables.soc;
    let i = 0;
    while (i < nodes.length - 2 && nodes[i + 1]! <= soc) i++;
    return i;
  }

  #between(values: readonly number[], i: number, t: number): number {
    return values[i]! + t * (values[i + 1]! - values[i]!);
  }
}
