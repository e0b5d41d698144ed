// The day-long means of what came in and went out.

import { PATH_HARVEST, VALUE_HARVEST, sample, warm } from "../../../assembly/abi";
import { clear_sample, new_node, rest_at, start_node, step_after } from "../node_under_test";

const HOUR_MS: u32 = 3600000;

describe("the means", () => {
  beforeEach(() => {
    new_node();
    start_node();
    rest_at(3960, 25);
    clear_sample();
    warm.harvest_mean_nA = 0;
    warm.drain_mean_nA = 0;
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 2400;
  });

  test("take a share of dt / day from each interval", () => {
    step_after(HOUR_MS);
    expect<f32>(warm.harvest_mean_nA).toBeCloseTo(100, 2);
    expect<f32>(warm.drain_mean_nA).toBeCloseTo(<f32>(500.25 / 24), 3);
  });

  test("are replaced by an interval of a day or more", () => {
    step_after(24 * HOUR_MS);
    expect<f32>(warm.harvest_mean_nA).toBeCloseTo(2400, 1);
    sample.harvest_mean_nA = 100;
    step_after(72 * HOUR_MS);
    expect<f32>(warm.harvest_mean_nA).toBeCloseTo(100, 1);
    expect<f32>(warm.drain_mean_nA).toBeCloseTo(500.25, 1);
  });

  test("settle at what is constant", () => {
    for (let i = 0; i < 24 * 15; i++) step_after(HOUR_MS);
    expect<f32>(warm.harvest_mean_nA).toBeCloseTo(2400, 1);
    expect<f32>(warm.drain_mean_nA).toBeCloseTo(500.25, 1);
  });

  test("count a harvest that was not read as none, whatever was booked for it", () => {
    step_after(HOUR_MS);
    sample.valid = 0;
    step_after(HOUR_MS);
    expect<i64>(warm.book_pC(PATH_HARVEST)).toBeGreaterThan(<i64>2400 * HOUR_MS);
    expect<f32>(warm.harvest_mean_nA).toBeCloseTo(<f32>(100 * (23.0 / 24)), 2);
  });

  test("are never negative, whatever leak was learned", () => {
    for (let i = 0; i < 50; i++) {
      sample.harvest_mean_nA = <f32>(i % 7) * <f32>100;
      step_after(HOUR_MS * ((i % 30) + 1));
      assert(warm.harvest_mean_nA >= 0 && warm.drain_mean_nA >= 0, "not negative");
    }
  });
});
