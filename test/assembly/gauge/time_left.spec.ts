// Time to empty and to full from the learned means.

import {
  MODE_ACTIVE,
  MODE_BURST,
  MODE_SLEEP,
  MODE_SURVIVAL,
  vital,
  warm,
} from "../../../assembly/abi";
import { evaluate_ocv, ocv_mV } from "../../../assembly/cell/ocv";
import {
  time_at_current_s,
  time_at_power_s,
  time_to_empty_s,
  time_to_full_s,
} from "../../../assembly/index";
import { new_node, node, rest_at, start_node } from "../node_under_test";

const UNKNOWN: f32 = -1;
/** Half of 50 uAh. */
const HALF_PC: i64 = 90000000000;

function begin(): void {
  new_node();
  start_node();
  rest_at(3960, 25);
  vital.charge_pC = HALF_PC;
  vital.leak_nA = 9.75;
  warm.harvest_mean_nA = 0;
  warm.drain_mean_nA = 1000;
}

describe("the time left", () => {
  beforeEach(begin);

  test("to empty is the charge over the mode's drain", () => {
    // sleep 500 nA, self-discharge 0.25 nA, leak 9.75 nA
    expect<f32>(time_to_empty_s(MODE_SLEEP)).toBeCloseTo(<f32>(90e6 / 510), -1);
    expect<f32>(time_to_empty_s(MODE_SURVIVAL)).toBe(time_to_empty_s(MODE_SLEEP));
    expect<f32>(time_to_empty_s(MODE_ACTIVE)).toBeCloseTo(<f32>(90e6 / 1000), -1);
    expect<f32>(time_to_empty_s(MODE_BURST)).toBeCloseTo(<f32>(90e6 / 900010), 1);
  });

  test("is not told beyond 1e9 s, when it is never", () => {
    // 90 mC at 0.0901 nA are 0.9989e9 s
    expect<f32>(time_at_current_s(<f32>-0.0901)).toBeCloseTo(<f32>(90e6 / 0.0901), -5);
    expect<f32>(time_at_current_s(<f32>-0.0899)).toBe(UNKNOWN);
  });

  test("to empty asleep and in a burst counts the load at its learned scale", () => {
    vital.load_scale = 1.2;
    expect<f32>(time_to_empty_s(MODE_SLEEP)).toBeCloseTo(<f32>(90e6 / 610), -1);
    expect<f32>(time_to_empty_s(MODE_BURST)).toBeCloseTo(<f32>(90e6 / 1080010), 1);
    // the mean was booked at that scale already
    expect<f32>(time_to_empty_s(MODE_ACTIVE)).toBeCloseTo(<f32>(90e6 / 1000), -1);
  });

  test("to empty is longer with harvest, and unknown when that is enough", () => {
    warm.harvest_mean_nA = 10;
    expect<f32>(time_to_empty_s(MODE_SLEEP)).toBeCloseTo(<f32>(90e6 / 500), -1);
    warm.harvest_mean_nA = 511;
    expect<f32>(time_to_empty_s(MODE_SLEEP)).toBe(UNKNOWN);
  });

  test("to empty ends with the weakest cell", () => {
    node.capacity_spread = 0.2;
    start_node();
    rest_at(3960, 25);
    vital.charge_pC = HALF_PC;
    vital.leak_nA = 9.75;
    // SOC 0.375 of 0.8 of the capacity
    expect<f32>(time_to_empty_s(MODE_SLEEP)).toBeCloseTo(<f32>((0.3 * 180e6) / 510), -1);
  });

  test("to full is what is missing over what is left of the harvest", () => {
    warm.harvest_mean_nA = 1500;
    expect<f32>(time_to_full_s()).toBeCloseTo(<f32>(90e6 / 500), -1);
    warm.harvest_mean_nA = 1000;
    expect<f32>(time_to_full_s()).toBe(UNKNOWN);
  });

  test("is 0 when empty or full already", () => {
    vital.charge_pC = -1;
    expect<f32>(time_to_empty_s(MODE_SLEEP)).toBe(0);
    warm.harvest_mean_nA = 1500;
    vital.charge_pC = 2 * HALF_PC;
    expect<f32>(time_to_full_s()).toBeLessThan(10);
  });

  test("is not guessed while SOC is uncertain, or for a mode that does not exist", () => {
    warm.harvest_mean_nA = 1500;
    expect<f32>(time_to_empty_s(4)).toBe(UNKNOWN);
    vital.soc_sigma = 0.2501;
    expect<f32>(time_to_full_s()).toBe(UNKNOWN);
    warm.harvest_mean_nA = 0;
    expect<f32>(time_to_empty_s(MODE_SLEEP)).toBe(UNKNOWN);
  });
});

