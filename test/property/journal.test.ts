// The journal over lives with power cuts: the newest whole record is found again, whatever
// happened to the other one.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { AREAS, Faults, Reason, Status, Values } from "../../host/core/abi.js";
import { type Kind, STRIDE, powerOn, profileFor, slot, wake } from "./journal_node.js";
import { type NodeUnderTest } from "./node_under_test.js";
import { PowerCut, StorageDevice } from "./storage_device.js";

const { size: RECORD_BYTES, fields } = AREAS.vital;

const restarted = (node: NodeUnderTest) =>
  (node.get("vital", "faults_latched") & Faults.restarted) !== 0;

/** A device that holds two records; their charges, by slot. */
function written(kind: Kind, first = 0): { device: StorageDevice; charges: bigint[] } {
  const device = new StorageDevice(kind);
  const node = powerOn(device);
  node.set("vital", "sequence", first);
  const charges: bigint[] = [];
  for (const harvest_nA of [3000, 9000]) {
    const charge_pC = wake(node, device, harvest_nA);
    charges[node.get("vital", "sequence") & 1] = charge_pC;
  }
  assert.notEqual(charges[0], charges[1]);
  return { device, charges };
}

describe("after a power cut a node finds", () => {
  for (const kind of ["fram", "flash"] as const) {
    test(`the newest record, ${kind}`, () => {
      const { device, charges } = written(kind);
      const node = powerOn(device);
      assert.equal(node.wide("vital", "charge_pC"), charges[0]);
      assert.equal(node.get("vital", "sequence"), 2);
      assert.equal(node.get("vital", "boots"), 2);
    });

    test(`the last whole record wherever the power failed within a write, ${kind}`, () => {
      const before = written(kind);
      // both operations on flash, and the byte after the last
      const most = RECORD_BYTES + (kind === "flash" ? STRIDE : 0);
      for (let bytes = 0; bytes <= most; bytes++) {
        const device = new StorageDevice(kind);
        device.bytes.set(before.device.bytes);
        const node = powerOn(device);
        device.bytesLeft = bytes;
        let expected = before.charges[0]!;
        try {
          expected = wake(node, device, 30000);
        } catch (error) {
          assert.ok(error instanceof PowerCut);
        }
        device.bytesLeft = Infinity;
        const again = powerOn(device);
        assert.equal(again.wide("vital", "charge_pC"), expected, `cut after ${bytes} bytes`);
      }
    });
  }

  test("the later record across the wrap of the sequence", () => {
    for (const first of [0xfffffffd, 0xfffffffe, 0xffffffff, 0x7fffffff]) {
      const { device, charges } = written("fram", first);
      const node = powerOn(device);
      const last = (first + 2) >>> 0;
      assert.equal(node.get("vital", "sequence"), last);
      assert.equal(node.wide("vital", "charge_pC"), charges[last & 1]);
    }
  });

  test("always the newest whole record, over lives with cuts anywhere", () => {
    const life = fc.array(
      fc.record({
        harvest_nA: fc.integer({ min: 3000, max: 20000 }),
        bytesLeft: fc.oneof(fc.constant(1e9), fc.nat(250)),
      }),
      { minLength: 1, maxLength: 40 },
    );
    const check = (kind: Kind, wakes: { harvest_nA: number; bytesLeft: number }[]) => {
      const device = new StorageDevice(kind);
      let node = powerOn(device);
      let recorded: bigint | undefined;
      for (const { harvest_nA, bytesLeft } of wakes) {
        device.bytesLeft = bytesLeft;
        try {
          recorded = wake(node, device, harvest_nA);
        } catch (error) {
          assert.ok(error instanceof PowerCut);
          device.bytesLeft = Infinity;
          node = powerOn(device);
          if (recorded === undefined) assert.equal(node.get("vital", "boots"), 1);
          else assert.equal(node.wide("vital", "charge_pC"), recorded);
        }
      }
    };
    fc.assert(fc.property(fc.constantFrom<Kind>("fram", "flash"), life, check), { numRuns: 200 });
  });
});

describe("a record is not believed", () => {
  test("with any byte changed: the other slot is used", () => {
    const { device, charges } = written("fram");
    for (let i = 0; i < RECORD_BYTES; i++) {
      for (const mask of [0x01, 0x80, 0xff]) {
        slot(device, 0)[i]! ^= mask;
        assert.equal(powerOn(device).wide("vital", "charge_pC"), charges[1], `byte ${i}`);
        slot(device, 0)[i]! ^= mask;
      }
    }
    assert.equal(powerOn(device).wide("vital", "charge_pC"), charges[0]);
  });

  test("cut short anywhere, with erased or with old bytes behind", () => {
    const { device, charges } = written("fram");
    const whole = slot(device, 0).slice();
    const old = slot(device, 1).slice();
    for (let length = 0; length < RECORD_BYTES; length++) {
      for (const rest of [new Uint8Array(RECORD_BYTES).fill(0xff), old]) {
        slot(device, 0).set(rest);
        slot(device, 0).set(whole.subarray(0, length));
        assert.equal(powerOn(device).wide("vital", "charge_pC"), charges[1], `${length} bytes`);
      }
    }
  });

  test("of another layout or another kind, though its CRC is right", () => {
    for (const field of ["layout_hash", "magic"] as const) {
      const { device, charges } = written("fram");
      const record = slot(device, 0);
      const view = new DataView(record.buffer, record.byteOffset);
      view.setUint32(fields[field].offset, 0x12345678, true);
      view.setUint32(fields.crc.offset, crc32(record.subarray(0, fields.crc.offset)), true);
      assert.equal(powerOn(device).wide("vital", "charge_pC"), charges[1], field);
    }
  });

  test("learned with another profile", () => {
    const { device } = written("fram");
    const node = powerOn(device, profileFor("fram", { capacity_nAh: 51000 }));
    assert.ok(restarted(node));
    assert.equal(node.get("vital", "boots"), 1);
  });

  test("that could not be read, even if RAM still holds one", () => {
    const { device } = written("fram");
    const node = powerOn(device);
    wake(node, device, 1000);
    let status = node.core.boot(Reason.cold, 0, 0);
    while (status === Status.storage) status = node.core.storage_done(1);
    assert.equal(status, Status.ok);
    assert.ok(restarted(node), "retained RAM means nothing after a cold start");
  });
});

describe("without a record", () => {
  test("a node says that it restarted and reads SOC from the first rest voltage", () => {
    const { device } = written("flash");
    slot(device, 0)[30]! ^= 4;
    slot(device, 1).fill(0);
    const node = powerOn(device);
    assert.ok(restarted(node));
    assert.equal(node.get("vital", "boots"), 1);
    assert.equal(node.get("vital", "leak_nA"), 0);
    node.step({ dt_ms: 1000, valid: Values.voltage, voltage_mV: 4000 });
    // 3990 mV at 0.7, 4180 mV at 1
    const soc = node.get("gauge", "soc");
    assert.ok(soc > 0.7 && soc < 0.75, `soc ${soc}`);
  });

  test("it writes the next one over the slot that is not the newest", () => {
    const { device } = written("fram");
    slot(device, 0).fill(0xff);
    const node = powerOn(device);
    wake(node, device, 500);
    const again = powerOn(device);
    assert.equal(again.wide("vital", "charge_pC"), node.wide("vital", "charge_pC"));
    assert.equal(again.get("vital", "boots"), node.get("vital", "boots") + 1);
  });
});
