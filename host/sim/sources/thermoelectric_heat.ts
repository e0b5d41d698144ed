// A thermoelectric module whose current carries heat: its curve with both sides' balances solved.
//
// The hot side obeys a Th + b Qh = c: between bodies a = 1, b = Rhot, c = the warm body's
// temperature; under a steady flow a = 0, b = 1, c = that flow. For the cold side
// Tc = T0 + Rcold Qc. With the equations of thermoelectric.ts both are linear in dT = Th - Tc and
// Tc once the current I is given, J = R I^2 / 2:
//
//   (a + b (K + S I)) dT + (a + b S I) Tc = c + b J
//   -Rcold K dT + (1 - Rcold S I) Tc = T0 + Rcold J
//
// so that V(I) = S dT - I R is a quotient of polynomials. It falls from open to short circuit, and
// power has one top: so found for modules of Z T 0.01 to 2 with a hot side of up to 300 K above the
// cold body. Far beyond that, Joule heat would bend it otherwise.
//
// Under a steady flow into a cold side held at Tc, small dT and no Joule heat give a line,
//   V = S Q / K - I (R + S^2 Tc / K) = Voc - I R (1 + Z Tc),
// whose best load is R (1 + Z Tc), still at half of the *settled* Voc. But a converter that opens
// the circuit for a moment sees S dT of the loaded module, of which the best voltage is
// (1 + Z Tc) / (2 + Z Tc), above one half.

import { crossing } from "./crossing.js";
import { type CurvePoint } from "./curve_point.js";
import { type Curve } from "./source.js";

export interface ModuleHeat {
  seebeck_V_K: number;
  internal_ohm: number;
  conductance_W_K: number;
  /** The body at the cold side, kelvin, and the thermal resistance to it. */
  cold_K: number;
  cold_K_W: number;
  /** a, b and c of the hot side. */
  hot: { kelvin_share: number; heat_share: number; sum: number };
}

/** A settled state of the module. */
export interface ModuleState extends CurvePoint {
  hot_K: number;
  cold_K: number;
  /** Open-circuit voltage in the first moment after the load is taken off: S dT. */
  sampled_V: number;
}

/** More than twice Voc / R does not occur at temperatures that a module survives. */
const DOUBLINGS_MAX = 10;

export class HeatedModule implements Curve {
  readonly #of: ModuleHeat;
  readonly #short_A: number;

  constructor(of: ModuleHeat) {
    this.#of = of;
    this.#short_A = this.#shortCircuit();
  }

  /** Settled, without load; below 0 when the heat flows the wrong way. */
  get open_V(): number {
    return this.stateAt(0).voltage_V;
  }

  /** Settled at short circuit; 0 for a module that gives nothing. */
  get short_A(): number {
    return this.#short_A;
  }

  /** The settled state at a current between 0 and short circuit. */
  stateAt(current_A: number): ModuleState {
    const { seebeck_V_K, internal_ohm } = this.#of;
    const { own_K, cold_K } = this.#sides(current_A);
    const sampled_V = seebeck_V_K * own_K;
    const hot_K = cold_K + own_K;
    const voltage_V = sampled_V - current_A * internal_ohm;
    return { voltage_V, current_A, power_W: voltage_V * current_A, hot_K, cold_K, sampled_V };
  }

  /** Current at a terminal voltage, A, held between open and short circuit. */
  currentAt(voltage_V: number): number {
    return crossing(0, this.#short_A, (current) => this.stateAt(current).voltage_V - voltage_V);
  }

  /**
   * Where a converter settles that holds `ratio` of what it samples: S dT of the loaded module,
   * V(I) = ratio S dT(I).
   */
  heldAt(ratio: number): number {
    const current_A = crossing(0, this.#short_A, (current) => {
      const { voltage_V, sampled_V } = this.stateAt(current);
      return voltage_V - ratio * sampled_V;
    });
    return this.stateAt(current_A).voltage_V;
  }

  /** The maximum power point of the settled module; no power for one that gives nothing. */
  maximum(): ModuleState {
    return this.stateAt(crossing(0, this.#short_A, (current) => this.#powerSlope(current)));
  }

  /**
   * Cramer's rule, in an order in which no small difference of two temperatures is taken but that
   * of the bodies; and the derivative of the module's difference by the current.
   */
  #sides(current_A: number) {
    const { seebeck_V_K, internal_ohm, conductance_W_K, cold_K, cold_K_W, hot } = this.#of;
    const { kelvin_share: a, heat_share: b, sum: c } = hot;
    const joule_W = (internal_ohm * current_A * current_A) / 2;
    const joule_V = internal_ohm * current_A;
    const peltier_W_K = seebeck_V_K * current_A;
    const flux = a + b * (conductance_W_K + peltier_W_K);
    const through = cold_K_W * conductance_W_K;
    const rest = 1 - cold_K_W * peltier_W_K;
    const determinant = flux * rest + through * (a + b * peltier_W_K);
    const determinant_A = seebeck_V_K * (b * rest - cold_K_W * flux + through * b);
    const carried = cold_K_W * (c + b * joule_W) + b * (cold_K + cold_K_W * joule_W);
    const uneven = b - a * cold_K_W;
    const own_K = (c - a * cold_K + joule_W * uneven - peltier_W_K * carried) / determinant;
    const change =
      joule_V * uneven - seebeck_V_K * carried - 2 * peltier_W_K * b * cold_K_W * joule_V;
    const sum = flux * (cold_K + cold_K_W * joule_W) + through * (c + b * joule_W);
    return {
      own_K,
      cold_K: sum / determinant,
      slope_K_A: (change - own_K * determinant_A) / determinant,
    };
  }

  /** dV/dI = S d(dT)/dI - R, ohm; negative. */
  #slope(current_A: number): number {
    const { seebeck_V_K, internal_ohm } = this.#of;
    return seebeck_V_K * this.#sides(current_A).slope_K_A - internal_ohm;
  }

  /** d(V I)/dI, V. */
  #powerSlope(current_A: number): number {
    return this.stateAt(current_A).voltage_V + current_A * this.#slope(current_A);
  }

  /** The current at which the voltage has fallen to 0. */
  #shortCircuit(): number {
    const { open_V } = this;
    if (!(open_V > 0)) return 0;
    const voltage_V = (current_A: number) => this.stateAt(current_A).voltage_V;
    // carried heat makes the true one smaller, if Joule heat does not make it a little larger
    let high_A = open_V / this.#of.internal_ohm;
    for (let i = 0; i < DOUBLINGS_MAX && voltage_V(high_A) > 0; i++) high_A *= 2;
    return crossing(0, high_A, voltage_V);
  }
}
