// What current costs between the terminals and the cathode's surface:
//
//   j (R_electrolyte(T) + R_series) + eta_p + eta_n,   eta = (2RT/F) asinh(j / 2 i0)
//   R_electrolyte ~ exp(Ea/k (1/T - 1/T_ref)),  i0 ~ 1 over the same,  i0_p ~ sqrt(x (1 - x))
//
// LiPON and charge transfer are thermally activated, contacts are not. The interfaces' time
// constants are microseconds: they follow at once (Raijmakers et al., Electrochim. Acta 330 (2020)
// 135147).

const F_C_MOL = 96485.33212;
const GAS_J_MOL_K = 8.314462618;
const BOLTZMANN_EV_K = 8.617333262e-5;
const KELVIN = 273.15;
/** 1 ohm is 1e-6 mV/nA; 1 nA is 1e-6 mA. */
const MICRO = 1e-6;

export interface Interfaces {
  area_cm2: number;
  electrolyte_ohm_cm2: number;
  series_ohm_cm2: number;
  anode_exchange_mA_cm2: number;
  /** Times sqrt(x (1 - x)). */
  cathode_exchange_mA_cm2: number;
  activation_eV: number;
  reference_degC: number;
}

/** asinh(y): by its series where |y| is small, as it is for most of a node's life. */
function asinh(y: number): number {
  if (y > 0.3) return Math.log(y + Math.sqrt(y * y + 1));
  if (y < -0.3) return -Math.log(Math.sqrt(y * y + 1) - y);
  const s = y * y;
  return y * (1 + s * (-1 / 6 + s * (3 / 40 + s * (-15 / 336 + s * (105 / 3456)))));
}

export class Overvoltage {
  /** Electrolyte and contacts, mV/nA. */
  ohmic_mV_nA = 0;
  readonly #of: Interfaces;
  #thermal_mV = 0;
  /** Half the inverse exchange currents, 1/nA. */
  #anode = 0;
  #cathode = 0;

  constructor(of: Interfaces) {
    this.#of = of;
    this.set(of.reference_degC, 1);
  }

  /** `growth` is the resistance over that of the fresh cell. */
  set(temperature_degC: number, growth: number): void {
    const of = this.#of;
    const kelvin = temperature_degC + KELVIN;
    const cold_per_K = 1 / kelvin - 1 / (of.reference_degC + KELVIN);
    const per_cm2 = (MICRO * growth) / of.area_cm2;
    const slower = Math.exp((of.activation_eV / BOLTZMANN_EV_K) * cold_per_K) * per_cm2;
    this.ohmic_mV_nA = of.electrolyte_ohm_cm2 * slower + of.series_ohm_cm2 * per_cm2;
    this.#thermal_mV = (2000 * GAS_J_MOL_K * kelvin) / F_C_MOL;
    this.#anode = slower / (2 * of.anode_exchange_mA_cm2);
    this.#cathode = slower / (2 * of.cathode_exchange_mA_cm2);
  }

  /** Charge transfer at both interfaces, mV; `surface` is lithium in the cathode there. */
  kinetic_mV(current_nA: number, surface: number): number {
    const x = surface < 0.001 ? 0.001 : surface > 0.999 ? 0.999 : surface;
    const cathode = (this.#cathode * current_nA) / Math.sqrt(x * (1 - x));
    return this.#thermal_mV * (asinh(cathode) + asinh(this.#anode * current_nA));
  }
}
