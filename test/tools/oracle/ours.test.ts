// The core's own policy in slot worlds: it spends what would be spilled, keeps what the night
// needs, and beats the rules of others on weeks whose days differ.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { usualCore } from "../../../tools/oracle/policies/ours.js";
import { ewmaPlan, socProportional } from "../../../tools/oracle/policies/published.js";
import { idle, liveSlots } from "../../../tools/oracle/slot_life.js";
import { type SlotWorld } from "../../../tools/oracle/slot_world.js";
import { worldOf } from "../../../tools/bench/schedule/week.js";

const DAY = 144;
const ours = usualCore();

/** What the weather leaves of each day. */
const WEATHER = [1.3, 0.5, 1.1, 0.3, 1.5, 0.9, 0.6];

/** Days of so many light hours around noon, which bring so many floors in a slot, with a wobble. */
function week(light_h: number, floors: number, size_uAh: number): SlotWorld {
  const floor_J = 11.1e-6 * 600;
  const harvest_J = Array.from({ length: 7 * DAY }, (_, slot) => {
    const h = ((slot % DAY) * 24) / DAY;
    const day = Math.floor(slot / DAY);
    const lit = Math.abs(h - 12) < light_h / 2;
    return lit ? floors * floor_J * WEATHER[day]! * (1 + 0.5 * Math.sin(slot / 5)) : 0;
  });
  return worldOf(harvest_J, size_uAh);
}

describe("the core's policy", () => {
  it("asks for all there can be where energy is plenty", () => {
    const { events } = liveSlots(week(24, 60, 100), ours());
    assert.ok(events.slice(DAY).every((count) => count >= 59));
  });

  it("misses the less the more a dead slot costs", () => {
    const world = week(9, 5, 100);
    const missed = [1, 5, 100].map((miss_weight) => {
      return liveSlots({ ...world, miss_weight }, ours()).missed;
    });
    assert.ok(missed[0]! > missed[1]! && missed[1]! > missed[2]!, String(missed));
    const unavoidable = liveSlots(world, idle).missed;
    assert.ok(missed[2]! < unavoidable + 0.01 * world.harvest_J.length, String(missed));
  });

  it("lives the same life again", () => {
    const world = week(10, 6, 50);
    assert.deepEqual(liveSlots(world, ours()), liveSlots(world, ours()));
  });

  for (const size_uAh of [12, 50, 100]) {
    it(`is worth more than the rules of others with ${size_uAh} uAh`, () => {
      const world = week(9, 5, size_uAh);
      const { value } = liveSlots(world, ours());
      for (const policy of [ewmaPlan(), socProportional(0.01), socProportional(0.05), idle]) {
        assert.ok(value > liveSlots(world, policy).value);
      }
    });
  }
});
