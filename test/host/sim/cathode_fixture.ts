// Cathodes with a diffusion coefficient that does not depend on lithium, for which diffusion has
// closed solutions (Crank, The Mathematics of Diffusion, 1975), and the volumes' means of those.

import { Cathode } from "../../../host/sim/cathode.js";
import { type Grid } from "../../../host/sim/grid.js";
import { LithiumTable } from "../../../host/sim/lithium.js";

export const DEPTH_M = 1e-6;
export const D_M2_S = 1e-14;
/** Depth squared over D. */
export const TAU_S = 100;

/** From 4.2 V to 3.2 V, straight; D of 1e-14 m2/s. */
export const straight = new LithiumTable({
  emf: { lithium: [0, 1], voltage_mV: [4200, 3200] },
  entropy: { lithium: [0, 1], dudt_mV_K: [-0.2, -0.6] },
  diffusion: { lithium: [0, 1], lithium_m2_s: [D_M2_S / 2, D_M2_S / 2], electron_ratio: 1e9 },
  lithium_full: 0,
  lithium_empty: 1,
});

export const evenly = (volumes: number): Grid => ({ volumes, growth: 1 });

/** Where the volumes end, m. */
export function edges_m({ width_m }: Cathode): number[] {
  const edges = [0];
  for (const width of width_m) edges.push(edges.at(-1)! + width);
  return edges;
}

/** Mean of cos(n pi y / depth) in every volume. */
export function cosines(cathode: Cathode, n: number): number[] {
  const edges = edges_m(cathode);
  const integral = (y: number) => Math.sin((n * Math.PI * y) / DEPTH_M) / ((n * Math.PI) / DEPTH_M);
  return Array.from(cathode.x, (_, i) => {
    return (integral(edges[i + 1]!) - integral(edges[i]!)) / (edges[i + 1]! - edges[i]!);
  });
}

/** A cathode that holds `mean` and a wave of `height`. */
export function wave(grid: Grid, mean: number, height: number): Cathode {
  const cathode = new Cathode(straight, DEPTH_M, mean, grid);
  cosines(cathode, 1).forEach((cosine, i) => (cathode.x[i] = mean + height * cosine));
  cathode.warm(0);
  return cathode;
}

/** Rise at the electrolyte, of a cathode into which a constant flux has flowed for `time_s`. */
export function crank(flux: number, time_s: number): number {
  const age = time_s / TAU_S;
  let sum = 0;
  for (let n = 1; n < 400; n++) sum += Math.exp(-n * n * Math.PI * Math.PI * age) / (n * n);
  return ((flux * DEPTH_M) / D_M2_S) * (age + 1 / 3 - (2 / Math.PI ** 2) * sum);
}

/** Lithium at the electrolyte while `inflow` enters there. */
export function surfaceOf(cathode: Cathode, inflow: number): number {
  cathode.sense(inflow, cathode.x[0]!);
  return cathode.surface;
}
