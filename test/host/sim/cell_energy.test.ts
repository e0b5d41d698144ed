// Energy: what goes in through the terminals of a cell is what it stores plus every loss, each from
// its own flow, to rounding; and what it books as heat is the heat that its currents make.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Cell } from "../../../host/sim/cell.js";
import { Random } from "../../../host/sim/random.js";
import { Heat } from "../../../tools/bench/fidelity/heat.js";
import {
  act,
  causes,
  CELLS,
  deeds,
  near,
  ONE_C_NA,
  physicsOf,
  r20,
  type Deed,
} from "./cell_fixture.js";

/** What does not add up, and the sum of all energies that were moved, pJ. */
function balance(cell: Cell, start_pJ: number, without?: string): { off: number; moved: number } {
  const stored_pJ = cell.stored_pJ - start_pJ;
  const lost = causes(cell).filter((cause) => cause !== without);
  const off = lost.reduce((sum, cause) => sum - cell.lost[cause], cell.port_pJ - stored_pJ);
  const all = causes(cell).reduce((sum, cause) => sum + Math.abs(cell.lost[cause]), 0);
  return { off: Math.abs(off), moved: Math.abs(cell.port_pJ) + Math.abs(stored_pJ) + all };
}

/** A cell after a list of deeds, and its energy before. */
function after(name: string, soc: number, list: Deed[]): { cell: Cell; start_pJ: number } {
  const cell = new Cell(physicsOf(name), soc);
  const start_pJ = cell.stored_pJ;
  for (const deed of list) act(cell, deed);
  return { cell, start_pJ };
}

const lists = fc.array(deeds, { minLength: 5, maxLength: 30 });
const start = fc.double({ min: 0.05, max: 0.95, noNaN: true });

for (const name of CELLS) {
  describe(`energy of ${name}`, () => {
    it("through the terminals is what is stored plus every loss, to 1e-11", () => {
      fc.assert(
        fc.property(start, lists, (soc, list) => {
          const { cell, start_pJ } = after(name, soc, list);
          const { off, moved } = balance(cell, start_pJ);
          // what a cell holds is known to some 1e-16 of itself
          const held = 1e-15 * list.length * new Cell(physicsOf(name), 1).stored_pJ;
          // a sum of rounded terms, each some 1e-16 of what is stored: a few of them, at worst
          assert.ok(off <= 1e-11 * moved + held, `${off} of ${moved} pJ`);
        }),
        { numRuns: 40 },
      );
    });

    it("does not add up without any one of the losses", () => {
      const { cell, start_pJ } = after(name, 0.5, [
        { does: "drive", dt_s: 600, share: 0.5 },
        { does: "warm", degC: 35 },
        { does: "drive", dt_s: 600, share: -0.8 },
        { does: "age", alive: 0.95, growth: 1.3 },
        { does: "charge", dt_s: 900, share: 0.7, drain: 0.05, float_mV: 0 },
      ]);
      const { off, moved } = balance(cell, start_pJ);
      assert.ok(off < 1e-12 * moved);
      for (const cause of causes(cell)) {
        const absent = cause === "hysteresis" && physicsOf(name).hysteresis === undefined;
        const flat = cause === "entropic" && name.startsWith("lfp");
        if (absent || flat) continue;
        const without = balance(cell, start_pJ, cause);
        assert.ok(without.off > 1e-9 * moved, `${cause}: ${without.off} of ${moved} pJ`);
      }
    });

    it("is never won: resistance, charge transfer and self-discharge only lose", () => {
      fc.assert(
        fc.property(start, lists, (soc, list) => {
          const { lost } = after(name, soc, list).cell;
          for (const cause of ["ohmic", "kinetic", "self_discharge"] as const) {
            assert.ok(lost[cause] >= 0, `${cause}: ${lost[cause]} pJ`);
          }
        }),
        { numRuns: 20 },
      );
    });
  });
}

