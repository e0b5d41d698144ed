// The FRAM driver on its twin: any bytes anywhere come back, writes that do not stick are found,
// places outside are refused before the bus is touched, a cut leaves what was written until then.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { deviceOf } from "../../../host/hil/twins/bus.js";
import { FramCut, FramTwin } from "../../../host/hil/twins/fram.js";
import { Fram } from "../../../host/parts/fram.js";

function pair(bytes = 8192, chunk?: number) {
  const twin = new FramTwin(bytes);
  const fram = new Fram(deviceOf(twin), chunk === undefined ? { bytes } : { bytes, chunk });
  return { twin, fram };
}

test("any bytes at any place come back, whatever the bus carries at once", () => {
  const data = fc.uint8Array({ minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(data, fc.nat(7890), fc.integer({ min: 1, max: 64 }), (bytes, address, chunk) => {
      const { twin, fram } = pair(8192, chunk);
      const into = new Uint8Array(bytes.length);
      fram.program(address, bytes);
      fram.read(address, into);
      assert.deepEqual(into, bytes);
      assert.deepEqual(twin.bytes.slice(address, address + bytes.length), bytes);
      assert.equal(twin.bytes.filter((byte) => byte !== 0).length <= bytes.length, true);
    }),
  );
});

test("the last bytes fit, one more does not and touches nothing", () => {
  const { twin, fram } = pair();
  fram.program(8192 - 4, Uint8Array.of(1, 2, 3, 4));
  const line = /^Error: fram: (program|read) of 5 bytes at 8188 leaves its 8192 bytes$/;
  assert.throws(() => fram.program(8188, new Uint8Array(5)), line);
  assert.throws(() => fram.read(8188, new Uint8Array(5)), line);
  assert.deepEqual([...twin.bytes.slice(8188)], [1, 2, 3, 4]);
});

test("a protected part, a silent one and an erase give one line each", () => {
  const { twin, fram } = pair();
  twin.protected = true;
  assert.throws(
    () => fram.program(100, Uint8Array.of(0, 7)),
    /^Error: fram: byte 101 did not take the write; WP pin high\?$/,
  );
  twin.faults.nacks = 1;
  assert.throws(() => fram.read(0, new Uint8Array(1)), /^Error: no answer from I2C address 80$/);
  assert.throws(() => fram.erase(), /^Error: fram: needs no erase; .*storage_kind must be 1/);
  const device = deviceOf(twin);
  assert.throws(() => new Fram(device, { bytes: 512 }), /^Error: fram: bytes = 512 must be/);
  assert.throws(() => new Fram(device, { bytes: 8192, chunk: 0 }), /^Error: fram: chunk = 0/);
});

test("a cut within a write leaves the bytes before it", () => {
  const { twin, fram } = pair();
  twin.cut_after = 50;
  assert.throws(() => fram.program(0, new Uint8Array(124).fill(0xaa)), FramCut);
  assert.equal(twin.bytes.filter((byte) => byte === 0xaa).length, 50);
});

test("the twin's pointer rolls over at the end and goes on from where a read ended", () => {
  const { twin } = pair();
  twin.write(Uint8Array.of(0x1f, 0xff, 9, 8));
  assert.deepEqual([twin.bytes[8191], twin.bytes[0]], [9, 8]);
  twin.write(Uint8Array.of(0x1f, 0xff));
  assert.deepEqual([...twin.read(1), ...twin.read(1)], [9, 8]);
});
