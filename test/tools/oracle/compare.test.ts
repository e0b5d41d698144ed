// tfmb oracle and tfmb compare: a scenario becomes a slot world of its own parts, the leanest week
// is found, policies stand beside the plan, and wrong input is said in one line.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readScenario } from "../../../boards/parts.js";
import { projectPath } from "../../../tools/build/paths.js";
import { runCompare } from "../../../tools/commands/compare.js";
import { runOracle } from "../../../tools/commands/oracle.js";
import { UsageError } from "../../../tools/commands/usage.js";
import { type CompareNumbers } from "../../../tools/oracle/numbers.js";
import { scenarioWorld } from "../../../tools/oracle/scenario_world.js";
import { stretchOf } from "../../../tools/oracle/stretch.js";
import { close } from "../../host/sim/cell_fixture.js";
import { small } from "./worlds.js";

const SMALL = { hours: 24 * 28, cell: "enerchip-12uAh", set: ["board.physics.panels=0.8"] };

describe("the world of a scenario", () => {
  const parts = readScenario(projectPath("boards"), "default-year");
  const short = { ...parts, scenario: { ...parts.scenario, hours: 24 * 7 } };
  const { world, can_limit, cell_V } = scenarioWorld(short);

  it("has the currents asleep as its floor, the load's events, the cell's energy", () => {
    const { capacity_J } = world.cell;
    // 100 uAh at 3.9 V; 1.5 uA and 622 nA, and 5 ms of 3.2 mA in ten minutes
    close(capacity_J, 103e-6 * 3600 * 3.92, 0.1, "J");
    close(world.floor_J / world.slot_s / cell_V, 2.15e-6, 0.15e-6, "A");
    // an upload and three adverts an hour: 59 uC on average
    assert.deepEqual([world.slot_s, world.events_max], [3600, 4]);
    close(world.event_J, 59.2e-6 * cell_V, 1e-6, "J");
    assert.equal(world.harvest_J.length, 168);
  });

  it("may charge with the first level of the critical current, or what the charger gives", () => {
    // 2 mA/cm2 x 0.3326 cm2 x 0.4, below the 300 uA of the charger
    close(world.cell.charge_max_J / cell_V / world.slot_s, 266e-6, 1e-6, "A");
    assert.equal(can_limit, false);
  });

  it("is another below another sky", () => {
    const other = scenarioWorld(short, 2).world;
    assert.notDeepEqual(other.harvest_J, world.harvest_J);
    assert.deepEqual(other.cell, world.cell);
  });
});

describe("the stretch", () => {
  const harvest_J = Array.from({ length: 24 * 21 }, (_, hour) => (hour < 24 * 14 ? 5 : 1));
  const world = { ...small, slot_s: 3600, harvest_J };

  it("is the leanest week, or what is asked for", () => {
    const { from_day, to_day, why } = stretchOf(world, {});
    assert.deepEqual([from_day, to_day, why], [15, 21, "the leanest of the run"]);
    const asked = stretchOf(world, { from: 3, weeks: 2 });
    assert.deepEqual([asked.from_day, asked.to_day, asked.why], [3, 16, "as asked"]);
    assert.equal(asked.world.harvest_J.length, 24 * 14);
  });

  it("is refused where the run has not so much", () => {
    assert.throws(() => stretchOf(world, { from: 16 }), /--from 16: .* day 15 /);
    assert.throws(() => stretchOf(world, { weeks: 4 }), /--weeks 4: the run has 21 days/);
  });
});

describe("tfmb oracle", () => {
  it("misses the floor least when floor comes first, and is worth most when weighted", async () => {
    const text = await runOracle("default-year", { ...SMALL, json: true });
    const { weighted, floor_first, idling } = JSON.parse(text) as Record<string, never> & {
      [name in "weighted" | "floor_first" | "idling"]: { value: number; missed: number };
    };
    assert.ok(weighted.value >= floor_first.value - 1e-3);
    assert.ok(floor_first.missed <= weighted.missed + 1e-3);
    assert.ok(floor_first.missed <= idling.missed + 1e-3 && idling.value < weighted.value);
  });

  it("prints a page of at most 80 columns", async () => {
    const page = await runOracle("default-year", SMALL);
    assert.match(page, /days \d+ to \d+, the leanest of the run/);
    assert.match(page, /no policy could have met [\d.]+ of 168 floors/);
    for (const line of page.split("\n")) assert.ok([...line].length <= 80, line);
    assert.match(await runOracle("default-year", { ...SMALL, hours: 24 }), /: day 1, all of the/);
  });
});

describe("tfmb compare", () => {
  it("lets nobody beat the plan, and shows apart what nobody could have had", async () => {
    const policies = "fixed,ewma,eno-max,dp";
    const text = await runCompare("default-year", { ...SMALL, policies, json: true });
    const { plan, idling, unmeetable, policies: rows } = JSON.parse(text) as CompareNumbers;
    assert.deepEqual(
      rows.map(({ name }) => name),
      policies.split(","),
    );
    for (const { name, value, regret, missed, missed_above, equal } of rows) {
      // the chords lie a little below the utility
      assert.ok(value <= plan.value + 0.0142 * 168, name);
      close(regret, plan.value - value, 1e-6, name);
      assert.ok(missed >= unmeetable && equal !== null && equal < 1.03, name);
      assert.equal(missed_above, missed - idling.missed);
    }
    assert.ok(idling.missed >= unmeetable && unmeetable > 0);
  });

  it("prints a page of at most 80 columns", async () => {
    const page = await runCompare("default-year", { ...SMALL, policies: "soc-1,on-off" });
    for (const line of page.split("\n")) assert.ok([...line].length <= 80, line);
    assert.match(page, /no policy could have met [\d.]+ of 168 floors .*; idling misses \d+/);
    assert.doesNotMatch(page, /hindsight|There is enough/);
  });

  it("says when a scenario tells no policies apart", async () => {
    const page = await runCompare("default-year", { hours: 48, policies: "soc-1,fixed" });
    assert.match(page, /There is enough for everything that is wanted;\n.*--cell, --board, --set/);
    assert.match(page, /hindsight/);
  });

  it("says in one line what it does not know", async () => {
    const unknown = runCompare("default-year", { policies: "fixed,best" });
    await assert.rejects(unknown, (error: Error) => {
      return (
        error instanceof UsageError &&
        /"best" is not a policy; there are fixed, /.test(error.message)
      );
    });
    await assert.rejects(runOracle("default-year", { from: 400 }), UsageError);
  });
});
