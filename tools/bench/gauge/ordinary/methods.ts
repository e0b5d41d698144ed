// The ordinary methods that the gauge is compared with, all on the same readings and profile.

import { type ProfileValues } from "../../../../host/core/profile.js";
import { Accounting } from "./accounting.js";
import { Calibration, type Method } from "./calibration.js";
import { Kalman } from "./kalman.js";
import { RestCounting } from "./rest_counting.js";
import { Table } from "./table.js";

export const METHODS = ["accounting", "table", "kalman", "rest"] as const;
export type MethodName = (typeof METHODS)[number];

/** One of each. */
export function methodsFor(profile: ProfileValues): Record<MethodName, Method> {
  const calibration = new Calibration(profile);
  return {
    accounting: new Accounting(calibration),
    table: new Table(calibration),
    kalman: new Kalman(calibration),
    rest: new RestCounting(calibration),
  };
}
