// The CBC915's driver on its twin: answers in every form that the data sheet shows, in any pieces,
// late, garbled or not at all. Golden strings are the data sheet's examples.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type Serial from "embedded:io/serial";
import { Actuators, Pmic } from "../../../host/core/abi.js";
import { CLOSINGS, Cbc915Twin } from "../../../host/hil/twins/cbc915.js";
import { Cbc915, type Cbc915Options, type UartPort } from "../../../host/parts/cbc915.js";
import { usual, wrong } from "./decisions.js";

function pair(closing = CLOSINGS[0], options: Partial<Cbc915Options> = {}) {
  const twin = new Cbc915Twin(closing, options.aca);
  const clock = { now_ms: 0 };
  const driver = new Cbc915(twin, { now: () => clock.now_ms, ...options });
  twin.onReadable = (bytes) => driver.receive(bytes);
  const pass = (duration_ms: number): void => {
    clock.now_ms += duration_ms;
    twin.pass(duration_ms);
  };
  return { twin, driver, pass };
}

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A port that notes what is sent. */
function line() {
  const sent: string[] = [];
  const write = (bytes: Uint8Array): void => void sent.push(String.fromCharCode(...bytes));
  return { sent, driver: new Cbc915({ write }, { now: () => 0 }) };
}

test("an ECMA-419 serial port serves as it is", () => {
  const fits: InstanceType<typeof Serial> extends UartPort ? true : false = true;
  assert.ok(fits);
});

test("the data sheet's examples are sent and understood to the byte", () => {
  const { sent, driver } = line();
  driver.ask(1);
  assert.deepEqual(sent, ["# 1\r"]);
  driver.receive(bytesOf("@1,00237\r\n0"));
  assert.equal(driver.power_uW, 237);
  driver.ask(2);
  driver.receive(bytesOf("@2,05\r\n>0"));
  assert.equal(driver.state, 5);
});

test("in every form of its answers the twin's state comes through, in any pieces", () => {
  const power = fc.integer({ min: 0, max: 99_999 });
  const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.constantFrom(...CLOSINGS), power, cuts, (closing, power_uW, pieces) => {
      const { twin, driver } = pair(closing, { storage_mV: 4000, efficiency: 0.8 });
      let next = 0;
      twin.onReadable = (bytes) => {
        for (let at = 0; at < bytes.length;) {
          const length = pieces[next++ % pieces.length]!;
          driver.receive(bytes.slice(at, at + length).buffer);
          at += length;
        }
      };
      twin.plant.power_uW = power_uW;
      twin.plant.state = 3;
      driver.refresh();
      assert.deepEqual([driver.power_uW, driver.state, driver.soc_reading], [power_uW, 3, 50]);
      const status = driver.status();
      assert.equal(status.pmic_flags, Pmic.charging);
      assert.ok(Math.abs(status.harvest_now_nA! - power_uW * 200) < 1e-6);
    }),
  );
});

test("a garbled answer is not taken, and the next one is", () => {
  const { twin, driver, pass } = pair();
  twin.faults.garbled = 1;
  driver.ask(1);
  assert.equal(driver.power_uW, undefined);
  pass(2000);
  driver.ask(1);
  assert.equal(driver.power_uW, 237);
});

test("a part that falls silent is not believed for ever, and is found again", () => {
  const { twin, driver, pass } = pair(CLOSINGS[0], { stale_ms: 60_000 });
  assert.throws(() => driver.status(), /^Error: cbc915: no answer within 60000 ms; wired, and/);
  driver.begin();
  driver.refresh();
  assert.equal(driver.status().pmic_flags, Pmic.charging);
  twin.faults.silent = true;
  pass(30_000);
  driver.refresh();
  driver.status();
  pass(31_000);
  driver.refresh();
  assert.throws(() => driver.status(), /no answer within 60000 ms/);
  twin.faults.silent = false;
  pass(2000);
  driver.refresh();
  assert.equal(driver.status().pmic_flags, Pmic.charging);
});

test("measuring the power takes its time, and what is asked meanwhile waits", () => {
  const { twin, driver, pass } = pair();
  driver.ask(9);
  twin.plant.power_uW = 400;
  pass(5000);
  driver.ask(1);
  assert.equal(driver.power_uW, undefined);
  pass(5000);
  assert.equal(driver.power_uW, 400);
});

test("the variant -ACA is asked only what it knows", () => {
  const { driver } = pair(CLOSINGS[0], { aca: true });
  driver.refresh();
  assert.deepEqual([driver.soc_reading, driver.state], [50, undefined]);
  for (const command of [0, 1, 2, 6, 7, 9]) {
    assert.throws(() => driver.ask(command), /^Error: cbc915: command \d is not one of this/);
  }
});

test("a decision is reported as not met, a wrong one gives one line", () => {
  const { driver } = pair();
  const all = Actuators.float | Actuators.charge_limit;
  assert.equal(driver.apply(usual), all);
  assert.equal(driver.apply({ ...usual, mpp_ratio: 0.7 }), all | Actuators.mpp);
  assert.equal(driver.apply({ ...usual, charge_enable: false }), Actuators.charge_enable);
  for (const [value, text] of wrong) {
    const message = `cbc915: ${text}`;
    assert.throws(() => driver.apply({ ...usual, ...value }), { name: "Error", message });
  }
});
