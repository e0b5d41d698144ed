// Power cuts at every byte that the journal writes, single and double: nothing is lost that was
// completed, and SOC is as good as it says. POWER_CUTS and POWER_CUTS_SEED prolong or repeat it;
// `npm run bench -- robustness` tries a million.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Reason } from "../../host/core/abi.js";
import { Machine } from "./power_cuts/machine.js";
import { NodeLife, type Setup, profileOf } from "./power_cuts/node_life.js";
import { powerCuts } from "./power_cuts/power_cuts.js";

const CUTS = Number(process.env.POWER_CUTS ?? 150000);
const SEED = Number(process.env.POWER_CUTS_SEED ?? 20261126);
const EFFORT = { records: 40, doubleEvery: 61 };

describe("after a power cut at any byte", () => {
  test("the last completed record or a newer one is found, with an honest error", () => {
    const { seen, cuts, tears, starts, lost, firstLoss, worstSigmas } = powerCuts(
      CUTS,
      EFFORT,
      SEED,
    );
    console.log(`power cuts: seed=${SEED} distinct=${seen.size} of ${cuts}, lost=${lost}`);
    console.log(`power cuts: torn RAM=${tears} starts cut=${starts} worst=${worstSigmas} sigma`);
    assert.equal(lost, 0, firstLoss);
    assert.ok(seen.size >= CUTS);
    // a start that widened SOC's error by far too much would pass all other checks
    assert.ok(worstSigmas > 0.5, `the largest error of SOC was ${worstSigmas} sigma`);
  });

  test("a machine whose memory was put back starts as a new one does", () => {
    for (const kind of ["fram", "flash"] as const) {
      const setup: Setup = { kind, slots_log2: 2, sequence: 5, seed: 3 };
      const life = new NodeLife(setup);
      life.begin(0);
      for (let i = 0; i < 300; i++) {
        while (life.machine.op !== 0) {
          const { machine, medium } = life;
          if (machine.op === 2) medium.program(machine.address, machine.vital, machine.length);
          else medium.erase(machine.address, machine.length / 4);
          machine.node.core.storage_done(0);
        }
        life.next();
      }
      const fresh = new Machine(profileOf(setup));
      life.machine.lose();
      for (const machine of [life.machine, fresh]) {
        machine.boot(life.medium, Reason.cold, 100);
        NodeLife.wake(machine, { dt_ms: 1000, harvest_nA: 77 });
      }
      assert.ok(fresh.node.get("vital", "boots") > 1);
      assert.deepEqual(life.machine.save(), fresh.save());
    }
  });
});
