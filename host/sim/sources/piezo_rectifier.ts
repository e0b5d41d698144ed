// What rectifiers make of a piezo of constant displacement: a current source i = Cp w Voc sin(w t)
// with Cp across it. In half a period it moves 2 Cp Voc; what turns Cp's voltage around is lost.
//
//   full bridge  I = 4 Cp f (Voc - V - u) - 2 Is                            best at about Voc / 2
//   P-SSHI       I = 4 Cp f Voc - 2 Cp f (V + u + a ln 2) (1 - eta) - 2 Is   at Voc / (1 - eta)
//   SECE         P = 4 Cp f Voc^2, whatever the load's voltage: Cp is emptied at each peak of 2 Voc
//
// all three from the charge, or energy, of half a period. eta is the share of its voltage with
// which Cp comes back inverted from P-SSHI's coil. What SECE loses is the converter's.
//
// u is what the two diodes in the way keep. They conduct until the source's current passes zero,
// i = -Cp w^2 Voc t there, so with a = 2 n kT/q for both and Is exp(u / a) through them
//
//   Cp u' = -Cp w^2 Voc t - Is exp(u / a)
//
// which exp(-u / a) makes linear. The bridge's charge in the tail after t = 0 counts against the
// next half period, which leaves u(t) + w^2 Voc t^2 / 2 for t to infinity:
//
//   u = a ln((Cp w / Is) sqrt(a Voc / (2 pi)))
//
// P-SSHI's coil cuts the tail off: u(0) = u + a ln 2. Blocking diodes leak 2 Is in all from the
// rail. Valid while conduction lasts longer than sqrt(a / Voc) / w, so not in the last tenths of a
// volt below Voc - u, where a little more flows.

import { LinearSource } from "./linear_source.js";
import { THERMAL_V_K } from "./photovoltaic.js";
import { type Peaks } from "./source.js";

/** I = Is (exp(V / (n kT/q)) - 1). */
export interface Diode {
  saturation_nA: number;
  ideality: number;
}

/** 27 degC, at which SPICE states its diodes. */
const DIODE_K = 300.15;

const isPositive = (value: number) => value > 0 && value < Infinity;

export class PiezoRectifier {
  /** Amplitude of the unloaded electrodes' voltage. */
  readonly open_V: number;
  /** 2 Cp f: what turns a volt of Cp around, per second. */
  readonly #turned_S: number;
  /** a. */
  readonly #pair_V: number;
  readonly #saturation_A: number;

  /** Throws RangeError. */
  constructor(open_V: number, frequency_Hz: number, capacitance_F: number, diode: Diode) {
    const { saturation_nA, ideality } = diode;
    if (!(
      open_V >= 0 && [frequency_Hz, capacitance_F, saturation_nA, ideality].every(isPositive)
    )) {
      const given = `${open_V} V, ${frequency_Hz} Hz, ${capacitance_F} F, ${saturation_nA} nA`;
      throw new RangeError(`a rectifier behind ${given}, n ${ideality}; all must be > 0`);
    }
    this.open_V = open_V;
    this.#turned_S = 2 * capacitance_F * frequency_Hz;
    this.#pair_V = 2 * ideality * THERMAL_V_K * DIODE_K;
    this.#saturation_A = 1e-9 * saturation_nA;
  }

  /** u: what both diodes keep of each half wave. */
  get drop_V(): number {
    const end_A = this.#turned_S * Math.sqrt((Math.PI * this.#pair_V * this.open_V) / 2);
    return this.#pair_V * Math.log(Math.max(1, end_A / this.#saturation_A));
  }

  /** The full bridge into a steady voltage; a converter may extract the charge instead. */
  bridge(): LinearSource {
    return this.#into(2 * this.#turned_S, this.drop_V, this.peaks);
  }

  /** For synchronous electric charge extraction: from 0 half a period brings Cp to 2 Voc. */
  get peaks(): Peaks {
    return { peak_V: 2 * this.open_V, emptied_S: this.#turned_S };
  }

  /** P-SSHI into a steady voltage; `flip` is eta, 0 to below 1. Throws RangeError. */
  parallelSwitch(flip: number): LinearSource {
    if (!(flip >= 0 && flip < 1)) {
      throw new RangeError(`a coil that gives back ${flip} of the voltage; must be 0 to below 1`);
    }
    return this.#into(this.#turned_S * (1 - flip), this.drop_V + this.#pair_V * Math.LN2);
  }

  /** The straight line of a rectifier whose current falls by `slope_S` a volt. */
  #into(slope_S: number, drop_V: number, peaks?: Peaks): LinearSource {
    const most_A = 2 * this.#turned_S * this.open_V - 2 * this.#saturation_A;
    return new LinearSource(most_A / slope_S - drop_V, 1 / slope_S, true, peaks);
  }
}
