// The load half of the decision: survival, sleep, work and events. That it never spends more for
// less, over all states: test/property/plan.test.ts. The price behind it: price.spec.ts.

import {
  MODE_ACTIVE,
  MODE_BURST,
  MODE_SLEEP,
  MODE_SURVIVAL,
  VALUE_HARVEST,
  VALUE_METERED,
  decision,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { allowed_current_nA } from "../../../assembly/index";
import { price, wanted_events } from "../../../assembly/plan/price";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const MINUTE_MS: u32 = 60000;
/** 1 % of 50 uAh. */
const PERCENT_PC: i64 = 1800000000;

function begin(): void {
  start_node();
  rest_at(3960, 25);
  clear_sample();
}

/** Plans at a SOC, with the same harvest now and in every hour to come. */
function plan_at(percent: i64, harvest_nA: f32): void {
  vital.charge_pC = percent * PERCENT_PC;
  vital.diffusion_0 = 0;
  vital.diffusion_1 = 0;
  for (let h = 0; h < 24; h++) warm.set_forecast(h, <u16>(reinterpret<u32>(harvest_nA) >> 16));
  sample.valid = VALUE_HARVEST;
  sample.harvest_mean_nA = harvest_nA;
  for (let kind = 0; kind < 4; kind++) warm.set_event_carry(kind, 0);
  warm.harvest_level_nA = harvest_nA;
  warm.path_bin = 0;
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
    plan_at(9, 0);
    expect<u8>(decision.mode).not.toBe(<u8>MODE_SURVIVAL);
    plan_at(7, 5000);
    expect<u8>(decision.mode).toBe(<u8>MODE_SURVIVAL);
    expect<u32>(decision.sleep_ms).toBe(node.sleep_max_ms);
    expect<u32>(events()).toBe(0);
  });

  test("ends two percent higher, so that it does not flicker", () => {
    plan_at(7, 0);
    plan_at(9, 0);
    expect<u8>(decision.mode).toBe(<u8>MODE_SURVIVAL);
    plan_at(11, 0);
    expect<u8>(decision.mode).not.toBe(<u8>MODE_SURVIVAL);
    plan_at(9, 0);
    expect<u8>(decision.mode).not.toBe(<u8>MODE_SURVIVAL);
  });

  test("begins earlier for the weakest cell of a pack", () => {
    node.capacity_spread = 0.1;
    begin();
    // 1 - 0.84 / 0.9 = 0.067
    plan_at(16, 0);
    expect<u8>(decision.mode).toBe(<u8>MODE_SURVIVAL);
  });
});

describe("sleep", () => {
  beforeEach(() => {
    new_node();
    // staying alive is worth more than any event
    node.alive_worth = 10000;
    begin();
  });

  test("is all there is below the reserve without harvest", () => {
    plan_at(25, 0);
    expect<u8>(decision.mode).toBe(<u8>MODE_SLEEP);
    expect<u32>(decision.sleep_ms).toBe(node.sleep_max_ms);
    expect<u32>(events()).toBe(0);
    expect<f32>(decision.drain_limit_nA).toBe(0);
  });

  test("is not longer the more there is to spend", () => {
    let before = node.sleep_max_ms;
    for (let percent: i64 = 31; percent <= 100; percent += 3) {
      plan_at(percent, 2000);
      assert(decision.sleep_ms <= before, "not longer");
      before = decision.sleep_ms;
    }
    expect<u32>(before).toBeLessThan(node.sleep_max_ms);
  });

  test("is so long that waking takes an eighth of what events take", () => {
    plan_at(98, 100000);
    expect<u8>(decision.mode).toBe(<u8>MODE_BURST);
    // 6 x 60 uC, 20 x 15 uC and 120 x 2 uC an hour; a wake costs 899500 nA x 20 ms
    const expected = ((8.0 * 899500 * 20) / (900e6 / 3600)) * 1000;
    expect<f32>(<f32>(<f64>decision.sleep_ms / expected)).toBeCloseTo(1, 2);
  });

  test("is no longer than a deadline", () => {
    node.event_deadline_s_2 = 300;
    plan_at(60, 0);
    assert(decision.sleep_ms <= 300000, "five minutes");
    expect<u16>(decision.events_2).toBeGreaterThan(0);
    // kept while the reserve lasts
    plan_at(25, 0);
    expect<u32>(events()).toBe(0);
  });
});

