// Simple ageing: sites die with every equivalent full cycle and with time, resistance grows with
// what died. Heat and a high voltage speed both up.
//
//   -dQ = (cycle dEFC + calendar dt) exp(Ea/k (1/298.15 - 1/T)) (1 + stress max(0, V - V_stress))
//   R / R_fresh = 1 + growth (1 - Q)
//
// Fade per cycle and per year are the makers'; the only pair of (Q, R) that was found, an aged
// EnFilm of (0.60, 3.2), gives the growth. The laws over temperature and voltage are assumptions.

const BOLTZMANN_EV_K = 8.617333262e-5;
const KELVIN = 273.15;
const PER_KELVIN_25 = 1 / 298.15;
const YEAR_S = 31557600;
/** No cell gets smaller than this share of its fresh self. */
const ALIVE_MIN = 0.05;

/** Part of the `physics` block of boards/cells/*.json. */
export interface AgeingPhysics {
  /** Share of the capacity lost per equivalent full cycle, and per year. */
  per_cycle: number;
  per_year: number;
  activation_eV: number;
  stress_mV: number;
  stress_per_V: number;
  /** Rise of the relative resistance with the share of sites that died. */
  interface_growth: number;
}

export class Ageing {
  /** Shares of the fresh cell. */
  alive = 1;
  growth = 1;
  /** Equivalent full cycles: half of what flowed, over the capacity. */
  cycles = 0;

  constructor(readonly of: AgeingPhysics) {}

  /** Some time at a mean temperature and a highest voltage, with this many cycles. */
  pass(dt_s: number, cycles: number, temperature_degC: number, voltage_mV: number): void {
    const { of } = this;
    const hot_per_K = PER_KELVIN_25 - 1 / (temperature_degC + KELVIN);
    const heat = Math.exp((of.activation_eV / BOLTZMANN_EV_K) * hot_per_K);
    const stress = 1 + (of.stress_per_V * Math.max(0, voltage_mV - of.stress_mV)) / 1000;
    const lost = (of.per_cycle * cycles + (of.per_year * dt_s) / YEAR_S) * heat * stress;
    this.cycles += cycles;
    this.alive = Math.max(ALIVE_MIN, this.alive * (1 - lost));
    this.growth = 1 + of.interface_growth * (1 - this.alive);
  }
}
