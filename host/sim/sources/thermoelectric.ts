// A thermoelectric module: a voltage from a temperature difference, which its own current changes.
//
// With S the module's Seebeck coefficient, R its resistance, K = 1 / Rth its heat conductance, Th
// and Tc its two sides (kelvin) and dT = Th - Tc:
//
//   V = S dT - I R
//   Qh = K dT + S Th I - R I^2 / 2         into the hot side: conduction, Peltier, half of Joule
//   Qc = K dT + S Tc I + R I^2 / 2         out of the cold side;  Qh - Qc = V I
//
// Numbers of one couple times their count make the module; with legs of length l and section A
//   S = N (alpha_p - alpha_n),   R = 2 N rho l / A,   K = 2 N kappa A / l
// (the usual textbook equations; S, R and K do not depend on temperature here, Thomson heat is left
// out, every temperature is a settled one).
//
// Between two bodies, with the heat of the current neglected, dT is what the series of thermal
// resistances leaves, and V / Voc = 1/2 is best. A steady heat flow is another matter (Montecucco,
// Siviter, Knox, Applied Energy 149 (2015) 248): current carries heat, so dT falls with it. See
// thermoelectric_heat.ts.

import { LinearSource } from "./linear_source.js";
import { type Axis, type Drives, type Source } from "./source.js";
import { HeatedModule } from "./thermoelectric_heat.js";

/** The `physics` block of boards/harvesters/*.json of that kind: the whole module. */
export interface ThermoelectricPhysics {
  kind: "thermoelectric";
  /** S, open-circuit voltage over the difference across the module itself. */
  seebeck_mV_K: number;
  /** R. */
  internal_ohm: number;
  /** 1 / K, without current. */
  module_K_W: number;
  /** From the warm body, and to the cold one. */
  hot_K_W: number;
  cold_K_W: number;
}

/** One couple of two alike legs. */
export interface Couple {
  /** alpha_p - alpha_n. */
  seebeck_uV_K: number;
  resistivity_uohm_m: number;
  conductivity_W_m_K: number;
  leg_mm: number;
  leg_mm2: number;
}

/** The module that `count` couples make, electrically in series, thermally side by side. */
export function moduleOf(
  count: number,
  couple: Couple,
): Pick<ThermoelectricPhysics, "seebeck_mV_K" | "internal_ohm" | "module_K_W"> {
  const { seebeck_uV_K, resistivity_uohm_m, conductivity_W_m_K, leg_mm, leg_mm2 } = couple;
  const per_m = leg_mm / leg_mm2 / 1e-3;
  return {
    seebeck_mV_K: count * seebeck_uV_K * 1e-3,
    internal_ohm: 2 * count * resistivity_uohm_m * 1e-6 * per_m,
    module_K_W: per_m / (2 * count * conductivity_W_m_K),
  };
}

/** Where a module's heat comes from and goes to. */
export type Heat =
  | { between: { warm_degC: number; cold_degC: number } }
  | { flow: { heat_W: number; cold_degC: number } };

const KELVIN = 273.15;

/** The differences of a table reach from 1 mK to 262 K. */
const AXIS: Axis = { drive: "difference_K", per_unit: 1000, kinks: [] };

export class Thermoelectric implements Source {
  readonly kind = "thermoelectric";
  readonly axis = AXIS;
  readonly #of: ThermoelectricPhysics;

  /** Throws RangeError. */
  constructor(of: ThermoelectricPhysics) {
    const { seebeck_mV_K, internal_ohm, module_K_W, hot_K_W, cold_K_W } = of;
    if (!(seebeck_mV_K > 0 && internal_ohm > 0 && module_K_W > 0)) {
      const given = `${seebeck_mV_K} mV/K, ${internal_ohm} ohm, ${module_K_W} K/W`;
      throw new RangeError(`a thermoelectric module of ${given}; all must be > 0`);
    }
    if (!(hot_K_W >= 0 && cold_K_W >= 0)) {
      throw new RangeError(`thermal contacts of ${hot_K_W} and ${cold_K_W} K/W; must be >= 0`);
    }
    this.#of = of;
  }

  /** Between the air around the node and a body that is `difference_K` warmer, all heat booked. */
  curveAt({ difference_K, temperature_degC }: Drives): HeatedModule {
    const warm_degC = temperature_degC + Math.max(difference_K, 0);
    return this.heated({ between: { warm_degC, cold_degC: temperature_degC } });
  }

  /**
   * The module between bodies `difference_K` apart, the heat that its current carries neglected:
   * dT = difference Rth / (Rth + Rhot + Rcold). Its power is too high by about Z T times the
   * contacts' share of all thermal resistance; `heated` books it. A negative difference gives a
   * source that gives nothing: chargers have one polarity.
   */
  between(difference_K: number): LinearSource {
    const { seebeck_mV_K, internal_ohm, module_K_W, hot_K_W, cold_K_W } = this.#of;
    const own_K = (difference_K * module_K_W) / (module_K_W + hot_K_W + cold_K_W);
    return new LinearSource(1e-3 * seebeck_mV_K * own_K, internal_ohm, false);
  }

  /** The module with all heat booked: between two bodies, or under a steady flow of heat. */
  heated(heat: Heat): HeatedModule {
    const { seebeck_mV_K, internal_ohm, module_K_W, hot_K_W, cold_K_W } = this.#of;
    const flows = "flow" in heat;
    const cold_degC = flows ? heat.flow.cold_degC : heat.between.cold_degC;
    return new HeatedModule({
      seebeck_V_K: 1e-3 * seebeck_mV_K,
      internal_ohm,
      conductance_W_K: 1 / module_K_W,
      cold_K: cold_degC + KELVIN,
      cold_K_W,
      hot: flows
        ? { kelvin_share: 0, heat_share: 1, sum: heat.flow.heat_W }
        : { kelvin_share: 1, heat_share: hot_K_W, sum: heat.between.warm_degC + KELVIN },
    });
  }

  /** The figure of merit Z T = S^2 T / (K R) at a temperature. */
  figure(temperature_degC: number): number {
    const { seebeck_mV_K, internal_ohm, module_K_W } = this.#of;
    const kelvin = temperature_degC + KELVIN;
    return ((1e-3 * seebeck_mV_K) ** 2 * kelvin * module_K_W) / internal_ohm;
  }
}
