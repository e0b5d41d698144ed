// The guard keeps the cell below its critical current where the board can set it, says so where it
// cannot, and feeds from a weaker source where there is a switch.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readScenario } from "../../../boards/parts.js";
import { programmeOf } from "../../../boards/programme.js";
import { limitFigures } from "../../../tools/bench/schedule/critical_current.js";
import { limitMeasurements, limitTable } from "../../../tools/bench/schedule/limit_page.js";
import { projectPath } from "../../../tools/build/paths.js";

const life = (scenario: string, guarded: boolean) =>
  limitFigures({ kind: "limit", scenario, seed: 7, guarded, hours: 480 });

const hot = life("limit-hot", true);
const open = life("limit-hot", false);
const unlimited = life("unlimited-hot", true);
const switched = life("switched-hot", true);

describe("a board that sets the current", () => {
  it("is held back for hours, and never above the critical current", () => {
    assert.ok(hot.binding_h > 5, `${hot.binding_h} h`);
    assert.equal(hot.violations, 0);
    assert.ok(hot.share_max > 0.1 && hot.share_max < 1, `${hot.share_max}`);
    assert.equal(hot.unenforced_h, 0);
  });

  it("is charged gently until its limiter is told anything", () => {
    const unset_nA = (scenario: string) =>
      programmeOf(readScenario(projectPath("boards"), scenario)).unattended.limit_nA;
    assert.equal(unset_nA("limit-hot"), 5000);
    assert.equal(unset_nA("unlimited-hot"), Infinity);
  });

  it("is above it once the guard is removed", () => {
    assert.ok(open.violations >= 1 && open.over_h > 0);
    assert.ok(open.share_max > 1.5, `${open.share_max}`);
  });
});

describe("a board that cannot", () => {
  it("says so, and violations are counted", () => {
    assert.ok(unlimited.unenforced_h > 470, `${unlimited.unenforced_h} h`);
    assert.ok(unlimited.violations >= 1);
    assert.equal(unlimited.binding_h, 0);
    assert.equal(unlimited.weaker_h, 0);
  });

  it("feeds from the weaker source where it has a switch", () => {
    assert.ok(switched.weaker_h > 100, `${switched.weaker_h} h`);
    assert.equal(life("switched-hot", false).weaker_h, 0);
  });
});

describe("its page", () => {
  it("counts boards with a limiter apart from those without", () => {
    const measured = limitMeasurements([hot, open, unlimited]);
    const value = (name: string) => measured.find((one) => one.name === name)!.value;
    assert.equal(value("ccd_violations_guarded"), 0);
    assert.equal(value("ccd_violations_unguarded"), open.violations);
    assert.equal(value("ccd_violations_unenforced"), unlimited.violations);
    assert.match(limitTable([hot, open]), /limit-hot +removed/);
  });
});
