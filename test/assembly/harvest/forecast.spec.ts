// The learned day and week: what each 24th usually brings, how far off that is, and that it
// survives a reset.

import {
  PMIC_LIMITING,
  REASON_COLD,
  REASON_WARM,
  VALUE_HARVEST,
  gauge,
  sample,
  warm,
} from "../../../assembly/abi";
import { relative_error, usual_nA } from "../../../assembly/harvest/forecast";
import { boot } from "../../../assembly/index";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const HOUR_MS: u32 = 3600000;
const DAY_S: u32 = 86400;

function begin(): void {
  new_node();
  node.week_share = 0;
  start_node();
  rest_at(3960, 25);
  clear_sample();
  // wakes on the hour from here
  warm.cycle_at_s = 0;
  warm.bin_pC = 0;
  warm.bin_known_s = 0;
}

/** An hour with so much harvest, in one wake or in six. */
function hour(harvest_nA: f32, wakes: i32 = 1): void {
  for (let i = 0; i < wakes; i++) {
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = harvest_nA;
    step_after(HOUR_MS / wakes);
  }
}

/** A day whose hours from 8 to 16 are light. */
function day(light_nA: f32): void {
  for (let h = 0; h < 24; h++) hour(h >= 8 && h < 16 ? light_nA : 0);
}

describe("the forecast", () => {
  beforeEach(begin);

  test("before anything was seen pays for sleeping", () => {
    expect<f32>(usual_nA(5)).toBe(500);
    expect<f32>(relative_error()).toBe(1);
  });

  test("of an hour is at first what it brought", () => {
    hour(3000);
    expect<f32>(usual_nA(0)).toBeCloseTo(3000, -1);
    expect<f32>(usual_nA(1)).toBe(500);
  });

  test("follows the days by its share", () => {
    day(3000);
    day(1000);
    expect<f32>(usual_nA(10)).toBeCloseTo(2400, -1);
    expect<f32>(usual_nA(3)).toBe(0);
    for (let i = 0; i < 30; i++) day(1000);
    expect<f32>(<f32>abs(usual_nA(10) - 1000)).toBeLessThan(8);
    expect<f32>(relative_error()).toBeLessThan(0.05);
  });

  test("is the same whether an hour is one wake or six", () => {
    hour(3000, 6);
    expect<f32>(usual_nA(0)).toBeCloseTo(3000, -1);
    expect<u32>(warm.cycle_at_s).toBe(3600);
  });

  test("takes a long sleep as so many hours of its mean", () => {
    hour(3000);
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 700;
    step_after(5 * HOUR_MS);
    for (let bin: u32 = 1; bin < 6; bin++) expect<f32>(usual_nA(bin)).toBeCloseTo(700, -1);
    expect<f32>(usual_nA(6)).toBe(500);
    // forty days, less what the clock calls a jump
    step_after(950 * HOUR_MS);
    expect<u32>(warm.cycle_at_s).toBe((6 * 3600 + 950 * 3600) % DAY_S);
  });

  test("learns nothing from an hour that nobody read", () => {
    day(3000);
    sample.valid = 0;
    for (let h = 0; h < 24; h++) step_after(HOUR_MS);
    expect<f32>(usual_nA(10)).toBeCloseTo(3000, -1);
  });

  test("knows how far off it is", () => {
    for (let i = 0; i < 20; i++) day(i & 1 ? 3000 : 1000);
    // 1000 off 2000 in a third of the hours
    expect<f32>(relative_error()).toBeGreaterThan(0.35);
    expect<f32>(relative_error()).toBeLessThan(0.8);
    expect<f32>(gauge.forecast_error).toBe(<f32>relative_error());
  });

  test("shows the present hour", () => {
    day(3000);
    for (let h = 0; h < 10; h++) hour(h >= 8 ? 3000 : 0);
    expect<f32>(gauge.forecast_nA).toBeCloseTo(3000, -1);
  });
});

describe("the week", () => {
  beforeEach(() => {
    begin();
    node.week_share = 0.5;
  });

  test("is learned: two days of seven are dark", () => {
    for (let i = 0; i < 70; i++) day(i % 7 < 5 ? 3000 : 300);
    // the next day is the first of the week
    expect<u8>(warm.week_at).toBe(0);
    const working = usual_nA(10);
    warm.week_at = 6;
    const sunday = usual_nA(10);
    assert(working > 2600 && working < 3400, "working day " + working.toString());
    assert(sunday > 200 && sunday < 500, "sunday " + sunday.toString());
  });

  test("goes on through a sleep of many days", () => {
    day(3000);
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 900;
    step_after(38 * 24 * HOUR_MS);
    // 39 days are five weeks and four
    expect<u8>(warm.week_at).toBe(4);
    expect<u32>(warm.cycle_at_s).toBe(0);
  });

  test("is the same every day where the share is 0", () => {
    node.week_share = 0;
    for (let i = 0; i < 21; i++) day(i % 7 < 5 ? 3000 : 300);
    const monday = usual_nA(10);
    warm.week_at = 6;
    expect<f32>(usual_nA(10)).toBe(monday);
  });
});

describe("a charger that limits", () => {
  beforeEach(begin);

  test("hides from a meter what was there: the source tells", () => {
    node.observables |= 1 << 13;
    start_node();
    rest_at(3960, 25);
    clear_sample();
    sample.valid = VALUE_HARVEST | (1 << 8);
    sample.pmic_flags = PMIC_LIMITING;
    sample.harvest_mean_nA = 10;
    sample.source_mV_0 = 1500;
    step_after(HOUR_MS);
    assert(warm.harvest_level_nA > 400, "level " + warm.harvest_level_nA.toString());
    sample.pmic_flags = 0;
    step_after(HOUR_MS);
    expect<f32>(warm.harvest_level_nA).toBeCloseTo(10, 1);
  });
});

describe("a reset", () => {
  beforeEach(begin);

  test("keeps the forecast, and the clock goes on", () => {
    day(3000);
    hour(0);
    boot(REASON_WARM, 7200, 0);
    expect<u32>(warm.cycle_at_s).toBe(3 * 3600);
    expect<f32>(usual_nA(10)).toBeCloseTo(3000, -1);
    boot(REASON_WARM, 23 * 3600, 0);
    expect<u32>(warm.cycle_at_s).toBe(2 * 3600);
    expect<u8>(warm.week_at).toBe(2);
  });

  test("forgets it after a loss of power, an unknown time, or a torn word", () => {
    day(3000);
    boot(REASON_WARM, 0xffffffff, 0);
    expect<f32>(usual_nA(10)).toBe(500);
    begin();
    day(3000);
    boot(REASON_COLD, 0, 0);
    expect<f32>(usual_nA(10)).toBe(500);
    begin();
    day(3000);
    warm.set_forecast(10, <u16>((<u32>warm.forecast(10)) ^ 4));
    boot(REASON_WARM, 0, 0);
    expect<f32>(usual_nA(10)).toBe(500);
  });
});
