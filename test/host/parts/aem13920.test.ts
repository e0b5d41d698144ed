// The AEM13920's driver on its twin: thresholds, ratios, boosts and the buck come back as set, the
// float voltage never above what was asked; status and source voltages become fields of the
// sample. Golden numbers are the ends of the ranges in the maker's driver.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Actuators, Pmic } from "../../../host/core/abi.js";
import { Aem13920Twin } from "../../../host/hil/twins/aem13920.js";
import { deviceOf } from "../../../host/hil/twins/bus.js";
import {
  Aem13920,
  type Aem13920Options,
  BUCK_MV,
  MPPT_PERIOD_MS,
  MPPT_SAMPLE_MS,
  MPP_RATIOS,
  sourceVoltage_mV,
} from "../../../host/parts/aem13920.js";
import { anyDecision, evenly, usual, wrong } from "./decisions.js";

const OPTIONS: Aem13920Options = {
  ovdis_mV: 3000,
  chrdy_mV: 3100,
  mppt_sample_ms: 16,
  mppt_period_ms: 4096,
  buck_mV: 1800,
  switch_sources: true,
};

function pair(options: Partial<Aem13920Options> = {}) {
  const twin = new Aem13920Twin();
  const driver = new Aem13920(deviceOf(twin), { ...OPTIONS, ...options });
  driver.begin();
  return { twin, driver };
}

/** Registers as the bus shows them. */
function registers(twin: Aem13920Twin, at: number, count: number): number[] {
  twin.write(Uint8Array.of(at));
  return [...twin.read(count)];
}

test("a start stops charging, keeps the buck's voltage and sets the thresholds", () => {
  const { twin } = pair();
  const { on, buck, ovdis_mV, chrdy_mV } = twin.settings;
  assert.deepEqual([on, buck], [[false, false], 5]);
  assert.ok(Math.abs(ovdis_mV - 3000) <= 18.75 / 2);
  assert.ok(Math.abs(chrdy_mV - 3100) <= 18.75 / 2);
});

test("bits of the boosts and the buck that are not ours are kept", () => {
  const twin = new Aem13920Twin();
  twin.write(Uint8Array.of(0x08, 0x1f, 0x16, 0x3d));
  const driver = new Aem13920(deviceOf(twin), OPTIONS);
  driver.begin();
  assert.deepEqual(registers(twin, 0x08, 3), [0x1e, 0x16, 0x3d]);
  driver.apply({ ...usual, source: 2 });
  assert.deepEqual(registers(twin, 0x08, 3), [0x1e, 0x17, 0x3d]);
});

test("ends of ranges are those of the maker's driver", () => {
  const { twin, driver } = pair();
  // VOVCH 0x00 is 2700 mV, 0x65 is 4594 mV
  for (const [float_mV, code] of [
    [2700, 0x00],
    [4594, 0x65],
    [9000, 0x65],
  ] as const) {
    driver.apply({ ...usual, float_mV });
    assert.equal(registers(twin, 0x07, 1)[0], code);
  }
  // sleep 113 mV, 4409 mV above the last range
  assert.deepEqual([0x06, 0xba].map(sourceVoltage_mV), [113, 4409]);
  assert.ok(Math.abs(sourceVoltage_mV(0x39)! - 1455) < 1e-9);
  assert.equal(sourceVoltage_mV(0x50), undefined);
});

test("sample times, periods, buck voltages and ratios reach their codes", () => {
  for (const [code, mppt_sample_ms] of MPPT_SAMPLE_MS.entries()) {
    for (const [period, mppt_period_ms] of MPPT_PERIOD_MS.entries()) {
      const { twin } = pair({ mppt_sample_ms, mppt_period_ms });
      assert.equal(registers(twin, 0x02, 1)[0], code | (period << 3));
    }
  }
  for (const [code, buck_mV] of BUCK_MV.entries()) {
    assert.equal(pair({ buck_mV }).twin.settings.buck, code);
  }
  const { twin, driver } = pair();
  for (const mpp_ratio of MPP_RATIOS) {
    for (const source of [1, 2]) {
      const unmet = driver.apply({ ...usual, mpp_ratio, source });
      assert.equal(unmet, Actuators.charge_limit);
      assert.equal(twin.settings.mpp_ratio[source - 1], mpp_ratio);
      assert.deepEqual(twin.settings.on, [source === 1, source === 2]);
    }
  }
});

