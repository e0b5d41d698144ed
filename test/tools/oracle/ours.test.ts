// The core's own policy in slot worlds: it spends what would be spilled, keeps what the night
// needs, and beats the rules of others on weeks of days and nights.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { usualCore } from "../../../tools/oracle/policies/ours.js";
import { ewmaPlan, socProportional } from "../../../tools/oracle/policies/published.js";
import { idle, liveSlots } from "../../../tools/oracle/slot_life.js";
import { type SlotWorld } from "../../../tools/oracle/slot_world.js";
import { worldOf } from "../../../tools/bench/schedule/week.js";

const DAY = 144;
const ours = usualCore();

/** Days of so many light hours around noon, which bring so many floors in a slot, with a wobble. */
function week(light_h: number, floors: number, size_uAh: number): SlotWorld {
  const floor_J = 11.1e-6 * 600;
  const harvest_J = Array.from({ length: 7 * DAY }, (_, slot) => {
    const h = ((slot % DAY) * 24) / DAY;
    const day = Math.floor(slot / DAY);
    const lit = Math.abs(h - 12) < light_h / 2;
    return lit ? floors * floor_J * (1 + 0.5 * Math.sin(7 * day + slot / 5)) : 0;
  });
  return worldOf(harvest_J, size_uAh);
}

describe("the core's policy", () => {
  it("asks for all there can be where energy is plenty", () => {
    const { events } = liveSlots(week(24, 60, 100), ours());
    assert.ok(events.slice(DAY).every((count) => count >= 59));
  });

  it("spends nothing on events where a dead slot costs more than all events", () => {
    const world = { ...week(6, 3, 100), miss_weight: 1e4 };
    const life = liveSlots(world, ours());
    const resting = liveSlots(world, idle);
    assert.ok(life.missed <= resting.missed + 6, `${life.missed} against ${resting.missed}`);
  });

  it("lives the same life again", () => {
    const world = week(10, 6, 50);
    assert.deepEqual(liveSlots(world, ours()), liveSlots(world, ours()));
  });

  for (const size_uAh of [12, 50, 100, 350]) {
    it(`is worth more than the rules of others with ${size_uAh} uAh`, () => {
      const world = week(9, 5, size_uAh);
      const { value } = liveSlots(world, ours());
      for (const policy of [ewmaPlan(), socProportional(0.01), socProportional(0.05), idle]) {
        assert.ok(value > liveSlots(world, policy).value);
      }
    });
  }
});
