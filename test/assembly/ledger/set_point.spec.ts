// The CV set point in force: lowered below the cell, the charger is off and its flag says nothing.

import {
  PATH_CORRECTION,
  PATH_HARVEST,
  PMIC_LIMITING,
  VALUE_HARVEST,
  VALUE_VOLTAGE,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { soc_at_rest } from "../../../assembly/cell/ocv";
import { soc_of } from "../../../assembly/derived";
import { limited } from "../../../assembly/ledger/book";
import { choose_set_point, set_point_mV } from "../../../assembly/ledger/set_point";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const HOUR_MS: u32 = 3600000;
const BRIGHT_NA: f32 = 200000;

/** A node read at 4140 mV whose set point was just lowered to 4100. */
function begin(): void {
  node.float_gentle_mV = 4100;
  // a node without work, for which charge was worth nothing a cycle long
  node.event_worth_0 = 0;
  node.event_worth_1 = 0;
  node.event_worth_2 = 0;
  node.event_worth_3 = 0;
  start_node();
  rest_at(4140, 25);
  warm.plenty_s = node.cycle_s;
  choose_set_point(true);
  clear_sample();
  sample.valid = VALUE_HARVEST;
  sample.pmic_flags = PMIC_LIMITING;
  sample.harvest_mean_nA = BRIGHT_NA;
}

describe("a lowered set point", () => {
  beforeEach(() => {
    new_node();
  });

  test("lets nothing flow while the cell is above it", () => {
    begin();
    const corrected = warm.book_pC(PATH_CORRECTION);
    const harvested = warm.book_pC(PATH_HARVEST);
    step_after(HOUR_MS);
    expect<i64>(warm.book_pC(PATH_HARVEST)).toBe(harvested);
    // the limiting flag is no witness of SOC: nothing is corrected
    expect<i64>(warm.book_pC(PATH_CORRECTION)).toBe(corrected);
    expect<bool>(limited).toBe(true);
  });

  test("holds once the cell has come down to it", () => {
    begin();
    sample.valid |= VALUE_VOLTAGE;
    sample.voltage_mV = 4096;
    step_after(HOUR_MS);
    expect<u8>(warm.set_point).toBe(1);
    clear_sample();
    sample.valid = VALUE_HARVEST;
    sample.pmic_flags = PMIC_LIMITING;
    sample.harvest_mean_nA = BRIGHT_NA;
    step_after(48 * HOUR_MS);
    expect<f32>(soc_of(vital.charge_pC)).toBeCloseTo(soc_at_rest(4100, 25), 2);
  });

  test("is above no cell that is lower already", () => {
    node.float_gentle_mV = 4100;
    start_node();
    rest_at(3960, 25);
    choose_set_point(true);
    expect<u8>(warm.set_point).toBe(1);
    expect<f32>(set_point_mV()).toBe(4100);
    choose_set_point(false);
    expect<f32>(set_point_mV()).toBe(4150);
  });
});
