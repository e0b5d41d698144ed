// The plant's cell: conserves charge, relaxes to its EMF, and discharges as the measured cell of
// Raijmakers et al., Electrochim. Acta 330 (2020) 135147 does.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readPart } from "../../boards/parts.js";
import { plain } from "../../boards/schema/quantity.js";
import { Cell, type CellPhysics } from "../../host/sim/cell.js";
import { Curve } from "../../host/sim/curve.js";
import { projectPath } from "../../tools/build/paths.js";

const physicsOf = (name: string): CellPhysics =>
  plain(readPart(projectPath("boards"), "cell", name)).physics;

/** The published cell without self-discharge, so that every coulomb can be followed. */
const r20: CellPhysics = { ...physicsOf("r20-0p7mAh"), self_discharge_per_year: 0 };
const ONE_C_NA = 700000;
const CUT_OFF_MV = 3000;

/** Charge per area, mAh/cm2, from full to 3.0 V. */
function endCapacity(c_rate: number): number {
  const cell = new Cell(r20, 1);
  const dt_s = 0.4 / c_rate;
  let charge_nAh = 0;
  while (cell.voltage_mV(-c_rate * ONE_C_NA) > CUT_OFF_MV) {
    cell.advance(dt_s, c_rate * ONE_C_NA);
    charge_nAh += (c_rate * ONE_C_NA * dt_s) / 3600;
  }
  return charge_nAh / 1e6 / r20.area_cm2;
}

const near = (value: number, wanted: number, share: number, what: string) =>
  assert.ok(Math.abs(value / wanted - 1) <= share, `${what}: ${value}, wanted ${wanted}`);