describe("the time at a current", () => {
  beforeEach(begin);

  test("is what is left over it when it flows out, what is missing when it flows in", () => {
    expect<f32>(time_at_current_s(-900)).toBeCloseTo(<f32>(90e6 / 900), 0);
    expect<f32>(time_at_current_s(900)).toBeCloseTo(<f32>(90e6 / 900), 0);
    vital.charge_pC = HALF_PC / 2;
    expect<f32>(time_at_current_s(-900)).toBeCloseTo(<f32>(45e6 / 900), 0);
    expect<f32>(time_at_current_s(900)).toBeCloseTo(<f32>(135e6 / 900), 0);
  });

  test("is not known for none, and for a current that is no number", () => {
    expect<f32>(time_at_current_s(0)).toBe(UNKNOWN);
    expect<f32>(time_at_current_s(f32.NaN)).toBe(UNKNOWN);
    expect<f32>(time_at_current_s(-Infinity)).toBe(0);
  });

  test("is not known while SOC is not, or the node does not run", () => {
    vital.soc_sigma = 0.2501;
    expect<f32>(time_at_current_s(-900)).toBe(UNKNOWN);
    new_node();
    warm.boot_state = 0;
    expect<f32>(time_at_current_s(-900)).toBe(UNKNOWN);
    expect<f32>(time_at_power_s(900)).toBe(UNKNOWN);
  });
});

/** Energy between empty and `soc` in pC mV, by 10,000 trapezia, from a tenth down at 3.87 V. */
function mean_mV(soc: f64): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < 10000; i++) {
    evaluate_ocv(<f32>(0.1 + (soc - 0.1) * (<f64>i + 0.5) * 1e-4), 25);
    sum += ocv_mV;
  }
  return sum * 1e-4;
}

describe("the time at a power", () => {
  beforeEach(begin);

  test("is the charge over the current that the mean of the OCV makes of it, within 1 %", () => {
    for (let soc: f64 = 0.2; soc < 1; soc += 0.1) {
      vital.charge_pC = <i64>(soc * 1.8e11);
      const current_nA = (3000 * 1000) / mean_mV(soc);
      const expected = (soc * 1.8e8) / current_nA;
      expect<f64>(<f64>time_at_power_s(3000) / expected).toBeCloseTo(1, 2);
    }
  });

  test("is not known for none, or for a charge, and 0 when empty", () => {
    expect<f32>(time_at_power_s(0)).toBe(UNKNOWN);
    expect<f32>(time_at_power_s(-10)).toBe(UNKNOWN);
    expect<f32>(time_at_power_s(f32.NaN)).toBe(UNKNOWN);
    vital.charge_pC = -1;
    expect<f32>(time_at_power_s(10)).toBe(0);
  });

  test("of a string is that of one cell at half of the power", () => {
    const single = time_at_power_s(3000);
    node.series = 2;
    start_node();
    rest_at(7920, 25);
    vital.charge_pC = HALF_PC;
    vital.soc_sigma = 0.01;
    expect<f32>(time_at_power_s(6000) / single).toBeCloseTo(1, 3);
  });
});
