// Diffusion in the cathode conserves lithium and energy to rounding for any step, and evens out.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Cathode } from "../../../host/sim/cathode.js";
import { USUAL_GRID, type Grid } from "../../../host/sim/grid.js";
import { LithiumTable } from "../../../host/sim/lithium.js";
import { close, near, physicsOf } from "./cell_fixture.js";
import { DEPTH_M, evenly, surfaceOf, TAU_S, wave } from "./cathode_fixture.js";

const published = physicsOf("r20-0p7mAh");
const table = new LithiumTable(published);
const depth_m = published.cathode_um * 1e-6;
const newCathode = (lithium: number, grid?: Grid) => new Cathode(table, depth_m, lithium, grid);

/** Steps of hundredths of seconds to hours that move at most a tenth of the sites. */
const steps = fc.array(
  fc.record({
    dt_s: fc.double({ min: -2, max: 4, noNaN: true }).map((decade) => 10 ** decade),
    front: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
    back: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 20 },
);

describe("the grid of a cathode", () => {
  it("fills its depth, each volume thicker than the one before by the growth", () => {
    for (const grid of [USUAL_GRID, evenly(5), { volumes: 12, growth: 1.2 }]) {
      const { width_m } = newCathode(0.7, grid);
      close(width_m.reduce((sum, width) => sum + width, 0) / depth_m, 1, 1e-12, "depth");
      for (let i = 1; i < grid.volumes; i++)
        near(width_m[i]! / width_m[i - 1]!, grid.growth, 1e-12, "growth");
    }
  });
});

describe("lithium in the cathode", () => {
  it("is conserved to rounding, whatever flows in and however long the steps are", () => {
    fc.assert(
      fc.property(steps, fc.double({ min: 0.55, max: 0.98, noNaN: true }), (list, lithium) => {
        const cathode = newCathode(lithium);
        let wanted = lithium;
        for (const { dt_s, front, back } of list) {
          const most = depth_m / dt_s;
          cathode.step(dt_s, front * most, back * most);
          wanted += front + back;
        }
        // a step of hours through a wall of micrometres multiplies the rounding of its matrix
        close(cathode.mean, wanted, 1e-12 * list.length, "mean");
      }),
    );
  });

  it("stays where it is when it is even and nothing flows", () => {
    const cathode = newCathode(0.8);
    for (const dt_s of [1e-3, 1, 1e3, 1e6]) cathode.step(dt_s, 0, 0);
    for (const x of cathode.x) close(x, 0.8, 1e-15, "lithium");
    assert.equal(cathode.dissipated_Vm, 0);
  });

  it("evens out in one step as long as a month, however uneven it was", () => {
    // the surface is filled or drained far beyond its sites, where D is a thirtieth
    const uneven = fc.double({ min: -2e-8, max: 2e-8, noNaN: true });
    fc.assert(
      fc.property(uneven, fc.double({ min: 0.65, max: 0.9, noNaN: true }), (flux, lithium) => {
        const cathode = newCathode(lithium);
        cathode.step(60, flux, 0);
        const { mean } = cathode;
        cathode.step(30 * 86400, 0, 0);
        for (const x of cathode.x) close(x, mean, 2e-3, "lithium");
        close(cathode.mean, mean, 1e-11, "mean");
        cathode.step(30 * 86400, 0, 0);
        for (const x of cathode.x) close(x, mean, 1e-5, "lithium after another month");
      }),
    );
  });

  it("moves between its bounds at rest, in steps of any length", () => {
    const lengths = fc.array(fc.double({ min: -1, max: 5, noNaN: true }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.double({ min: -2e-8, max: 2e-8, noNaN: true }), lengths, (flux, list) => {
        const cathode = newCathode(0.75);
        for (let second = 0; second < 60; second++) cathode.step(1, flux, 0);
        const [low, high] = [Math.min(...cathode.x), Math.max(...cathode.x)];
        const margin = 0.02 * (high - low) + 1e-12;
        for (const decade of list) {
          cathode.step(10 ** decade, 0, 0);
          for (const x of cathode.x) assert.ok(x > low - margin && x < high + margin, `${x}`);
        }
      }),
    );
  });

  it("flows steadily through: the flux is the same between all volumes", () => {
    const flux = 2e-9;
    const cathode = newCathode(0.75);
    for (let step = 0; step < 400; step++) cathode.step(600, flux, -flux);
    const { x, width_m } = cathode;
    for (let i = 0; i + 1 < x.length; i++) {
      const distance_m = (width_m[i]! + width_m[i + 1]!) / 2;
      const flows = (table.flux(x[i]!) - table.flux(x[i + 1]!)) / distance_m;
      near(flows, flux, 1e-8, `flux from volume ${i}`);
    }
    // Kirchhoff: the integral of D from electrolyte to collector is flux times depth
    const back = x.at(-1)! - (flux * width_m.at(-1)!) / (2 * table.diffusion(x.at(-1)!));
    const across = table.flux(surfaceOf(cathode, flux)) - table.flux(back);
    near(across, flux * depth_m, 5e-3, "integral of D");
  });

  it("leads at the electrolyte by half a volume of the gradient there, and has its EMF", () => {
    const cathode = newCathode(0.7);
    cathode.warm(15);
    const flux = 1e-9;
    const lead = (flux * cathode.width_m[0]!) / (2 * table.diffusion(0.7));
    close(surfaceOf(cathode, flux), 0.7 + lead, 1e-12, "lithium");
    const wanted_V = table.emf_V(0.7 + lead) + 15 * table.entropic(0.7 + lead);
    close(cathode.surface_V, wanted_V, 1e-12, "EMF, V");
    assert.equal(surfaceOf(cathode, 0), 0.7);
  });

  it("comes back with undo, energy and all", () => {
    const cathode = newCathode(0.7);
    cathode.warm(13);
    cathode.step(100, 3e-9, 1e-9);
    const [x, energy] = [Array.from(cathode.x), Array.from(cathode.site_V)];
    cathode.step(1000, -5e-9, 2e-9);
    assert.notDeepEqual(Array.from(cathode.x), x);
    cathode.undo();
    assert.deepEqual(Array.from(cathode.x), x);
    assert.deepEqual(Array.from(cathode.site_V), energy);
  });
});

describe("chemical energy of the cathode", () => {
  it("falls by what leaves through both faces and what diffusion dissipates, to rounding", () => {
    const off_K = fc.double({ min: -40, max: 40, noNaN: true });
    const lithium = fc.double({ min: 0.55, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(steps, lithium, off_K, (list, start, kelvin) => {
        const cathode = newCathode(start);
        cathode.warm(kelvin);
        const before_Vm = cathode.chemical_Vm;
        let out_Vm = 0;
        let through_Vm = 0;
        for (const { dt_s, front, back } of list) {
          const most = depth_m / dt_s;
          cathode.step(dt_s, front * most, back * most);
          const faces_Vm = depth_m * (front * cathode.front_V + back * cathode.back_V);
          out_Vm += faces_Vm + cathode.dissipated_Vm;
          through_Vm += Math.abs(faces_Vm) + Math.abs(cathode.dissipated_Vm);
        }
        const off_Vm = before_Vm - out_Vm - cathode.chemical_Vm;
        const most_Vm = 1e-12 * (through_Vm + Math.abs(before_Vm));
        assert.ok(Math.abs(off_Vm) <= most_Vm, `${off_Vm} of ${through_Vm} V m`);
      }),
    );
  });

  it("is EMF integrated over what is missing: the table's, volume by volume", () => {
    const cathode = newCathode(0.6);
    cathode.step(300, 5e-9, 0);
    cathode.warm(-20);
    const wanted = Array.from(cathode.x, (x, i) => {
      return (table.energy_V(x) - 20 * table.entropy(x)) * cathode.width_m[i]!;
    });
    close(
      cathode.chemical_Vm,
      wanted.reduce((sum, part) => sum + part, 0),
      1e-18,
      "V m",
    );
  });

  it("only falls at rest: diffusion never gives energy", () => {
    fc.assert(
      fc.property(fc.double({ min: -2e-8, max: 2e-8, noNaN: true }), (flux) => {
        const cathode = newCathode(0.75);
        cathode.step(30, flux, 0);
        for (const dt_s of [0.1, 1, 10, 100, 1000, 1e5]) {
          cathode.step(dt_s, 0, 0);
          assert.ok(cathode.dissipated_Vm >= -1e-20, `${cathode.dissipated_Vm} V m`);
        }
      }),
    );
  });

  it("is dissipated by a decaying wave as flux times gradient of the EMF says", () => {
    // 1 V per unit of lithium: D (dx/dy)^2 integrated over depth and time, from 0.3 to 0
    const cathode = wave(evenly(100), 0.5, 0.3);
    let sum_Vm = 0;
    for (let i = 0; i < 500; i++) {
      cathode.step(0.01 * TAU_S, 0, 0);
      sum_Vm += cathode.dissipated_Vm;
    }
    // half of the mean square: 0.3^2 / 4
    near(sum_Vm / DEPTH_M, 0.0225, 1e-3, "V");
  });
});
