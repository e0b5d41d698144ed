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

/** Evenly spread over the range: fc.double is even over exponents. */
export const evenly = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 1_000_000 }).map((part) => min + ((max - min) * part) / 1_000_000);

export const anyDecision: fc.Arbitrary<ChargerDecision> = fc.record({
  charge_enable: fc.boolean(),
  float_mV: fc.oneof(evenly(0.1, 59_999), evenly(2500, 5000)),
  charge_limit_nA: evenly(0, 1e8),
  source: fc.integer({ min: 0, max: 4 }),
  mpp_ratio: evenly(0, 1),
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
