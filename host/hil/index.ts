// The package `tfmb/hil`: a node on a rig, for tests of firmware and of what it must endure.
//
//   const node = await rig({ scenario: "hil/desk-day" });
//   await node.runFor(6);
//   await node.inject({ harvester_share: 0 });
//   node.words.gauge.soc

import { checkPart } from "../../boards/check.js";
import { readParts, readScenario } from "../../boards/parts.js";
import { type DeviceMaker } from "./devices/device.js";
import { wasmDevice } from "./devices/wasm.js";
import { boardsFolder, coreWasm } from "./places.js";
import { type Rig } from "./rig.js";
import { rigOf } from "./rig_of.js";

export { DeviceError, PowerFailure } from "./devices/device.js";
export { type Device, type DeviceMaker, type DeviceOptions } from "./devices/device.js";
export { type Reply, type Start } from "./devices/device.js";
export { espruinoDevice, espruinoProgram, type EspruinoOptions } from "./devices/espruino.js";
export { processDevice, uartDevice, type BoardLine } from "./devices/framed.js";
export { linkedDevice } from "./devices/linked.js";
export { recording, replaying } from "./devices/recorder.js";
export { wasmDevice } from "./devices/wasm.js";
export { type ClockFault, type Faults, type PowerFault } from "./faults/faults.js";
export { type ProfileFault, type SensorFault, type StorageFault } from "./faults/faults.js";
export { type Rig } from "./rig.js";
export { play, type Check } from "./script/play.js";
export { checkSteps, ScriptError, type Condition, type Step } from "./script/script.js";
export { type LinkOptions } from "./wire/frame_link.js";
export { type Wire } from "./wire/message.js";

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