describe("heat of the cell", () => {
  /** Half a day whose current changes every five minutes, in steps of at most 30 s. */
  function drives(seed: number, most_nA: number): { dt_s: number; nA: number }[] {
    const random = new Random(seed);
    return Array.from({ length: 120 }, () => most_nA * (2 * random.uniform() - 1)).flatMap((nA) =>
      [1, 3, 9, 27, ...Array<number>(9).fill(30)].map((dt_s) => ({ dt_s, nA })),
    );
  }

  for (const name of ["r20-0p7mAh", "enerchip-50uAh", "d11-10uAh", "lnmo-50uAh"]) {
    it(`is i (V - U) integrated in steps of a fiftieth of a second on: ${name}`, () => {
      const physics = { ...physicsOf(name), hysteresis: undefined };
      for (const [seed, degC] of [
        [1, 20],
        [2, 5],
        [3, 45],
      ] as const) {
        const [cell, heat] = [new Cell(physics, 0.6), new Heat(physics, 0.6)];
        cell.temperature_degC = degC;
        heat.temperature_degC = degC;
        cell.age(0.9, 1.5);
        [heat.alive, heat.growth] = [0.9, 1.5];
        const start_pJ = cell.stored_pJ;
        for (const { dt_s, nA } of drives(seed, 0.3 * cell.capacity_nAh)) {
          cell.drive(nA, dt_s);
          heat.drive(nA, nA, dt_s);
        }
        const { ohmic, kinetic, diffusion, self_discharge } = cell.lost;
        const booked_pJ = ohmic + kinetic + diffusion + self_discharge;
        near(booked_pJ, heat.total_pJ, 5e-4, `heat at ${degC} degC, pJ`);
        for (const cause of ["ohmic", "kinetic", "self_discharge"] as const) {
          near(cell.lost[cause], heat.lost[cause], 1e-3, `${cause} at ${degC} degC, pJ`);
        }
        near(diffusion, heat.lost.diffusion, 1e-2, `diffusion at ${degC} degC, pJ`);
        // and the balance of both: electrical energy in, less what is stored, is that heat
        near(cell.port_pJ - (cell.stored_pJ - start_pJ), heat.total_pJ, 1e-3, "not stored, pJ");
      }
    });
  }

  it("vanishes with the current: a slow cycle gives back what it took", () => {
    const cell = new Cell(r20, 0.3);
    const start_pJ = cell.stored_pJ;
    const slow_nA = ONE_C_NA / 2000;
    for (let i = 0; i < 400; i++) cell.drive(slow_nA, 3600);
    const taken_pJ = cell.port_pJ;
    assert.ok(cell.stored_pJ - start_pJ > 0.9998 * taken_pJ);
    for (let i = 0; i < 400; i++) cell.drive(-slow_nA, 3600);
    assert.ok(cell.port_pJ < 3e-4 * taken_pJ && cell.port_pJ > 0, `${cell.port_pJ} pJ`);
  });

  it("is EMF times charge where nothing else is: the mean EMF of the window", () => {
    const [full, empty] = [new Cell(r20, 1), new Cell(r20, 0)];
    let mean_mV = 0;
    const count = 20000;
    for (let i = 0; i < count; i++) mean_mV += full.emf_mV((i + 0.5) / count) / count;
    near(full.stored_pJ - empty.stored_pJ, full.charge_nC * mean_mV, 1e-6, "pJ");
    assert.ok(Math.abs(empty.stored_pJ) < 1e-9 * full.stored_pJ);
  });

  it("of sites that die is the chemical energy that they held", () => {
    const cell = new Cell(r20, 0.7);
    const before_pJ = cell.stored_pJ;
    cell.age(0.75, 1);
    near(cell.lost.ageing, before_pJ / 4, 1e-12, "pJ");
    near(cell.stored_pJ, 0.75 * before_pJ, 1e-12, "pJ");
  });

  it("moves with temperature by the entropy of what is stored", () => {
    const cell = new Cell(r20, 0.7);
    cell.temperature_degC = 50;
    let wanted_pJ = 0;
    const count = 2000;
    const warm = new Cell(r20, 0.7);
    warm.temperature_degC = 50;
    for (let i = 0; i < count; i++) {
      const soc = (0.7 * (i + 0.5)) / count;
      wanted_pJ += ((new Cell(r20, 0.7).emf_mV(soc) - warm.emf_mV(soc)) * cell.charge_nC) / count;
    }
    near(cell.lost.entropic, wanted_pJ, 1e-4, "pJ");
  });
});
