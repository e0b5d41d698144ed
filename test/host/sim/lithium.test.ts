// The lithium tables of every cell are its curves, with integrals that belong to their integrands:
// charge and energy are conserved only if they do.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Curve } from "../../../host/sim/curve.js";
import { LithiumTable } from "../../../host/sim/lithium.js";
import { CELLS, close, physicsOf } from "./cell_fixture.js";

/** Evenly from SOC 1 to 0, and a little beyond both. */
function lithiumOf({ lithium_full, lithium_empty }: ReturnType<typeof physicsOf>): number[] {
  const window = lithium_empty - lithium_full;
  return Array.from({ length: 2001 }, (_, i) => lithium_full + ((i - 50) / 1900) * window);
}

for (const name of CELLS) {
  describe(`lithium in ${name}`, () => {
    const physics = physicsOf(name);
    const table = new LithiumTable(physics);
    const lithium = lithiumOf(physics);

    it("has the EMF of the file within 0.1 mV, at its points and between them", () => {
      const emf = new Curve(physics.emf.lithium, physics.emf.voltage_mV);
      const points = physics.emf.lithium.filter((x) => x >= table.low);
      for (const x of [...lithium, ...points]) {
        if (x <= physics.lithium_empty) close(1e3 * table.emf_V(x), emf.at(x), 0.1, `at ${x}, mV`);
      }
    });

    it("has an EMF that falls with lithium, from -30 to 50 degC", () => {
      for (const degC of [-30, physics.reference_degC, 50]) {
        const off_K = degC - physics.reference_degC;
        const emf_V = lithium
          .filter((x) => x >= physics.lithium_full && x <= physics.lithium_empty)
          .map((x) => table.emf_V(x) + off_K * table.entropic(x));
        emf_V.slice(1).forEach((V, i) => assert.ok(V < emf_V[i]!, `${V} V after ${emf_V[i]} V`));
      }
    });

    it("has the diffusion coefficient of the file, 2 D r / (1 + r), within 0.2 %", () => {
      const { electron_ratio, lithium_m2_s } = physics.diffusion;
      const ambipolar = (2 * electron_ratio) / (1 + electron_ratio);
      physics.diffusion.lithium.forEach((x, i) => {
        const wanted = ambipolar * lithium_m2_s[i]!;
        assert.ok(Math.abs(table.diffusion(x) / wanted - 1) < 2e-3, `D at ${x}`);
      });
    });

    it("integrates what it says: slopes of the integrals are EMF, dU/dT and D", () => {
      const half = 0.25 / table.per_step;
      for (const x of lithium) {
        // the middle of an interval between two table points
        const middle = table.low + (Math.floor((x - table.low) * table.per_step) + 0.5) * 4 * half;
        const slope = (of: (x: number) => number) =>
          (of(middle + half) - of(middle - half)) / (2 * half);
        close(-slope((at) => table.energy_V(at)), table.emf_V(middle), 1e-9, "EMF, V");
        close(-slope((at) => table.entropy(at)), table.entropic(middle), 1e-12, "dU/dT, V/K");
        const D = table.diffusion(middle);
        close(slope((at) => table.flux(at)) / D, 1, 1e-8, "D");
      }
    });

    it("integrates from one end to the other: intervals add up", () => {
      const step = 1 / table.per_step;
      let [energy_V, entropy_V_K] = [0, 0];
      for (let i = 0; i <= table.last; i++) {
        const middle = table.low + (i + 0.5) * step;
        energy_V += table.emf_V(middle) * step;
        entropy_V_K += table.entropic(middle) * step;
      }
      const end = table.low + (table.last + 1) * step;
      close(table.energy_V(table.low) - table.energy_V(end), energy_V, 1e-11, "energy, V");
      close(table.entropy(table.low) - table.entropy(end), entropy_V_K, 1e-14, "entropy, V/K");
    });

    it("has no chemical energy in an empty cell, and more the less lithium is in", () => {
      close(table.energy_V(physics.lithium_empty), 0, 1e-12, "empty, V");
      close(table.entropy(physics.lithium_empty), 0, 1e-15, "empty, V/K");
      const energy_V = lithium.map((x) => table.energy_V(x));
      energy_V.slice(1).forEach((V, i) => assert.ok(V < energy_V[i]!));
    });
  });
}

describe("the ends of a lithium table", () => {
  const physics = physicsOf("r20-0p7mAh");
  const table = new LithiumTable(physics);

  it("go on straight", () => {
    for (const [end, out] of [
      [physics.lithium_full - 0.06, -0.1],
      [physics.lithium_empty + 0.06, 0.1],
    ] as const) {
      const half = table.flux(end + out / 2);
      close(half, (table.flux(end) + table.flux(end + out)) / 2, 1e-20, "flux");
      const halfV = table.emf_V(end + out / 2);
      close(halfV, (table.emf_V(end) + table.emf_V(end + out)) / 2, 1e-12, "EMF");
    }
  });

  it("hold dU/dT beyond what is known, and let no EMF fall below 1.1 V", () => {
    close(1e3 * table.entropic(1.02), physics.entropy.dudt_mV_K.at(-1)!, 1e-9, "dU/dT, mV/K");
    close(table.emf_V(1.04), 1.1, 1e-9, "EMF of an overfull cathode, V");
  });
});
