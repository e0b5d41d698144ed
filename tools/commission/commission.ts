// Commissioning from start to end: the steps in their order, on any node.

import { type Parts } from "../../boards/parts.js";
import { resolveProfile } from "../../boards/resolve.js";
import { compileProfile } from "../../host/core/profile.js";
import { type CommissionedNode } from "./device.js";
import { limitsOf } from "./limits.js";
import * as steps from "./steps.js";

/** What is left of the ADC's gain error after calibration: the reference meter's own. */
const CALIBRATED_SIGMA = 0.0005;

/** The profile of a board whose ADC was calibrated. */
export function calibratedProfile(parts: Parts): Uint8Array {
  const values = resolveProfile(parts);
  const adc_gain_sigma = Math.min(values.adc_gain_sigma, CALIBRATED_SIGMA);
  return compileProfile({ ...values, adc_gain_sigma });
}

/** Every step; throws CommissionError with the one that failed, and charges no more then. */
export async function commission(
  node: CommissionedNode,
  parts: Parts,
  hours_max: number,
  told: steps.Told,
): Promise<void> {
  const limits = limitsOf(parts);
  steps.checkSwitch(limits);
  await steps.calibrate(node, limits, "empty", told);
  await steps.checkUncharged(node, limits, told);
  await steps.firstCharge(node, limits, hours_max, told);
  await steps.calibrate(node, limits, "full", told);
  await steps.uploadProfile(node, calibratedProfile(parts), told);
  await steps.shipMode(node, told);
}
