// Generated weeks: the same from the same seed, whole, of every kind, payable on average but not
// for nothing, and those for tuning have nothing in common with those of the bench.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  BENCH_WEEKS,
  generateWeek,
  TUNING_WEEKS,
  weeksFolder,
} from "../../../tools/bench/schedule/weeks.js";
import { Chance } from "../../../tools/bench/schedule/weeks/chance.js";
import { siteLight, SITES } from "../../../tools/bench/schedule/weeks/site.js";
import { measuredData } from "../../measured_data.js";

const { skip } = measuredData("harvest/nrel_bms_2018sep_1min.csv");
const mean_uW = (harvest_J: number[]) =>
  (1e6 * harvest_J.reduce((sum, energy_J) => sum + energy_J, 0)) / (600 * harvest_J.length);

describe("the generated weeks", { skip }, () => {
  const weeks = (list: typeof BENCH_WEEKS) =>
    list.map((week) => generateWeek(week, weeksFolder()!));

  it("are the same from the same seed, and others from another", () => {
    const again = { ...BENCH_WEEKS[0]! };
    const [first] = weeks(BENCH_WEEKS.slice(0, 1));
    assert.deepEqual(generateWeek(again, weeksFolder()!), first);
    const other = generateWeek({ ...again, seed: again.seed + 1 }, weeksFolder()!);
    assert.notDeepEqual(other.harvest_J, first!.harvest_J);
  });

  it("are seven days whose mean pays the floor, and not three times what can be spent", () => {
    for (const { name, harvest_J } of weeks([...TUNING_WEEKS, ...BENCH_WEEKS])) {
      assert.equal(harvest_J.length, 1008, name);
      assert.ok(
        harvest_J.every((energy_J) => energy_J >= 0 && energy_J < 12),
        name,
      );
      const mean = mean_uW(harvest_J);
      assert.ok(mean > 12.9 && mean < 60.1, `${name}: ${mean} uW`);
    }
  });

  it("have nights that the harvest does not pay", () => {
    for (const { name, harvest_J } of weeks(BENCH_WEEKS)) {
      const short = harvest_J.filter((energy_J) => energy_J < 11.1e-6 * 600).length;
      assert.ok(short > 0.25 * harvest_J.length, `${name}: ${short} slots below the floor`);
    }
  });

  it("of the bench are 24, of six kinds, and none is for tuning", () => {
    assert.equal(BENCH_WEEKS.length, 24);
    assert.equal(new Set(BENCH_WEEKS.map(({ kind }) => kind)).size, 6);
    const tuning = new Set(TUNING_WEEKS.map(({ seed }) => seed));
    assert.ok(BENCH_WEEKS.every(({ seed }) => !tuning.has(seed)));
  });
});

describe("the measured light of a site", { skip }, () => {
  it("is from other days for tuning than for the bench", () => {
    // the view through which a place lets light scales it: shapes are compared
    const shape = (kind: (typeof SITES)[number], use: "tuning" | "bench", seed: number) => {
      const light = siteLight(new Chance(9, seed), kind, use, weeksFolder()!);
      const most = Math.max(...light);
      const days = Array.from({ length: 8 }, (_, day) => light.slice(1440 * day, 1440 * (day + 1)));
      return days.map((day) => day.map((lux) => (lux / most).toFixed(3)).join());
    };
    for (const kind of SITES) {
      const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
      const tuning = new Set(seeds.flatMap((seed) => shape(kind, "tuning", seed)));
      assert.ok(seeds.flatMap((seed) => shape(kind, "bench", seed)).every((d) => !tuning.has(d)));
    }
  });
});
