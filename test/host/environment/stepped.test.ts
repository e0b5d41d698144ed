// Light in steps: a site that has them follows its list over and over, from the step it begins
// with, at one temperature, and its drives last for the whole run.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { environmentOf } from "../../../boards/plant.js";
import { readScenario } from "../../../boards/parts.js";
import { steppedLight } from "../../../host/sim/environment/stepped.js";
import { Surroundings } from "../../../host/sim/surroundings.js";
import { projectPath } from "../../../tools/build/paths.js";

const STEPS = { step_s: 900, lux: [10, 20, 30, 5], temperature_degC: 21 };

function luxAt(first: number, ...minutes: number[]): number[] {
  const around = new Surroundings(steppedLight("steps", STEPS, 24, first));
  return minutes.map((minute) => {
    around.follow(60 * minute);
    return around.lux;
  });
}

describe("light in steps", () => {
  it("repeats its list", () => {
    assert.deepEqual(luxAt(0, 0, 14, 16, 31, 46, 61, 106), [10, 10, 20, 30, 5, 10, 5]);
  });

  it("begins with the step that is asked for", () => {
    assert.deepEqual(luxAt(3, 0, 16, 31, 61), [5, 10, 20, 5]);
  });

  it("has one temperature", () => {
    const around = new Surroundings(steppedLight("steps", STEPS, 24));
    for (const hour of [0, 5, 23, 30]) {
      around.follow(3600 * hour);
      assert.equal(around.temperature_degC, 21);
    }
  });
});

describe("a site with light in steps", () => {
  it("takes the place of climate and room", () => {
    const parts = readScenario(projectPath("boards"), "shaded-panel");
    const { lux, step_s, length_s } = environmentOf(parts, 1, 24);
    assert.deepEqual([...lux.subarray(0, 4)], parts.site.light!.lux.value);
    assert.equal(step_s, parts.site.light!.step_s.value);
    assert.equal(length_s, 86400);
    assert.equal(lux.length, 96);
  });

  it("keeps the hours of its other drives", () => {
    const parts = readScenario(projectPath("boards"), "rf-teg-30mm2");
    const around = new Surroundings(environmentOf(parts, 1, 72));
    const rf = [1, 3, 13, 15, 27, 39].map((hour) => {
      around.follow(3600 * hour);
      return around.now.rf_uW;
    });
    assert.deepEqual(rf, [0, 45, 45, 0, 45, 0]);
  });
});
