// Samples for the property tests: everything that a host could write into the sample area.

import fc from "fast-check";
import { Pmic, Values } from "../../host/core/abi.js";
import { type SampleValues } from "./node_under_test.js";
import { ALL_VALUES } from "./profile_under_test.js";

/** A quantity as it usually is, now and then any f32 there is, NaN and infinities among them. */
const measured = (min: number, max: number) =>
  fc.oneof(
    {
      arbitrary: fc.float({ min: Math.fround(min), max: Math.fround(max), noNaN: true }),
      weight: 5,
    },
    { arbitrary: fc.float(), weight: 1 },
  );

const PMIC_BITS = Pmic.charging | Pmic.limiting | Pmic.full | Pmic.paused;

/** Any sample: plausible, implausible, or neither. */
export const anySample: fc.Arbitrary<SampleValues> = fc.record({
  dt_ms: fc.oneof(fc.integer({ min: 1, max: 600000 }), fc.integer({ min: 0, max: 0xffffffff })),
  valid: fc.oneof(
    fc.integer({ min: 0, max: ALL_VALUES }),
    fc.constant(ALL_VALUES & ~Values.charge),
  ),
  pmic_flags: fc.integer({ min: 0, max: PMIC_BITS }),
  active_ms: fc.nat(2000),
  voltage_mV: measured(2900, 4400),
  voltage_loaded_mV: measured(2800, 4300),
  pulse_drain_nA: measured(1, 100000),
  temperature_degC: measured(-40, 90),
  charge_pC: fc.oneof(
    fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  ),
  harvest_mean_nA: measured(0, 20000),
  harvest_now_nA: measured(0, 20000),
  probe_nA: measured(0, 20000),
  source_mV: fc.array(measured(0, 3000), { minLength: 4, maxLength: 4 }),
  events: fc.array(fc.nat(5), { minLength: 4, maxLength: 4 }),
});
