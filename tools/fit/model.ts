// The core's equations for one cell (docs/MODELS.md), run over a recorded log:
//
//   s_n <- a_n s_n + w_n (1 - a_n) tau dz/dt,   a_n = exp(-p_n dt / tau)
//   V = OCV(z_s, T) + i R25 f(z_s) exp(Ea/k (1/T - 1/298.15 K))
//   z_s = z + g (s_1 + s_2)
//
// OCV(z, T) is one table and dU/dT (T - T_table), or several tables blended.

import { between, OcvSurface } from "./curve.js";
import { type Track } from "./soc_axis.js";

/** One OCV table of a profile, over the nodes of all. */
export interface OcvTable {
  temperature_degC: number;
  ocv_mV: number[];
}

/** What of a profile the terminal voltage depends on. */
export interface CellModel {
  soc: number[];
  ocv_mV: number[];
  table_degC: number;
  /** Where there are several, rising in temperature: then `ocv_mV` is that of `table_degC`. */
  ocv_tables?: readonly OcvTable[];
  tau_s: number[];
  resistance_factor: number[];
  dudt_mV_K: number[];
  resistance_ohm: number;
  activation_K: number;
  diffusion_gain: number;
}

/** Third-order Pade form of planar diffusion: poles, and residues over poles. */
export const POLES = [9.941217, 95.058783] as const;
export const WEIGHTS = [0.20778666, 0.12554708] as const;

const KELVIN = 273.15;
const PER_KELVIN_25 = 1 / 298.15;

/** Resistance over that at 25 degC. */
export const arrhenius = (activation_K: number, temperature_degC: number): number =>
  Math.exp(activation_K * (1 / (temperature_degC + KELVIN) - PER_KELVIN_25));

/** What the model says of each row: terminal voltage, and SOC at the surface. */
export interface Prediction {
  voltage_mV: Float64Array;
  surface: Float64Array;
}

/** Runs the model from rest at the track's first row; rows before it stay 0. */
export function predict(model: CellModel, track: Track): Prediction {
  const { log, soc, first } = track;
  const ocv = new OcvSurface(model);
  const voltage_mV = new Float64Array(soc.length);
  const surface = new Float64Array(soc.length);
  const gain = model.diffusion_gain;
  let s1 = 0;
  let s2 = 0;
  for (let row = first; row < soc.length; row++) {
    const z = soc[row]!;
    if (row > first) {
      const dt_s = log.t_s[row]! - log.t_s[row - 1]!;
      const tau_s = between(model.soc, model.tau_s, z);
      const drive = ((z - soc[row - 1]!) * tau_s) / dt_s;
      const a1 = Math.exp((-POLES[0] * dt_s) / tau_s);
      const a2 = Math.exp((-POLES[1] * dt_s) / tau_s);
      s1 = a1 * s1 + WEIGHTS[0] * (1 - a1) * drive;
      s2 = a2 * s2 + WEIGHTS[1] * (1 - a2) * drive;
    }
    const at = z + gain * (s1 + s2);
    const degC = log.temperature_degC[row]!;
    const ohm =
      model.resistance_ohm *
      between(model.soc, model.resistance_factor, at) *
      arrhenius(model.activation_K, degC);
    surface[row] = at;
    voltage_mV[row] = ocv.voltage_mV(at, degC) + log.current_nA[row]! * 1e-6 * ohm;
  }
  return { voltage_mV, surface };
}
