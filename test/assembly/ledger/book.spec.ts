// The booking of one interval, path by path, from what the firmware knows it did.

import {
  PATH_ACTIVE,
  PATH_BURST,
  PATH_CORRECTION,
  PATH_HARVEST,
  PATH_LEAK,
  PATH_MEASURED,
  PATH_SELF,
  PATH_SLEEP,
  PMIC_PAUSED,
  VALUE_ACTIVE,
  VALUE_CHARGE,
  VALUE_HARVEST,
  VALUE_HARVEST_NOW,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { booked_harvest_pC, booked_load_pC, unsure_pC } from "../../../assembly/ledger/book";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const MINUTE_MS: u32 = 60000;

function book(path: u32): i64 {
  return warm.book_pC(path);
}

function sum_of_books(): i64 {
  let sum: i64 = 0;
  for (let path = 0; path < 8; path++) sum += book(path);
  return sum;
}

/** A node at about half charge with all books but the correction's empty. */
function begin(): void {
  start_node();
  rest_at(3960, 25);
  clear_sample();
  for (let path: u32 = 0; path < PATH_CORRECTION; path++) {
    vital.charge_pC -= warm.book_pC(path);
    warm.set_book_pC(path, 0);
    if (path < 6) warm.set_remainder(path, 0);
  }
}

describe("an interval", () => {
  beforeEach(() => {
    new_node();
  });

  test("asleep costs the sleep current and the self-discharge", () => {
    begin();
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_SLEEP)).toBe(-30000000);
    expect<i64>(book(PATH_SELF)).toBe(-15000);
    expect<i64>(book(PATH_ACTIVE)).toBe(0);
    expect<i64>(book(PATH_BURST)).toBe(0);
    expect<i64>(book(PATH_HARVEST)).toBe(0);
  });

  test("is asleep only while it was not awake", () => {
    begin();
    sample.valid = VALUE_ACTIVE;
    sample.active_ms = 20;
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_SLEEP)).toBe(-29990000);
    expect<i64>(book(PATH_ACTIVE)).toBe(-18000000);
  });

  test("costs each event its charge", () => {
    begin();
    sample.events_0 = 2;
    sample.events_2 = 5;
    sample.events_3 = 9;
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_BURST)).toBe(-130000000);
  });

  test("earns the measured harvest over its whole length", () => {
    begin();
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 1234.5;
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_HARVEST)).toBe(74070000);
  });

  test("costs and earns at the learned scales, and tells what the program booked of it", () => {
    begin();
    vital.load_scale = 1.25;
    vital.harvest_scale = 0.5;
    sample.valid = VALUE_HARVEST | VALUE_ACTIVE;
    sample.harvest_mean_nA = 1000;
    sample.active_ms = 20;
    sample.events_2 = 1;
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_SLEEP)).toBe(-37487500);
    expect<i64>(book(PATH_ACTIVE)).toBe(-22500000);
    expect<i64>(book(PATH_BURST)).toBe(-2500000);
    expect<i64>(book(PATH_HARVEST)).toBe(30000000);
    expect<f32>(booked_load_pC).toBeCloseTo(29990000 + 18000000 + 2000000, -2);
    expect<f32>(booked_harvest_pC).toBeCloseTo(60000000, -2);
  });

  test("scales nothing that a charge counter measured", () => {
    begin();
    vital.load_scale = 1.25;
    sample.valid = VALUE_CHARGE;
    sample.charge_pC = -1000000;
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_MEASURED)).toBe(-1000000);
    expect<f32>(booked_load_pC).toBe(1000000);
  });

  test("earns nothing that was never measured", () => {
    begin();
    sample.harvest_mean_nA = 1234.5;
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_HARVEST)).toBe(0);
  });

  test("earns what was last read where the harvest was not, and learns nothing of it", () => {
    begin();
    vital.harvest_scale = 0.5;
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 1000;
    step_after(MINUTE_MS);
    warm.harvest_mean_nA = 0;
    sample.valid = 0;
    sample.harvest_mean_nA = 7;
    step_after(MINUTE_MS);
    // a minute of an hour faded
    const faded = 60 * (1 - Math.exp(-1.0 / 60));
    expect<f64>(<f64>book(PATH_HARVEST) / 30000000).toBeCloseTo(1 + faded, 5);
    expect<f32>(booked_harvest_pC).toBe(0);
    expect<f64>(<f64>unsure_pC / (0.5 * 30000000 * faded)).toBeCloseTo(1, 4);
  });

  test("that nobody read for days earns the mean of a day", () => {
    begin();
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 20000;
    step_after(MINUTE_MS);
    sample.valid = 0;
    for (let i = 0; i < 72; i++) {
      warm.harvest_mean_nA = 50;
      step_after(60 * MINUTE_MS);
    }
    expect<f32>(warm.offered_nA).toBeCloseTo(50, 2);
    // in one step as in many
    const one_by_one = book(PATH_HARVEST);
    begin();
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 20000;
    step_after(MINUTE_MS);
    sample.valid = 0;
    warm.harvest_mean_nA = 50;
    step_after(72 * 60 * MINUTE_MS);
    expect<f64>(<f64>book(PATH_HARVEST) / <f64>one_by_one).toBeCloseTo(1, 4);
  });

  test("keeps what was last read while charging is paused: then nobody can read it", () => {
    begin();
    warm.offered_nA = 300;
    warm.harvest_mean_nA = 300;
    sample.valid = VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 0;
    sample.pmic_flags = PMIC_PAUSED;
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_HARVEST)).toBe(18000000);
    expect<f32>(warm.offered_nA).toBe(300);
  });

  test("remembers the harvest also where a counter measures the charge", () => {
    begin();
    sample.valid = VALUE_CHARGE | VALUE_HARVEST;
    sample.harvest_mean_nA = 1234.5;
    step_after(MINUTE_MS);
    expect<f32>(warm.offered_nA).toBe(1234.5);
  });

  test("earns what flows now where that was read, and the mean was not", () => {
    begin();
    sample.valid = VALUE_HARVEST_NOW;
    sample.harvest_now_nA = 300;
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_HARVEST)).toBe(18000000);
  });

  test("doubts half of four times the mean where the harvest was not read, never over 50 %", () => {
    begin();
    warm.harvest_mean_nA = 100;
    step_after(MINUTE_MS);
    expect<f32>(unsure_pC).toBeCloseTo(200 * 60000, -2);
    warm.harvest_mean_nA = 100000;
    step_after(60 * MINUTE_MS);
    expect<f64>(<f64>unsure_pC / 1.8e11).toBeCloseTo(0.5, 5);
    sample.valid = VALUE_HARVEST;
    step_after(MINUTE_MS);
    expect<f32>(unsure_pC).toBe(0);
  });

  test("of more than three longest sleeps doubts a quarter of all that it booked", () => {
    begin();
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 1000;
    // the longest sleep is an hour
    step_after(180 * MINUTE_MS);
    expect<f32>(unsure_pC).toBe(0);
    step_after(200 * MINUTE_MS);
    const flowed_pC: f64 = (1000 + 500 + 0.25 + <f64>vital.leak_nA) * 200 * 60000;
    expect<f64>(<f64>unsure_pC / flowed_pC).toBeCloseTo(0.25, 4);
  });

  test("that a charge counter measured is doubted by no clock", () => {
    begin();
    sample.valid = VALUE_CHARGE;
    sample.charge_pC = -1000000;
    step_after(24 * 60 * MINUTE_MS);
    expect<f32>(unsure_pC).toBe(0);
  });

  test("doubts nothing for a board that never reads a harvest", () => {
    node.observables &= ~VALUE_HARVEST;
    begin();
    warm.harvest_mean_nA = 100;
    step_after(MINUTE_MS);
    expect<f32>(unsure_pC).toBe(0);
  });

  test("believes a charge counter instead of its own books, for load and harvest", () => {
    begin();
    sample.valid = VALUE_CHARGE | VALUE_HARVEST | VALUE_ACTIVE;
    sample.charge_pC = -98765432;
    sample.harvest_mean_nA = 1234.5;
    sample.active_ms = 20;
    sample.events_0 = 2;
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_MEASURED)).toBe(-98765432);
    expect<i64>(book(PATH_SLEEP) + book(PATH_ACTIVE) + book(PATH_BURST)).toBe(0);
    expect<i64>(book(PATH_HARVEST)).toBe(0);
    // what no counter sees is booked all the same
    expect<i64>(book(PATH_SELF)).toBe(-15000);
  });

  test("books the learned leak, whichever sign it has", () => {
    begin();
    vital.leak_nA = 12.5;
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_LEAK)).toBe(-750000);
    vital.leak_nA = -12.5;
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_LEAK)).toBe(0);
  });

  test("discharges every cell in parallel by itself", () => {
    node.parallel = 3;
    begin();
    step_after(MINUTE_MS);
    expect<i64>(book(PATH_SELF)).toBe(-45000);
  });

  test("counts as throughput only what was discharged on balance", () => {
    begin();
    const before = vital.throughput_pC;
    sample.valid = VALUE_HARVEST;
    sample.harvest_mean_nA = 2000;
    step_after(MINUTE_MS);
    expect<i64>(vital.throughput_pC).toBe(before);
    sample.harvest_mean_nA = 0;
    step_after(MINUTE_MS);
    expect<i64>(vital.throughput_pC - before).toBe(30015000);
  });
});

describe("the sum of the books", () => {
  test("is the charge after every kind of interval", () => {
    new_node();
    begin();
    sample.voltage_loaded_mV = 3650;
    sample.pulse_drain_nA = 30000;
    for (let i: u32 = 0; i < 300; i++) {
      sample.valid = i * 37;
      sample.pmic_flags = i >> 2;
      sample.voltage_mV = <f32>3700 + <f32>i;
      sample.temperature_degC = 20 + <f32>(i & 3);
      sample.charge_pC = <i64>i * -1000003;
      sample.harvest_mean_nA = <f32>i * <f32>17.3;
      sample.active_ms = i;
      sample.events_1 = <u16>(i & 1);
      step_after(1000 + i * 977);
      expect<i64>(sum_of_books()).toBe(vital.charge_pC);
    }
  });
});
