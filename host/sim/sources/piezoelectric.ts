// A piezoelectric harvester on a shaken base: a mass on a spring that squeezes a capacitor.
//
//   m x'' + c x' + k x + Theta v = -m a,   Theta x' = Cp v' + i
//
// Under a = A cos(2 pi f t), settled and without load (i = 0: v = Theta x / Cp, a stiffer spring):
//
//   X = m A / |k + Theta^2 / Cp - m w^2 + j w c|,   Voc = Theta X / Cp
//
// What rectifiers draw (piezo_rectifier.ts) is taken to leave X as it is: weak coupling, which
// holds while Theta^2 Q / (k Cp), here `coupling_ratio`, is well below 1, and away from resonance.
// With strong coupling, all of them promise too much.

import { type LinearSource } from "./linear_source.js";
import { PiezoRectifier, type Diode } from "./piezo_rectifier.js";
import { type Drives, type Source } from "./source.js";

/** The `physics` block of boards/harvesters/*.json of that kind. */
export interface PiezoelectricPhysics {
  kind: "piezoelectric";
  /** m, the effective mass. */
  mass_g: number;
  /** sqrt(k / m) / 2 pi, with short-circuited electrodes. */
  resonance_Hz: number;
  /** Q = sqrt(k m) / c. */
  quality: number;
  /** Theta, the force of a volt. */
  coupling_mN_V: number;
  /** Cp, clamped. */
  capacitance_nF: number;
  /** Each of the rectifier's. */
  diode: Diode;
  /** eta of a P-SSHI coil before the bridge, its losses among it; absent: the bridge alone. */
  flip?: number | undefined;
}

/** The settled answer to one frequency. */
export interface Vibration {
  amplitude_m: number;
  open_V: number;
}

export class Piezoelectric implements Source {
  readonly kind = "piezoelectric";
  readonly #of: PiezoelectricPhysics;

  /** Throws RangeError. */
  constructor(of: PiezoelectricPhysics) {
    const { mass_g, resonance_Hz, quality, coupling_mN_V, capacitance_nF } = of;
    if (![mass_g, resonance_Hz, quality, coupling_mN_V, capacitance_nF].every((x) => x > 0)) {
      const given = `${mass_g} g, ${resonance_Hz} Hz, Q ${quality}, ${coupling_mN_V} mN/V`;
      throw new RangeError(`a piezo of ${given}, ${capacitance_nF} nF; all must be > 0`);
    }
    this.#of = of;
  }

  /** Theta^2 Q / (k Cp). */
  get coupling_ratio(): number {
    const { coupling_mN_V, quality, capacitance_nF } = this.#of;
    return ((1e-3 * coupling_mN_V) ** 2 * quality) / (this.#spring_N_m * 1e-9 * capacitance_nF);
  }

  get #spring_N_m(): number {
    return 1e-3 * this.#of.mass_g * (2 * Math.PI * this.#of.resonance_Hz) ** 2;
  }

  /** Behind its rectifier; one that stands still gives nothing. */
  curveAt({ acceleration_m_s2, frequency_Hz }: Drives): LinearSource {
    const shaken = acceleration_m_s2 > 0 && frequency_Hz > 0;
    const rectifier = shaken
      ? this.rectified(acceleration_m_s2, frequency_Hz)
      : this.rectified(0, this.#of.resonance_Hz);
    const { flip } = this.#of;
    return flip === undefined ? rectifier.bridge() : rectifier.parallelSwitch(flip);
  }

  /** The settled vibration without load, under a sine of this amplitude and frequency. */
  shakenBy(acceleration_m_s2: number, frequency_Hz: number): Vibration {
    const { mass_g, resonance_Hz, quality, coupling_mN_V, capacitance_nF } = this.#of;
    const mass_kg = 1e-3 * mass_g;
    const per_s = 2 * Math.PI * frequency_Hz;
    const damping_N_s_m = (mass_kg * 2 * Math.PI * resonance_Hz) / quality;
    const coupling_N_V = 1e-3 * coupling_mN_V;
    const lift_V_m = coupling_N_V / (1e-9 * capacitance_nF);
    const elastic_N_m = this.#spring_N_m + coupling_N_V * lift_V_m - mass_kg * per_s * per_s;
    const impedance_N_m = Math.hypot(elastic_N_m, per_s * damping_N_s_m);
    const amplitude_m = (mass_kg * acceleration_m_s2) / impedance_N_m;
    return { amplitude_m, open_V: lift_V_m * amplitude_m };
  }

  /** What stands behind the electrodes of the shaken device, for a rectifier. */
  rectified(acceleration_m_s2: number, frequency_Hz: number): PiezoRectifier {
    const { open_V } = this.shakenBy(acceleration_m_s2, frequency_Hz);
    const { capacitance_nF, diode } = this.#of;
    return new PiezoRectifier(open_V, frequency_Hz, 1e-9 * capacitance_nF, diode);
  }
}
