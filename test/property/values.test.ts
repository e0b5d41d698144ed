// Wild values in the sample, one by one: each is named and excluded, and the node is afterwards
// what it would have been without that value.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Status, Values } from "../../host/core/abi.js";
import { HostileChecks } from "./hostile_checks.js";
import { NodeUnderTest, type SampleValues } from "./node_under_test.js";
import { ALL_VALUES } from "./profile_under_test.js";
import { anySample } from "./samples.js";

type Real =
  | "voltage_mV"
  | "voltage_loaded_mV"
  | "pulse_drain_nA"
  | "temperature_degC"
  | "harvest_mean_nA"
  | "harvest_now_nA"
  | "probe_nA";

/** The measured fields, the bit that claims each, and the bits that fall with it. */
const MEASURED: { field: Real; bit: number; also?: number }[] = [
  { field: "voltage_mV", bit: Values.voltage, also: Values.pulse },
  { field: "voltage_loaded_mV", bit: Values.pulse },
  { field: "pulse_drain_nA", bit: Values.pulse },
  { field: "temperature_degC", bit: Values.temperature },
  { field: "harvest_mean_nA", bit: Values.harvest },
  { field: "harvest_now_nA", bit: Values.harvest_now },
  { field: "probe_nA", bit: Values.probe },
];
/** What no quantity can be. */
const WILD = [NaN, Infinity, -Infinity, -1e-3, -3.4e38, 3.4e38, 1e12];
/** Sources and charge are looked at elsewhere; the charge counter would hide the books. */
const VALID = ALL_VALUES & ~(Values.charge | (15 * Values.source));
const GOOD: SampleValues = {
  dt_ms: 600000,
  active_ms: 40,
  voltage_mV: 3955,
  voltage_loaded_mV: 3890,
  pulse_drain_nA: 30000,
  temperature_degC: 24,
  harvest_mean_nA: 1500,
  harvest_now_nA: 1700,
  probe_nA: 1800,
  source_mV: [900, 0, 0, 0],
  events: [0, 1, 2, 0],
};

/** A node that ran for a while. */
function lived(): NodeUnderTest {
  const node = NodeUnderTest.running();
  for (let i = 0; i < 20; i++) node.step({ ...GOOD, valid: VALID, temperature_degC: 25 });
  return node;
}

/** Everything that a sample may change and that outlives it. */
const remembered = (node: NodeUnderTest) => Buffer.from(node.bytes("vital")).toString("hex");

describe("a wild value", () => {
  for (const { field, bit, also = 0 } of MEASURED) {
    const impossible = WILD.filter((value) => field !== "temperature_degC" || value !== -1e-3);
    test(`of ${field} is named, excluded and leaves no trace`, () => {
      for (const value of impossible) {
        const [struck, spared] = [lived(), lived()];
        const status = struck.step({ ...GOOD, valid: VALID, [field]: value });
        spared.step({ ...GOOD, valid: VALID & ~(bit | also) });
        assert.equal(status & 255, Status.rejected, `${value}`);
        assert.equal(status >>> 8, bit | also, `${value} names its bits`);
        assert.equal(struck.get("decision", "rejected"), bit | also);
        assert.equal(remembered(struck), remembered(spared), `${value} changed the state`);
        assert.equal(new HostileChecks(struck).state(), undefined);
      }
    });
  }

  test("of a source excludes that source alone", () => {
    for (const [i, value] of WILD.entries()) {
      const source = i % 4;
      const node = lived();
      const source_mV = [900, 800, 700, 600];
      source_mV[source] = value;
      const status = node.step({ ...GOOD, valid: VALID | (15 * Values.source), source_mV });
      assert.equal(status, Status.rejected | ((Values.source << source) << 8));
      assert.notEqual(node.get("decision", "source"), source + 1);
    }
  });

  test("of the charge counter is excluded, and the books are kept instead", () => {
    for (const charge_pC of [-(2n ** 63n), 2n ** 63n - 1n, 10n ** 15n, -(10n ** 15n)]) {
      const [struck, spared] = [lived(), lived()];
      const status = struck.step({ ...GOOD, valid: VALID | Values.charge, charge_pC });
      spared.step({ ...GOOD, valid: VALID });
      assert.equal(status, Status.rejected | (Values.charge << 8));
      assert.equal(remembered(struck), remembered(spared));
    }
  });

  test("that no valid bit claims is not even looked at", () => {
    for (const { field, bit } of MEASURED) {
      const node = lived();
      const valid = VALID & ~(bit | (bit === Values.voltage ? Values.pulse : 0));
      const status = node.step({ ...GOOD, valid, [field]: NaN });
      assert.equal(status, Status.ok, field);
    }
  });
});

describe("any sample", () => {
  test("leaves every output finite, with what was excluded named in full", () => {
    const check = (samples: SampleValues[]) => {
      const node = NodeUnderTest.running();
      const checks = new HostileChecks(node);
      for (const sample of samples) {
        const status = node.step(sample);
        assert.equal(checks.status(status) ?? checks.state(), undefined);
        if ((status & 255) !== Status.rejected) continue;
        const rejected = status >>> 8;
        assert.equal(rejected, node.get("decision", "rejected"));
        assert.equal(rejected & ~(sample.valid as number), 0, "only what was claimed");
      }
    };
    fc.assert(fc.property(fc.array(anySample, { minLength: 1, maxLength: 40 }), check), {
      numRuns: 300,
    });
  });
});
