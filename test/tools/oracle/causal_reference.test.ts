// The causal reference spends as its chain of other lives says: it knows the hour, and no future.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HarvestChain, type HarvestRecord } from "../../../tools/oracle/harvest_chain.js";
import { askOracle } from "../../../tools/oracle/oracle.js";
import { CausalReference } from "../../../tools/oracle/policies/causal_reference.js";
import { ewmaPlan } from "../../../tools/oracle/policies/published.js";
import { idle, liveSlots } from "../../../tools/oracle/slot_life.js";
import { type SlotWorld } from "../../../tools/oracle/slot_world.js";
import { close } from "../../host/sim/cell_fixture.js";
import { small } from "./worlds.js";

/** Hours: light from 6 to 18, the afternoons of every third day dark. */
const hours = (days: number): number[] =>
  Array.from({ length: 24 * days }, (_, slot) => {
    const [day, hour] = [Math.floor(slot / 24), slot % 24];
    if (hour < 6 || hour >= 18) return 0;
    return hour >= 12 && day % 3 === 2 ? 0.5 : 4;
  });

const records: HarvestRecord[] = [{ harvest_J: hours(60), start_h: 0 }];
const world: SlotWorld = {
  ...{ ...small, slot_s: 3600, harvest_J: hours(9) },
  cell: { ...small.cell, capacity_J: 25, start_J: 12 },
};
const chain = new HarvestChain(records, world.floor_J, world.slot_s);

describe("a chain of harvests", () => {
  it("says what may follow, with probabilities that add up", () => {
    for (let hour = 0; hour < 24; hour++) {
      for (let state = 0; state < HarvestChain.states; state++) {
        const sum = chain.after(hour, state).reduce((all, { probability }) => all + probability, 0);
        close(sum, 1, 1e-9, `${hour} h, state ${state}`);
      }
    }
  });

  it("knows that after the night comes the sun, at the hour at which it came", () => {
    const dark = chain.stateOf(chain.levelOf(0), 1.7);
    const light = (hour: number) =>
      chain
        .after(hour, dark)
        .filter(({ state }) => HarvestChain.levelIn(state) > chain.levelOf(1))
        .reduce((all, { probability }) => all + probability, 0);
    assert.ok(light(6) > 0.7 && light(2) < 0.2, `${light(6)}, ${light(2)}`);
    assert.equal(chain.hourOf(30, 8), 14);
  });
});

describe("the causal reference", () => {
  const reference = new CausalReference(chain);

  it("comes close to the perfect plan of a life like those it knows, ahead of a plan", async () => {
    const plan = await askOracle(world);
    const idling = liveSlots(world, idle);
    const life = liveSlots(world, reference.policy(0));
    const score = (value: number) => (value - idling.value) / (plan.value - idling.value);
    assert.ok(score(life.value) > 0.8, `${score(life.value)}`);
    assert.ok(life.value > liveSlots(world, ewmaPlan()).value);
  });

  it("sees no future: as long as two lives are alike, it does the same in both", () => {
    const half = world.harvest_J.slice(0, 100);
    const other = { ...world, harvest_J: [...half, ...Array<number>(60).fill(0)] };
    const [one, two] = [world, other].map((of) => liveSlots(of, reference.policy(0)).events);
    assert.deepEqual(one!.slice(0, 100), two!.slice(0, 100));
  });
});
