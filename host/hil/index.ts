// The package `tfmb/hil`: a node on a rig, for tests of firmware and of what it shall endure.
//
//   const node = await rig({ scenario: "hil/desk-day" });
//   await node.runFor(6);
//   await node.inject({ harvester_share: 0 });

import { checkPart } from "../../boards/check.js";
import { readParts, readScenario, type Parts } from "../../boards/parts.js";
import { environmentOf, plantOf } from "../../boards/plant.js";
import { programmeOf } from "../../boards/programme.js";
import { type DeviceMaker } from "./device.js";
import { boardsFolder, coreWasm } from "./places.js";
import { Rig } from "./rig.js";
import { type RunTrace } from "../sim/record.js";
import { wasmDevice } from "./wasm_device.js";

export { DeviceError, PowerFailure } from "./device.js";
export { type Device, type DeviceMaker, type DeviceOptions } from "./device.js";
export { type Reply, type Start } from "./device.js";
export { type ClockFault, type Faults, type PowerFault, type ProfileFault } from "./faults.js";
export { type SensorFault, type StorageFault } from "./faults.js";
export { linkedDevice, type Wire } from "./linked_device.js";
export { Rig } from "./rig.js";
export { wasmDevice } from "./wasm_device.js";

export interface RigOptions {
  /** A name in boards/scenarios, or what such a file holds. */
  scenario: string | object;
  /** The core in this process where it is not given. */
  device?: DeviceMaker | undefined;
  seed?: number | undefined;
  hours?: number | undefined;
}

/** The rig of a scenario's parts. Throws PartError and DeviceError. */
export function rigOf(parts: Parts, device: DeviceMaker, trace?: RunTrace): Promise<Rig> {
  const { seed, hours } = parts.scenario;
  const environment = environmentOf(parts, seed, hours);
  const { node, sensors } = plantOf(parts, environment, seed);
  const programme = programmeOf(parts);
  return Rig.start(device, { programme, node, sensors, environment, seed, hours, trace });
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
