// A charger that holds a float voltage: the cell's terminal never rises above it, and takes the
// more exactly what it should the shorter the steps are.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Cell } from "../../../host/sim/cell.js";
import { cellFile, CELLS, close, near, r20 } from "./cell_fixture.js";

/** So exactly a float voltage is held. */
const HELD_MV = 0.0501;
const HOUR_S = 3600;

for (const name of CELLS) {
  describe(`${name} at a float voltage`, () => {
    const { profile, physics } = cellFile(name);
    const float_mV = profile.float_mV;

    it("never rises above it at either end of a step, while anything at all is taken", () => {
      const charges = fc.array(
        fc.record({
          dt_s: fc.double({ min: -1, max: 4, noNaN: true }).map((decade) => 10 ** decade),
          rate: fc.double({ min: 0.001, max: 3, noNaN: true }),
          drain: fc.double({ min: 0, max: 0.2, noNaN: true }),
          degC: fc.double({ min: -20, max: 60, noNaN: true }),
        }),
        { minLength: 1, maxLength: 12 },
      );
      fc.assert(
        fc.property(fc.double({ min: 0.1, max: 1, noNaN: true }), charges, (soc, list) => {
          const cell = new Cell(physics, soc);
          for (const { dt_s, rate, drain, degC } of list) {
            cell.temperature_degC = degC;
            const offered_nA = rate * cell.capacity_nAh;
            const drain_nA = drain * offered_nA;
            const rest_mV = cell.voltage_mV(-drain_nA);
            const before_nC = cell.port_nC;
            const taken_nA = cell.take_nA(offered_nA, drain_nA, dt_s, float_mV);
            // what was taken is what was booked
            const moved_nC = (taken_nA - drain_nA) * dt_s;
            const rounding_nC = 1e-9 * offered_nA * dt_s + 1e-15 * Math.abs(before_nC);
            close(cell.port_nC - before_nC, moved_nC, rounding_nC, "charge, nC");
            assert.ok(taken_nA >= -1e-9 * offered_nA && taken_nA <= offered_nA * (1 + 1e-12));
            if (rest_mV > float_mV) continue;
            assert.ok(cell.start_mV < float_mV + HELD_MV, `starts at ${cell.start_mV} mV`);
            const idle = cell.end_nA <= -drain_nA * (1 - 1e-12) && taken_nA < 1e-6 * offered_nA;
            assert.ok(idle || cell.end_mV < float_mV + HELD_MV, `ends at ${cell.end_mV} mV`);
            // less than the offer is taken only to hold the voltage
            const less = cell.end_nA < (offered_nA - drain_nA) * (1 - 1e-6);
            const low = cell.end_nA <= -drain_nA + 1e-6 * offered_nA;
            if (less && !low) close(cell.end_mV, float_mV, HELD_MV, "held, mV");
          }
        }),
        { numRuns: 40 },
      );
    });

    it("is full there in the end, whatever the steps: at the SOC whose EMF it is", () => {
      for (const dt_s of [10, 60, 300, 900, 3600]) {
        const cell = new Cell({ ...physics, self_discharge_per_year: 0 }, 0.7);
        for (let time_s = 0; time_s < 40 * HOUR_S; time_s += dt_s) {
          cell.take_nA(cell.capacity_nAh, 0, dt_s, float_mV);
        }
        const hysteresis_mV = physics.hysteresis?.voltage_mV ?? 0;
        close(cell.emf_mV(cell.soc) + hysteresis_mV, float_mV, 0.2, `steps of ${dt_s} s, mV`);
      }
    });
  });
}

describe("a charge at constant voltage", () => {
  /** Charge and energy into a cell of 1C at 4.2 V, in two hours. */
  function charged(dt_s: number): { nC: number; pJ: number } {
    const cell = new Cell(r20, 0.5);
    for (let i = 0; i < (2 * HOUR_S) / dt_s; i++) cell.take_nA(700000, 0, dt_s, 4200);
    return { nC: cell.port_nC, pJ: cell.port_pJ };
  }

  it("converges when the step shrinks, in charge and in energy", () => {
    const exact = charged(1);
    let before = Infinity;
    for (const [dt_s, most] of [
      [300, 1e-2],
      [60, 1.5e-3],
      [10, 2e-4],
    ] as const) {
      const { nC, pJ } = charged(dt_s);
      near(nC, exact.nC, most, `charge in steps of ${dt_s} s`);
      near(pJ, exact.pJ, most, `energy in steps of ${dt_s} s`);
      const error = Math.abs(pJ / exact.pJ - 1);
      assert.ok(error < before, `${error} after ${before}`);
      before = error;
    }
  });

  it("takes less and less, until the cell rests and the charger feeds the load", () => {
    const cell = new Cell(r20, 0.9);
    const [offered_nA, drain_nA] = [500000, 2000];
    // 0.05 mV over 136 ohm
    const unsure_nA = 800;
    let before_nA = Infinity;
    for (let minute = 0; minute < 600; minute++) {
      cell.take_nA(offered_nA, drain_nA, 60, 4150);
      assert.ok(cell.end_nA <= before_nA + unsure_nA, `${cell.end_nA} after ${before_nA} nA`);
      before_nA = cell.end_nA;
    }
    close(before_nA, 0, 3 * unsure_nA, "nA after ten hours");
  });

  it("takes nothing above its float voltage", () => {
    const cell = new Cell(r20, 0.95);
    assert.equal(cell.take_nA(5000, 1000, 600, 3900), 0);
    assert.equal(cell.end_nA, -1000);
  });

  it("takes all of it below: the float voltage is far", () => {
    const cell = new Cell(r20, 0.4);
    assert.equal(cell.take_nA(5000, 1000, 600, 4200), 5000);
    close(cell.port_nC, 4000 * 600, 1e-6, "nC");
  });

  it("drives the load from the cell where nothing is offered", () => {
    const [dark, driven] = [new Cell(r20, 0.5), new Cell(r20, 0.5)];
    assert.equal(dark.take_nA(0, 3000, 600, 4200), 0);
    driven.drive(-3000, 600);
    assert.equal(dark.end_mV, driven.end_mV);
    assert.equal(dark.port_pJ, driven.port_pJ);
  });

  it("meets a night in between: the current that held the voltage then is forgotten", () => {
    const cell = new Cell(r20, 0.98);
    for (let i = 0; i < 200; i++) cell.take_nA(100000, 0, 60, 4150);
    const held_nA = cell.end_nA;
    for (let i = 0; i < 60; i++) cell.take_nA(0, 50000, 600, 4150);
    assert.equal(cell.take_nA(20000, 0, 60, 4150), 20000);
    assert.ok(cell.end_nA > held_nA);
  });
});
