// Ageing meets the endpoints that makers and papers state, in any steps, faster in heat and at high
// voltage.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Ageing, type AgeingPhysics } from "../../../host/sim/ageing.js";
import { cellFile, CELLS, near } from "./cell_fixture.js";

const YEAR_S = 31557600;

const ageingOf = (name: string): AgeingPhysics => cellFile(name).physics.ageing;

/** Cycles alone, each of a moment, at 25 degC and without stress. */
function cycled(name: string, cycles: number): Ageing {
  const ageing = new Ageing(ageingOf(name));
  for (let cycle = 0; cycle < cycles; cycle++) ageing.pass(0, 1, 25, 3000);
  return ageing;
}

describe("ageing", () => {
  it("leaves what is stated after so many cycles", () => {
    // Cymbet's FAQ; Zheng et al. 2026, Table 6 and its text
    for (const [name, cycles, alive] of [
      ["enerchip-50uAh", 5000, 0.8],
      ["enerchip-12uAh", 5000, 0.8],
      ["enerchip-5uAh", 5000, 0.8],
      ["r20-0p7mAh", 1000, 0.75],
      ["d11-10uAh", 1000, 0.75],
      ["lfp-25uAh", 70, 0.96],
      ["lnmo-50uAh", 10000, 0.9],
    ] as const) {
      const aged = cycled(name, cycles);
      near(aged.alive, alive, 1e-3, `${name} after ${cycles} cycles`);
      near(aged.cycles, cycles, 1e-12, "cycles");
    }
  });

  it("gives an EnerChip 1 to 2 % of capacity loss a year in all, self-discharge with it", () => {
    const { ageing, self_discharge_per_year } = cellFile("enerchip-50uAh").physics;
    const year = new Ageing(ageing);
    for (let day = 0; day < 365.25; day++) year.pass(86400, 0, 25, 4100);
    const lost = 1 - year.alive + self_discharge_per_year;
    assert.ok(lost > 0.01 && lost < 0.02, `${lost} a year`);
  });

  it("has the resistance of an aged EnFilm when 60 % are left: 3.2 times", () => {
    for (const name of CELLS) {
      const ageing = new Ageing({ ...ageingOf(name), per_cycle: 0.4 });
      ageing.pass(0, 1, 25, 3000);
      near(ageing.alive, 0.6, 1e-12, `${name}, alive`);
      near(ageing.growth, 3.2, 1e-12, `${name}, resistance`);
    }
  });

  it("follows Arrhenius from 25 degC: 0.5 eV is 3.40 times at 45 degC", () => {
    const lost = (degC: number) => {
      const ageing = new Ageing(ageingOf("enerchip-50uAh"));
      ageing.pass(YEAR_S / 12, 3, degC, 3000);
      return 1 - ageing.alive;
    };
    // exp(0.5 eV/k (1/298.15 K - 1/318.15 K)), and its inverse 20 K below
    near(lost(45) / lost(25), 3.4, 2e-3, "45 degC");
    near(lost(5) / lost(25), 0.2468, 2e-3, "5 degC");
  });

  it("is twice as fast 0.1 V above the voltage from which it is stressed, and not below", () => {
    const of = ageingOf("enerchip-50uAh");
    const lost = (mV: number) => {
      const ageing = new Ageing(of);
      ageing.pass(YEAR_S / 12, 3, 25, mV);
      return 1 - ageing.alive;
    };
    near(lost(of.stress_mV + 100) / lost(3000), 2, 1e-9, "above");
    assert.equal(lost(of.stress_mV), lost(3000));
  });

  it("is the same in days as in years, within a thousandth of what is lost", () => {
    const [days, years] = [new Ageing(ageingOf("lnmo-50uAh")), new Ageing(ageingOf("lnmo-50uAh"))];
    for (let year = 0; year < 5; year++) {
      years.pass(365 * 86400, 100, 30, 4000);
      for (let day = 0; day < 365; day++) days.pass(86400, 100 / 365, 30, 4000);
    }
    near(1 - days.alive, 1 - years.alive, 5e-3, "lost");
  });

  it("never heals, and leaves a twentieth of any cell", () => {
    const passes = fc.array(
      fc.record({
        dt_s: fc.double({ min: 0, max: YEAR_S, noNaN: true }),
        cycles: fc.double({ min: 0, max: 1000, noNaN: true }),
        degC: fc.double({ min: -20, max: 80, noNaN: true }),
        mV: fc.double({ min: 3000, max: 4600, noNaN: true }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(passes, (list) => {
        const ageing = new Ageing(ageingOf("r20-0p7mAh"));
        for (const { dt_s, cycles, degC, mV } of list) {
          const { alive, growth } = ageing;
          ageing.pass(dt_s, cycles, degC, mV);
          assert.ok(ageing.alive <= alive && ageing.alive >= 0.05, `${ageing.alive}`);
          assert.ok(ageing.growth >= growth);
        }
      }),
    );
  });
});
