// What the gauge tells, in its units.

import { VALUE_CHARGE, gauge, sample, vital, warm } from "../../../assembly/abi";
import { entry, hypothesis, set_soc_variance } from "../../../assembly/gauge/hypothesis";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const HOUR_MS: u32 = 3600000;
/** 50 uAh. */
const CAPACITY_PC: i64 = 180000000000;
/** Bits of gauge.alarms. */
const LOW: u32 = 1;
const SOON: u32 = 2;
const FULL: u32 = 4;
const UNKNOWN: u32 = 8;

function begin(): void {
  new_node();
  start_node();
  rest_at(3960, 25);
  clear_sample();
  sample.valid = VALUE_CHARGE;
}

describe("the gauge", () => {
  beforeEach(begin);

  test("tells charge as SOC and in nAh", () => {
    vital.charge_pC = CAPACITY_PC / 4;
    step_after(1);
    expect<f32>(gauge.soc).toBeCloseTo(0.25, 5);
    expect<f32>(gauge.remaining_nAh).toBeCloseTo(12500, -1);
  });

  test("counts the whole pack: parallel cells in nAh, series cells in mV", () => {
    node.series = 2;
    node.parallel = 3;
    start_node();
    rest_at(7980, 25);
    clear_sample();
    sample.valid = VALUE_CHARGE;
    vital.charge_pC = 3 * CAPACITY_PC;
    vital.diffusion_0 = 0;
    step_after(1);
    expect<f32>(gauge.remaining_nAh).toBeCloseTo(150000, -2);
    expect<f32>(gauge.ocv_mV).toBeCloseTo(8360, 0);
    expect<f32>(gauge.resistance_ohm).toBeCloseTo(<f32>1333.3333 * vital.resistance_scale, 0);
  });

  test("tells the mean current of the interval, with its sign", () => {
    sample.charge_pC = 3600000000;
    step_after(HOUR_MS);
    // 1000 nA less 0.25 nA of self-discharge and the learned leak
    const hidden: f32 = <f32>0.25 + vital.leak_nA;
    expect<f32>(gauge.current_mean_nA).toBeCloseTo(1000 - hidden, 1);
    sample.charge_pC = -7200000000;
    step_after(HOUR_MS);
    expect<f32>(gauge.current_mean_nA).toBeCloseTo(-2000 - hidden, 1);
  });

  test("counts equivalent full cycles by what was discharged", () => {
    vital.throughput_pC = 0;
    for (let i = 0; i < 30; i++) {
      sample.charge_pC = -CAPACITY_PC / 10;
      step_after(12 * HOUR_MS);
      sample.charge_pC = CAPACITY_PC / 10;
      step_after(12 * HOUR_MS);
    }
    expect<f32>(gauge.cycles).toBeCloseTo(3, 1);
    vital.throughput_pC = i64.MAX_VALUE;
    step_after(HOUR_MS);
    assert(gauge.cycles > 0, "never negative");
  });

  test("tells the roots of the variances", () => {
    const hyp = hypothesis(0);
    memory.fill(hyp + 32, 0, 4 * 36);
    store<f32>(entry(hyp, 0, 0), 9);
    set_soc_variance(hyp, 0.0004);
    warm.resistance_variance = 0.01;
    step_after(1);
    expect<f32>(gauge.soc_sigma).toBeCloseTo(0.02, 4);
    expect<f32>(gauge.leak_sigma_nA).toBeCloseTo(3, 4);
    expect<f32>(gauge.resistance_sigma).toBeCloseTo(0.1, 4);
    expect<f32>(gauge.leak_nA).toBe(vital.leak_nA);
  });

  test("tells the resistance's health and says that the capacity's is not known", () => {
    vital.resistance_scale = 1.25;
    step_after(1);
    expect<f32>(gauge.soh_resistance).toBeCloseTo(0.8, 6);
    expect<f32>(gauge.soh_capacity).toBe(-1);
  });

  test("tells the drain that nobody booked: the leak and the load's share beyond its books", () => {
    vital.leak_nA = 20;
    vital.load_scale = 1.25;
    warm.drain_mean_nA = 620;
    sample.valid = 0;
    step_after(1);
    // of 600 nA at scale 1.25, 120 were not in the books
    expect<f32>(gauge.unbooked_drain_nA).toBeCloseTo(140, 0);
  });

  test("tells what a counter misses alone where charge is counted", () => {
    vital.leak_nA = 20;
    vital.load_scale = 1.25;
    warm.drain_mean_nA = 620;
    step_after(1);
    expect<f32>(gauge.unbooked_drain_nA).toBeCloseTo(20, 0);
  });
});

describe("the displayed SOC", () => {
  beforeEach(begin);

  test("is the estimate at first", () => {
    expect<f32>(gauge.displayed_soc).toBe(gauge.soc);
  });

  test("follows within an hour: a minute shows a sixtieth of what is left", () => {
    const shown = gauge.displayed_soc;
    vital.charge_pC += CAPACITY_PC / 10;
    step_after(60000);
    expect<f32>(gauge.displayed_soc - shown).toBeCloseTo((gauge.soc - shown) / 60, 5);
    expect<f32>(gauge.soc - shown).toBeGreaterThan(0.09);
    step_after(HOUR_MS);
    expect<f32>(gauge.displayed_soc).toBeCloseTo(gauge.soc, 6);
  });

  test("stays within 0 and 1", () => {
    for (let i = 0; i < 50; i++) {
      vital.charge_pC = i & 1 ? 2 * CAPACITY_PC : -CAPACITY_PC;
      step_after(<u32>i * 100000 + 1);
      assert(gauge.displayed_soc >= 0 && gauge.displayed_soc <= 1, "inside");
    }
  });
});

/** Alarms at this SOC. */
function alarms_at(percent: i64): u32 {
  vital.charge_pC = (CAPACITY_PC / 100) * percent;
  step_after(1);
  return gauge.alarms;
}

describe("the alarms", () => {
  beforeEach(begin);

  test("tell low, full, and neither in between", () => {
    warm.drain_mean_nA = 0;
    expect<u32>(alarms_at(14)).toBe(LOW);
    expect<u32>(alarms_at(16)).toBe(0);
    expect<u32>(alarms_at(98)).toBe(0);
    expect<u32>(alarms_at(100)).toBe(FULL);
  });

  test("tell that the cell is empty within alarm_s at the learned means", () => {
    // half of 50 uAh last a day at 1042 nA
    warm.harvest_mean_nA = 0;
    warm.drain_mean_nA = 1030;
    expect<u32>(alarms_at(50)).toBe(0);
    warm.drain_mean_nA = 1055;
    expect<u32>(alarms_at(50)).toBe(SOON);
    warm.harvest_mean_nA = 100;
    expect<u32>(alarms_at(50)).toBe(0);
  });

  test("tell only that SOC is unknown while it is", () => {
    set_soc_variance(hypothesis(0), 0.0626);
    expect<u32>(alarms_at(1)).toBe(UNKNOWN);
  });
});
