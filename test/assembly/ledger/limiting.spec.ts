// Charge while the charger holds the float voltage: towards the SOC that rests there, exponentially
// with R Q / OCV', never beyond it and never more than the source offered.

import {
  PATH_CORRECTION,
  PATH_HARVEST,
  PATH_SLEEP,
  PMIC_CHARGING,
  PMIC_LIMITING,
  VALUE_HARVEST,
  VALUE_LIMITING,
  VALUE_METERED,
  VALUE_VOLTAGE,
  gauge,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { soc_at_rest } from "../../../assembly/cell/ocv";
import { hypothesis, set_state, variance } from "../../../assembly/gauge/hypothesis";
import { harvest_now_nA } from "../../../assembly/gauge/rest_current";
import { booked_harvest_pC, limited, unsure_pC } from "../../../assembly/ledger/book";
import { limiting_decay, limiting_reach } from "../../../assembly/ledger/limiting";
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

/** What was learned of the set point. */
function learn_float_error(error: f32): void {
  vital.float_error = error;
  set_state(hypothesis(0), 3, error);
}

describe("a set point that is off by its learned error", () => {
  test("is where SOC ends", () => {
    new_node();
    begin(3950);
    learn_float_error(-0.003);
    for (let i = 0; i < 24; i++) step_after(HOUR_MS);
    expect<f32>(gauge.soc).toBeCloseTo(soc_at_rest(<f32>(4150 * 0.997), 25), 2);
  });

  test("moves SOC by its reach: the difference that a thousandth makes", () => {
    new_node();
    begin(4100);
    step_after(600000);
    const at = gauge.soc;
    const reach = limiting_reach;
    assert(limiting_decay > 0 && limiting_decay < 1, "part of the way");
    begin(4100);
    learn_float_error(0.001);
    step_after(600000);
    expect<f32>((gauge.soc - at) / (reach * <f32>0.001)).toBeCloseTo(1, 1);
  });
});

/** A node that charges at this voltage and reads it. */
function charging(rest: f32, voltage: f32): void {
  begin(rest);
  sample.valid = VALUE_HARVEST | VALUE_VOLTAGE;
  sample.pmic_flags = 0;
  sample.voltage_mV = voltage;
}

describe("a charger that does not tell", () => {
  beforeEach(() => {
    new_node();
    node.observables = node.observables & ~VALUE_LIMITING & ~VALUE_METERED;
  });

  test("is taken to limit within 1 % of its set point, and none of the rest is sure", () => {
    charging(4100, 4140);
    const before = warm.book_pC(PATH_HARVEST);
    step_after(10000);
    expect<bool>(limited).toBe(true);
    const booked = <f64>(warm.book_pC(PATH_HARVEST) - before);
    const rest = <f64>BRIGHT_NA * 10000 - booked;
    expect<f64>(<f64>unsure_pC / rest).toBeCloseTo(1, 4);
  });

  test("leaves 6 % of the capacity in doubt at most", () => {
    charging(4100, 4140);
    step_after(HOUR_MS);
    expect<f64>(<f64>unsure_pC / 1.8e11).toBeCloseTo(0.06, 6);
  });

  test("is read with the current that it may have let in, and teaches no set point", () => {
    charging(4100, 4140);
    const before = warm.book_pC(PATH_HARVEST);
    const error = variance(hypothesis(0), 3);
    step_after(HOUR_MS);
    const taken_nA = <f64>(warm.book_pC(PATH_HARVEST) - before) / <f64>HOUR_MS;
    expect<f64>(<f64>harvest_now_nA / taken_nA).toBeCloseTo(1, 4);
    expect<f64>(taken_nA).toBeLessThan(<f64>BRIGHT_NA / 2);
    expect<f32>(vital.float_error).toBe(0);
    expect<f32>(variance(hypothesis(0), 3)).toBe(error);
  });

  test("is taken not to further away", () => {
    charging(4000, 4100);
    sample.harvest_mean_nA = 3000;
    step_after(HOUR_MS);
    expect<bool>(limited).toBe(false);
    expect<f32>(unsure_pC).toBe(0);
    expect<i64>(warm.book_pC(PATH_HARVEST)).toBe(<i64>3000 * HOUR_MS);
  });

  test("is taken not to while it takes all that is offered", () => {
    charging(3900, 4140);
    sample.harvest_mean_nA = 2000;
    step_after(HOUR_MS);
    expect<bool>(limited).toBe(false);
    // but nothing is to be learned of the harvest's scale from it, and all of it is in doubt
    expect<f32>(booked_harvest_pC).toBe(0);
    expect<f64>(<f64>unsure_pC / (<f64>2000 * HOUR_MS)).toBeCloseTo(1, 5);
  });

  test("above its set point books nothing more, and does not pull the estimate down", () => {
    charging(4170, 4170);
    const before = vital.charge_pC;
    const corrected = warm.book_pC(PATH_CORRECTION);
    sample.voltage_mV = 4140;
    // half a minute is too short for a voltage to count
    step_after(30000);
    expect<i64>(warm.book_pC(PATH_HARVEST) + warm.book_pC(PATH_SLEEP)).toBe(-500000);
    const moved = warm.book_pC(PATH_CORRECTION) - corrected;
    assert(abs(moved) < 100000, `moved by ${moved} pC`);
    assert(vital.charge_pC <= before, "no more");
  });
});

describe("a charger that tells that it limits", () => {
  test("leaves nothing in doubt, with the harvest read or not", () => {
    new_node();
    begin(4100);
    step_after(600000);
    const read = gauge.soc;
    expect<f32>(unsure_pC).toBe(0);
    begin(4100);
    sample.valid = 0;
    step_after(600000);
    expect<bool>(limited).toBe(true);
    expect<f32>(unsure_pC).toBe(0);
    expect<f32>(gauge.soc).toBe(read);
  });
});

describe("a board that meters the harvest at the cell", () => {
  test("books what it metered also where the charger limits", () => {
    new_node();
    node.observables |= VALUE_METERED;
    begin(4149);
    sample.harvest_mean_nA = 1234;
    step_after(HOUR_MS);
    expect<bool>(limited).toBe(false);
    expect<i64>(warm.book_pC(PATH_HARVEST)).toBe(<i64>1234 * HOUR_MS);
  });
});
