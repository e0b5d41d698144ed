// Internal resistance of the pack: R(soc, T) = R25 f(soc) exp(Ea/k (1/T - 1/298.15 K)) nS / mP.
//
// LiPON is thermally activated (Ea 0.53..0.55 eV): x7 at 0 degC, x45 at -20 degC; it dominates the
// resistance of the cell (Raijmakers et al., Electrochim. Acta 330 (2020) 135147).

import { resistance_25_mV_nA } from "../derived";
import { exp } from "../math/exp";
import { real } from "../math/real";
import { profile } from "../profile";

const KELVIN: real = 273.15;
/** 1 / 298.15 K. */
const PER_KELVIN_25: real = 0.0033540164346805303;
/** No cell is that cold: a temperature that never equals one. */
const NEVER_DEGC: real = -1000;

// The temperature asked for last: within a wake it is asked for several times.
let last_degC: real = 0;
let at_last_mV_nA: real = 0;

/** The profile is another now. */
export function forget_resistance(): void {
  last_degC = NEVER_DEGC;
}

/** Pack resistance in mV per nA (1 ohm is 1e-6 mV/nA), before the learned scale. */
export function pack_resistance_mV_nA(factor: real, temperature_degC: real): real {
  if (temperature_degC != last_degC) {
    const per_K: real = 1 / (temperature_degC + KELVIN) - PER_KELVIN_25;
    at_last_mV_nA = resistance_25_mV_nA * exp(<real>profile.activation_K * per_K);
    last_degC = temperature_degC;
  }
  return at_last_mV_nA * factor;
}
