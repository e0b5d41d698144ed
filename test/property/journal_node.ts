// A node with a journal on a storage device, for the tests of the journal: starts after a power
// cut, and wakes that are worth a record.

import assert from "node:assert/strict";
import { AREAS, Reason, Status, Values } from "../../host/core/abi.js";
import { NodeUnderTest } from "./node_under_test.js";
import { type ProfileValues, profileBytes } from "./profile_under_test.js";
import { type StorageDevice } from "./storage_device.js";

export const AT = 0x1000;
export const STRIDE = 128;
const { size: RECORD_BYTES } = AREAS.vital;
const KINDS = { fram: 1, flash: 2 } as const;
export type Kind = keyof typeof KINDS;

export const profileFor = (kind: Kind, changes: Partial<ProfileValues> = {}) =>
  profileBytes({
    storage_kind: KINDS[kind],
    storage_at: AT,
    record_share: 0.001,
    erase_share: 0.001,
    ...changes,
  });

/** A node on this device after a power cut: nothing of its RAM is left. */
export function powerOn(device: StorageDevice, profile = profileFor(device.kind)): NodeUnderTest {
  const node = new NodeUnderTest();
  node.load(profile);
  const status = device.serve(node, node.core.boot(Reason.cold, 0, 0));
  assert.equal(status, Status.ok);
  return node;
}

/** One wake that is worth a record, with this harvest; returns the charge that was recorded. */
export function wake(node: NodeUnderTest, device: StorageDevice, harvest_mean_nA: number): bigint {
  const valid = Values.charge;
  node.step({ dt_ms: 61000, valid, charge_pC: BigInt(61000 * harvest_mean_nA) });
  device.serve(node);
  return node.wide("vital", "charge_pC");
}

/** A slot's bytes. */
export const slot = (device: StorageDevice, index: number) =>
  device.bytes.subarray(AT + index * STRIDE, AT + index * STRIDE + RECORD_BYTES);
