// Time to empty and to full from the learned means.

import {
  MODE_ACTIVE,
  MODE_BURST,
  MODE_SLEEP,
  MODE_SURVIVAL,
  vital,
  warm,
} from "../../../assembly/abi";
import { time_to_empty_s, time_to_full_s } from "../../../assembly/index";
import { new_node, node, rest_at, start_node } from "../node_under_test";

const UNKNOWN: f32 = -1;
/** Half of 50 uAh. */
const HALF_PC: i64 = 90000000000;

describe("the time left", () => {
  beforeEach(() => {
    new_node();
    start_node();
    rest_at(3960, 25);
    vital.charge_pC = HALF_PC;
    vital.leak_nA = 9.75;
    warm.harvest_mean_nA = 0;
    warm.drain_mean_nA = 1000;
  });

  test("to empty is the charge over the mode's drain", () => {
    // sleep 500 nA, self-discharge 0.25 nA, leak 9.75 nA
    expect<f32>(time_to_empty_s(MODE_SLEEP)).toBeCloseTo(<f32>(90e6 / 510), -1);
    expect<f32>(time_to_empty_s(MODE_SURVIVAL)).toBe(time_to_empty_s(MODE_SLEEP));
    expect<f32>(time_to_empty_s(MODE_ACTIVE)).toBeCloseTo(<f32>(90e6 / 1000), -1);
    expect<f32>(time_to_empty_s(MODE_BURST)).toBeCloseTo(<f32>(90e6 / 900010), 1);
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
    vital.covariance_0 = 0.07;
    expect<f32>(time_to_full_s()).toBe(UNKNOWN);
    warm.harvest_mean_nA = 0;
    expect<f32>(time_to_empty_s(MODE_SLEEP)).toBe(UNKNOWN);
  });
});
