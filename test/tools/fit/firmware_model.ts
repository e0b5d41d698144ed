// The core's equations for one cell, written down once more from docs/MODELS.md in double
// precision: what firmware with a profile expects at the terminals. Shares no code with tools/fit.

/** The part of a profile that the terminal voltage depends on. */
export interface FirmwareProfile {
  capacity_nAh: number;
  resistance_ohm: number;
  activation_K: number;
  diffusion_pole: number[];
  diffusion_weight: number[];
  diffusion_gain: number;
  tables: {
    soc: number[];
    tau_s: number[];
    resistance_factor: number[];
    dudt_mV_K: number[];
    ocv: { temperature_degC: number; ocv_mV: number[] }[];
  };
}

const line = (x: readonly number[], y: readonly number[], at: number): number => {
  if (at <= x[0]!) return y[0]!;
  const right = x.findIndex((node) => node >= at);
  if (right < 0) return y.at(-1)!;
  const share = (at - x[right - 1]!) / (x[right]! - x[right - 1]!);
  return (1 - share) * y[right - 1]! + share * y[right]!;
};

/** Fritsch and Carlson 1980: mean secants, pulled onto a circle of radius 3. */
function slopesOf(x: readonly number[], y: readonly number[]): number[] {
  const d = x.slice(1).map((next, i) => (y[i + 1]! - y[i]!) / (next - x[i]!));
  const m = [d[0]!, ...d.slice(1).map((rise, i) => (rise + d[i]!) / 2), d.at(-1)!];
  for (let i = 0; i < d.length; i++) {
    const size = Math.hypot(m[i]!, m[i + 1]!) / d[i]!;
    if (size <= 3) continue;
    m[i]! *= 3 / size;
    m[i + 1]! *= 3 / size;
  }
  return m;
}

export class FirmwareModel {
  readonly #of: FirmwareProfile;
  readonly #slopes: number[];
  readonly #lead = [0, 0];
  soc: number;

  constructor(profile: FirmwareProfile, soc: number) {
    this.#of = profile;
    this.soc = soc;
    this.#slopes = slopesOf(profile.tables.soc, profile.tables.ocv[0]!.ocv_mV);
  }

  ocv_mV(soc: number): number {
    const x = this.#of.tables.soc;
    const y = this.#of.tables.ocv[0]!.ocv_mV;
    const m = this.#slopes;
    if (soc <= 0) return y[0]! + m[0]! * soc;
    if (soc >= 1) return y.at(-1)! + m.at(-1)! * (soc - 1);
    const i = x.findIndex((node) => node > soc) - 1;
    const h = x[i + 1]! - x[i]!;
    const t = (soc - x[i]!) / h;
    // Hermite's basis
    return (
      (1 + 2 * t) * (1 - t) ** 2 * y[i]! +
      t * (1 - t) ** 2 * h * m[i]! +
      t * t * (3 - 2 * t) * y[i + 1]! +
      t * t * (t - 1) * h * m[i + 1]!
    );
  }

  /** At another temperature than the table's. */
  ocvAt_mV(soc: number, temperature_degC: number): number {
    const { tables } = this.#of;
    const warm_K = temperature_degC - tables.ocv[0]!.temperature_degC;
    return this.ocv_mV(soc) + line(tables.soc, tables.dudt_mV_K, soc) * warm_K;
  }

  resistance_ohm(soc: number, temperature_degC: number): number {
    const { tables, resistance_ohm, activation_K } = this.#of;
    const cold_per_K = 1 / (temperature_degC + 273.15) - 1 / 298.15;
    const factor = line(tables.soc, tables.resistance_factor, soc);
    return resistance_ohm * factor * Math.exp(activation_K * cold_per_K);
  }

  /** A current has flowed for `dt_s`; the terminal voltage while it still does. */
  step(current_nA: number, dt_s: number, temperature_degC: number): number {
    const { tables, capacity_nAh, ...of } = this.#of;
    const rate = current_nA / (capacity_nAh * 3600);
    this.soc += rate * dt_s;
    const tau_s = line(tables.soc, tables.tau_s, this.soc);
    [0, 1].forEach((n) => {
      const kept = Math.exp((-of.diffusion_pole[n]! * dt_s) / tau_s);
      const reached = of.diffusion_weight[n]! * tau_s * rate;
      this.#lead[n] = reached + (this.#lead[n]! - reached) * kept;
    });
    const surface = this.soc + of.diffusion_gain * (this.#lead[0]! + this.#lead[1]!);
    const drop_mV = current_nA * 1e-6 * this.resistance_ohm(surface, temperature_degC);
    return this.ocvAt_mV(surface, temperature_degC) + drop_mV;
  }
}
