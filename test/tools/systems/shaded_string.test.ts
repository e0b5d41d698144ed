// A string without cells under a shadow: as much as its panels without one; less the deeper it is,
// down to what three panels give past a diode; nothing at all where there is no diode.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { UNLIMITED_V } from "../../../host/sim/sources/bypassed_string.js";
import { partsOfSystem } from "../../../tools/systems/system.js";
import {
  bestOf,
  DIODE_V,
  heldOf_mW,
  lightOf,
  meanCurrent_nA,
  panelOf,
  PANELS,
} from "../../../tools/systems/shaded_string.js";

const parts = partsOfSystem("shaded-panel");
const light = lightOf(parts);
const shadowOf = (left: number) => ({ ...light, shaded_lux: left * light.lit_lux });
const one = panelOf(parts).diodeAt(light.lit_lux, light.temperature_degC).maximum();

describe("a string without a shadow", () => {
  it("gives what its panels give, whatever the bypass", () => {
    for (const bypass_V of [DIODE_V, UNLIMITED_V]) {
      const { power_mW, volts } = bestOf(parts, shadowOf(1), bypass_V);
      assert.ok(Math.abs(power_mW - PANELS * 1000 * one.power_W) < 1e-6 * power_mW);
      assert.ok(Math.abs(volts - PANELS * one.voltage_V) < 1e-4);
    }
  });
});

describe("a string with a panel in the dark", () => {
  it("gives with diodes what three panels give, less the diode's drop", () => {
    const { power_mW } = bestOf(parts, shadowOf(0), DIODE_V);
    const three_mW = (PANELS - 1) * 1000 * one.power_W;
    assert.ok(power_mW > three_mW - 1000 * DIODE_V * one.current_A * 1.01, `${power_mW} mW`);
    assert.ok(power_mW < three_mW - 1000 * DIODE_V * one.current_A * 0.97, `${power_mW} mW`);
  });

  it("gives nothing without", () => {
    // but what leaks backwards through a diode in the dark
    assert.ok(bestOf(parts, shadowOf(0), UNLIMITED_V).power_mW < 1e-4);
  });
});

describe("a load that does not search", () => {
  it("never gets more than the best point", () => {
    for (const left of [0, 0.1, 0.3, 0.5, 0.8, 1]) {
      const best = bestOf(parts, shadowOf(left), DIODE_V).power_mW;
      assert.ok(heldOf_mW(parts, shadowOf(left)) <= best * (1 + 1e-9), `${left}`);
    }
  });
});

describe("the mean current of a string with cells", () => {
  it("is near the one that the board is given", () => {
    const given_nA = parts.board.physics.supply.sleep_nA.value;
    const mean_nA = meanCurrent_nA(parts, light);
    assert.ok(given_nA < mean_nA && given_nA > 0.99 * mean_nA, `${given_nA} of ${mean_nA} nA`);
  });
});
