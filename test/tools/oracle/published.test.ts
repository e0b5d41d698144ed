// The rules of others do what their authors say.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  carefulPlan,
  enoMax,
  ewmaPlan,
  fixedRate,
  onOff,
  socProportional,
} from "../../../tools/oracle/policies/published.js";
import { liveSlots, type SlotView } from "../../../tools/oracle/slot_life.js";
import { type SlotWorld } from "../../../tools/oracle/slot_world.js";
import { close } from "../../host/sim/cell_fixture.js";
import { small } from "./worlds.js";

/** Twelve hours of 4 J a slot, twelve of nothing; a cell that holds a night and half as much. */
const DAY = Array.from({ length: 144 }, (_, slot) => (slot < 72 ? 4 : 0));
const days = (count: number): SlotWorld => ({
  ...small,
  harvest_J: Array.from({ length: count }, () => DAY).flat(),
  cell: { ...small.cell, capacity_J: 150, start_J: 75 },
});

const view = (stored_J: number, past_J: number[] = []): SlotView => {
  return { world: days(1), slot: past_J.length, stored_J, past_J };
};

describe("a rule without a memory", () => {
  it("asks for the same number, for a share above 30 %, for all above half", () => {
    assert.equal(fixedRate(7)(view(0)), 7);
    assert.equal(socProportional(0.01)(view(40)), 0);
    close(socProportional(0.01)(view(145)), (0.01 * 100) / 0.4, 1e-12, "events");
    assert.equal(onOff(view(70)), 0);
    assert.equal(onOff(view(80)), 60);
  });
});

describe("a plan for a day", () => {
  it("spends what the night leaves once it has seen a day: no floor is missed", () => {
    const life = liveSlots(days(4), ewmaPlan());
    assert.equal(life.missed, 0);
    const third = life.events.slice(288, 432);
    // 288 J come in; the floor takes 144 and the way through the cell some
    const spent_J = 0.4 * third.reduce((sum, events) => sum + events, 0);
    assert.ok(spent_J > 60 && spent_J < 130, `${spent_J} J`);
  });

  it("that is careful spends less, but for what would spill", () => {
    const past_J = DAY.concat(DAY.slice(0, 30));
    assert.ok(carefulPlan()(view(60, past_J)) < ewmaPlan()(view(60, past_J)));
    assert.equal(carefulPlan()(view(149, past_J)), 60);
  });
});

describe("ENO-Max", () => {
  it("brings the cell to its level under a steady source, and keeps it there", () => {
    const steady = { ...days(30), harvest_J: Array<number>(144 * 30).fill(3) };
    const { stored_J } = liveSlots(steady, enoMax());
    const late = stored_J.slice(-144).map((stored) => stored / 150);
    const mean = late.reduce((sum, level) => sum + level, 0) / late.length;
    assert.ok(Math.abs(mean - 0.6) < 0.1, `${mean}`);
  });
});
