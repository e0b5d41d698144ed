// A day of the node in process: it runs, its books close, and the estimate ends where it says.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPart, readScenario } from "../../boards/parts.js";
import { runDay, type Day } from "../../tools/commands/day.js";
import { indoorLight } from "../../tools/commands/light.js";
import { binned, spark } from "../../tools/commands/spark.js";
import { numbersOf, pageOf } from "../../tools/commands/summary.js";
import { projectPath } from "../../tools/build/paths.js";
import { newCore } from "./core_fixture.js";

const root = projectPath("boards");

interface Change {
  seed?: number;
  cell?: string;
  board?: string;
  soc?: number;
  lamp_lux?: number;
  hours?: number;
}

async function dayOf(change: Change = {}): Promise<Day> {
  const parts = readScenario(root, "default-day");
  const { scenario } = parts;
  scenario.seed = change.seed ?? scenario.seed;
  scenario.start_soc = change.soc ?? scenario.start_soc;
  scenario.light.lamp_lux = change.lamp_lux ?? scenario.light.lamp_lux;
  if (change.cell !== undefined) parts.cell = readPart(root, "cell", change.cell);
  if (change.board !== undefined) parts.board = readPart(root, "board", change.board);
  const hours = change.hours ?? 24;
  return runDay(await newCore(), parts, indoorLight(scenario.light, hours, scenario.seed), hours);
}

describe("a day of the node", () => {
  it("ends with an estimate within three of its sigmas, for ten seeds", async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { soc } = numbersOf(await dayOf({ seed }));
      const told = `seed ${seed}: ${soc.last_estimate} +-${soc.last_sigma}, true ${soc.last_truth}`;
      assert.ok(Math.abs(soc.error_in_sigma) <= 3, told);
      assert.ok(soc.last_sigma < 0.05, `seed ${seed}: sigma ${soc.last_sigma} says nothing`);
      assert.ok(soc.rms_error < 0.05, `seed ${seed}: rms error ${soc.rms_error}`);
    }
  });

  it("is within 2 sigma at 90 % of the wakes of twenty seeds never tuned on", async () => {
    let within = 0;
    for (let seed = 101; seed <= 120; seed++) {
      const { soc } = numbersOf(await dayOf({ seed }));
      assert.ok(soc.last_sigma < 0.05, `seed ${seed}: sigma ${soc.last_sigma} says nothing`);
      within += soc.within_2_sigma / 20;
    }
    assert.ok(within >= 0.9, `${within} of the wakes within 2 sigma`);
  });

  it("ends within three sigmas on the cell of 0.7 mAh too", async () => {
    for (const board of ["nrf52840-pv", "nrf52840-neh7100"]) {
      const { soc } = numbersOf(await dayOf({ cell: "r20-0p7mAh", board }));
      assert.ok(Math.abs(soc.error_in_sigma) <= 3, `${board}: ${soc.error_in_sigma} sigma`);
    }
  });

  it("closes the books of the plant", async () => {
    const { energy, soc } = numbersOf(await dayOf());
    const moved_nAh = (soc.end - soc.start) * 48500;
    const booked_nAh = energy.harvested_nAh - energy.used_nAh - energy.leaked_nAh;
    // SOC is printed with four digits, and self-discharge takes 2 nAh a day
    assert.ok(
      Math.abs(moved_nAh - booked_nAh) < 10,
      `${moved_nAh} nAh moved, ${booked_nAh} booked`,
    );
  });

  it("is the same for the same scenario, light and hours", async () => {
    const [first, again, other] = [await dayOf(), await dayOf(), await dayOf({ seed: 2 })];
    assert.equal(JSON.stringify(numbersOf(again)), JSON.stringify(numbersOf(first)));
    assert.notEqual(JSON.stringify(numbersOf(other)), JSON.stringify(numbersOf(first)));
  });

  it("does work by light, and less of it in the dark", async () => {
    const total = (day: Day) => day.events.reduce((sum, { done }) => sum + done, 0);
    const light = await dayOf();
    const dark = await dayOf({ lamp_lux: 0 });
    assert.ok(total(light) > 500, `${total(light)} events`);
    assert.ok(total(dark) < total(light));
    for (const { done, refused } of light.events) assert.ok(done + refused > 90);
  });

  it("survives a cell that runs empty, and starts again", async () => {
    const day = await dayOf({ cell: "enerchip-12uAh", soc: 0.3, lamp_lux: 3000, hours: 36 });
    assert.ok(day.restarts >= 1, "the cell did not run empty");
    const modes_s = Object.values(day.modes).reduce((sum, s) => sum + s, day.off_s);
    assert.ok(Math.abs(modes_s - 36 * 3600) < 120, `${modes_s} s in modes and off`);
    assert.ok(day.modes.survival + day.modes.sleep > 0);
    assert.ok(day.end_soc > 0.05, `soc ${day.end_soc} after a bright afternoon`);
  });

  it("refuses parts that contradict each other, and packs of several cells", async () => {
    const parts = readScenario(root, "default-day");
    const trace = indoorLight(parts.scenario.light, 1, 1);
    const run = async () => runDay(await newCore(), parts, trace, 1);
    parts.load.policy.survival_soc.value = 0.9;
    await assert.rejects(run, {
      name: "PartError",
      message: /profile refused: survival_soc = 0.9 /,
    });
    parts.load.policy.survival_soc.value = 0.1;
    parts.scenario.pack.series = 2;
    await assert.rejects(run, { name: "PartError", message: /pack = 2 x 1 must be 1 x 1/ });
  });

  it("prints a page of at most 100 columns, with four pictures", async () => {
    const page = pageOf(await dayOf());
    for (const line of page.split("\n")) assert.ok([...line].length <= 100, line);
    assert.equal(page.split("\n").filter((line) => /[▁-█]{72}/u.test(line)).length, 4);
    for (const word of ["energy", "estimate", "events", "modes", "limits", "core"]) {
      assert.match(page, new RegExp(`^ {2}${word} `, "m"));
    }
  });
});

describe("a spark line", () => {
  it("spans its range with eight bars and bears flat and outlying values", () => {
    assert.equal(spark([0, 1, 2, 3, 4, 5, 6, 7], 0, 8), "▁▂▃▄▅▆▇█");
    assert.equal(spark([5, 5], 5, 5), "▁▁");
    assert.equal(spark([-9, 99], 0, 1), "▁█");
  });

  it("is of means, and holds the last one where nothing was", () => {
    assert.deepEqual(binned([0, 1, 9], [2, 4, 7], 10, 5), [3, 3, 3, 3, 7]);
  });
});
