// Cells in series under uneven light: what bypass diodes save, and that the best of several tops of
// power is found.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { BypassedString, type Group } from "../../../../host/sim/sources/bypassed_string.js";
import { SingleDiode, type DiodeParameters } from "../../../../host/sim/sources/single_diode.js";
import { close, near } from "../cell_fixture.js";

const BYPASS_V = 0.4;

/** A small crystalline cell: 1 mA in full light, 0.55 V. */
const of: DiodeParameters = {
  photocurrent_A: 1e-3,
  saturation_ln: Math.log(1e-12),
  swing_V: 0.0265,
  series_ohm: 5,
  shunt_S: 1e-6,
};
const cell = (light: number, change: Partial<DiodeParameters> = {}) =>
  new SingleDiode({ ...of, photocurrent_A: light * of.photocurrent_A, ...change });
const group = (light: number, count: number): Group =>
  Array.from({ length: count }, () => cell(light));

/** The best of many currents, by the string's own curve. */
function searched_W(string: BypassedString): number {
  let best_W = 0;
  for (let i = 1; i < 2000; i++) {
    const current_A = (of.photocurrent_A * i) / 2000;
    best_W = Math.max(best_W, current_A * string.voltageAt(current_A));
  }
  return best_W;
}

describe("a string of cells with bypass diodes", () => {
  it("is one larger diode when all cells are lit alike", () => {
    const string = new BypassedString([group(1, 4), group(1, 4), group(1, 4)], BYPASS_V);
    const scaled = new SingleDiode({
      ...of,
      swing_V: 12 * of.swing_V,
      series_ohm: 12 * of.series_ohm,
      shunt_S: of.shunt_S / 12,
    });
    near(string.open_V, scaled.open_V, 1e-12, "Voc, V");
    near(string.currentAt(0), scaled.currentAt(0), 1e-12, "Isc, A");
    for (const voltage_V of [0.1, 2, 5, 6, 7]) {
      const wanted_A = scaled.currentAt(voltage_V);
      close(string.currentAt(voltage_V), wanted_A, 1e-12, `${voltage_V} V, A`);
    }
    const [best, ...others] = string.maxima();
    assert.equal(others.length, 0);
    near(best!.power_W, scaled.maximum().power_W, 1e-12, "W");
    near(best!.voltage_V, scaled.maximum().voltage_V, 1e-7, "V");
  });

  it("loses a dark group, and a diode's drop", () => {
    const string = new BypassedString([group(1, 4), group(0, 4), group(1, 4)], BYPASS_V);
    const rest = new BypassedString([group(1, 4), group(1, 4)], BYPASS_V);
    for (const current_A of [1e-5, 3e-4, 9e-4]) {
      const wanted_V = rest.voltageAt(current_A) - BYPASS_V;
      near(string.voltageAt(current_A), wanted_V, 1e-12, `${current_A} A, V`);
    }
    const { power_W, current_A } = string.maximum();
    const rough_W = rest.maximum().power_W - BYPASS_V * rest.maximum().current_A;
    near(power_W, rough_W, 0.002, "W");
    assert.ok(power_W >= rough_W);
    assert.ok(current_A > 0.9e-3);
  });

  it("is held to a dark cell's shunt without a diode's help", () => {
    const lone = new BypassedString([[...group(1, 11), cell(0)]], 100);
    const helped = new BypassedString([group(1, 8), [...group(1, 3), cell(0)]], BYPASS_V);
    assert.ok(lone.maximum().power_W < 0.01 * helped.maximum().power_W);
  });

  it("has two tops when one group is shaded, of which either may be the best", () => {
    for (const [light, best] of [
      [0.3, 1],
      [0.8, 0],
    ] as const) {
      const string = new BypassedString([group(1, 4), group(light, 4), group(1, 4)], BYPASS_V);
      const tops = string.maxima();
      assert.equal(tops.length, 2, `${light}`);
      // all groups at the current of the shaded one; the lit ones at theirs
      assert.ok(tops[0]!.voltage_V > 5 && tops[0]!.current_A < light * of.photocurrent_A);
      assert.ok(tops[1]!.voltage_V < 4 && tops[1]!.current_A > 0.9e-3);
      assert.deepEqual(string.maximum(), tops[best]);
      for (const { voltage_V, power_W } of tops) {
        for (const aside of [0.999, 1.001]) {
          const near_V = aside * voltage_V;
          assert.ok(near_V * string.currentAt(near_V) < power_W, `${aside} of ${voltage_V} V`);
        }
      }
    }
  });

  it("finds the best of all tops, whatever the light on each cell", () => {
    const light = fc.oneof(fc.constant(0), fc.double({ min: 1e-4, max: 1, noNaN: true }));
    const cells = fc.array(light, { minLength: 1, maxLength: 4 });
    const shunt_S = fc.constantFrom(0, 1e-8, 1e-5);
    fc.assert(
      fc.property(
        fc.array(cells, { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        shunt_S,
        (lights, bypass_V, shunt) => {
          const groups = lights.map((of) => of.map((share) => cell(share, { shunt_S: shunt })));
          const string = new BypassedString(groups, bypass_V);
          const best = string.maximum();
          const found_W = searched_W(string);
          assert.ok(best.power_W >= found_W * (1 - 1e-9), `${best.power_W} < ${found_W} W`);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("takes any current at the drops of all its diodes, and none in the dark", () => {
    const string = new BypassedString([group(1, 2), group(1, 2)], BYPASS_V);
    assert.equal(string.currentAt(-2 * BYPASS_V), Infinity);
    assert.equal(string.voltageAt(1), -2 * BYPASS_V);
    assert.ok(string.currentAt(string.open_V + 1) < 0);
    const dark = new BypassedString([group(0, 2), group(0, 2)], 0);
    assert.deepEqual(dark.maxima(), []);
    assert.deepEqual(dark.maximum(), { voltage_V: 0, current_A: 0, power_W: 0 });
    assert.ok(!(dark.currentAt(NaN) > 0));
  });

  it("must be of cells, and of diodes that keep something", () => {
    assert.throws(() => new BypassedString([[]], 0.4), /a string of groups of 0 cells/);
    assert.throws(() => new BypassedString([group(1, 1)], -1), /-1 V; must be >= 0/);
  });
});
