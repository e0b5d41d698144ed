// The request for a rest voltage: only when SOC is uncertain and the board can pause and measure.

import {
  ACTUATOR_PAUSE,
  VALUE_HARVEST,
  VALUE_VOLTAGE,
  decision,
  vital,
} from "../../../assembly/abi";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

function asked(): bool {
  start_node();
  clear_sample();
  step_after(1000);
  return decision.measure == 1 && decision.measure_wait_ms == 60000;
}

describe("a measurement", () => {
  beforeEach(() => {
    new_node();
  });

  test("is asked for while SOC is not known to 3 %", () => {
    expect<bool>(asked()).toBe(true);
    rest_at(4050, 25);
    vital.covariance_0 = 0.000899;
    clear_sample();
    step_after(1);
    expect<u8>(decision.measure).toBe(0);
    expect<u32>(decision.measure_wait_ms).toBe(0);
    vital.covariance_0 = 0.00091;
    step_after(1);
    expect<u8>(decision.measure).toBe(1);
  });

  test("is not asked for of a board that cannot pause", () => {
    node.actuators &= ~ACTUATOR_PAUSE;
    expect<bool>(asked()).toBe(false);
    expect<u8>(decision.measure).toBe(0);
  });

  test("is not asked for of a board that cannot measure", () => {
    node.observables = VALUE_HARVEST;
    expect<bool>(asked()).toBe(false);
    expect<u8>(decision.measure).toBe(0);
    expect<u32>(node.observables & VALUE_VOLTAGE).toBe(0);
  });
});
