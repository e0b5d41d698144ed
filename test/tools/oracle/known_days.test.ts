// Told the next two days, the plan comes close to the perfect one: what it has over a forecast is
// what not knowing tomorrow costs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { knownDays } from "../../../tools/oracle/policies/known_days.js";
import { askOracle } from "../../../tools/oracle/oracle.js";
import { idle, liveSlots } from "../../../tools/oracle/slot_life.js";
import { type SlotWorld } from "../../../tools/oracle/slot_world.js";
import { small } from "./worlds.js";

/** Days of sun and days of cloud in no order that anybody could guess. */
const SUN = [7, 1.2, 6, 0.8, 5.2, 6.8, 1.6];
const world: SlotWorld = {
  ...small,
  harvest_J: SUN.flatMap((sun_J) => Array.from({ length: 144 }, (_, i) => (i < 72 ? sun_J : 0))),
  cell: { ...small.cell, capacity_J: 200, start_J: 100 },
};

test("told two days, the plan has more than nine tenths of what there is over idling", async () => {
  const { value } = await askOracle(world);
  const idling = liveSlots(world, idle).value;
  const known = liveSlots(world, knownDays(world));
  const score = (known.value - idling) / (value - idling);
  assert.ok(score > 0.9 && score <= 1, `${score}`);
});

test("it sees no further: what comes behind two days changes nothing before", () => {
  const later = world.harvest_J.map((harvest_J, slot) => (slot < 5 * 144 ? harvest_J : 0));
  const [as_it_is, darker] = [world, { ...world, harvest_J: later }].map((of) =>
    liveSlots(of, knownDays(of)).events.slice(0, 3 * 144),
  );
  assert.deepEqual(as_it_is, darker);
});
