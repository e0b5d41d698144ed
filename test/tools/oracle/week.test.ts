// The worn week is the one that a study described: so much energy, so many nights without.

import assert from "node:assert/strict";
import { test } from "node:test";
import { weekFolder, weekHarvest, worldOf } from "../../../tools/bench/schedule/week.js";
import { askOracle } from "../../../tools/oracle/oracle.js";
import { idle, liveSlots } from "../../../tools/oracle/slot_life.js";
import { close } from "../../host/sim/cell_fixture.js";
import { measuredData } from "../../measured_data.js";

const { skip } = measuredData("harvest/wearable_lux_temp_motion_7d_10s.csv");

test("the worn week has 29 uW, and a floor that small cells cannot pay", { skip }, async () => {
  const harvest_J = weekHarvest(weekFolder()!);
  assert.equal(harvest_J.length, 1017);
  const mean_W = harvest_J.reduce((sum, energy_J) => sum + energy_J, 0) / 610160;
  close(mean_W * 1e6, 29, 0.05, "uW");
  const missed = (size_uAh: number) => liveSlots(worldOf(harvest_J, size_uAh), idle).missed;
  assert.deepEqual([12, 50, 100, 350].map(missed), [415, 142, 92, 0]);
  // the fair program of the study: .859 of the way from idling to a plan worth 1701
  const { value } = await askOracle(worldOf(harvest_J, 50));
  close((value + 710) / (1701 + 710), 0.859, 1e-3, "score");
});
