// A cell under load that was made up, and a tester: the equations of docs/MODELS.md as differential
// equations in small steps, with curves that are formulas. Shares nothing with the fit or the core.

import { type Row } from "../laboratory.js";

export const CAPACITY_MAH = 3;

/** y at SOC z and 25 degC, and Ea/k in kK at SOC 0 and 1. */
interface Law {
  at: (z: number) => number;
  kK: readonly [number, number];
}

type Scalar =
  | "kinetic_mV"
  | "slow_tau_s"
  | "slow_tau_kK"
  | "lead_tau_s"
  | "lead_tau_kK"
  | "self_heating_K_W"
  | "self_heating_s";

export const truth: Record<"ohmic" | "kinetic" | "slow" | "lead", Law> & Record<Scalar, number> = {
  // ohm
  ohmic: { at: (z: number) => 20 * (1.3 - 0.3 * z), kK: [1.2, 1.8] },
  kinetic: { at: (z: number) => 12 * Math.exp(-0.8 * z), kK: [4.5, 5.5] },
  slow: { at: (z: number) => 9 * Math.exp(-0.3 * z), kK: [2.5, 2.5] },
  // s
  lead: { at: (z: number) => 90 * Math.exp(0.5 * (z - 0.5)), kK: [3, 3] },
  kinetic_mV: 80,
  slow_tau_s: 25,
  slow_tau_kK: 1.5,
  lead_tau_s: 180,
  lead_tau_kK: 2,
  /** As much as 3 Ah have with 0.8 K/W. */
  self_heating_K_W: 800,
  self_heating_s: 600,
};

const cold = (degC: number) => 1000 / (degC + 273.15) - 1000 / 298.15;

/** One of the four at a SOC and a temperature. */
export const valueOf = ({ at, kK }: Law, z: number, degC: number): number =>
  at(z) * Math.exp((kK[0] + z * (kK[1] - kK[0])) * cold(degC));

export const ocv_V = (z: number, degC: number): number =>
  3.45 +
  0.6 * z +
  0.04 * Math.tanh((z - 0.6) / 0.08) -
  0.55 * Math.exp(-z / 0.05) +
  0.0002 * (degC - 25) * (1 - 2 * z);

export class Cell {
  soc = 1;
  #lead = 0;
  #slow_V = 0;
  #heat_W = 0;
  readonly degC: number;

  constructor(degC: number) {
    this.degC = degC;
  }

  get #inside_degC(): number {
    return this.degC + truth.self_heating_K_W * this.#heat_W;
  }

  /** Voltage while a current flows, V and mA. */
  voltage_V(current_mA: number): number {
    return ocv_V(this.soc + this.#lead, this.#inside_degC) + this.#drop_V(current_mA);
  }

  #drop_V(current_mA: number): number {
    const degC = this.#inside_degC;
    const at = this.soc + this.#lead;
    const current_A = current_mA / 1000;
    const bend_V = ((truth.kinetic_mV / 1000) * (degC + 273.15)) / 298.15;
    // Butler and Volmer with equal coefficients: I = bend / R1 sinh(eta / bend)
    const eta_V = bend_V * Math.asinh((valueOf(truth.kinetic, at, degC) * current_A) / bend_V);
    return valueOf(truth.ohmic, at, degC) * current_A + eta_V + this.#slow_V;
  }

  /** A current flows for a while, in steps of at most a second. */
  flow(current_mA: number, dt_s: number): void {
    const count = Math.ceil(dt_s);
    const h_s = dt_s / count;
    for (let i = 0; i < count; i++) {
      const degC = this.#inside_degC;
      const x = cold(degC);
      const rate_per_s = current_mA / CAPACITY_MAH / 3600;
      const lead = valueOf(truth.lead, this.soc, degC) * rate_per_s;
      this.#lead +=
        (h_s * (lead - this.#lead)) / (truth.lead_tau_s * Math.exp(truth.lead_tau_kK * x));
      const slow_V = (valueOf(truth.slow, this.soc + this.#lead, degC) * current_mA) / 1000;
      this.#slow_V +=
        (h_s * (slow_V - this.#slow_V)) / (truth.slow_tau_s * Math.exp(truth.slow_tau_kK * x));
      const heat_W = Math.abs((current_mA / 1000) * this.#drop_V(current_mA));
      this.#heat_W += (h_s * (heat_W - this.#heat_W)) / truth.self_heating_s;
      this.soc += rate_per_s * h_s;
    }
  }
}

const CUT_OFF_V = 2.9;

/** A record of a full cell: `current_mA(t_s)` until the cut-off or `hours`, then `rest_s`. */
export function recorded(
  degC: number,
  dt_s: number,
  hours: number,
  current_mA: (t_s: number) => number,
  rest_s = 600,
): Row[] {
  const cell = new Cell(degC);
  const rows: Row[] = [];
  const take = (t_s: number, current: number) =>
    rows.push({
      ...{ t_s, current_mA: current, voltage_V: cell.voltage_V(current), temperature_degC: degC },
      charge_mAh: (cell.soc - 1) * CAPACITY_MAH,
    });
  take(0, 0);
  let t_s = 0;
  let empty = false;
  for (; t_s < hours * 3600 && !empty;) {
    const current = current_mA(t_s);
    cell.flow(current, dt_s);
    t_s += dt_s;
    take(t_s, current);
    empty = cell.voltage_V(current) < CUT_OFF_V;
  }
  for (const end_s = t_s + rest_s; t_s < end_s;) {
    cell.flow(0, dt_s);
    t_s += dt_s;
    take(t_s, 0);
  }
  return rows;
}

export const slowDischarge = (degC: number): Row[] =>
  recorded(degC, 60, 24, () => -CAPACITY_MAH / 20);

/** A minute of rest, 1C to the cut-off, ten minutes of rest. */
export const fastDischarge = (degC: number): Row[] =>
  recorded(degC, 10, 2, (t_s) => (t_s < 60 ? 0 : -CAPACITY_MAH));

/** Pulses of C/4 with rests, down to a third. */
export const gentlePulses = (degC: number): Row[] =>
  recorded(degC, 10, 3.5, (t_s) => (t_s % 1200 < 900 ? -CAPACITY_MAH / 4 : 0));

/** A road: currents that change every few seconds, with braking where the cell is not full. */
export function road(degC: number, strength = 1): Row[] {
  let seed = 7;
  let held_s = 0;
  let current_mA = 0;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  return recorded(degC, 1, 3, (t_s) => {
    if (t_s < 20) return 0;
    if (held_s-- <= 0) {
      held_s = 2 + Math.floor(12 * random());
      const rate = 0.5 - 1.9 * random() * random() - 0.6 * random();
      current_mA = CAPACITY_MAH * strength * (t_s < 1800 ? Math.min(rate, 0) : rate);
    }
    return current_mA;
  });
}
