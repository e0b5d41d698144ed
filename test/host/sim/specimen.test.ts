// Specimens scatter as their files say, within what is sold, and what was drawn is what the cell
// has.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Cell } from "../../../host/sim/cell.js";
import { LithiumTable } from "../../../host/sim/lithium.js";
import { Random } from "../../../host/sim/random.js";
import { drawCell, NOMINAL, specimenOf, within } from "../../../host/sim/specimen.js";
import { cellFile, CELLS, close, near, physicsOf } from "./cell_fixture.js";

const { spread } = cellFile("r20-0p7mAh").physics;
const COUNT = 20000;

/** Mean and standard deviation. */
function moments(values: number[]): { mean: number; sigma: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, sigma: Math.sqrt(square) };
}

describe("specimens", () => {
  const random = new Random(1);
  const cells = Array.from({ length: COUNT }, () => drawCell(spread, random));

  it("scatter by the sigmas of the file; 2.5 sigma is the worst that is sold", () => {
    for (const [values, sigma] of [
      [cells.map((cell) => cell.capacity_ratio - 1), spread.capacity_spread],
      [cells.map((cell) => Math.log(cell.resistance_ratio)), spread.resistance_spread],
      [cells.map((cell) => Math.log(cell.diffusion_ratio)), spread.diffusion_spread],
      [cells.map((cell) => cell.emf_offset_mV), spread.emf_spread_mV],
    ] as const) {
      const { mean, sigma: seen } = moments(values);
      close(mean, 0, (4 * sigma) / Math.sqrt(COUNT), "mean");
      // what lies beyond 2.5 sigma is drawn in: 0.986 of the sigma is left
      near(seen, 0.986 * sigma, 0.03, "sigma");
      const worst = Math.max(...values.map(Math.abs));
      near(worst, 2.5 * sigma, 1e-9, "worst");
    }
  });

  it("are independent in their properties", () => {
    const pairs = cells.map((cell) => {
      return (
        ((cell.capacity_ratio - 1) / spread.capacity_spread) *
        (Math.log(cell.resistance_ratio) / spread.resistance_spread)
      );
    });
    close(moments(pairs).mean, 0, 4 / Math.sqrt(COUNT), "correlation");
  });

  it("are the same from the same seed, and others from another", () => {
    const drawn = (seed: number) => drawCell(spread, new Random(seed));
    assert.deepEqual(drawn(7), drawn(7));
    assert.notDeepEqual(drawn(7), drawn(8));
  });

  it("draw a normal that is never beyond 2.5 sigma", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => assert.ok(Math.abs(within(new Random(seed))) <= 2.5)),
    );
  });
});

describe("the physics of a specimen", () => {
  const ratio = fc.double({ min: 0.5, max: 2, noNaN: true });
  const drawn = fc.record({
    capacity_ratio: ratio,
    resistance_ratio: ratio,
    diffusion_ratio: ratio,
    emf_offset_mV: fc.double({ min: -5, max: 5, noNaN: true }),
  });

  it("have the ratios that were drawn, each on its own", () => {
    fc.assert(
      fc.property(fc.constantFrom(...CELLS), drawn, (name, specimen) => {
        const physics = physicsOf(name);
        const [nominal, cell] = [
          new Cell(physics, 0.5),
          new Cell(specimenOf(physics, specimen), 0.5),
        ];
        near(cell.capacity_nAh / nominal.capacity_nAh, specimen.capacity_ratio, 1e-12, "capacity");
        const resistance = cell.resistance_mV_nA / nominal.resistance_mV_nA;
        // asinh is straight to 1e-6 at 1 nA on the smallest of them
        near(resistance, specimen.resistance_ratio, 1e-6, "resistance");
        const [table, other] = [physics, specimenOf(physics, specimen)].map(
          (of) => new LithiumTable(of),
        );
        near(other!.diffusion(0.8) / table!.diffusion(0.8), specimen.diffusion_ratio, 1e-9, "D");
        for (const soc of [0.1, 0.5, 0.9]) {
          close(cell.emf_mV(soc) - nominal.emf_mV(soc), specimen.emf_offset_mV, 1e-6, "EMF, mV");
        }
        assert.equal(cell.soc, nominal.soc);
      }),
    );
  });

  it("drop under a load by the ratio of resistances, charge transfer included", () => {
    const physics = physicsOf("r20-0p7mAh");
    const twice = { ...NOMINAL, resistance_ratio: 2 };
    const [one, other] = [new Cell(physics, 0.5), new Cell(specimenOf(physics, twice), 0.5)];
    const drop = (cell: Cell, nA: number) => cell.voltage_mV(0) - cell.voltage_mV(-nA);
    // asinh(j / 2 i0): half the exchange current at the same current is twice the current
    const surface_mV = 0.6;
    close(drop(other, 1e6), drop(one, 2e6), surface_mV, "mV");
  });

  it("are those of the file where nothing was drawn", () => {
    for (const name of CELLS) {
      const physics = physicsOf(name);
      assert.deepEqual(specimenOf(physics, NOMINAL), physics);
    }
  });
});
