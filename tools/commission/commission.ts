// Commissioning from start to end: the steps in their order, on any node.

import { type Parts } from "../../boards/parts.js";
import { resolveProfile } from "../../boards/resolve.js";
import { compileProfile } from "../../host/core/profile.js";
import { calibrate } from "./calibration.js";
import { type CommissionedNode, type Told } from "./device.js";
import { firstCharge } from "./first_charge.js";
import { limitsOf } from "./limits.js";
import { checkUncharged, shipMode, uploadProfile } from "./steps.js";
import { checkFloat, checkHarvest, checkSwitch } from "./suitable.js";

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
  told: Told,
): Promise<void> {
  const limits = limitsOf(parts);
  checkSwitch(limits);
  checkFloat(limits);
  await checkHarvest(node, limits, told);
  await checkUncharged(node, limits, told);
  await calibrate(node, limits, "empty", told);
  await firstCharge(node, limits, hours_max, told);
  await calibrate(node, limits, "full", told);
  await uploadProfile(node, calibratedProfile(parts), told);
  await shipMode(node, told);
}
