// The exports in the wrong order and with arguments out of range: a status, never an effect.

import {
  ABI_VERSION,
  LAYOUT_HASH,
  REASON_COLD,
  REASON_WAKE,
  STATUS_ARGUMENT,
  STATUS_NOT_BOOTED,
  STATUS_NO_PROFILE,
  STATUS_OK,
  STATUS_STORAGE,
  STATUS_STORAGE_IDLE,
  decision,
  vital,
  warm,
} from "../../assembly/abi";
import {
  abi_version,
  acknowledge,
  boot,
  guarded_i32,
  guarded_u32,
  layout_hash,
  step,
  storage_done,
  time_to_empty_s,
  time_to_full_s,
} from "../../assembly/index";
import { new_node, node, offer_node, start_node, step_after } from "./node_under_test";

describe("the core tells", () => {
  test("its version and the hash of its layout", () => {
    expect<u32>(abi_version()).toBe(ABI_VERSION);
    expect<u32>(layout_hash()).toBe(LAYOUT_HASH);
  });

  test("how it converts", () => {
    expect<i32>(guarded_i32(-1e10)).toBe(i32.MIN_VALUE);
    expect<u32>(guarded_u32(f32.NaN)).toBe(0);
  });

  test("each status in the decision too", () => {
    new_node();
    expect<u32>(step()).toBe(STATUS_NO_PROFILE);
    expect<i32>(decision.status).toBe(STATUS_NO_PROFILE);
  });
});

describe("a call before its turn", () => {
  beforeEach(() => {
    new_node();
  });

  test("is refused without a profile", () => {
    expect<u32>(boot(REASON_COLD, 0, 0)).toBe(STATUS_NO_PROFILE);
    expect<u32>(step()).toBe(STATUS_NO_PROFILE);
    expect<u32>(storage_done(0)).toBe(STATUS_STORAGE_IDLE);
    expect<u32>(acknowledge(1)).toBe(STATUS_NOT_BOOTED);
    expect<f32>(time_to_empty_s(0)).toBe(-1);
    expect<f32>(time_to_full_s()).toBe(-1);
  });

  test("is refused before boot", () => {
    offer_node();
    expect<u32>(step()).toBe(STATUS_NOT_BOOTED);
    expect<u32>(acknowledge(1)).toBe(STATUS_NOT_BOOTED);
  });

  test("is refused while the journal is read", () => {
    node.storage_kind = 1;
    offer_node();
    expect<u32>(boot(REASON_COLD, 0, 0)).toBe(STATUS_STORAGE);
    expect<u32>(step_after(1000)).toBe(STATUS_NOT_BOOTED);
    expect<u32>(acknowledge(1)).toBe(STATUS_NOT_BOOTED);
  });

  test("of a profile stops the node until it is booted again", () => {
    start_node();
    expect<u32>(step_after(1000)).toBe(STATUS_OK);
    offer_node();
    expect<u32>(step_after(1000)).toBe(STATUS_NOT_BOOTED);
    expect<u32>(boot(REASON_WAKE, 0, 0)).toBe(STATUS_OK);
    expect<u32>(step_after(1000)).toBe(STATUS_OK);
  });
});

describe("an argument out of its range", () => {
  test("leaves a running node as it was", () => {
    new_node();
    start_node();
    step_after(1000);
    const charge = vital.charge_pC;
    const state = warm.boot_state;
    expect<u32>(boot(3, 0, 0)).toBe(STATUS_ARGUMENT);
    expect<u32>(boot(u32.MAX_VALUE, 0, 0)).toBe(STATUS_ARGUMENT);
    expect<i64>(vital.charge_pC).toBe(charge);
    expect<u8>(warm.boot_state).toBe(state);
    expect<u32>(step_after(1000)).toBe(STATUS_OK);
  });
});