test("of any decision no more is set than was decided, and the rest is reported", () => {
  for (const switch_sources of [true, false]) {
    const { twin, driver } = pair({ switch_sources });
    fc.assert(
      fc.property(anyDecision, (decision) => {
        const unmet = driver.apply(decision);
        const { on, ovch_mV } = twin.settings;
        const feeds = on[0] || on[1];
        const settable = decision.float_mV >= 2700;
        const wanted = decision.charge_enable && decision.source !== 0;
        const there = !switch_sources || decision.source <= 2;
        assert.equal(feeds, wanted && settable && there);
        assert.equal(driver.float_mV, feeds ? ovch_mV : 0);
        if (feeds) {
          assert.ok(ovch_mV <= decision.float_mV);
          assert.ok(ovch_mV === 4593.75 || ovch_mV + 18.75 > decision.float_mV);
        }
        assert.equal((unmet & Actuators.float) !== 0, wanted && !settable);
        const source_met = switch_sources ? decision.source <= 2 : decision.source <= 1;
        assert.equal((unmet & Actuators.source) === 0, source_met);
      }),
    );
  }
});

test("status and source voltages become fields of the sample", () => {
  const { twin, driver } = pair();
  driver.apply({ ...usual, mpp_ratio: 0.8 });
  twin.plant.open_mV = [0, 0];
  assert.deepEqual(driver.status(), { pmic_flags: 0, source_mV: [undefined, undefined] });
  twin.plant.open_mV = [1500, 0];
  twin.plant.harvest_nA = [5000, 0];
  assert.equal(twin.charging_nA, 5000);
  assert.equal(driver.status().pmic_flags, Pmic.charging);
  twin.plant.storage_mV = 4150;
  assert.equal(driver.status().pmic_flags, Pmic.limiting);
  assert.equal(twin.charging_nA, 0);
  assert.ok(Math.abs(driver.storage_mV() - 4150) <= 18.75 / 2);
  fc.assert(
    fc.property(evenly(200, 5000), (open_mV) => {
      twin.plant.open_mV = [open_mV, open_mV];
      const told_mV = driver.status().source_mV![0]!;
      // one count of the ranges, and what lies between them
      assert.ok(Math.abs(told_mV - open_mV) < 60 / 0.8, `${open_mV} told as ${told_mV}`);
    }),
  );
});

test("settings that are not taken over, silence and wrong values give one line each", () => {
  const { twin, driver } = pair();
  twin.busy_reads = 1000;
  const other = { ...usual, float_mV: 4000 };
  assert.throws(() => driver.apply(other), /^Error: aem13920: SYNCBUSY still set after 20 reads$/);
  twin.busy_reads = 1;
  driver.apply(other);
  assert.equal(twin.settings.ovch_mV, 2700 + 18.75 * 69);
  twin.faults.absent = true;
  assert.throws(
    () => driver.status(),
    /^Error: aem13920: read of register 23 failed: Error: no answer from I2C address 65$/,
  );
  const refuse = (options: Partial<Aem13920Options>, line: RegExp) =>
    assert.throws(() => new Aem13920(deviceOf(twin), { ...OPTIONS, ...options }), line);
  refuse({ mppt_sample_ms: 64 }, /^Error: aem13920: mppt_sample_ms = 64 must be one of 2, 4/);
  refuse({ ovdis_mV: 2000 }, /^Error: aem13920: ovdis_mV = 2000 must be 2400 to 3581.25$/);
  refuse({ chrdy_mV: 2900 }, /^Error: aem13920: chrdy_mV = 2900 must be above ovdis_mV = 3000$/);
  refuse({ buck_mV: 3300 }, /^Error: aem13920: buck_mV = 3300 must be one of 0, 600/);
  for (const [value, line] of wrong) {
    const message = `aem13920: ${line}`;
    assert.throws(() => driver.apply({ ...usual, ...value }), { name: "Error", message });
  }
});