describe("events", () => {
  beforeEach(() => {
    new_node();
    begin();
  });

  test("come with a surplus", () => {
    plan_at(60, 600);
    expect<u8>(decision.mode).toBe(<u8>MODE_ACTIVE);
    expect<u32>(events()).toBeGreaterThan(0);
  });

  test("of the class that is worth least for its charge are refused first", () => {
    // 0.4, 0.2 and 0.1 an uC
    let refused = -1;
    node.alive_worth = 1000;
    begin();
    for (let percent: i64 = 100; percent > 30; percent--) {
      plan_at(percent, 400);
      const first = wanted_events(2) > 0;
      const second = wanted_events(1) > 0;
      const third = wanted_events(0) > 0;
      assert(first || !second, "the second only beside the first");
      assert(second || !third, "the third only beside the second");
      if (!third) refused = 0;
    }
    expect<i32>(refused).toBe(0);
  });

  test("of a class without worth never come", () => {
    node.event_worth_0 = 0;
    node.event_worth_1 = 0;
    node.event_worth_2 = 0;
    begin();
    plan_at(100, 100000);
    expect<u32>(events()).toBe(0);
  });

  test("do not come where their pulse would break the cell's cut-off", () => {
    // 80, 40 and 20 uA; the cold cell of 45 times the resistance gives less than 20
    vital.temperature_degC = -25;
    plan_at(90, 5000);
    assert(allowed_current_nA(-1, 2) < 20000, "too weak");
    expect<u32>(events()).toBe(0);
    vital.temperature_degC = 25;
    plan_at(90, 5000);
    expect<u32>(events()).toBeGreaterThan(0);
  });

  test("that come less often than wakes are carried from wake to wake", () => {
    node.sleep_max_ms = 60000;
    node.event_worth_1 = 0;
    node.event_worth_2 = 0;
    begin();
    plan_at(60, 1500);
    let due: f32 = 0;
    let came = 0;
    for (let i = 0; i < 240; i++) {
      // what was allowed is done
      sample.events_0 = decision.events_0;
      came += decision.events_0;
      due += <f32>wanted_events(0) * (<f32>decision.sleep_ms / 3600000);
      step_after(60000);
    }
    expect<i32>(came).toBeGreaterThan(0);
    assert(abs<f32>(<f32>came - due) < 2, came.toString() + " of " + due.toString());
  });

  test("come no more often where interrupts wake the node before its time", () => {
    node.sleep_min_ms = 600000;
    node.sleep_max_ms = 600000;
    node.event_worth_1 = 0;
    node.event_worth_2 = 0;
    begin();
    plan_at(60, 1500);
    const rate = <f32>wanted_events(0) / 3600;
    let came = 0;
    for (let i = 0; i < 2000; i++) {
      sample.events_0 = decision.events_0;
      came += decision.events_0;
      step_after(10000);
    }
    const due = rate * 20000;
    assert(
      abs<f32>(<f32>came - due) < 3 + due * <f32>0.3,
      came.toString() + " of " + due.toString(),
    );
  });

  test("of a rare class come as rarely as they should, however often the node wakes", () => {
    node.sleep_min_ms = 1000;
    node.sleep_max_ms = 1000;
    node.event_worth_1 = 0;
    node.event_worth_2 = 0;
    node.event_max_0 = <f32>(1.0 / 24);
    begin();
    plan_at(96, 100000);
    let came = 0;
    for (let i = 0; i < 5000; i++) {
      sample.events_0 = decision.events_0;
      came += decision.events_0;
      step_after(1000);
    }
    // one a day, in less than two hours
    assert(came <= 1, came.toString());
  });

  test("that were allowed and not needed stay due, less than two of them", () => {
    node.sleep_max_ms = 60000;
    node.event_worth_1 = 0;
    node.event_worth_2 = 0;
    begin();
    plan_at(60, 1500);
    let most = 0;
    for (let i = 0; i < 240; i++) {
      step_after(60000);
      most = max<i32>(most, decision.events_0);
    }
    expect<u16>(decision.events_0).toBeGreaterThan(0);
    expect<i32>(most).toBeLessThan(3);
  });

  test("never take more than what is stored and comes until the next wake", () => {
    node.alive_worth = 0;
    node.event_max_0 = 1e6;
    node.event_saturation_0 = 1e6;
    begin();
    for (let percent: i64 = 31; percent < 100; percent += 7) {
      plan_at(percent, 0);
      let taken: f64 = <f64>decision.events_0 * 6e7 + <f64>decision.events_1 * 1.5e7;
      taken += <f64>decision.events_2 * 2e6;
      assert(taken <= <f64>((percent - 30) * PERCENT_PC) * 1.0001, "within the charge");
    }
  });

  test("all come when the charge would be spilled anyway", () => {
    plan_at(98, 100000);
    expect<u8>(decision.mode).toBe(<u8>MODE_BURST);
    plan_at(60, 600);
    expect<u8>(decision.mode).toBe(<u8>MODE_ACTIVE);
  });

  test("all come already at the gentle float voltage while that is held", () => {
    node.float_gentle_mV = 4100;
    node.observables |= VALUE_METERED;
    begin();
    // 4100 mV at rest is 88 %
    plan_at(87, 100000);
    expect<u8>(decision.mode).toBe(<u8>MODE_ACTIVE);
    for (let hour = 0; hour < 25; hour++) step_after(60 * MINUTE_MS);
    expect<f32>(decision.float_mV).toBe(4100);
    plan_at(87, 100000);
    expect<u8>(decision.mode).toBe(<u8>MODE_BURST);
  });
});

describe("the price", () => {
  test("is told in utility per microcoulomb", () => {
    new_node();
    begin();
    plan_at(60, 3000);
    expect<f32>(decision.price).toBeCloseTo(<f32>(price * 1000000), 6);
    assert(decision.price > 0, "not free");
  });
});
