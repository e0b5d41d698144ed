// A scenario without faults gives on the rig, device by device, the gauge and decision bits of the
// fast simulation: the rig's loop, its mirror of the areas and the device change nothing.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readScenario, type Parts } from "../../../boards/parts.js";
import { environmentOf, plantOf } from "../../../boards/plant.js";
import { programmeOf } from "../../../boards/programme.js";
import { AREAS } from "../../../host/core/abi.js";
import { type DeviceOptions } from "../../../host/hil/devices/device.js";
import { wasmDevice } from "../../../host/hil/devices/wasm.js";
import { rigOf } from "../../../host/hil/rig_of.js";
import { Firmware } from "../../../host/sim/firmware.js";
import { simulate } from "../../../host/sim/simulate.js";
import { buildPath, projectPath } from "../../../tools/build/paths.js";
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

/** Scenarios with sources, chargers and boards of every kind; the last runs empty in the dark. */
const SCENARIOS: [name: string, hours: number, start_soc?: number][] = [
  ["default-year", 24 * 30],
  ["charge-pump-year", 24 * 10],
  ["pv-teg-month", 72],
  ["piezo-month", 72],
  ["mm-sensor", 48],
  ["metered-fortnight", 24],
  ["default-year", 24 * 5, 0.01],
];

for (const [name, hours, start_soc] of SCENARIOS) {
  const from = start_soc === undefined ? "" : ` from a SOC of ${start_soc}`;
  test(`${name}: ${hours} h${from} are those of the simulation, bit for bit`, async () => {
    const parts = readScenario(projectPath("boards"), name);
    parts.scenario.hours = hours;
    if (start_soc !== undefined) parts.scenario.start_soc = start_soc;
    const expected = await simulated(parts);
    const rig = await rigOf(parts, wasmDevice(readFileSync(buildPath("core.wasm"))));
    await rig.wakeAfter(rig.end_s);
    await rig.close();
    assert.equal(rig.node.cell.soc, expected.soc);
    assert.equal(rig.digest, expected.digest);
    assert.ok(rig.deeds.steps > 100);
    assert.equal(rig.run.brownouts > 0, start_soc !== undefined);
  });
}

test("a device of real time is waited for", async () => {
  const parts = readScenario(projectPath("boards"), "mm-sensor");
  const make = wasmDevice(readFileSync(buildPath("core.wasm")));
  const slow = async (options: DeviceOptions) =>
    Object.assign(await make(options), { time: "real" as const });
  const rig = await rigOf(parts, slow);
  const start_ms = performance.now();
  await rig.wakeAfter(0.5);
  await rig.close();
  // the first wake is a second after the start
  assert.equal(rig.deeds.steps, 1);
  assert.ok(performance.now() - start_ms >= 1000);
});
