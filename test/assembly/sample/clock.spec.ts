// The wrapping clock: intervals across the wrap, readings that no clock in order gives.

import {
  FAULT_CLOCK,
  PATH_SLEEP,
  STATUS_CLOCK_JUMP,
  STATUS_CLOCK_STOPPED,
  STATUS_OK,
  decision,
  gauge,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { acknowledge, step } from "../../../assembly/index";
import { dt_ms, dt_s, read_clock, whole_s } from "../../../assembly/sample/clock";
import { hypothesis, soc_variance, variance } from "../../../assembly/gauge/hypothesis";
import { new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const FORTY_DAYS_MS: u32 = 3456000000;
const HOUR_MS: u32 = 3600000;

/** Reads the clock `after_ms` after the last accepted reading, without a walk. */
function read_after(after_ms: u32): u32 {
  sample.time_ms = vital.time_ms + after_ms;
  return read_clock();
}

describe("the interval", () => {
  beforeEach(() => {
    new_node();
    start_node();
  });

  test("is the difference of two readings, in ms and s", () => {
    expect<u32>(read_after(1500)).toBe(STATUS_OK);
    expect<u32>(dt_ms).toBe(1500);
    expect<f32>(dt_s).toBeCloseTo(1.5, 6);
  });

  test("is right across the wrap of the clock", () => {
    vital.time_ms = 0xffffff00;
    sample.time_ms = 0x00000100;
    expect<u32>(read_clock()).toBe(STATUS_OK);
    expect<u32>(dt_ms).toBe(0x200);
  });

  test("starts where the last one ended", () => {
    sample.valid = 0;
    sample.time_ms = 1000;
    step();
    sample.time_ms = 3000;
    step();
    sample.time_ms = 3500;
    step();
    expect<u32>(vital.time_ms).toBe(3500);
    // 500 nA
    expect<i64>(warm.book_pC(PATH_SLEEP)).toBe(-1750000);
  });

  test("may be 40 days and no longer", () => {
    expect<u32>(read_after(FORTY_DAYS_MS)).toBe(STATUS_OK);
    expect<f32>(dt_s).toBeCloseTo(3456000, 0);
    expect<u32>(read_after(FORTY_DAYS_MS + 1)).toBe(STATUS_CLOCK_JUMP);
    expect<u32>(read_after(u32.MAX_VALUE)).toBe(STATUS_CLOCK_JUMP);
  });

  test("loses no part of a second in the ages", () => {
    let sum: u32 = 0;
    for (let i = 0; i < 1000; i++) {
      read_after(1337);
      sum += whole_s;
      vital.time_ms = sample.time_ms;
    }
    expect<u32>(sum).toBe(1337);
    expect<u32>(warm.carry_ms).toBe(0);
  });
});

describe("a clock that is not in order", () => {
  beforeEach(() => {
    new_node();
    start_node();
    rest_at(3960, 25);
  });

  test("that stands still books nothing and says so", () => {
    const charge = vital.charge_pC;
    const sigma = vital.soc_sigma;
    expect<u32>(step_after(0)).toBe(STATUS_CLOCK_STOPPED);
    expect<i64>(vital.charge_pC).toBe(charge);
    expect<f32>(vital.soc_sigma).toBe(sigma);
    expect<u16>(vital.clock_faults).toBe(1);
    expect<u32>(decision.faults_latched & FAULT_CLOCK).toBe(FAULT_CLOCK);
    expect<i32>(decision.status).toBe(STATUS_CLOCK_STOPPED);
  });

  test("that went back an hour books nothing, widens the error and goes on from there", () => {
    const charge = vital.charge_pC;
    const sigma = vital.soc_sigma;
    const back = vital.time_ms - HOUR_MS;
    sample.time_ms = back;
    expect<u32>(step()).toBe(STATUS_CLOCK_JUMP);
    expect<i64>(vital.charge_pC).toBe(charge);
    expect<f32>(vital.soc_sigma).toBeGreaterThan(sigma);
    expect<u32>(vital.time_ms).toBe(back);
    sample.valid = 0;
    expect<u32>(step_after(1000)).toBe(STATUS_OK);
    // one second; the rounding of the filter's own state apart
    assert(abs(charge - vital.charge_pC - 500250) < 5000, "a second's drain");
  });

  test("that jumped by more than 40 days does the same", () => {
    const charge = vital.charge_pC;
    expect<u32>(step_after(FORTY_DAYS_MS + 1)).toBe(STATUS_CLOCK_JUMP);
    expect<i64>(vital.charge_pC).toBe(charge);
    expect<u32>(vital.faults_latched & FAULT_CLOCK).toBe(FAULT_CLOCK);
  });

  test("never widens the error beyond everything", () => {
    for (let i = 0; i < 100; i++) step_after(FORTY_DAYS_MS + 1);
    expect<f32>(vital.soc_sigma).toBeLessThan(1.0000001);
    sample.valid = 0;
    step_after(1000);
    expect<f32>(gauge.soc_sigma).toBeLessThan(1.0000001);
  });

  test("is forgotten once acknowledged and in order again", () => {
    step_after(0);
    sample.valid = 0;
    step_after(1000);
    expect<u32>(decision.faults_latched & FAULT_CLOCK).toBe(FAULT_CLOCK);
    acknowledge(FAULT_CLOCK);
    expect<u32>(decision.faults_latched & FAULT_CLOCK).toBe(0);
  });
});

describe("a time that nobody knows", () => {
  test("widens SOC of every hypothesis by a tenth, and by an unknown time off", () => {
    new_node();
    node.hypotheses = 5;
    node.adc_gain_sigma = 0.002;
    start_node();
    rest_at(3890, 25);
    expect<u8>(warm.alive).toBe(5);
    const before = new StaticArray<f64>(5);
    for (let i = 0; i < 5; i++) before[i] = <f64>soc_variance(hypothesis(i));
    const whole = <f64>vital.soc_sigma * <f64>vital.soc_sigma;
    // half a week, what it may have drained, and the leak's error over it
    const per_nA = (302400.0 * 1000) / 1.8e11;
    const leak = <f64>variance(hypothesis(0), 0) * per_nA * per_nA;
    const drain = (10.25 + <f64>vital.leak_nA) * per_nA;
    const more = leak + (drain * drain) / 3 + 0.01;
    sample.time_ms = vital.time_ms - 5;
    expect<u32>(step() & 255).toBe(STATUS_CLOCK_JUMP);
    for (let i = 0; i < 5; i++) {
      expect<f64>(<f64>soc_variance(hypothesis(i)) - before[i]).toBeCloseTo(more, 5);
    }
    expect<f64>(<f64>vital.soc_sigma * <f64>vital.soc_sigma - whole).toBeCloseTo(more, 5);
  });

  test("is none while the clock stands still", () => {
    new_node();
    start_node();
    rest_at(3960, 25);
    const before = vital.soc_sigma;
    sample.time_ms = vital.time_ms;
    expect<u32>(step() & 255).toBe(STATUS_CLOCK_STOPPED);
    expect<f32>(vital.soc_sigma).toBe(before);
  });
});
