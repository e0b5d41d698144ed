// Internal resistance of the pack: R(soc, T) = R25 f(soc) exp(Ea/k (1/T - 1/298.15 K)) nS / mP.
//
// LiPON is thermally activated (Ea 0.53..0.55 eV): x7 at 0 degC, x45 at -20 degC; it dominates the
// resistance of the cell (Raijmakers et al., Electrochim. Acta 330 (2020) 135147).

import { exp } from "../math/exp";
import { real } from "../math/real";
import { profile } from "../profile";

const KELVIN: real = 273.15;
/** 1 / 298.15 K. */
const PER_KELVIN_25: real = 0.0033540164346805303;

/** Pack resistance in mV per nA (1 ohm is 1e-6 mV/nA), before the learned scale. */
export function pack_resistance_mV_nA(factor: real, temperature_degC: real): real {
  const node = profile;
  const arrhenius = exp(
    <real>node.activation_K * (1 / (temperature_degC + KELVIN) - PER_KELVIN_25),
  );
  return <real>node.resistance_ohm * <real>1e-6 * factor * arrhenius * series_per_parallel();
}

/** nS / mP as a real number. */
@inline
function series_per_parallel(): real {
  const node = profile;
  return <real>node.series / <real>node.parallel;
}
