// The twins on the buses of the emulated RP2040 behave as the parts they stand for: write
// protection, writes that a power cut ends early, settings that wait for their UPDATE.

import assert from "node:assert/strict";
import { it } from "node:test";
import { PowerFailure } from "../../../../host/hil/devices/device.js";
import { METER_PLACES, Meter } from "../../../../host/hil/twins/meter.js";
import { I2cFram } from "../../../../host/hil/twins/storage_fram.js";

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

it("the rig's meter shows bit patterns as they are", () => {
  const meter = new Meter();
  const bits = Uint8Array.of(1, 0, 0xc0, 0x7f);
  meter.show("harvest_now_nA", bits);
  meter.write(Uint8Array.of(METER_PLACES.harvest_now_nA));
  assert.deepEqual(meter.read(4), bits);
  meter.show("current_nA", bits);
  meter.write(Uint8Array.of(METER_PLACES.current_nA));
  assert.deepEqual(meter.read(4), bits);
});
