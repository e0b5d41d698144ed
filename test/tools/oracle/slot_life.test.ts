// A slot's energy goes somewhere: floor first, then events, the cell, and what spills.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { idle, liveSlots, passSlot } from "../../../tools/oracle/slot_life.js";
import { utilityOf } from "../../../tools/oracle/slot_world.js";
import { close } from "../../host/sim/cell_fixture.js";
import { anyWorld, small } from "./worlds.js";

describe("a slot", () => {
  it("pays the floor first, then whole events as far as the energy reaches", () => {
    // 2 J come in, 1 J is the floor, 0.4 J an event: two of five, 0.2 J into the cell
    const outcome = passSlot(small, 0, 2, 5);
    assert.equal(outcome.events, 2);
    assert.equal(outcome.missed, false);
    close(outcome.stored_J, 0.2 * 0.9, 1e-12, "stored");
  });

  it("takes what is lacking from the cell, at its efficiency", () => {
    const outcome = passSlot(small, 3, 0.5, 2);
    close(outcome.stored_J, 3 - (1 + 0.8 - 0.5) / 0.8, 1e-12, "stored");
  });

  it("whose floor cannot be paid is missed: no events, and all that comes in charges", () => {
    const outcome = passSlot(small, 0.1, 0.5, 5);
    assert.deepEqual([outcome.missed, outcome.events], [true, 0]);
    close(outcome.stored_J, 0.1 + 0.5 * 0.9, 1e-12, "stored");
  });

  it("fills the cell no faster than the charger, no further than it holds; the rest spills", () => {
    const slow = { ...small, cell: { ...small.cell, charge_max_J: 0.3 } };
    const held = passSlot(slow, 1, 3, 0);
    close(held.stored_J, 1.3, 1e-12, "stored");
    close(held.spilled_J, 2 - 0.3 / 0.9, 1e-12, "spilled");
    const full = passSlot(small, 3.9, 3, 0);
    assert.equal(full.stored_J, 4);
    close(full.spilled_J, 2 - 0.1 / 0.9, 1e-12, "spilled");
  });

  it("loses a share of what is stored", () => {
    const leaky = { ...small, cell: { ...small.cell, leak_share: 0.1 } };
    close(passSlot(leaky, 3, 1, 0).stored_J, 2.7, 1e-12, "stored");
  });

  it("loses no energy, whatever is asked for", () => {
    fc.assert(
      fc.property(anyWorld, fc.integer({ min: -3, max: 80 }), (world, wanted) => {
        const { cell, floor_J, event_J } = world;
        let stored_J = cell.start_J;
        for (const harvest_J of world.harvest_J) {
          const { events, missed, spilled_J, ...after } = passSlot(
            world,
            stored_J,
            harvest_J,
            wanted,
          );
          const kept_J = stored_J * (1 - cell.leak_share);
          const spent_J = missed ? 0 : floor_J + events * event_J;
          const into_J = after.stored_J - kept_J;
          const rail_J = into_J > 0 ? into_J / cell.efficiency_in : into_J * cell.efficiency_out;
          close(harvest_J, spent_J + rail_J + spilled_J, 1e-9, "J");
          assert.ok(after.stored_J >= 0 && after.stored_J <= cell.capacity_J + 1e-12);
          stored_J = after.stored_J;
        }
      }),
    );
  });
});

describe("a life", () => {
  it("is worth its utility less what it missed", () => {
    const world = { ...small, harvest_J: [2, 0, 0] };
    const life = liveSlots({ ...world, cell: { ...small.cell, start_J: 0 } }, () => 2);
    assert.deepEqual(life.events, [2, 0, 0]);
    assert.equal(life.missed, 2);
    close(life.value, Math.log(3) - 10, 1e-12, "value");
  });

  it("shows its policy what came in before, not what comes", () => {
    const seen: number[][] = [];
    liveSlots({ ...small, harvest_J: [1, 2, 3] }, ({ past_J }) => {
      seen.push([...past_J]);
      return 0;
    });
    assert.deepEqual(seen, [[], [1], [1, 2]]);
  });

  it("without events misses the least", () => {
    fc.assert(
      fc.property(anyWorld, fc.integer({ min: 0, max: 60 }), (world, events) => {
        assert.ok(liveSlots(world, idle).missed <= liveSlots(world, () => events).missed);
      }),
    );
  });
});

describe("the utility", () => {
  it("of a slot that was alive for a part is that part of a slot at the same rate", () => {
    close(utilityOf(3, 0.5), 0.5 * utilityOf(6), 1e-12, "utility");
    assert.equal(utilityOf(3, 0), 0);
  });
});
