// The package `tfmb/hil`: a node on a rig, for tests of firmware and of what it must endure.
//
//   const node = await rig({ scenario: "hil/desk-day" });
//   await node.runFor(6);
//   await node.inject({ harvester_share: 0 });
//   node.words.gauge.soc

import { checkPart } from "../../boards/check.js";
import { readParts, readScenario } from "../../boards/parts.js";
import { type DeviceMaker } from "./device.js";
import { boardsFolder, coreWasm } from "./places.js";
import { type Rig } from "./rig.js";
import { rigOf } from "./rig_of.js";
import { wasmDevice } from "./wasm_device.js";

export { DeviceError, PowerFailure } from "./device.js";
export { type Device, type DeviceMaker, type DeviceOptions } from "./device.js";
export { type Reply, type Start } from "./device.js";
export { espruinoDevice, espruinoProgram, type EspruinoOptions } from "./espruino_device.js";
export { type ClockFault, type Faults, type PowerFault, type ProfileFault } from "./faults.js";
export { type SensorFault, type StorageFault } from "./faults.js";
export { processDevice, uartDevice, type BoardLine, type LinkOptions } from "./frame_link.js";
export { linkedDevice, type Wire } from "./linked_device.js";
export { play, type Check } from "./play.js";
export { recording, replaying } from "./recorder.js";
export { type Rig } from "./rig.js";
export { checkSteps, ScriptError, type Condition, type Step } from "./script.js";
export { wasmDevice } from "./wasm_device.js";

export interface RigOptions {
  /** A name in boards/scenarios, or what such a file holds. */
  scenario: string | object;
  /** The core in this process where it is not given. */
  device?: DeviceMaker | undefined;
  seed?: number | undefined;
  hours?: number | undefined;
}

/** A node on a rig: powered, not yet started. Throws PartError and DeviceError. */
export async function rig({ scenario, device, seed, hours }: RigOptions): Promise<Rig> {
  const root = boardsFolder();
  const named = typeof scenario === "string";
  const parts = named
    ? readScenario(root, scenario)
    : readParts(root, checkPart("scenario", scenario, "scenario"));
  if (seed !== undefined) parts.scenario.seed = seed;
  if (hours !== undefined) parts.scenario.hours = hours;
  return rigOf(parts, device ?? wasmDevice(coreWasm()));
}
