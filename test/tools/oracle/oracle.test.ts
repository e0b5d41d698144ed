// The oracle is the best that can be done: nobody beats it, and in small worlds somebody who tries
// everything comes close.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { segmentsOf } from "../../../tools/oracle/fair_program.js";
import { askFewestMisses, askFloorFirst, askOracle } from "../../../tools/oracle/oracle.js";
import { idle, liveSlots, passSlot } from "../../../tools/oracle/slot_life.js";
import { type SlotWorld, utilityOf } from "../../../tools/oracle/slot_world.js";
import { close } from "../../host/sim/cell_fixture.js";
import { anyWorld, small } from "./worlds.js";

/** So much the chords lie below the utility, a slot. */
const CHORD = 0.0142;

/** Value of the best whole events in whole slots, by trying all. */
function bestOfAll(world: SlotWorld, slot = 0, stored_J = world.cell.start_J): number {
  if (slot === world.harvest_J.length) return 0;
  let best = -Infinity;
  for (let wanted = 0; wanted <= world.events_max; wanted++) {
    const { events, missed, ...after } = passSlot(world, stored_J, world.harvest_J[slot]!, wanted);
    if (events < wanted) break;
    const now = utilityOf(events) - (missed ? world.miss_weight : 0);
    best = Math.max(best, now + bestOfAll(world, slot + 1, after.stored_J));
  }
  return best;
}

describe("the segments of the utility", () => {
  it("touch it at their ends, fall in slope, and reach the most events", () => {
    const segments = segmentsOf(60);
    let [events, utility] = [0, 0];
    for (const [i, { width, slope }] of segments.entries()) {
      if (i > 0) assert.ok(slope < segments[i - 1]!.slope);
      events += width;
      utility += width * slope;
      close(utility, utilityOf(events), 1e-12, "utility");
    }
    assert.equal(events, 60);
    assert.equal(
      segmentsOf(5).reduce((sum, { width }) => sum + width, 0),
      5,
    );
  });

  it("lie below it by no more than is said", () => {
    let low = 0;
    for (const { width, slope } of segmentsOf(60)) {
      for (let n = 0; n <= width; n++) {
        assert.ok(utilityOf(low + n) - utilityOf(low) - n * slope < CHORD);
      }
      low += width;
    }
  });
});

