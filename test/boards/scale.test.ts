// A scaled part is the same material in another amount: for the core (profile) as for the plant
// (physics), and no number loses its source.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkPart, PartError } from "../../boards/check.js";
import { listParts, readPart, readScenario } from "../../boards/parts.js";
import { scaleCell, scalePanels } from "../../boards/scale.js";
import { plain } from "../../boards/schema/quantity.js";
import { Cell } from "../../host/sim/cell.js";
import { harvestPoint } from "../../host/sim/operating_point.js";
import { sourceOf } from "../../host/sim/sources/source_of.js";
import { NOTHING } from "../../host/sim/sources/source.js";
import { projectPath } from "../../tools/build/paths.js";

const root = projectPath("boards");
const { cell, board, harvester, pmic } = readScenario(root, "default-year");

const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual / expected - 1) < 1e-6, `${actual} is not ${expected}`);

describe("a scaled cell", () => {
  it("has the capacity, self-discharge and area of so many, and their resistance", () => {
    const twice = scaleCell(cell, 2);
    close(twice.profile.capacity_nAh.value, 2 * cell.profile.capacity_nAh.value);
    close(twice.profile.area_cm2.value, 2 * cell.profile.area_cm2.value);
    close(twice.profile.self_drain_nA.value, 2 * cell.profile.self_drain_nA.value);
    close(twice.profile.resistance_ohm.value, cell.profile.resistance_ohm.value / 2);
    close(twice.physics.area_cm2.value, 2 * cell.physics.area_cm2.value);
  });

  it("is the same in everything else", () => {
    const { profile, physics } = plain(scaleCell(cell, 3));
    const own = plain(cell);
    const { capacity_nAh, area_cm2, self_drain_nA, resistance_ohm } = own.profile;
    assert.deepEqual(
      { ...profile, capacity_nAh, area_cm2, self_drain_nA, resistance_ohm },
      own.profile,
    );
    assert.deepEqual({ ...physics, area_cm2: own.physics.area_cm2 }, own.physics);
  });

  it("is for the plant as many cells in parallel: same voltage at the same current an area", () => {
    const one = new Cell(plain(cell).physics, 0.5);
    const three = new Cell(plain(scaleCell(cell, 3)).physics, 0.5);
    close(three.capacity_nAh, 3 * one.capacity_nAh);
    one.drive(-5000, 600);
    three.drive(-15000, 600);
    close(three.soc, one.soc);
    close(three.voltage_mV(-15000), one.voltage_mV(-5000));
  });

  it("passes the check of part files, and keeps every source, whatever the ratio", () => {
    // a tenth of a cell of less than a square millimetre is none that the core knows
    const cells = listParts(root, "cell")
      .map((name) => readPart(root, "cell", name))
      .filter(({ physics }) => physics.area_cm2.value >= 0.01);
    fc.assert(
      fc.property(
        fc.constantFrom(...cells),
        fc.double({ min: 0.1, max: 8, noNaN: true }),
        (own, ratio) => {
          const scaled = checkPart("cell", scaleCell(own, ratio), "scaled");
          const { tag, source } = own.profile.capacity_nAh;
          assert.equal(scaled.profile.capacity_nAh.tag, tag);
          assert.equal(scaled.profile.capacity_nAh.source, source);
          if (ratio !== 1) assert.match(scaled.profile.capacity_nAh.note ?? "", /area x [\d.]+$/);
          assert.deepEqual(scaled.sources, own.sources);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("does not change the cell it was made of, and x 1 is the cell itself", () => {
    const before = JSON.stringify(cell);
    scaleCell(cell, 5);
    assert.equal(JSON.stringify(cell), before);
    assert.equal(scaleCell(cell, 1), cell);
  });

  it("refuses in one line a ratio that is none, and a cell beyond the schema", () => {
    for (const ratio of [0, -2, NaN, Infinity]) {
      assert.throws(() => scaleCell(cell, ratio), PartError);
    }
    const tooLarge = /^PartError: the cell x 1000000: profile\.capacity_nAh = \S+ must be 1\.\./;
    assert.throws(() => scaleCell(cell, 1e6), tooLarge);
  });
});

describe("scaled panels", () => {
  it("are more panels for the plant, and more dark current for the core's model of them", () => {
    const larger = scalePanels(board, 2.5);
    close(larger.physics.panels.value, 2.5 * board.physics.panels.value);
    const [source] = larger.profile.sources;
    close(source!.gain.value, 2.5 * board.profile.sources[0]!.gain.value);
    assert.deepEqual(source!.scale_mV, board.profile.sources[0]!.scale_mV);
  });

  it("leave the sources after the first as they are", () => {
    const piezo = { ...board.profile.sources[0]!, kind: "piezoelectric" as const };
    const sources = [...board.profile.sources, piezo];
    const both = { ...board, profile: { ...board.profile, sources } };
    assert.deepEqual(scalePanels(both, 4).profile.sources[1], piezo);
  });

  it("give so many times the power", () => {
    const power_uW = (count: number) => {
      const curve = sourceOf(plain(harvester).physics, count).curveAt({ ...NOTHING, lux: 500 });
      return harvestPoint(curve, plain(pmic).physics, 3900).available_uW;
    };
    const { panels } = plain(scalePanels(board, 2)).physics;
    close(power_uW(panels), 2 * power_uW(board.physics.panels.value));
  });

  it("pass the check of part files, and refuse a ratio that is none", () => {
    for (const name of listParts(root, "board")) {
      checkPart("board", scalePanels(readPart(root, "board", name), 0.3), name);
    }
    assert.throws(() => scalePanels(board, 0), PartError);
  });
});
