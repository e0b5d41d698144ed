// From the parts of a scenario to its rig.

import { type Parts } from "../../boards/parts.js";
import { environmentOf, plantOf } from "../../boards/plant.js";
import { programmeOf } from "../../boards/programme.js";
import { type RunTrace } from "../sim/record.js";
import { type DeviceMaker } from "./devices/device.js";
import { Rig } from "./rig.js";

/** The rig of a scenario's parts. Throws PartError and DeviceError. */
export function rigOf(parts: Parts, device: DeviceMaker, trace?: RunTrace): Promise<Rig> {
  const { seed, hours } = parts.scenario;
  const environment = environmentOf(parts, seed, hours);
  const { node, sensors } = plantOf(parts, environment, seed);
  const programme = programmeOf(parts);
  return Rig.start(device, { programme, node, sensors, environment, seed, hours, trace });
}