describe("the oracle", () => {
  it("is beaten by nobody, but for the chords", async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, fc.integer({ min: 0, max: 60 }), async (world, events) => {
        const { value } = await askOracle(world);
        const most = value + CHORD * world.harvest_J.length + 1e-6;
        assert.ok(liveSlots(world, () => events).value <= most);
        assert.ok(liveSlots(world, idle).value <= value + 1e-6);
      }),
      { numRuns: 60 },
    );
  });

  it("is close to the best of all whole events", async () => {
    // every floor can be paid: half a floor, which only the program can miss, is no difference
    const cell = { ...small.cell, capacity_J: 8, start_J: 5 };
    const worlds: SlotWorld[] = [
      { ...small, cell, harvest_J: [3, 0, 1, 4], events_max: 4 },
      { ...small, cell, harvest_J: [0, 0, 5, 0, 2], events_max: 4 },
      { ...small, cell, harvest_J: [6, 6, 0, 0], events_max: 6 },
    ];
    for (const world of worlds) {
      const { value } = await askOracle(world);
      const best = bestOfAll(world);
      assert.ok(best <= value + CHORD * world.harvest_J.length, `${best} of ${value}`);
      assert.ok(best > value - 0.5, `${best} of ${value}`);
    }
  });

  it("lets no dead node work: with the missed part of a slot go its events", async () => {
    // half a floor comes in and nothing is stored: a cheat would miss it all and send with the rest
    const world = { ...small, harvest_J: [0.5], cell: { ...small.cell, start_J: 0 } };
    const { missed, events } = await askOracle(world);
    close(missed, 0.5, 1e-6, "missed");
    close(events[0]!, 0, 1e-6, "events");
  });

  it("tells what a joule more at the start is worth", async () => {
    const world = { ...small, harvest_J: [0.5, 0.2, 3, 0, 0.1] };
    const { value, price_per_J } = await askOracle(world);
    const more = { ...world, cell: { ...world.cell, start_J: world.cell.start_J + 1e-4 } };
    close((await askOracle(more)).value, value + price_per_J * 1e-4, 1e-6, "value");
    assert.ok(price_per_J > 0);
  });

  it("keeps to the cell: what it holds, what the charger gives, less the leak", async () => {
    const cell = { ...small.cell, charge_max_J: 0.7, leak_share: 0.05 };
    const { stored_J } = await askOracle({ ...small, harvest_J: [6, 6, 6, 0, 0], cell });
    let before_J = cell.start_J;
    for (const after_J of stored_J) {
      assert.ok(after_J <= Math.min(4, 0.95 * before_J + 0.7) + 1e-6);
      before_J = after_J;
    }
  });

  it("tells what a joule at the end is worth: paid for it, nobody does better", async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, fc.integer({ min: 0, max: 60 }), async (world, events) => {
        const plan = await askOracle(world);
        const paid = (life: { value: number; stored_J: number[] }) =>
          life.value + plan.price_end_per_J * life.stored_J.at(-1)!;
        const most = paid(plan) + CHORD * world.harvest_J.length + 1e-5;
        assert.ok(plan.price_end_per_J >= -1e-9);
        assert.ok(paid(liveSlots(world, () => events)) <= most);
        assert.ok(paid(liveSlots(world, idle)) <= most);
      }),
      { numRuns: 60 },
    );
  });

  it("is worth no more with fewer misses, and floor first misses the least", async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, async (world) => {
        const first = await askFloorFirst(world);
        const weighted = await askOracle(world);
        assert.ok(first.missed <= liveSlots(world, idle).missed + 1e-5);
        assert.ok(first.missed <= weighted.missed + 1e-5);
        assert.ok(first.utility <= weighted.utility + 1e-3);
        const bound = await askOracle(world, { misses_max: weighted.missed + 1e-6 });
        close(bound.utility, weighted.utility, 1e-3, "utility at as many misses");
      }),
      { numRuns: 40 },
    );
  });

  it("stores what it can: only what does not go in is spilled, and the books close", async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, async (world) => {
        const { harvest_J, floor_J, event_J, cell } = world;
        const { events, unpaid, stored_J, spilled_J } = await askOracle(world);
        let [before_J, spilled] = [cell.start_J, 0];
        harvest_J.forEach((energy_J, i) => {
          const rest_J = energy_J - (1 - unpaid[i]!) * floor_J - events[i]! * event_J;
          const moved_J = stored_J[i]! - (1 - cell.leak_share) * before_J;
          const rail_J = moved_J > 0 ? moved_J / cell.efficiency_in : moved_J * cell.efficiency_out;
          const left_J = rest_J - rail_J;
          assert.ok(left_J > -1e-5, `slot ${i} takes ${-left_J} J from nowhere`);
          const isFull = stored_J[i]! > cell.capacity_J - 1e-6;
          const isLimited = moved_J > cell.charge_max_J - 1e-6;
          if (left_J > 1e-5) assert.ok(isFull || isLimited, `slot ${i} spills with room left`);
          [before_J, spilled] = [stored_J[i]!, spilled + left_J];
        });
        close(spilled_J, spilled, 1e-4, "spilled");
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it("spills no more than idling where there is enough for everything", async () => {
    const world = { ...small, harvest_J: [3, 5, 5, 3, 5], events_max: 2 };
    const plan = await askOracle(world);
    close(plan.missed, 0, 1e-6, "missed");
    assert.ok(plan.spilled_J < liveSlots(world, idle).spilled_J);
    close(plan.stored_J[2]!, world.cell.capacity_J, 1e-6, "full after a rich slot");
  });

  it("tells the fewest misses of all, also where idling pays a dear floor first", async () => {
    // 1 J reaches the rail: one floor without harvest, or the lacking halves of two
    const cell = { ...small.cell, start_J: 1 / small.cell.efficiency_out };
    const world = { ...small, harvest_J: [0, 0.5, 0.5], cell };
    assert.equal(liveSlots(world, idle).missed, 2);
    close(await askFewestMisses(world), 1, 1e-6, "fewest");
    await fc.assert(
      fc.asyncProperty(anyWorld, fc.integer({ min: 0, max: 60 }), async (any, events) => {
        const fewest = await askFewestMisses(any);
        assert.ok(fewest <= liveSlots(any, idle).missed + 1e-6);
        assert.ok(fewest <= liveSlots(any, () => events).missed + 1e-6);
      }),
      { numRuns: 40 },
    );
  });
});
