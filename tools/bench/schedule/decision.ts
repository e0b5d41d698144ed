// What one decision costs on the node: from the estimate of each source to the plan, instructions
// on an emulated Cortex-M4F times the figures of the footprint suite.

import { ARM_GCC, ARM_PACKAGES, CHIPS, isInstalled } from "../../build/images.js";
import { buildGaugeCore, countInstructions } from "../footprint/count.js";
import { BASIS, instructions_J } from "../footprint/energy.js";
import { type Measurement } from "../report.js";

/** Of the golden vector's steps every so many is counted, so often. */
const EVERY = 8;
const REPEATS = 20;

export function decisionMeasurements(): Measurement[] {
  const name = "decision_energy_uJ";
  if (!isInstalled(ARM_GCC) || !isInstalled("qemu-system-arm")) {
    return [{ name, value: null, unit: "uJ", of: `needs: ${ARM_PACKAGES}` }];
  }
  const { plan } = countInstructions(CHIPS.m4f, buildGaugeCore(), EVERY, REPEATS);
  const counted = `median of ${plan.counted} steps of the golden vector`;
  return [
    { name, value: instructions_J(plan.median) * 1e6, unit: "uJ", of: `harvest, plan; ${BASIS}` },
    { name: "decision_instructions", value: plan.median, unit: "1", of: counted },
    { name: "decision_largest_instructions", value: plan.largest, unit: "1", of: "of the same" },
  ];
}
