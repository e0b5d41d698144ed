// The twins on the buses of the emulated RP2040 behave as the parts they stand for: write
// protection, writes that a power cut ends early, settings that wait for their UPDATE.

import assert from "node:assert/strict";
import { it } from "node:test";
import { PowerFailure } from "../../../host/hil/device.js";
import { Aem13920 } from "../../../host/hil/twins/aem13920.js";
import { I2cFram } from "../../../host/hil/twins/fram.js";
import { METER_PLACES, Meter } from "../../../host/hil/twins/meter.js";

/** Plain bytes that fail when told to. */
function memory() {
  const bytes = new Uint8Array(256);
  const state = { bytes, failure: undefined as Error | undefined };
  const access = (act: () => void) => {
    if (state.failure !== undefined) throw state.failure;
    act();
  };
  const port = {
    read: (at: number, into: Uint8Array) =>
      access(() => into.set(bytes.subarray(at, at + into.length))),
    program: (at: number, from: Uint8Array) => access(() => bytes.set(from, at)),
    erase: () => {
      throw new Error("FRAM is not erased");
    },
  };
  return { state, port };
}

it("an FRAM stores what it is given unless it is protected, and reads on from there", () => {
  const { state, port } = memory();
  let isProtected = false;
  const fram = new I2cFram(port, () => isProtected);
  fram.write(Uint8Array.of(0, 16, 1, 2, 3));
  isProtected = true;
  fram.write(Uint8Array.of(0, 17, 9));
  assert.deepEqual([...state.bytes.subarray(16, 19)], [1, 2, 3]);
  fram.write(Uint8Array.of(0, 17));
  assert.ok(fram.connect("read"));
  assert.deepEqual([...fram.read(1), ...fram.read(1)], [2, 3]);
});

it("an FRAM whose storage fails does not answer; a power failure passes through", () => {
  const { state, port } = memory();
  const fram = new I2cFram(port, () => false);
  state.failure = new Error("no answer");
  assert.equal(fram.connect("read"), false);
  fram.write(Uint8Array.of(0, 0, 1));
  assert.equal(fram.connect("write"), false);
  assert.equal(fram.connect("write"), true, "once");
  state.failure = new PowerFailure("now");
  assert.throws(() => fram.write(Uint8Array.of(0, 0, 1)), PowerFailure);
});

it("an AEM13920 takes settings at its UPDATE, and tells that its float voltage is reached", () => {
  const charger = new Aem13920();
  assert.equal(charger.settings.float_mV, undefined);
  charger.write(Uint8Array.of(0x01, 0b0101, 0x2b, 0b1101, 0x2b));
  charger.write(Uint8Array.of(0x07, 74, 1, 0));
  assert.deepEqual(charger.settings.enabled, [false, false]);
  charger.write(Uint8Array.of(0x14, 1));
  const settings = { float_mV: 4087.5, enabled: [true, false], mpp_ratio: [0.65, 0.85] };
  assert.deepEqual(charger.settings, settings);
  charger.write(Uint8Array.of(0x17));
  assert.deepEqual([...charger.read(1)], [0]);
  charger.isLimiting = true;
  charger.write(Uint8Array.of(0x17));
  assert.deepEqual([...charger.read(1)], [4]);
});

it("the rig's meter shows bit patterns as they are", () => {
  const meter = new Meter();
  const bits = Uint8Array.of(1, 0, 0xc0, 0x7f);
  meter.show("harvest_now_nA", bits);
  meter.write(Uint8Array.of(METER_PLACES.harvest_now_nA));
  assert.deepEqual(meter.read(4), bits);
});
