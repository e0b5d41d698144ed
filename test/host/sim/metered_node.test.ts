// A simulated node that reads its cell's current while the voltage is sampled: with a cell known
// under load, SOC is right and honest through a fortnight in the cold, whatever its ADC is off by.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPart, readScenario, type Parts } from "../../../boards/parts.js";
import { environmentOf, plantOf } from "../../../boards/plant.js";
import { programmeOf } from "../../../boards/programme.js";
import { Values } from "../../../host/core/abi.js";
import { Firmware } from "../../../host/sim/firmware.js";
import { simulate } from "../../../host/sim/simulate.js";
import { projectPath } from "../../../tools/build/paths.js";
import { live } from "../../../tools/simulate/life.js";
import { newCore } from "../core_fixture.js";
import { close } from "./cell_fixture.js";

const root = projectPath("boards");

function metered(): Parts {
  return readScenario(root, "metered-fortnight");
}

/** RMS error of SOC over the fortnight, and the share of wakes within two sigma. */
async function estimateOf(seed: number, change: (parts: Parts) => void) {
  const parts = metered();
  parts.scenario.seed = seed;
  change(parts);
  const { run } = live(await newCore(), "metered-fortnight", parts);
  return { rms: Math.sqrt(run.squares / run.judged), within: run.within / run.judged };
}

describe("a node that reads its cell's current", () => {
  it("gives the core what flows while the voltage is sampled, as its meter sees it", async () => {
    const hours = 30;
    const parts = metered();
    parts.board.physics.sensors.counter!.current!.noise_nA.value = 0;
    const { node, sensors } = plantOf(parts, environmentOf(parts, 1, hours), 1);
    const firmware = new Firmware(await newCore(), programmeOf(parts), node, sensors);
    simulate(node, firmware, hours, {});
    const { sample, decision } = firmware.words;
    assert.equal(sample.valid & Values.current, Values.current);
    assert.equal(decision.rejected & Values.current, 0);
    const { gain, offset_nA } = sensors.counter!.current!;
    assert.ok(gain !== 1 && offset_nA !== 0);
    const flowed_nA = (sample.current_nA - offset_nA) / gain;
    assert.ok(Math.abs(flowed_nA) > 1000, `${flowed_nA} nA`);
    // the cell has hardly moved since: 1 uA is some 7 mV
    close(node.cell.voltage_mV(flowed_nA), firmware.board.sampled_mV, 2, "mV under that current");
  });

  // the ADC's gain is off by two sigma in 2 and 4
  for (const seed of [1, 2, 4]) {
    it(`knows SOC of a cell under load within what it says: seed ${seed}`, async (t) => {
      const lives = {
        loaded: await estimateOf(seed, () => undefined),
        unread: await estimateOf(seed, ({ board: { profile } }) => {
          profile.observables = profile.observables.filter((name) => name !== "current");
        }),
        rest: await estimateOf(seed, (parts) => {
          parts.cell = readPart(root, "cell", "enerchip-100uAh");
        }),
      };
      t.diagnostic(JSON.stringify(lives));
      for (const [name, { rms, within }] of Object.entries(lives)) {
        assert.ok(rms < 0.03, `${name}: ${rms}`);
        assert.ok(within > 0.98, `${name}: ${within} within two sigma`);
      }
    });
  }
});
