// The plant's law of plating: what is critical, and what is counted as above it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPart } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { Cell } from "../../../host/sim/cell.js";
import { Plating } from "../../../host/sim/plating.js";
import { projectPath } from "../../../tools/build/paths.js";
import { close } from "./cell_fixture.js";

const { physics } = plain(readPart(projectPath("boards"), "cell", "r20-12uAh-hot"));
const { area_cm2 } = physics;
const law = physics.plating!;
const fresh_nA = 2e6 * area_cm2;

const plating = () => new Plating(law, physics);

describe("the critical current", () => {
  it("is 2 mA on each cm2 between the two temperatures", () => {
    for (const degC of [10, 25, 45]) close(plating().critical_nA(degC), fresh_nA, 1e-6, `${degC}`);
  });

  it("is half of that 30 K beyond either", () => {
    for (const degC of [-20, 75]) close(plating().critical_nA(degC), fresh_nA / 2, 1e-6, `${degC}`);
  });

  it("is that of the sites that are left", () => {
    const old = plating();
    old.age(0.6);
    close(old.critical_nA(25), 0.6 * fresh_nA, 1e-6, "aged");
  });
});

describe("plating above it", () => {
  it("is counted by the highest current of a step, not by its mean", () => {
    const watched = plating();
    watched.watch(0.9 * fresh_nA, 0.9 * fresh_nA, 10, 25);
    assert.equal(watched.over_s, 0);
    // from 1.1 down to 0.7
    watched.watch(0.9 * fresh_nA, 0.7 * fresh_nA, 10, 25);
    assert.equal(watched.over_s, 10);
    close(watched.share_max, 1.1, 1e-9, "share");
    close(watched.plated_nC, 18 * fresh_nA, 1, "plated");
    close(watched.over_nC, 9 * fresh_nA, 1, "above");
  });

  it("is never stripping", () => {
    const watched = plating();
    watched.watch(-3 * fresh_nA, -3 * fresh_nA, 10, 25);
    assert.deepEqual([watched.over_s, watched.share_max, watched.plated_nC], [0, 0, 0]);
  });

  it("is seen by the cell itself, at its own temperature and age", () => {
    const cell = new Cell(physics, 0.3, undefined, 80);
    const limit_nA = cell.plating!.critical_nA(80);
    cell.drive(0.95 * limit_nA, 1);
    assert.equal(cell.plating!.over_s, 0);
    cell.age(0.9, 1.5);
    cell.drive(0.95 * limit_nA, 1);
    assert.equal(cell.plating!.over_s, 1);
  });

  it("is not watched where the cell's file has no law", () => {
    const { plating: _, ...others } = physics;
    assert.equal(new Cell(others, 0.5).plating, undefined);
  });
});
