// A string of cells in series is emptied as one cell is, where the cells are alike; where they are
// not, its weakest cell ends it sooner.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPart } from "../../../boards/parts.js";
import { plain } from "../../../boards/schema/quantity.js";
import { Cell } from "../../../host/sim/cell.js";
import { projectPath } from "../../../tools/build/paths.js";
import { ALIKE, currentFor_nA, emptied } from "../../../tools/systems/string_discharge.js";

const { physics } = plain(readPart(projectPath("boards"), "cell", "r20-500um"));
const base = { seed: 1, start_soc: 1, cut_off_mV: 3000, current_nA: 500 };
const alike = { ...physics, spread: ALIKE };

describe("a string of cells", () => {
  it("that are alike has the voltage of one, times their number", () => {
    const one = emptied({ ...base, physics: alike, cells: 1 });
    const sixteen = emptied({ ...base, physics: alike, cells: 16 });
    assert.equal(sixteen.hours, one.hours);
    one.string_mV.forEach((mV, i) => {
      assert.ok(Math.abs(sixteen.string_mV[i]! - 16 * mV) < 1e-6, `row ${i}`);
      assert.ok(Math.abs(sixteen.least_mV[i]! - mV) < 1e-6, `row ${i}`);
    });
  });

  it("that differ ends sooner and leaves more", () => {
    const equal = emptied({ ...base, physics: alike, cells: 16 });
    const spread = emptied({ ...base, physics, cells: 16 });
    assert.ok(spread.hours < equal.hours, `${spread.hours} h, ${equal.hours} h`);
    assert.ok(spread.left > equal.left, `${spread.left}, ${equal.left}`);
  });

  it("gives the charge that the current and the time say", () => {
    const { hours, left } = emptied({ ...base, physics: alike, cells: 2 });
    const capacity_nAh = new Cell(physics, 1).capacity_nAh;
    const given = (base.current_nA * hours) / capacity_nAh;
    assert.ok(Math.abs(1 - left - given) < 1e-4, `${1 - left} given, ${given} counted`);
  });
});

describe("the current for a voltage", () => {
  it("is the one at which the cell shows it", () => {
    const nA = currentFor_nA(physics, 0.5, 3206);
    assert.ok(Math.abs(new Cell(physics, 0.5).voltage_mV(-nA) - 3206) < 1e-3);
  });
});
