// Diffusion in the cathode follows the closed solutions, and is second order in time and in space.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Cathode } from "../../../host/sim/cathode.js";
import { USUAL_GRID, type Grid } from "../../../host/sim/grid.js";
import { LithiumTable } from "../../../host/sim/lithium.js";
import { near, physicsOf } from "./cell_fixture.js";
import {
  cosines,
  crank,
  D_M2_S,
  DEPTH_M,
  evenly,
  straight,
  surfaceOf,
  TAU_S,
  wave,
} from "./cathode_fixture.js";

const published = physicsOf("r20-0p7mAh");
const table = new LithiumTable(published);
const newCathode = (lithium: number, grid?: Grid) =>
  new Cathode(table, published.cathode_um * 1e-6, lithium, grid);

describe("a cathode of constant D", () => {
  // lithium that flows in within tau: a tenth of the sites
  const flux = (0.1 * DEPTH_M) / TAU_S;

  /** Its surface after `time_s` of that flux, from rest, in steps that grow. */
  function rise(grid: Grid, time_s: number): number {
    const cathode = new Cathode(straight, DEPTH_M, 0.5, grid);
    const count = 400;
    let now_s = 0;
    for (let i = 1; i <= count; i++) {
      const next_s = time_s * (i / count) ** 2;
      cathode.step(next_s - now_s, flux, 0);
      now_s = next_s;
    }
    return surfaceOf(cathode, flux) - 0.5;
  }

  it("rises at its surface as Crank's series says, from a thousandth of tau to ten of it", () => {
    const fine: Grid = { volumes: 60, growth: 1.08 };
    for (const age of [0.001, 0.01, 0.1, 1, 10]) {
      near(rise(fine, age * TAU_S), crank(flux, age * TAU_S), 1e-3, `after ${age} tau`);
    }
  });

  it("rises with the square root of time at first: 2 J sqrt(t / pi D)", () => {
    const fine: Grid = { volumes: 60, growth: 1.08 };
    for (const time_s of [0.05, 0.1, 0.5, 1]) {
      const wanted = 2 * flux * Math.sqrt(time_s / (Math.PI * D_M2_S));
      near(rise(fine, time_s), wanted, 3e-3, `after ${time_s} s`);
    }
  });

  it("is felt by the usual grid, of 8 volumes, within 3 % from a hundredth of tau on", () => {
    for (const age of [0.01, 0.03, 0.1, 0.3, 1, 10]) {
      near(rise(USUAL_GRID, age * TAU_S), crank(flux, age * TAU_S), 0.03, `after ${age} tau`);
    }
  });

  /** Root mean square error of a wave after a tenth of tau. */
  function waveError(grid: Grid, count: number): number {
    const cathode = wave(grid, 0.5, 0.3);
    for (let i = 0; i < count; i++) cathode.step((0.1 * TAU_S) / count, 0, 0);
    const height = 0.3 * Math.exp(-0.1 * Math.PI ** 2);
    const squares = cosines(cathode, 1).map((cosine, i) => {
      return (cathode.x[i]! - 0.5 - height * cosine) ** 2 * cathode.width_m[i]!;
    });
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / DEPTH_M);
  }

  it("is second order in space: half as wide volumes, a quarter of the error", () => {
    const errors = [8, 16, 32].map((volumes) => waveError(evenly(volumes), 2000));
    for (const i of [0, 1])
      near(errors[i]! / errors[i + 1]!, 4, 0.05, `errors ${errors.join(", ")}`);
  });

  it("is second order in space on a graded grid, too", () => {
    const grids = [16, 32, 64].map((volumes) => ({ volumes, growth: 1.55 ** (8 / volumes) }));
    const errors = grids.map((grid) => waveError(grid, 2000));
    for (const i of [0, 1]) {
      const ratio = errors[i]! / errors[i + 1]!;
      assert.ok(ratio > 3.4 && ratio < 4.6, `errors ${errors.join(", ")}`);
    }
  });

  /** Lithium where D falls tenfold with it, in `count` steps of a pulse that swells and falls. */
  function nonlinear(count: number): number[] {
    const cathode = newCathode(0.7, evenly(10));
    const end_s = 2000;
    const dt_s = end_s / count;
    for (let i = 0; i < count; i++) {
      const pulse = Math.sin((Math.PI * (i + 0.5)) / count) ** 2;
      cathode.step(dt_s, 1.2e-9 * pulse, 0);
    }
    return Array.from(cathode.x);
  }

  it("is second order in time, with D(x): steps half as long, a quarter of the error", () => {
    const exact = nonlinear(8192);
    const error = (count: number) =>
      Math.sqrt(nonlinear(count).reduce((sum, x, i) => sum + (x - exact[i]!) ** 2, 0));
    const errors = [32, 64, 128, 256].map(error);
    for (const i of [0, 1, 2]) {
      const ratio = errors[i]! / errors[i + 1]!;
      assert.ok(ratio > 3.4 && ratio < 4.6, `errors ${errors.join(", ")}`);
    }
  });

  it("damps what is stiff: no ringing after a step of a thousand tau", () => {
    const cathode = wave(evenly(20), 0.5, 0.3);
    cathode.step(1000 * TAU_S, 0, 0);
    for (const x of cathode.x) assert.ok(Math.abs(x - 0.5) < 1e-3, `${x}`);
  });
});
