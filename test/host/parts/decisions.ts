// Decisions for tests of chargers: any that the core may make, and what is no decision at all.

import fc from "fast-check";
import { type ChargerDecision } from "../../../host/parts/index.js";

export const usual: ChargerDecision = {
  charge_enable: true,
  float_mV: 4100,
  charge_limit_nA: 30_000,
  source: 1,
  mpp_ratio: 0,
};

const number = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

export const anyDecision: fc.Arbitrary<ChargerDecision> = fc.record({
  charge_enable: fc.boolean(),
  float_mV: number(0.1, 59_999),
  charge_limit_nA: number(0, 1e8),
  source: fc.integer({ min: 0, max: 4 }),
  mpp_ratio: number(0, 1),
});

/** One wrong value each, and the line it must give behind the part's name. */
export const wrong: [Partial<ChargerDecision>, string][] = [
  [{ float_mV: NaN }, "float_mV = NaN must be above 0, below 60000"],
  [{ float_mV: 0 }, "float_mV = 0 must be above 0, below 60000"],
  [{ source: 5 }, "source = 5 must be 0 to 4"],
  [{ source: 0.5 }, "source = 0.5 must be 0 to 4"],
  [{ mpp_ratio: 1.2 }, "mpp_ratio = 1.2 must be 0 to 1"],
  [{ charge_limit_nA: -1 }, "charge_limit_nA = -1 must be 0 or more"],
];
