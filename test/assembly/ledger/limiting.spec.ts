// Charge while the charger holds the float voltage: towards the SOC that rests there, exponentially
// with R Q / OCV', never beyond it and never more than the source offered.

import {
  PATH_HARVEST,
  PATH_SLEEP,
  PMIC_CHARGING,
  PMIC_LIMITING,
  VALUE_HARVEST,
  gauge,
  sample,
  warm,
} from "../../../assembly/abi";
import { soc_at_rest } from "../../../assembly/cell/ocv";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const HOUR_MS: u32 = 3600000;
/** More than the cell takes in these tests. */
const BRIGHT_NA: f32 = 200000;

/** A node that was read at a rest voltage and now stands at the float voltage. */
function begin(voltage_mV: f32): void {
  start_node();
  rest_at(voltage_mV, 25);
  clear_sample();
  sample.valid = VALUE_HARVEST;
  sample.pmic_flags = PMIC_CHARGING | PMIC_LIMITING;
  sample.harvest_mean_nA = BRIGHT_NA;
}

describe("at the held voltage", () => {
  beforeEach(() => {
    new_node();
  });

  test("SOC closes 1 - exp(-lambda) of its gap, lambda = slope dt / (R Q)", () => {
    begin(4100);
    const full = <f64>soc_at_rest(4150, 25);
    const before = <f64>gauge.soc;
    step_after(900000);
    // chord between 4100 and 4150 mV; 2 kohm; 50 uAh are 180 mC
    const slope_V = 0.05 / (full - before);
    const lambda = (slope_V * 900) / (2000 * 0.18);
    const expected = full - (full - before) * Math.exp(-lambda);
    expect<f32>(gauge.soc).toBeCloseTo(<f32>expected, 3);
  });

  test("SOC ends where the cell rests at that voltage, in one step or many", () => {
    begin(3950);
    step_after(24 * HOUR_MS);
    expect<f32>(gauge.soc).toBeCloseTo(soc_at_rest(4150, 25), 3);
    begin(3950);
    for (let i = 0; i < 240; i++) step_after(HOUR_MS / 10);
    expect<f32>(gauge.soc).toBeCloseTo(soc_at_rest(4150, 25), 3);
  });

  test("an estimate above the held voltage comes down to it", () => {
    begin(4178);
    expect<f32>(gauge.soc).toBeGreaterThan(0.98);
    for (let i = 0; i < 24; i++) step_after(HOUR_MS);
    expect<f32>(gauge.soc).toBeCloseTo(soc_at_rest(4150, 25), 2);
  });

  test("the books take no more than the source offered", () => {
    begin(3900);
    sample.harvest_mean_nA = 3000;
    const before = warm.book_pC(PATH_HARVEST);
    step_after(HOUR_MS);
    expect<i64>(warm.book_pC(PATH_HARVEST) - before).toBe(<i64>3000 * HOUR_MS);
  });

  test("the source carries the load, the cell only takes the rest", () => {
    begin(4149);
    for (let i = 0; i < 10; i++) step_after(HOUR_MS);
    const harvest = warm.book_pC(PATH_HARVEST);
    const sleep = warm.book_pC(PATH_SLEEP);
    step_after(HOUR_MS);
    const taken = warm.book_pC(PATH_HARVEST) - harvest;
    const load = sleep - warm.book_pC(PATH_SLEEP);
    expect<i64>(load).toBe(<i64>500 * HOUR_MS);
    // a settled cell takes nothing but what it loses by itself
    assert(taken - load >= 0 && taken - load < <i64>20 * HOUR_MS, "beside the load");
  });

  test("the strap counts where the board cannot set the voltage", () => {
    node.actuators = 0;
    node.float_strap_mV = 4000;
    begin(3950);
    for (let i = 0; i < 48; i++) step_after(HOUR_MS);
    expect<f32>(gauge.soc).toBeCloseTo(soc_at_rest(4000, 25), 3);
  });
});
