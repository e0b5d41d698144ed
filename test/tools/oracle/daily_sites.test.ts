// The ten-year sites are those of the study: stores that LT-ENO plans, the figures of its linear
// program, and an optimum that needs no foresight.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import loadHighs from "highs";
import { astronomicalYear, plannedStore } from "../../../tools/bench/schedule/astronomical_year.js";
import {
  dailyFolder,
  dailyOptimum,
  type DailyWorld,
  dailyWorlds,
  effectiveness,
  gapClosed,
} from "../../../tools/bench/schedule/daily_sites.js";
import { close } from "../../host/sim/cell_fixture.js";
import { measuredData } from "../../measured_data.js";

const { skip } = measuredData("harvest/nasa_sse_daily_3sites.csv");

/** max sum min(ideal, out); stored' = stored + in - out - spill, between 0 and the store. */
function programOf({ scored, store, ideal }: DailyWorld): string {
  const days = scored.map((_, day) => day);
  const rows = days.map((day) => {
    const before = day === 0 ? "" : ` - q${day - 1}`;
    const right = scored[day]! + (day === 0 ? store / 2 : 0);
    return ` d${day}: q${day}${before} + o${day} + w${day} = ${right.toFixed(9)}`;
  });
  const bounds = days.map((day) => ` q${day} <= ${store.toFixed(9)}\n o${day} <= ${ideal}`);
  const worth = days.map((day) => `+ o${day}`).join("\n ");
  const rules = `Subject To\n${rows.join("\n")}\nBounds\n${bounds.join("\n")}`;
  return `Maximize\n w: ${worth}\n${rules}\nEnd\n`;
}

describe("the planned store", () => {
  const sine = Array.from({ length: 365 }, (_, day) => 4 - 2 * Math.cos((2 * Math.PI * day) / 365));

  it("of a year that swings like a sine is about the swing's half wave", () => {
    // surplus of a sine of amplitude 2 over half a year: 2 x 365/pi, but for whole days
    close(plannedStore(sine), (2 * 365) / Math.PI, 6, "store");
  });

  it("is none where the sun is always the same", () => {
    assert.ok(Math.abs(plannedStore(Array<number>(365).fill(3))) <= 3);
  });
});

describe("a site's year", () => {
  it("has its longest day in June in the north, in December in the south", () => {
    const flat = Array<number>(365).fill(1);
    const longest = (latitude_deg: number) => {
      const year = astronomicalYear(flat, latitude_deg);
      return year.indexOf(Math.max(...year));
    };
    assert.ok(Math.abs(longest(50) - 171) < 5);
    assert.ok(longest(-50) > 345 || longest(-50) < 5);
  });

  it("is scaled to what was measured", () => {
    const year = astronomicalYear(Array<number>(365).fill(5), 0);
    close(year.reduce((sum, day) => sum + day, 0) / 365, 5, 0.05, "mean");
  });
});

describe("the ten-year sites", { skip }, () => {
  const worlds = () => dailyWorlds(dailyFolder()!);

  it("reproduce the linear program's figures of the study within .001", () => {
    for (const world of worlds()) {
      assert.equal(world.scored.length, 3650);
      close(dailyOptimum(world), world.program, 1e-3, world.name);
    }
  });

  it("have spending the ideal at once as the optimum of the linear program", async () => {
    const highs = await loadHighs();
    for (const world of worlds().slice(-2)) {
      const { Status, ObjectiveValue } = highs.solve(programOf(world));
      assert.equal(Status, "Optimal");
      const all = world.scored.reduce((sum, day) => sum + day, 0);
      close(dailyOptimum(world), ObjectiveValue / all, 1e-6, world.name);
    }
  });

  it("show a policy the days before, and no more", () => {
    const [world] = worlds();
    const lengths: number[] = [];
    const asked = effectiveness(world!, ({ past, store, stored }) => {
      lengths.push(past.length);
      assert.ok(stored >= 0 && stored <= store);
      return past.at(-1)!;
    });
    assert.deepEqual(lengths.slice(0, 2).concat(lengths.at(-1)!), [365, 366, 365 + 3649]);
    assert.ok(asked < dailyOptimum(world!));
  });

  it("score nothing for nothing, and the whole gap for the optimum", () => {
    const [world] = worlds();
    assert.equal(
      effectiveness(world!, () => 0),
      0,
    );
    close(gapClosed(world!, dailyOptimum(world!)), 1, 1e-12, "gap");
    close(gapClosed(world!, world!.published), 0, 1e-12, "gap");
  });
});
