// A scenario without faults gives on the rig, device by device, the gauge and decision bits of the
// fast simulation: the rig's loop, its mirror of the areas and the device change nothing.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { readScenario, type Parts } from "../../../boards/parts.js";
import { environmentOf, plantOf } from "../../../boards/plant.js";
import { programmeOf } from "../../../boards/programme.js";
import { AREAS } from "../../../host/core/abi.js";
import { rigOf } from "../../../host/hil/index.js";
import { wasmDevice } from "../../../host/hil/wasm_device.js";
import { Firmware } from "../../../host/sim/firmware.js";
import { simulate } from "../../../host/sim/simulate.js";
import { projectPath, buildPath } from "../../../tools/build/paths.js";
import { readFileSync } from "node:fs";
import { newCore } from "../core_fixture.js";

/** Digest of every decision and gauge of the fast simulation. */
async function simulated(parts: Parts): Promise<{ digest: string; soc: number }> {
  const { seed, hours } = parts.scenario;
  const { node, sensors } = plantOf(parts, environmentOf(parts, seed, hours), seed);
  const core = await newCore();
  const hash = createHash("sha256");
  const memory = new Uint8Array((core.exports.memory as WebAssembly.Memory).buffer);
  class Told extends Firmware {
    override wake(): void {
      super.wake();
      for (const { at, size } of [AREAS.decision, AREAS.gauge]) {
        hash.update(memory.subarray(at, at + size));
      }
    }
  }
  const firmware = new Told(core, programmeOf(parts), node, sensors);
  simulate(node, firmware, hours, {});
  return { digest: hash.digest("hex").slice(0, 16), soc: node.cell.soc };
}

for (const [name, hours] of [
  ["default-year", 24 * 30],
  ["charge-pump-year", 24 * 30],
  ["mm-sensor", 48],
  ["piezo-month", 72],
] as const) {
  test(`${name}: ${hours} h on the rig are those of the simulation, bit for bit`, async () => {
    const parts = readScenario(projectPath("boards"), name);
    parts.scenario.hours = hours;
    const expected = await simulated(parts);
    const rig = await rigOf(parts, wasmDevice(readFileSync(buildPath("core.wasm"))));
    await rig.wakeAfter(rig.end_s);
    assert.equal(rig.node.cell.soc, expected.soc);
    assert.equal(rig.digest, expected.digest);
    assert.ok(rig.deeds.steps > 100);
    console.log(name, rig.deeds.steps, rig.run.brownouts, rig.deeds.resets);
    await rig.close();
  });
}
