// A cheap cell with a charger for runs in great numbers: an OCV curve, a resistance, one diffusion
// mode, hysteresis, a leak. Written from the equations on its own, in double precision.

import { hermite } from "./plant.js";

/** Nodes of an OCV curve. */
export interface Curve {
  soc: number[];
  ocv_mV: number[];
}

/** LCO against lithium: steep ends, a flat of 1 mV per percent from 0.2 to 0.4. */
export const LAYERED: Curve = {
  soc: [0, 0.03, 0.08, 0.15, 0.25, 0.4, 0.55, 0.7, 0.85, 1],
  ocv_mV: [3200, 3600, 3800, 3868, 3888, 3904, 3945, 4005, 4085, 4180],
};
/** LFP against lithium: two flats, steps at 0.3 and 0.7, knees at the ends. */
export const FLAT: Curve = {
  soc: [0, 0.03, 0.08, 0.15, 0.27, 0.33, 0.65, 0.71, 0.95, 0.98, 1],
  ocv_mV: [2800, 3180, 3270, 3300, 3308, 3325, 3332, 3345, 3352, 3400, 3560],
};

const [LOW, HIGH, ROWS] = [-0.05, 1.06, 2220];
const PER_SOC = ROWS / (HIGH - LOW);
const PC_PER_NAH = 3.6e6;
const POLE = 10;
const WEIGHT = 0.3;
const GAIN = 0.7;
/** The profile of a node with this cell has these. */
export const DIFFUSION = {
  diffusion_pole: [POLE, 1],
  diffusion_weight: [WEIGHT, 0],
  diffusion_gain: GAIN,
};
const STEPS_MAX = 24;
const STEP_S = 60;
/** 1 / (change of SOC within which hysteresis turns round). */
const TURN = 30;

const tables = new Map<Curve, Float64Array>();

/** The curve in fine steps. */
function tableOf(curve: Curve): Float64Array {
  let table = tables.get(curve);
  if (table === undefined) {
    table = Float64Array.from({ length: ROWS + 1 }, (_, row) =>
      hermite(curve.soc, curve.ocv_mV, LOW + row / PER_SOC),
    );
    tables.set(curve, table);
  }
  return table;
}

export interface CellValues {
  curve: Curve;
  capacity_nAh: number;
  resistance_ohm: number;
  activation_K: number;
  tau_s: number;
  leak_nA: number;
  hysteresis_mV: number;
  /** What the charger really holds. */
  set_mV: number;
  soc: number;
}

export class ModelCell {
  soc: number;
  temperature_degC = 25;
  /** What the charger took of the last offer, mean over the interval. */
  taken_nA = 0;
  /** The charger held its voltage at the end of the interval. */
  held = false;
  readonly #table: Float64Array;
  readonly #soc_per_nA_s: number;
  #lead = 0;
  #side = 0;

  constructor(readonly values: CellValues) {
    this.soc = values.soc;
    this.#table = tableOf(values.curve);
    this.#soc_per_nA_s = 1000 / (values.capacity_nAh * PC_PER_NAH);
  }

  /** OCV at any SOC; straight beyond the table. */
  ocv_mV(soc: number): number {
    const place = (soc - LOW) * PER_SOC;
    const row = Math.max(0, Math.min(ROWS - 1, Math.floor(place)));
    const left = this.#table[row]!;
    return left + (place - row) * (this.#table[row + 1]! - left);
  }

  /** What the terminals show without current. */
  get emf_mV(): number {
    const surface = this.soc + GAIN * this.#lead;
    return this.ocv_mV(surface) + this.values.hysteresis_mV * this.#side;
  }

  get resistance_mV_nA(): number {
    const per_K = 1 / (this.temperature_degC + 273.15) - 1 / 298.15;
    return this.values.resistance_ohm * 1e-6 * Math.exp(this.values.activation_K * per_K);
  }

  /** Current that is taken of an offer while the load draws; the charger's voltage is a bound. */
  taken(offer_nA: number, load_nA: number, dt_s: number): number {
    if (offer_nA <= 0) return 0;
    const emf_mV = this.emf_mV;
    const surface = this.soc + GAIN * this.#lead;
    const slope_mV = (this.ocv_mV(surface + 0.005) - this.ocv_mV(surface - 0.005)) / 0.01;
    // implicit in SOC, so that no step is too long
    const stiff = this.resistance_mV_nA + slope_mV * this.#soc_per_nA_s * dt_s;
    const most_nA = (this.values.set_mV - emf_mV) / stiff + load_nA;
    return Math.min(offer_nA, Math.max(0, most_nA));
  }

  /** An interval of a steady offer and a steady load. An empty cell gives nothing more. */
  advance(offer_nA: number, load_nA: number, dt_s: number): void {
    const { leak_nA, tau_s } = this.values;
    const steps = Math.min(STEPS_MAX, Math.ceil(dt_s / STEP_S));
    const step_s = dt_s / steps;
    const left = Math.exp((-POLE * step_s) / tau_s);
    let sum_nA = 0;
    for (let i = 0; i < steps; i++) {
      const taken_nA = this.taken(offer_nA, load_nA, step_s);
      sum_nA += taken_nA;
      this.held = taken_nA < offer_nA;
      const rate = (taken_nA - load_nA - leak_nA) * this.#soc_per_nA_s;
      const change = Math.max(rate * step_s, -this.soc);
      this.soc += change;
      this.#lead = left * this.#lead + WEIGHT * (1 - left) * tau_s * (change / step_s);
      const turned = 1 - Math.exp(-TURN * Math.abs(change));
      this.#side += (Math.sign(change) - this.#side) * turned;
    }
    this.taken_nA = sum_nA / steps;
  }

  /** SOC that rests at the charger's voltage. */
  full(): number {
    let [low, high] = [0, HIGH];
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2;
      if (this.ocv_mV(middle) < this.values.set_mV) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  }
}
