// Hysteresis of cathodes with two phases (Plett, J. Power Sources 134 (2004) 262): a cycle closes,
// and what is booked as lost is the area of its loop.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Cell } from "../../../host/sim/cell.js";
import { CELLS, close, near, physicsOf } from "./cell_fixture.js";

const HOUR_S = 3600;
/** Slow: a thousandth of the capacity an hour. */
const SLOW = 1e-3;

for (const name of ["lfp-25uAh", "lnmo-50uAh"]) {
  const physics = { ...physicsOf(name), self_discharge_per_year: 0 };
  const { voltage_mV, per_soc } = physics.hysteresis!;

  /** Slow cycles between two SOC; returns the voltage at every step of the last one. */
  function cycle(cell: Cell, swing: number): number[] {
    const current_nA = SLOW * cell.capacity_nAh;
    const steps = Math.round(swing / SLOW);
    const voltages: number[] = [];
    for (let step = 0; step < 2 * steps; step++) {
      cell.drive(step < steps ? current_nA : -current_nA, HOUR_S);
      voltages.push(cell.end_mV);
    }
    return voltages;
  }

  describe(`hysteresis of ${name}`, () => {
    it("closes: the next cycle has the same voltages", () => {
      const cell = new Cell(physics, 0.3);
      cycle(cell, 0.4);
      const [first, second] = [cycle(cell, 0.4), cycle(cell, 0.4)];
      close(cell.soc, 0.3, 1e-9, "SOC");
      first.forEach((mV, step) => close(second[step]!, mV, 1e-3, `step ${step}, mV`));
    });

    it("has a gap of twice its voltage between slow charge and slow discharge", () => {
      const cell = new Cell(physics, 0.3);
      cycle(cell, 0.4);
      const voltages = cycle(cell, 0.4);
      const half = voltages.length / 2;
      // the middle of both ways
      const gap_mV = voltages[half / 2]! - voltages[half + half / 2 - 2]!;
      close(gap_mV, 2 * voltage_mV, 0.5, "mV");
    });

    for (const swing of [0.02, 0.1, 0.4]) {
      it(`loses the area of its loop, 2 M Q (z - 2/k tanh(k z / 2)), z = ${swing}`, () => {
        const cell = new Cell(physics, 0.3);
        for (let i = 0; i < 40; i++) cycle(cell, swing);
        const before_pJ = cell.lost.hysteresis;
        const port_pJ = cell.port_pJ;
        const mixed_pJ = cell.lost.ohmic + cell.lost.kinetic + cell.lost.diffusion;
        cycle(cell, swing);
        const lost_pJ = cell.lost.hysteresis - before_pJ;
        const charge_nC = cell.capacity_nAh * HOUR_S;
        const area = swing - (2 / per_soc) * Math.tanh((per_soc * swing) / 2);
        near(lost_pJ, 2 * voltage_mV * charge_nC * area, 2e-2, "lost, pJ");
        // nothing is stored by a closed cycle: all that went in is lost
        const others_pJ = cell.lost.ohmic + cell.lost.kinetic + cell.lost.diffusion - mixed_pJ;
        near(cell.port_pJ - port_pJ, lost_pJ + others_pJ, 1e-6, "through the terminals, pJ");
      });
    }

    it("stays where it was left at rest", () => {
      const cell = new Cell(physics, 0.3);
      cycle(cell, 0.4);
      for (let i = 0; i < 300; i++) cell.drive(SLOW * cell.capacity_nAh, HOUR_S);
      cell.drive(0, 100 * HOUR_S);
      close(cell.end_mV - cell.emf_mV(cell.soc), voltage_mV, 0.1, "after a charge, mV");
      for (let i = 0; i < 300; i++) cell.drive(-SLOW * cell.capacity_nAh, HOUR_S);
      cell.drive(0, 100 * HOUR_S);
      close(cell.end_mV - cell.emf_mV(cell.soc), -voltage_mV, 0.1, "after a discharge, mV");
    });

    it("is the same in one step as in a hundred", () => {
      const [once, often] = [new Cell(physics, 0.5), new Cell(physics, 0.5)];
      const current_nA = 0.01 * once.capacity_nAh;
      once.drive(current_nA, HOUR_S);
      for (let i = 0; i < 100; i++) often.drive(current_nA, HOUR_S / 100);
      const left = (cell: Cell) => cell.voltage_mV(0) - cell.emf_mV(cell.soc);
      close(left(once), left(often), 0.05, "mV");
    });
  });
}

describe("cells without hysteresis", () => {
  it("are those of LiCoO2: nothing is lost to it", () => {
    for (const name of CELLS.filter((cell) => physicsOf(cell).hysteresis === undefined)) {
      const cell = new Cell(physicsOf(name), 0.5);
      cell.drive(cell.capacity_nAh / 10, HOUR_S);
      cell.drive(-cell.capacity_nAh / 10, HOUR_S);
      assert.equal(cell.lost.hysteresis, 0, name);
    }
  });
});
