// Starting: what survives, what is assumed of the time off, and how the error grows by it.

import {
  FAULT_RESTARTED,
  FAULT_UNCERTAIN,
  REASON_COLD,
  REASON_WAKE,
  REASON_WARM,
  STATUS_OK,
  STATUS_STORAGE,
  VALUE_VOLTAGE,
  decision,
  gauge,
  sample,
  vital,
  warm,
} from "../../../assembly/abi";
import { hypothesis, state, variance } from "../../../assembly/gauge/hypothesis";
import { sigma_of } from "../../../assembly/gauge/learned";
import { boot } from "../../../assembly/index";
import { seal_vital } from "../../../assembly/journal/seal";
import { soc_at_rest } from "../../../assembly/cell/ocv";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const UNKNOWN: u32 = 0xffffffff;
/** Half of 50 uAh, as f32 has it. */
const HALF_PC: i64 = 90000000000;

/** SOC is what a node without a record assumes. */
function half_full(): bool {
  return abs(vital.charge_pC - HALF_PC) < 10000;
}

/** A node that ran, learned and was sealed. */
function lived(): void {
  new_node();
  start_node();
  rest_at(3960, 25);
  vital.leak_nA = 7;
  vital.resistance_scale = 1.25;
  clear_sample();
  step_after(1000);
}

describe("a start from nothing", () => {
  beforeEach(() => {
    new_node();
    start_node();
  });

  test("takes half of the charge, knows that it knows nothing, and says that it restarted", () => {
    expect<bool>(half_full()).toBe(true);
    expect<f32>(vital.soc_sigma).toBe(1);
    expect<u32>(vital.faults_latched).toBe(FAULT_RESTARTED);
    expect<u16>(vital.boots).toBe(1);
  });

  test("reads SOC from the first rest voltage", () => {
    rest_at(3960, 20);
    expect<f32>(gauge.soc).toBeCloseTo(soc_at_rest(3960, 20), 2);
    expect<f32>(gauge.soc_sigma).toBeLessThan(0.06);
    expect<u8>(warm.alive).toBe(1);
  });

  test("stays uncertain until then", () => {
    clear_sample();
    step_after(600000);
    expect<u32>(decision.faults & FAULT_UNCERTAIN).toBe(FAULT_UNCERTAIN);
    rest_at(3960, 20);
    expect<u32>(decision.faults & FAULT_UNCERTAIN).toBe(0);
  });

  test("does not take a voltage for a rest voltage that the charger holds", () => {
    clear_sample();
    sample.valid = VALUE_VOLTAGE;
    sample.voltage_mV = 4150;
    sample.pmic_flags = 3;
    step_after(1000);
    expect<f32>(gauge.soc).toBeCloseTo(0.5, 2);
  });
});

describe("a start from retained RAM", () => {
  beforeEach(() => {
    lived();
  });

  test("keeps charge and what was learned, for a warm start and for a wake", () => {
    for (let reason = REASON_WARM; reason <= REASON_WAKE; reason++) {
      const charge = vital.charge_pC;
      expect<u32>(boot(reason, 0, 5)).toBe(STATUS_OK);
      expect<i64>(vital.charge_pC).toBe(charge);
      expect<f32>(vital.leak_nA).toBe(7);
      expect<f32>(vital.resistance_scale).toBe(1.25);
      expect<u32>(vital.time_ms).toBe(5);
      expect<i64>(warm.book_pC(7)).toBe(charge);
    }
  });

  test("widens SOC by the leak's error times the time off, and adds the variances", () => {
    const before = <f64>vital.soc_sigma;
    const leak_nA = <f64>sigma_of(vital.sigma_code(0));
    boot(REASON_WARM, 100000, 0);
    const off = (leak_nA * 100000 * 1000) / 1.8e11;
    expect<f64>(<f64>vital.soc_sigma).toBeCloseTo(Math.sqrt(before * before + off * off), 5);
  });

  test("keeps the scales, the errors of voltages and their sigmas", () => {
    vital.load_scale = 1.1;
    vital.harvest_scale = 0.95;
    vital.float_error = 0.002;
    vital.set_voltage_error_mV(1, 3.5);
    for (let i = 0; i < 8; i++) {
      vital.set_sigma_code(i, <u8>(120 + i));
      vital.set_tie_code(i, <u8>(100 + 8 * i));
    }
    seal_vital();
    boot(REASON_WARM, 0, 0);
    const hyp = hypothesis(0);
    expect<f32>(state(hyp, 1)).toBe(1.1);
    expect<f32>(state(hyp, 2)).toBe(0.95);
    expect<f32>(state(hyp, 3)).toBe(0.002);
    expect<f32>(state(hyp, 5)).toBe(3.5);
    for (let i = 0; i < 7; i++) {
      const sigma = <f64>sigma_of(120 + i);
      expect<f64>(Math.sqrt(<f64>variance(hyp, i)) / sigma).toBeCloseTo(1, 4);
    }
    expect<u8>(warm.alive).toBe(1);
  });

  test("is not tried after a cold start", () => {
    boot(REASON_COLD, 0, 0);
    expect<f32>(vital.leak_nA).toBe(0);
    expect<u32>(vital.faults_latched & FAULT_RESTARTED).toBe(FAULT_RESTARTED);
  });

  test("refuses RAM in which a single bit flipped", () => {
    for (let word: usize = 0; word < 24; word += 3) {
      lived();
      const at = changetype<usize>(vital) + (word << 2);
      store<u32>(at, load<u32>(at) ^ (1 << (<u32>word)));
      boot(REASON_WARM, 0, 0);
      expect<bool>(half_full()).toBe(true);
    }
  });

  test("books what was lost while off: switched-off drain, self-discharge and leak", () => {
    const charge = vital.charge_pC;
    boot(REASON_WARM, 1000, 0);
    // (10 + 0.25 + 7) nA for 1000 s
    expect<i64>(charge - vital.charge_pC).toBe(17250000);
  });

  test("knows SOC less well after it was off, and less for longer", () => {
    const before = vital.soc_sigma;
    boot(REASON_WARM, 0, 0);
    expect<f32>(vital.soc_sigma).toBeCloseTo(before, 6);
    boot(REASON_WARM, 86400, 0);
    const day = vital.soc_sigma;
    expect<f32>(day).toBeGreaterThan(before);
    lived();
    boot(REASON_WARM, 864000, 0);
    expect<f32>(vital.soc_sigma).toBeGreaterThan(day);
  });

  test("takes half of the longest time when nobody knows how long it was", () => {
    const charge = vital.charge_pC;
    boot(REASON_WARM, UNKNOWN, 0);
    // 17.25 nA for half a week
    const lost = charge - vital.charge_pC;
    assert(abs(lost - 5216400000) < 1000, `lost ${lost}`);
  });

  test("never knows less than nothing", () => {
    for (let i = 0; i < 50; i++) boot(REASON_WARM, UNKNOWN, 0);
    expect<f32>(vital.soc_sigma).toBeLessThan(1.0000001);
  });
});

describe("a start with a journal", () => {
  test("asks for it unless retained RAM is good", () => {
    new_node();
    node.storage_kind = 1;
    start_node();
    clear_sample();
    step_after(1000);
    expect<u32>(boot(REASON_WARM, 0, 0)).toBe(STATUS_OK);
    expect<u32>(boot(REASON_COLD, 0, 0)).toBe(STATUS_STORAGE);
  });
});
