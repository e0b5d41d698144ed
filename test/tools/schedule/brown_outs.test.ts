// Which brown-outs count as one, and which of them a day's rest would have survived.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  brownOutMeasurements,
  brownOutTable,
} from "../../../tools/bench/schedule/brown_out_page.js";
import { brownOutFigures, merged } from "../../../tools/bench/schedule/brown_outs.js";

const DAY_S = 86400;

describe("brown-outs", () => {
  it("within a day of one are the same one, which lasts at least a day", () => {
    const starts = [
      { from_s: 100, until_s: 200 },
      { from_s: DAY_S, until_s: 3 * DAY_S },
      { from_s: 2.5 * DAY_S, until_s: 2.6 * DAY_S },
      { from_s: 4 * DAY_S, until_s: 4.1 * DAY_S },
    ];
    assert.deepEqual(merged(starts), [
      { from_s: 100, until_s: 3 * DAY_S },
      { from_s: 4 * DAY_S, until_s: 5 * DAY_S },
    ]);
  });

  // 24 days of a first winter, with half the panels and four fifths of the cell
  const life = (plan: string) =>
    brownOutFigures({
      ...{ kind: "brown_out", scenario: "outdoor-year", plan, seed: 2, hours: 24 * 24 },
      ...{ panels: 0.5, cell: 0.8 },
    });

  it("of a node that spends are partly avoidable, those of one that saves are not", () => {
    const [spends, saves] = [life("balanced"), life("survival")];
    assert.ok(spends.brown_outs > saves.brown_outs, `${spends.brown_outs}, ${saves.brown_outs}`);
    assert.ok(spends.avoidable_d.length >= 1);
    assert.ok(spends.brown_outs > spends.avoidable_d.length);
    assert.deepEqual(saves.avoidable_d, []);
    assert.ok(spends.done_share > saves.done_share);
    const measured = brownOutMeasurements([spends, saves]);
    const value = (name: string) => measured.find((one) => one.name === name)!.value;
    assert.equal(value("avoidable_brownouts"), 0);
    assert.equal(value("avoidable_brownouts_undersized"), 0);
    // nobody lived the scenario as it is here
    assert.equal(value("avoidable_brownouts_balanced"), 0);
    assert.equal(value("avoidable_brownouts_undersized_balanced"), spends.avoidable_d.length);
    assert.match(brownOutTable([spends, saves]), /outdoor-year +0.5 x, 0.8 x +balanced/);
  });

  it("of the same life are the same", () => {
    assert.deepEqual(life("survival"), life("survival"));
  });
});
