// The load half of the decision: survival, sleep, work and events. That it never spends more for
// less, over all states: test/property/plan.test.ts.

import {
  MODE_ACTIVE,
  MODE_BURST,
  MODE_SLEEP,
  MODE_SURVIVAL,
  VALUE_HARVEST,
  decision,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { allowed_current_nA } from "../../../assembly/index";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const MINUTE_MS: u32 = 60000;
/** 1 % of 50 uAh. */
const PERCENT_PC: i64 = 1800000000;

function begin(): void {
  start_node();
  rest_at(3960, 25);
  clear_sample();
}

/** Plans at a SOC and with a mean harvest and drain. */
function plan_at(percent: i64, harvest_nA: f32, drain_nA: f32): void {
  vital.charge_pC = percent * PERCENT_PC;
  vital.diffusion_0 = 0;
  vital.diffusion_1 = 0;
  warm.harvest_mean_nA = harvest_nA;
  warm.drain_mean_nA = drain_nA;
  step_after(MINUTE_MS);
}

function events(): u32 {
  return <u32>decision.events_0 + decision.events_1 + decision.events_2 + decision.events_3;
}

describe("survival", () => {
  beforeEach(() => {
    new_node();
    begin();
  });

  test("begins at its SOC: the longest sleep and no events", () => {
    plan_at(9, 0, 0);
    expect<u8>(decision.mode).not.toBe(<u8>MODE_SURVIVAL);
    plan_at(7, 5000, 0);
    expect<u8>(decision.mode).toBe(<u8>MODE_SURVIVAL);
    expect<u32>(decision.sleep_ms).toBe(node.sleep_max_ms);
    expect<u32>(events()).toBe(0);
  });

  test("ends two percent higher, so that it does not flicker", () => {
    plan_at(7, 0, 0);
    plan_at(9, 0, 0);
    expect<u8>(decision.mode).toBe(<u8>MODE_SURVIVAL);
    plan_at(11, 0, 0);
    expect<u8>(decision.mode).toBe(<u8>MODE_SLEEP);
    plan_at(9, 0, 0);
    expect<u8>(decision.mode).toBe(<u8>MODE_SLEEP);
  });

  test("begins earlier for the weakest cell of a pack", () => {
    node.capacity_spread = 0.1;
    begin();
    // 1 - 0.84 / 0.9 = 0.067
    plan_at(16, 0, 0);
    expect<u8>(decision.mode).toBe(<u8>MODE_SURVIVAL);
  });
});

describe("sleep", () => {
  beforeEach(() => {
    new_node();
    begin();
  });

  test("is all there is below the reserve without harvest", () => {
    plan_at(25, 0, 0);
    expect<u8>(decision.mode).toBe(<u8>MODE_SLEEP);
    expect<u32>(decision.sleep_ms).toBe(node.sleep_max_ms);
    expect<u32>(events()).toBe(0);
    expect<f32>(warm.credit_pC).toBe(0);
  });

  test("is shorter the more there is to spend", () => {
    let before = node.sleep_max_ms;
    for (let percent: i64 = 31; percent <= 100; percent += 3) {
      plan_at(percent, 0, 0);
      assert(decision.sleep_ms <= before, "not longer");
      before = decision.sleep_ms;
    }
    expect<u32>(before).toBeLessThan(node.sleep_max_ms);
  });

  test("pays for a wake by half of the surplus", () => {
    // 60 - 30 % of 50 uAh over 12 h are 1250 nA; sleeping takes 500 of them
    plan_at(60, 0, 0);
    // a wake costs 899500 nA x 20 ms = 18 uC
    const expected = (2 * 899500 * 20) / 750;
    expect<f32>(<f32>decision.sleep_ms / <f32>expected).toBeCloseTo(1, 2);
  });
});

describe("events", () => {
  beforeEach(() => {
    new_node();
    begin();
  });

  test("come with a surplus", () => {
    plan_at(80, 3000, 500);
    expect<u8>(decision.mode).toBe(<u8>MODE_ACTIVE);
    expect<u32>(events()).toBeGreaterThan(0);
  });

  test("of the best worth come first", () => {
    plan_at(80, 3000, 500);
    expect<u32>(decision.events_2).toBeGreaterThan(0);
    expect<u32>(decision.events_0).toBe(0);
    node.event_worth_0 = 1e-3;
    begin();
    for (let i = 0; i < 100; i++) plan_at(80, 3000, 500);
    expect<u32>(decision.events_0).toBeGreaterThan(0);
  });

  test("of a class without worth never come", () => {
    node.event_worth_0 = 0;
    node.event_worth_1 = 0;
    node.event_worth_2 = 0;
    begin();
    plan_at(100, 100000, 0);
    expect<u32>(events()).toBe(0);
  });

  test("do not come where their pulse would break the cell's cut-off", () => {
    // 80, 40 and 20 uA; the cold cell of 45 times the resistance gives less than 20
    vital.temperature_degC = -25;
    plan_at(90, 5000, 0);
    assert(allowed_current_nA(-1, 2) < 20000, "too weak");
    expect<u32>(events()).toBe(0);
    vital.temperature_degC = 25;
    plan_at(90, 5000, 0);
    expect<u32>(events()).toBeGreaterThan(0);
  });

  test("that are worth saving for come once the credit is there", () => {
    node.event_worth_1 = 0;
    node.event_worth_2 = 0;
    node.event_drain_pC_0 = 1e10;
    begin();
    let wakes = 0;
    while (decision.events_0 == 0 && wakes < 5000) {
      plan_at(80, 3000, 500);
      wakes++;
    }
    expect<u16>(decision.events_0).toBe(1);
    expect<i32>(wakes).toBeGreaterThan(10);
  });

  test("come twice as often when the charge could not be stored anyway", () => {
    plan_at(94, 3000, 500);
    expect<u8>(decision.mode).toBe(<u8>MODE_ACTIVE);
    const before = decision.events_2;
    warm.credit_pC = 0;
    plan_at(96, 3000, 500);
    expect<u8>(decision.mode).toBe(<u8>MODE_BURST);
    expect<u32>(decision.events_2).toBeGreaterThan(before);
    plan_at(96, 400, 500);
    expect<u8>(decision.mode).toBe(<u8>MODE_ACTIVE);
  });
});

describe("the credit", () => {
  test("is never negative nor more than a quarter of what lies above the reserve", () => {
    new_node();
    begin();
    // it is dark, whatever the mean says
    sample.valid = VALUE_HARVEST;
    for (let i: i64 = 0; i < 400; i++) {
      const percent = (i * 37) % 101;
      plan_at(percent, <f32>((i * 7) % 5000), 500);
      const most = max<f32>(0, <f32>((percent - 30) * PERCENT_PC) * <f32>0.25);
      if (decision.mode == <u8>MODE_SURVIVAL) continue;
      assert(warm.credit_pC >= 0 && warm.credit_pC <= most + <f32>1e7, "credit");
    }
  });
});
