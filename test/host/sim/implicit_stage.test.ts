// The implicit stage of diffusion is solved to its end from any first guess.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { solveStage } from "../../../host/sim/implicit_stage.js";
import { LithiumTable } from "../../../host/sim/lithium.js";
import { CELLS, close, physicsOf } from "./cell_fixture.js";

describe("an implicit stage", () => {
  it("has what it began with plus what flowed in by the fluxes at its end", () => {
    const lithium = fc.double({ min: -0.5, max: 2, noNaN: true });
    const column = fc.array(lithium, { minLength: 6, maxLength: 6 });
    const decade = fc.double({ min: -2, max: 7, noNaN: true });
    const moved = fc.double({ min: -0.3, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...CELLS),
        column,
        column,
        decade,
        moved,
        (name, from, guess, d, m) => {
          const table = new LithiumTable(physicsOf(name));
          const depth_m = physicsOf(name).cathode_um * 1e-6;
          const width_m = new Float64Array(6).fill(depth_m / 6);
          const per_m = new Float64Array(6).fill(6 / depth_m);
          const h = 10 ** d;
          const [front, back] = [(m * depth_m) / h, (-0.2 * m * depth_m) / h];
          const base = Float64Array.from(from);
          const x = Float64Array.from(guess);
          solveStage(x, { table, width_m, per_m, base, h, front, back });
          const flows = [front];
          for (let i = 0; i < 5; i++)
            flows.push((table.flux(x[i]!) - table.flux(x[i + 1]!)) * per_m[i]!);
          flows.push(-back);
          x.forEach((at, i) => {
            const wanted = base[i]! + (h * (flows[i]! - flows[i + 1]!)) / width_m[i]!;
            close(at, wanted, 1e-8, `${name}, volume ${i}`);
          });
          const mean = (of: Float64Array) => of.reduce((sum, at) => sum + at, 0) / 6;
          close(mean(x), mean(base) + 0.8 * m, 1e-8, "mean");
        },
      ),
    );
  });

  it("stays where it is when it is solved", () => {
    const table = new LithiumTable(physicsOf("r20-0p7mAh"));
    const x = new Float64Array(4).fill(0.7);
    const column = new Float64Array(4).fill(1e-6);
    const stage = { table, width_m: column, per_m: column.map((width) => 1 / width) };
    solveStage(x, { ...stage, base: x.slice(), h: 1e6, front: 0, back: 0 });
    assert.deepEqual(Array.from(x), [0.7, 0.7, 0.7, 0.7]);
  });
});
