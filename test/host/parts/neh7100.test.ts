// The NEH7100's driver on its twin: what is set comes back, never above what was asked; what is
// measured comes back within a count; silence and nonsense give one line. Golden bytes are those
// that others wrote down for this part.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Actuators, Pmic } from "../../../host/core/abi.js";
import { deviceOf } from "../../../host/hil/twins/bus.js";
import { Neh7100Twin } from "../../../host/hil/twins/neh7100.js";
import { LVD_MV, MPPT_INTERVAL_S, Neh7100, OVP_MV } from "../../../host/parts/neh7100.js";
import { anyDecision, evenly, usual, wrong } from "./decisions.js";

function pair(lvd_mV = 3000, mppt_interval_s?: number) {
  const twin = new Neh7100Twin();
  const options = mppt_interval_s === undefined ? { lvd_mV } : { lvd_mV, mppt_interval_s };
  const driver = new Neh7100(deviceOf(twin), options);
  driver.begin();
  return { twin, driver };
}

/** A register as the bus shows it. */
function register(twin: Neh7100Twin, at: number): number {
  twin.write(Uint8Array.of(at));
  return twin.read(1)[0]!;
}

test("bytes are those that others write for the same levels", () => {
  // configurations of a node for this part: "0x8B 3.00 / 4.10", "0xAA 3.20 / 4.00"; wearable
  // firmware: "REG00 0x48: LVD 2.6 V, OVP 3.8 V", "REG05 0x06: MPPT every 32 s"
  const golden: [number, number, number][] = [
    [3000, 4100, 0x8b],
    [3200, 4000, 0xaa],
    [2600, 3800, 0x48],
  ];
  for (const [lvd_mV, float_mV, byte] of golden) {
    const { twin, driver } = pair(lvd_mV, 32);
    driver.apply({ ...usual, float_mV });
    assert.equal(register(twin, 0x00), byte);
    assert.equal(register(twin, 0x05), 0x06);
  }
});

test("every level that can be set is set and read back by the twin", () => {
  for (const lvd_mV of LVD_MV) {
    const { twin, driver } = pair(lvd_mV);
    for (const float_mV of OVP_MV.slice(1)) {
      const unmet = driver.apply({ ...usual, float_mV });
      assert.deepEqual([twin.ovp_mV, twin.lvd_mV, driver.float_mV], [float_mV, lvd_mV, float_mV]);
      assert.equal(unmet, Actuators.charge_limit);
    }
  }
  for (const [code, interval_s] of MPPT_INTERVAL_S.entries()) {
    assert.equal(register(pair(3000, interval_s).twin, 0x05), code);
  }
});

test("of any decision no more is set than was decided, and the rest is reported", () => {
  const { twin, driver } = pair();
  fc.assert(
    fc.property(anyDecision, (decision) => {
      const unmet = driver.apply(decision);
      const wanted = decision.charge_enable && decision.source !== 0;
      const settable = decision.float_mV >= OVP_MV[1]!;
      assert.equal(driver.float_mV > 0, wanted && settable);
      assert.equal(twin.ovp_mV, driver.float_mV || OVP_MV[0]);
      if (driver.float_mV > 0) {
        assert.ok(driver.float_mV <= decision.float_mV);
        const next = OVP_MV[OVP_MV.indexOf(driver.float_mV) + 1];
        assert.ok(next === undefined || next > decision.float_mV, "a higher level was allowed");
      }
      assert.equal((unmet & Actuators.float) !== 0, wanted && !settable);
      assert.equal((unmet & Actuators.mpp) !== 0, wanted && decision.mpp_ratio > 0);
      assert.equal((unmet & Actuators.source) !== 0, decision.source > 1);
    }),
  );
});

test("the meter and the flags become fields of the sample", () => {
  const { twin, driver } = pair();
  driver.apply(usual);
  fc.assert(
    fc.property(evenly(0, 7.2), (decades) => {
      const harvest_nA = 10 ** decades;
      twin.plant.harvest_nA = harvest_nA;
      const { harvest_now_nA, pmic_flags } = driver.status();
      const lsb_nA = [70.6, 478, 4710, 67500].find((lsb) => harvest_nA < lsb * 255.5)!;
      assert.ok(Math.abs(harvest_now_nA! - harvest_nA) <= lsb_nA / 2 + 1e-6);
      assert.equal(pmic_flags, harvest_now_nA! > 0 ? Pmic.charging : 0);
    }),
  );
  twin.plant.storage_mV = 4100;
  assert.deepEqual(driver.status(), { pmic_flags: Pmic.limiting, harvest_now_nA: 0 });
  driver.apply({ ...usual, charge_enable: false });
  assert.equal(driver.status().pmic_flags, 0, "stopped on purpose is not full");
});

test("a stop outlives the microcontroller, and the next start ends it", () => {
  const { twin, driver } = pair();
  driver.apply({ ...usual, charge_enable: false });
  assert.equal(twin.charging_nA, 0);
  const after = new Neh7100(deviceOf(twin), { lvd_mV: 3000 });
  after.begin();
  assert.equal(after.float_mV, 0);
  after.apply(usual);
  assert.equal(twin.ovp_mV, 4100);
});

test("the bus is used only when something changed, and again after a failure", () => {
  const { twin, driver } = pair();
  driver.apply(usual);
  const before = twin.transactions;
  driver.apply(usual);
  assert.equal(twin.transactions, before);
  twin.faults.nacks = 1;
  const other = { ...usual, float_mV: 4000 };
  assert.throws(
    () => driver.apply(other),
    /^Error: neh7100: write of register 0 failed: Error: no answer from I2C address 60$/,
  );
  driver.apply(other);
  assert.equal(twin.ovp_mV, 4000);
});

test("another part, an absent one and wrong values give one line each", () => {
  const { twin, driver } = pair();
  twin.faults.absent = true;
  assert.throws(() => driver.begin(), /^Error: neh7100: read of register 7 failed: .*address 60$/);
  const foreign = { write: () => undefined, read: (length: number) => new Uint8Array(length) };
  const options = { lvd_mV: 3000 };
  assert.throws(
    () => new Neh7100(foreign, options).begin(),
    /^Error: neh7100: CHIP_ID = 0 must be 21; another part\?$/,
  );
  assert.throws(
    () => new Neh7100(foreign, { lvd_mV: 3050 }),
    /^Error: neh7100: lvd_mV = 3050 must be one of 2200, 2300, .*, 3700$/,
  );
  for (const [value, line] of wrong) {
    assert.throws(() => driver.apply({ ...usual, ...value }), {
      name: "Error",
      message: `neh7100: ${line}`,
    });
  }
});
