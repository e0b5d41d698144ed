// A plant for the gauge: the cell of the base profile with a hidden leak and an aged resistance,
// written from the equations on their own, in double precision and small Euler steps.

import { monotoneSlopes, type ProfileValues } from "./profile_under_test.js";

const PC_PER_NAH = 3.6e6;
const EULER_S = 2;

/** Cubic Hermite through the nodes, in the textbook's basis functions; straight outside. */
export function hermite(x: number[], y: number[], at: number): number {
  const slopes = monotoneSlopes(x, y);
  const inside = Math.min(Math.max(at, 0), 1);
  const right = x.findIndex((node, i) => i > 0 && inside <= node);
  const left = right - 1;
  const h = x[right]! - x[left]!;
  const t = (inside - x[left]!) / h;
  const value =
    (1 + 2 * t) * (1 - t) ** 2 * y[left]! +
    t * (1 - t) ** 2 * h * slopes[left]! +
    t ** 2 * (3 - 2 * t) * y[right]! +
    t ** 2 * (t - 1) * h * slopes[right]!;
  const edge = inside === at ? 0 : slopes[at < 0 ? 0 : x.length - 1]!;
  return value + edge * (at - inside);
}

/** Straight between the nodes. */
function linear(x: number[], y: number[], at: number): number {
  const inside = Math.min(Math.max(at, 0), 1);
  const right = x.findIndex((node, i) => i > 0 && inside <= node);
  const share = (inside - x[right - 1]!) / (x[right]! - x[right - 1]!);
  return y[right - 1]! + share * (y[right]! - y[right - 1]!);
}

export class Plant {
  soc: number;
  #diffusion = [0, 0];
  temperature_degC = 25;

  constructor(
    readonly cell: ProfileValues,
    soc: number,
    readonly leak_nA: number,
    readonly resistance_scale: number,
  ) {
    this.soc = soc;
  }

  /** Lets a mean current flow into the cell, the hidden leak apart. */
  flow(current_nA: number, dt_s: number): void {
    const { tables } = this.cell;
    const pole = this.cell.diffusion_pole as number[];
    const weight = this.cell.diffusion_weight as number[];
    const total_nA = current_nA - this.leak_nA - (this.cell.self_drain_nA as number);
    const per_s = (total_nA * 1000) / ((this.cell.capacity_nAh as number) * PC_PER_NAH);
    for (let left_s = dt_s; left_s > 0; left_s -= EULER_S) {
      const step_s = Math.min(EULER_S, left_s);
      const tau_s = linear(tables.soc, tables.tau_s, this.soc);
      for (const i of [0, 1]) {
        const target = weight[i]! * tau_s * per_s;
        this.#diffusion[i]! += ((target - this.#diffusion[i]!) * pole[i]! * step_s) / tau_s;
      }
      this.soc += per_s * step_s;
    }
  }

  /** Terminal voltage under a current, charging positive. */
  voltage_mV(current_nA: number): number {
    const { tables } = this.cell;
    const [first, second] = this.#diffusion as [number, number];
    const surface = this.soc + (this.cell.diffusion_gain as number) * (first + second);
    const { temperature_degC, ocv_mV } = tables.blocks[0]!;
    const warmer_K = this.temperature_degC - temperature_degC;
    const rest_mV =
      hermite(tables.soc, ocv_mV, surface) +
      linear(tables.soc, tables.dudt_mV_K, surface) * warmer_K;
    return rest_mV + current_nA * this.resistance_mV_nA(surface);
  }

  resistance_mV_nA(soc: number): number {
    const { tables } = this.cell;
    const kelvin = this.temperature_degC + 273.15;
    const arrhenius = Math.exp((this.cell.activation_K as number) * (1 / kelvin - 1 / 298.15));
    const factor = linear(tables.soc, tables.resistance_factor, soc);
    const ohm = (this.cell.resistance_ohm as number) * factor * arrhenius * this.resistance_scale;
    return ohm * 1e-6;
  }
}