describe("the plant's cell", () => {
  it("holds what its cathode holds", () => {
    // x 0.51 to 1.0 of 0.349 mAh/cm2 for x 0.5 to 1.0, on 3.36 cm2
    near(new Cell(r20, 1).capacity_nAh, 1149000, 0.002, "capacity");
    near(new Cell(physicsOf("enerchip-50uAh"), 1).capacity_nAh, 50000, 0.001, "50 uAh");
    near(new Cell(physicsOf("enerchip-12uAh"), 1).capacity_nAh, 12000, 0.001, "12 uAh");
  });

  it("gives the end capacities of the paper's own simulation, 0.1 C to 2 C", () => {
    const published = [
      [0.1, 0.3231],
      [0.5, 0.2759],
      [1, 0.2468],
      [2, 0.2156],
    ] as const;
    for (const [c_rate, wanted] of published) {
      near(endCapacity(c_rate), wanted, 0.025, `${c_rate} C, mAh/cm2`);
    }
  });

  it("has the effective resistances of pulses at 20 degC", () => {
    // V / I after a pulse from rest, ohm: computed from the paper's parameters with 80 volumes
    const cases = [
      [0.55, 1, 0.01, 132],
      [0.55, 1, 60, 160],
      [0.75, 5, 10, 133],
      [0.9, 1, 1, 145],
      [0.9, 1, 10, 162],
      [0.96, 1, 1, 208],
    ] as const;
    for (const [lithium, current_mA, pulse_s, wanted_ohm] of cases) {
      const cell = new Cell(r20, (1 - lithium) / 0.49);
      const rest_mV = cell.voltage_mV(0);
      cell.advance(pulse_s, current_mA * 1e6);
      const drop_mV = rest_mV - cell.voltage_mV(-current_mA * 1e6);
      near(drop_mV / current_mA, wanted_ohm, 0.05, `x ${lithium}, ${pulse_s} s, ohm`);
    }
  });

  it("conserves charge whatever the currents and steps", () => {
    // parts per million of the capacity, in either direction, within some time
    const move = fc.record({
      dt_ms: fc.integer({ min: 1, max: 5000000 }),
      ppm: fc.integer({ min: -20000, max: 20000 }),
    });
    const moves = fc.array(move, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(moves, (list) => {
        const cell = new Cell(r20, 0.5);
        let charge_nAh = 0.5 * cell.capacity_nAh;
        for (const { dt_ms, ppm } of list) {
          const moved_nAh = ppm * 1e-6 * cell.capacity_nAh;
          const current_nA = (moved_nAh * 3600000) / dt_ms;
          const drain_nA = Math.max(-current_nA, 0);
          const { taken_nA } = cell.advance(dt_ms / 1000, drain_nA, Math.max(current_nA, 0));
          const error_nA = taken_nA - drain_nA - current_nA;
          assert.ok(Math.abs(error_nA) <= 1e-9 * Math.abs(current_nA), `${error_nA} nA`);
          charge_nAh += moved_nAh;
        }
        const error_nAh = cell.soc * cell.capacity_nAh - charge_nAh;
        assert.ok(Math.abs(error_nAh) < 1e-9 * cell.capacity_nAh, `${error_nAh} nAh lost`);
      }),
      { numRuns: 40 },
    );
  });

  it("loses by self-discharge what its file says, whether in one step or in many", () => {
    const physics = physicsOf("enerchip-50uAh");
    const month_s = 30 * 86400;
    const [once, often] = [new Cell(physics, 0.6), new Cell(physics, 0.6)];
    once.advance(month_s, 0);
    for (let day = 0; day < 30; day++) often.advance(86400, 0);
    const wanted = 0.6 - (physics.self_discharge_per_year * 30) / 365.25;
    assert.ok(Math.abs(once.soc - wanted) < 1e-9, `soc ${once.soc}, wanted ${wanted}`);
    assert.ok(Math.abs(often.soc - once.soc) < 1e-9);
  });

  it("relaxes to its EMF after any pulse", () => {
    const pulses = fc.record({
      soc: fc.double({ min: 0.15, max: 0.95, noNaN: true }),
      current_nA: fc.double({ min: -ONE_C_NA, max: ONE_C_NA, noNaN: true }),
    });
    fc.assert(
      fc.property(pulses, ({ soc, current_nA }) => {
        const cell = new Cell(r20, soc);
        cell.advance(60, Math.max(-current_nA, 0), Math.max(current_nA, 0));
        cell.advance(200 * 3600, 0);
        const error_mV = cell.voltage_mV(0) - cell.emf_mV(cell.soc);
        assert.ok(Math.abs(error_mV) < 0.05, `${error_mV} mV from the EMF at ${cell.soc}`);
      }),
      { numRuns: 20 },
    );
  });

  it("is stable and steady for any step: a night in one call is a night in a thousand", () => {
    const [once, often] = [new Cell(r20, 0.8), new Cell(r20, 0.8)];
    once.advance(36000, 20000);
    for (let i = 0; i < 1000; i++) often.advance(36, 20000);
    assert.ok(Math.abs(once.soc - often.soc) < 1e-9);
    assert.ok(Math.abs(once.voltage_mV(0) - often.voltage_mV(0)) < 0.05);
  });

  it("takes less and less at a float voltage, and never rises above it", () => {
    const cell = new Cell(r20, 0.9);
    let before_nA = Infinity;
    let total_nAh = cell.soc * cell.capacity_nAh;
    for (let minute = 0; minute < 300; minute++) {
      const { taken_nA, now_nA, limited } = cell.advance(60, 2000, 500000, 4150);
      const above_mV = cell.voltage_mV(now_nA - 2000) - 4150;
      assert.ok(above_mV < 0.1, `${above_mV} mV above the float voltage`);
      if (limited) assert.ok(now_nA <= before_nA, `${now_nA} nA after ${before_nA} nA`);
      before_nA = now_nA;
      total_nAh += ((taken_nA - 2000) * 60) / 3600;
    }
    assert.ok(before_nA < 20000 && before_nA > 1999, `${before_nA} nA after five hours`);
    assert.ok(Math.abs(cell.emf_mV(cell.soc) - 4150) < 1);
    assert.ok(Math.abs(total_nAh - cell.soc * cell.capacity_nAh) < 1);
  });

  it("takes nothing above its float voltage", () => {
    const cell = new Cell(r20, 0.95);
    assert.equal(cell.advance(600, 1000, 5000, 3900).taken_nA, 0);
  });

  it("follows Arrhenius: about 7 times the resistance at 0 degC, 0.04 times at 80 degC", () => {
    const ohm = (temperature_degC: number) => {
      const cell = new Cell({ ...r20, series_ohm_cm2: 0 }, 0.5);
      cell.temperature_degC = temperature_degC;
      return (cell.voltage_mV(0) - cell.voltage_mV(-1000)) / 1e-3;
    };
    // exp(0.55 eV/k (1/T - 1/298.15 K)), with charge transfer's factor T in RT/F: 6.5 and 0.043
    near(ohm(0) / ohm(25), 7.09, 0.1, "0 degC");
    near(ohm(80) / ohm(25), 0.036, 0.1, "80 degC");
  });

  it("moves its EMF with temperature by the entropy of the cathode", () => {
    const cell = new Cell(r20, 0.4 / 0.98);
    const warm_mV = cell.emf_mV(0.4 / 0.98);
    cell.temperature_degC -= 10;
    // x = 0.8: -0.539 mV/K
    near(cell.emf_mV(0.4 / 0.98) - warm_mV, 5.39, 0.001, "10 K, mV");
  });
});

describe("a monotone curve", () => {
  it("passes through its points, stays between them, and goes on straight", () => {
    const curve = new Curve([0, 1, 2, 4], [0, 1, 1.1, 5]);
    [0, 1, 2, 4].forEach((x, i) => assert.ok(Math.abs(curve.at(x) - [0, 1, 1.1, 5][i]!) < 1e-12));
    for (let x = 0; x < 4; x += 0.01) assert.ok(curve.at(x + 0.01) >= curve.at(x));
    assert.ok(Math.abs(curve.at(-2) - (2 * curve.at(-1) - curve.at(0))) < 1e-12);
    assert.throws(() => new Curve([1], [1]), /needs equally many/);
  });
});
