// A slot's energy goes somewhere: floor first, then events, the cell, and what spills.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { idle, liveSlots, passSlot } from "../../../tools/oracle/slot_life.js";
import { drawnFor_J, lossPerJ, mostOut_J, takeIn_J } from "../../../tools/oracle/slot_cell.js";
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

  it("says when the limit of charging, not the cell's size, kept energy out", () => {
    const slow = { ...small, cell: { ...small.cell, charge_max_J: 0.3 } };
    assert.equal(passSlot(slow, 1, 3, 0).limited, true);
    assert.equal(passSlot(slow, 3.9, 3, 0).limited, false);
    assert.equal(passSlot(slow, 1, 1.2, 0).limited, false);
    assert.equal(liveSlots({ ...slow, harvest_J: [3, 3, 0.5] }, idle).limited, 2);
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

describe("a cell with a resistance", () => {
  // 0.05 a joule: of 2 J drawn a tenth is lost
  const cell = { ...small.cell, loss_per_J: 0.05 };

  it("gives less for what leaves it, and stores less of what comes", () => {
    const given_J = 2 * 0.8 * 0.9;
    const after_J = passSlot({ ...small, cell }, 3, 0, 1).stored_J;
    close(drawnFor_J(cell, given_J), 2, 1e-12, "drawn");
    assert.ok(after_J < passSlot(small, 3, 0, 1).stored_J);
    const [stored_J, left_J] = takeIn_J(cell, 0, 2 / 0.9);
    close(stored_J, 2 * 0.9, 1e-12, "stored");
    close(left_J, 0, 1e-12, "left");
  });

  it("has a most that it can give, however full it is", () => {
    const poor = { ...small.cell, loss_per_J: 0.25 };
    close(mostOut_J(poor, 2), 0.8 * 2 * 0.5, 1e-12, "most");
    assert.equal(mostOut_J(poor, 4), mostOut_J(poor, 2));
    close(drawnFor_J(poor, mostOut_J(poor, 4)), 2, 1e-6, "drawn");
    assert.equal(mostOut_J(small.cell, 4), 0.8 * 4);
  });

  it("loses I^2 R of the slot's mean current", () => {
    // 3 kOhm at 3.8 V, 10 uA for 600 s: 0.3 uW of 38 uW
    const energy_J = 38e-6 * 600;
    close(lossPerJ(3000, 3.8, 600) * energy_J, 0.3 / 38, 1e-12, "share");
  });

  it("fills up to what it holds and its limit, not beyond, for what passes through it", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 4, noNaN: true }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        (kept_J, surplus_J, charge_max_J) => {
          const limited = { ...cell, charge_max_J };
          const [stored_J, left_J] = takeIn_J(limited, kept_J, surplus_J);
          assert.ok(stored_J <= Math.min(charge_max_J, 4 - kept_J) + 1e-12);
          assert.ok(left_J >= -1e-9 && stored_J <= 0.9 * (surplus_J - left_J) + 1e-9);
        },
      ),
    );
  });
});

describe("a life", () => {
  it("counts what went out of the cell over what it holds", () => {
    const life = liveSlots({ ...small, harvest_J: [0, 3, 0] }, idle);
    close(life.cycles, (1.25 + 1.25) / 4, 1e-12, "cycles");
  });

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
