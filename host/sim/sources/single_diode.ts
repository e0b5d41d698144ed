// One illuminated junction with its resistances, solved to double precision.
//
//   I = IL - I0 (exp(Vd / a) - 1) - G Vd,   Vd = V + I Rs,   a = n Ns k T / q
//
// The diode voltage Vd is the unknown (Bishop, Solar Cells 25 (1988) 73): in it every curve below
// falls and bends down, so that Newton's method, started right of the root, only comes nearer and
// cannot overshoot. Without reverse breakdown. Holds in the dark (IL = 0, G = 0) and beyond short
// circuit; finite arguments give no NaN.

import { type CurvePoint } from "./curve_point.js";
import { type Curve } from "./source.js";

/** Parameters of one curve. The generator's current counts positive. */
export interface DiodeParameters {
  /** IL. */
  photocurrent_A: number;
  /** ln(I0 / 1 A): I0 itself may be too small for a double. */
  saturation_ln: number;
  /** a, the voltage in which the diode's current rises e-fold. */
  swing_V: number;
  /** Rs. */
  series_ohm: number;
  /** G, the conductance across the junction. */
  shunt_S: number;
}

/** exp() stays finite. */
const EXPONENT_MAX = 700;
/** Quadratic convergence needs about 8; the walk out of a far reverse start some more. */
const STEPS_MAX = 100;

/** The root of a function that falls and bends down; `step` is its value over its slope. */
function descend(start: number, step: (x: number) => number): number {
  let x = start;
  for (let i = 0; i < STEPS_MAX; i++) {
    const next = x - step(x);
    // the start may lie left of the root by rounding; afterwards only rounding turns around, and
    // the step back from there is the more precise
    if (i > 0 && !(next < x)) return next;
    x = next;
  }
  return x;
}

export class SingleDiode implements Curve {
  readonly #of: DiodeParameters;
  readonly #saturation_A: number;

  constructor(of: DiodeParameters) {
    this.#of = of;
    this.#saturation_A = Math.exp(Math.min(of.saturation_ln, EXPONENT_MAX));
  }

  /** Current at a terminal voltage, A; negative above the open-circuit voltage. */
  currentAt(voltage_V: number): number {
    const { photocurrent_A, series_ohm } = this.#of;
    if (series_ohm === 0) return this.#current(voltage_V);
    // two bounds from above: no diode current at all; nothing but diode current
    const lossless_V = Math.max(0, voltage_V + photocurrent_A * series_ohm);
    const diode_V = this.#swallowing(voltage_V / series_ohm + photocurrent_A);
    const vd = descend(
      Math.min(lossless_V, diode_V),
      (x) =>
        (voltage_V - x + series_ohm * this.#current(x)) / (-1 - series_ohm * this.#conductance(x)),
    );
    return this.#current(vd);
  }

  /**
   * Terminal voltage at which this current flows, V. -Infinity where no voltage gives it: beyond
   * IL + I0 without a shunt.
   */
  voltageAt(current_A: number): number {
    return this.#junctionAt(current_A) - current_A * this.#of.series_ohm;
  }

  /** Differential resistance -dV/dI at a current, ohm; 0 where no voltage gives it. */
  resistanceAt(current_A: number): number {
    const conductance_S = this.#conductance(this.#junctionAt(current_A));
    return conductance_S > 0 ? 1 / conductance_S + this.#of.series_ohm : 0;
  }

  /** Open-circuit voltage, V. */
  get open_V(): number {
    return this.voltageAt(0);
  }

  /** The maximum power point; all zero in the dark. */
  maximum(): CurvePoint {
    const { series_ohm } = this.#of;
    let high = this.open_V;
    if (!(high > 0)) return { voltage_V: 0, current_A: 0, power_W: 0 };
    let low = 0;
    // near it for any curve: the voltage that the logarithm of the fill factor takes away
    let vd = high - this.#of.swing_V * Math.log1p(high / this.#of.swing_V);
    for (let i = 0; i < STEPS_MAX; i++) {
      const { value, slope } = this.#powerSlope(vd);
      if (value > 0) low = vd;
      else high = vd;
      const newton = vd - value / slope;
      const next = newton > low && newton < high ? newton : (low + high) / 2;
      if (Math.abs(next - vd) <= 1e-15 * next) break;
      vd = next;
    }
    const current_A = this.#current(vd);
    const voltage_V = vd - current_A * series_ohm;
    return { voltage_V, current_A, power_W: voltage_V * current_A };
  }

  /** Diode voltage at which this current is generated. */
  #junctionAt(current_A: number): number {
    const { shunt_S } = this.#of;
    const rest_A = this.#of.photocurrent_A - current_A;
    if (shunt_S === 0) {
      if (rest_A <= -this.#saturation_A) return -Infinity;
      return rest_A > 0 ? this.#swallowing(rest_A) : this.#reverse(rest_A);
    }
    const start = Math.min(Math.max(0, rest_A / shunt_S), this.#swallowing(rest_A));
    const slope = (x: number) => -this.#conductance(x);
    return descend(start, (x) => (this.#current(x) - current_A) / slope(x));
  }

  /** dP/dVd = I + I' (Vd - 2 I Rs), and its own slope. */
  #powerSlope(vd: number): { value: number; slope: number } {
    const { series_ohm, swing_V, shunt_S } = this.#of;
    const current = this.#current(vd);
    const first = -this.#conductance(vd);
    const second = (first + shunt_S) / swing_V;
    const lever = vd - 2 * current * series_ohm;
    const value = current + first * lever;
    return { value, slope: 2 * first + second * lever - 2 * first * first * series_ohm };
  }

  /** Generated current at a diode voltage. */
  #current(vd: number): number {
    return this.#of.photocurrent_A - this.#dark(vd) - this.#of.shunt_S * vd;
  }

  #dark(vd: number): number {
    const x = vd / this.#of.swing_V;
    if (x < 1) return this.#saturation_A * Math.expm1(x);
    return this.#raised(x) - this.#saturation_A;
  }

  /** -dI/dVd. */
  #conductance(vd: number): number {
    return this.#raised(vd / this.#of.swing_V) / this.#of.swing_V + this.#of.shunt_S;
  }

  /** I0 exp(x). */
  #raised(x: number): number {
    return Math.exp(Math.min(x + this.#of.saturation_ln, EXPONENT_MAX));
  }

  /** Diode voltage at which the diode alone takes a current; 0 for a negative one. */
  #swallowing(current_A: number): number {
    if (!(current_A > 0)) return 0;
    const ratio_ln = Math.log(current_A) - this.#of.saturation_ln;
    return this.#of.swing_V * (ratio_ln > 40 ? ratio_ln : Math.log1p(Math.exp(ratio_ln)));
  }

  #reverse(current_A: number): number {
    return current_A === 0 ? 0 : this.#of.swing_V * Math.log1p(current_A / this.#saturation_A);
  }
}
