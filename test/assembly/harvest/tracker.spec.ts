// The maximum-power-point manager: from try to try to the best ratio, then rarely.

import {
  ACTUATOR_MPP,
  VALUE_HARVEST_NOW,
  VALUE_PROBE,
  VALUE_SOURCE,
  decision,
  sample,
  warm,
} from "../../../assembly/abi";
import { clear_sample, new_node, node, rest_at, start_node, step_after } from "../node_under_test";

const MINUTE_MS: u32 = 60000;
const LEVELS: StaticArray<f32> = [0.35, 0.5, 0.65, 0.75, 0.85];

let best: f32 = 0.5;
let tries = 0;

/** A source whose power falls with the square of the distance from its best ratio. */
function power(ratio: f32): f32 {
  return 1000 * (1 - 2 * (ratio - best) * (ratio - best));
}

function begin(): void {
  new_node();
  node.mpp_level_0 = LEVELS[0];
  node.mpp_level_1 = LEVELS[1];
  node.mpp_level_2 = LEVELS[2];
  node.mpp_level_3 = LEVELS[3];
  node.mpp_level_4 = LEVELS[4];
  node.mpp_level_5 = 0;
  start_node();
  rest_at(3960, 25);
  clear_sample();
  tries = 0;
}

/** One wake: what was asked for is measured. */
function wake(open_mV: f32): void {
  sample.valid = VALUE_SOURCE | VALUE_HARVEST_NOW;
  sample.source_mV_0 = open_mV;
  sample.harvest_now_nA = power(decision.mpp_ratio);
  if (decision.probe_ratio > 0) {
    sample.valid |= VALUE_PROBE;
    sample.probe_nA = power(decision.probe_ratio);
    tries++;
  }
  step_after(MINUTE_MS);
}

function wakes(count: i32, open_mV: f32): void {
  for (let i = 0; i < count; i++) wake(open_mV);
}

describe("the operating ratio", () => {
  beforeEach(begin);

  test("begins at the level nearest to the source's usual one", () => {
    wake(1500);
    expect<f32>(decision.mpp_ratio).toBe(0.75);
  });

  test("goes to the best level, down and up", () => {
    best = 0.5;
    wakes(12, 1500);
    expect<f32>(decision.mpp_ratio).toBe(0.5);
    best = 0.85;
    wakes(20, 1600);
    expect<f32>(decision.mpp_ratio).toBe(0.85);
    best = 0.3;
    wakes(20, 1700);
    expect<f32>(decision.mpp_ratio).toBe(0.35);
  });

  test("is tried rarely once nothing is better, and at once in another light", () => {
    best = 0.65;
    wakes(2000, 1500);
    expect<f32>(decision.mpp_ratio).toBe(0.65);
    assert(tries < 40, tries.toString() + " tries in 33 hours");
    const before = tries;
    wake(1600);
    wakes(4, 1600);
    assert(tries > before, "another light");
  });

  test("does not move for what is only noise", () => {
    best = 0.75;
    wakes(5, 1500);
    for (let i = 0; i < 50; i++) {
      sample.valid = VALUE_SOURCE | VALUE_HARVEST_NOW | VALUE_PROBE;
      sample.source_mV_0 = i & 1 ? 1500 : 1600;
      sample.harvest_now_nA = 1000;
      sample.probe_nA = 1003;
      step_after(MINUTE_MS);
      expect<f32>(decision.mpp_ratio).toBe(0.75);
    }
  });

  test("is asked for again where no answer came", () => {
    wake(1500);
    sample.valid = VALUE_SOURCE;
    for (let i = 0; i < 3; i++) {
      step_after(MINUTE_MS);
      assert(decision.probe_ratio > 0, "asks");
    }
    expect<f32>(decision.mpp_ratio).toBe(0.75);
  });

  test("is the usual one where the board lists no levels, 0 where it cannot be set", () => {
    node.mpp_level_0 = 0;
    wake(1500);
    expect<f32>(decision.mpp_ratio).toBe(0.75);
    expect<f32>(decision.probe_ratio).toBe(0);
    node.actuators &= ~ACTUATOR_MPP;
    wake(1500);
    expect<f32>(decision.mpp_ratio).toBe(0);
  });

  test("is nobody's without light", () => {
    wake(0);
    expect<f32>(decision.probe_ratio).toBe(0);
    expect<u8>(warm.mpp_tried).toBe(0);
  });
});
