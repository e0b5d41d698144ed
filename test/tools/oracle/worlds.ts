// Slot worlds that the tests of the oracle and its policies live in.

import fc from "fast-check";
import { type SlotWorld } from "../../../tools/oracle/slot_world.js";

/** Round numbers: 1 J of floor, 0.4 J an event, 4 J of cell. */
export const small: SlotWorld = {
  slot_s: 600,
  harvest_J: [],
  floor_J: 1,
  event_J: 0.4,
  events_max: 60,
  miss_weight: 5,
  cell: {
    capacity_J: 4,
    start_J: 2,
    efficiency_in: 0.9,
    efficiency_out: 0.8,
    charge_max_J: Infinity,
    leak_share: 0,
  },
};

const share = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** A dozen slots or less of anything. */
export const anyWorld: fc.Arbitrary<SlotWorld> = fc
  .record({
    harvest_J: fc.array(share(0, 6), { minLength: 1, maxLength: 12 }),
    event_J: share(0.05, 2),
    miss_weight: share(0, 20),
    capacity_J: share(0.5, 30),
    start: share(0, 1),
    efficiency_in: share(0.5, 1),
    efficiency_out: share(0.5, 1),
    charge_max_J: fc.oneof(fc.constant(Infinity), share(0.1, 5)),
    leak_share: share(0, 0.1),
  })
  .map(({ harvest_J, event_J, miss_weight, capacity_J, start, ...cell }) => ({
    ...{ slot_s: 600, harvest_J, floor_J: 1, event_J, events_max: 60, miss_weight },
    cell: { ...cell, capacity_J, start_J: start * capacity_J },
  }));
