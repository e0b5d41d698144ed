// The charging half of the decision: float voltage, current, source and ratio, as the board can set
// them.

import {
  ACTUATOR_CHARGE_LIMIT,
  ACTUATOR_FLOAT,
  ACTUATOR_MPP,
  ACTUATOR_SOURCE,
  MODE_SURVIVAL,
  VALUE_METERED,
  VALUE_SOURCE,
  decision,
  sample,
  vital,
} from "../../../assembly/abi";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const MINUTE_MS: u32 = 60000;

function begin(): void {
  start_node();
  rest_at(3960, 25);
  clear_sample();
  step_after(MINUTE_MS);
}

describe("the float voltage", () => {
  beforeEach(() => {
    new_node();
  });

  test("is the wanted one in the board's steps, never above it", () => {
    begin();
    // 4150 is 332 steps of 12.5
    expect<f32>(decision.float_mV).toBe(4150);
    node.float_mV = 4149;
    begin();
    expect<f32>(decision.float_mV).toBe(4137.5);
    node.float_step_mV = 100;
    begin();
    expect<f32>(decision.float_mV).toBe(4100);
  });

  test("is set without steps where the board has none", () => {
    node.float_step_mV = 0;
    node.float_mV = 4149;
    begin();
    expect<f32>(decision.float_mV).toBe(4149);
  });

  test("is that of the whole string", () => {
    node.series = 2;
    node.float_strap_mV = 8300;
    start_node();
    rest_at(7920, 25);
    expect<f32>(decision.float_mV).toBe(8300);
  });

  test("is the strap's where it cannot be set", () => {
    node.actuators &= ~ACTUATOR_FLOAT;
    node.float_strap_mV = 4120;
    begin();
    expect<f32>(decision.float_mV).toBe(4120);
  });
});

const HOUR_MS: u32 = 3600000;

/** A node without work: whatever it has above sleeping is worth nothing. */
function begin_idle(): void {
  node.float_gentle_mV = 4100;
  node.observables |= VALUE_METERED;
  node.event_worth_0 = 0;
  node.event_worth_1 = 0;
  node.event_worth_2 = 0;
  node.event_worth_3 = 0;
  node.sleep_drain_nA = 0;
  begin();
}

describe("the gentle float voltage", () => {
  beforeEach(() => {
    new_node();
  });

  test("is set once more charge was worth nothing for a whole cycle", () => {
    begin_idle();
    step_after(23 * HOUR_MS);
    expect<f32>(decision.float_mV).toBe(4150);
    step_after(2 * HOUR_MS);
    expect<f32>(decision.float_mV).toBe(4100);
  });

  test("gives way at once when charge is dear", () => {
    begin_idle();
    step_after(25 * HOUR_MS);
    vital.charge_pC = 0;
    step_after(MINUTE_MS);
    expect<f32>(decision.float_mV).toBe(4150);
    // and comes back after another cycle of plenty
    vital.charge_pC = 100000000000;
    step_after(23 * HOUR_MS);
    expect<f32>(decision.float_mV).toBe(4150);
    step_after(2 * HOUR_MS);
    expect<f32>(decision.float_mV).toBe(4100);
  });

  test("needs a meter at the cell: to an unmetered gauge the set point is its anchor", () => {
    begin_idle();
    node.observables &= ~VALUE_METERED;
    begin();
    step_after(25 * HOUR_MS);
    expect<f32>(decision.float_mV).toBe(4150);
  });

  test("is never above the highest, and needs a board that can set it", () => {
    begin_idle();
    node.float_gentle_mV = 4180;
    begin();
    step_after(25 * HOUR_MS);
    expect<f32>(decision.float_mV).toBe(4150);
    node.float_gentle_mV = 4100;
    node.actuators &= ~ACTUATOR_FLOAT;
    node.float_strap_mV = 4120;
    begin();
    step_after(25 * HOUR_MS);
    expect<f32>(decision.float_mV).toBe(4120);
  });
});

describe("the charging current", () => {
  beforeEach(() => {
    new_node();
  });

  test("is the operating share of the critical current, in steps, never above it", () => {
    node.charge_step_nA = 30000;
    begin();
    // half of 500 uA is 8.3 steps
    expect<f32>(decision.charge_limit_nA).toBe(240000);
  });

  test("is no more than the charger can give", () => {
    node.charge_max_nA = 100000;
    begin();
    expect<f32>(decision.charge_limit_nA).toBe(100000);
  });

  test("falls in the cold and with age", () => {
    begin();
    const fresh = decision.charge_limit_nA;
    vital.temperature_degC = -30;
    step_after(MINUTE_MS);
    const cold = decision.charge_limit_nA;
    expect<f32>(cold).toBeLessThan(fresh);
    vital.resistance_scale = 4;
    step_after(MINUTE_MS);
    expect<f32>(decision.charge_limit_nA).toBeLessThan(cold);
  });

  test("is what the charger gives where it cannot be set, unless that is too much", () => {
    node.actuators &= ~ACTUATOR_CHARGE_LIMIT;
    begin();
    expect<f32>(decision.charge_limit_nA).toBe(300000);
  });
});

describe("source and ratio", () => {
  test("are only given to a board that can set them", () => {
    new_node();
    node.actuators &= ~ACTUATOR_SOURCE;
    begin();
    sample.valid = VALUE_SOURCE;
    sample.source_mV_0 = 1500;
    step_after(MINUTE_MS);
    expect<u8>(decision.source).toBe(0);
    expect<f32>(decision.mpp_ratio).toBe(0.75);
    node.actuators &= ~ACTUATOR_MPP;
    start_node();
    step_after(MINUTE_MS);
    expect<f32>(decision.mpp_ratio).toBe(0);
  });
});

describe("where the current cannot be set", () => {
  beforeEach(() => {
    new_node();
    node.actuators &= ~ACTUATOR_CHARGE_LIMIT;
    // the operating share is 250 uA; source 2 gives 0.5 nW/mV2 x 0.7
    begin();
    sample.valid = VALUE_SOURCE * 15;
    sample.source_mV_0 = 1400;
    sample.source_mV_2 = 0;
    sample.source_mV_3 = 0;
  });

  test("the strongest source that stays below the CCD feeds", () => {
    sample.source_mV_1 = 1500;
    step_after(MINUTE_MS);
    expect<u8>(decision.source).toBe(2);
    sample.source_mV_1 = 3000;
    step_after(MINUTE_MS);
    expect<u8>(decision.source).toBe(1);
  });

  test("none feeds where each is too strong, but the weakest keeps a surviving node alive", () => {
    sample.source_mV_0 = 0;
    sample.source_mV_1 = 3000;
    step_after(MINUTE_MS);
    expect<u8>(decision.source).toBe(0);
    vital.mode = <u8>MODE_SURVIVAL;
    step_after(MINUTE_MS);
    expect<u8>(decision.source).toBe(2);
  });
});
