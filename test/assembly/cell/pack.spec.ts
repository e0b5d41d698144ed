// The weakest cell of a series string is empty first.

import { weakest_soc } from "../../../assembly/cell/pack";
import { new_node, node, start_node } from "../node_under_test";

describe("the weakest cell", () => {
  test("is as full as the pack when all are equal", () => {
    new_node();
    start_node();
    for (let i = 0; i <= 10; i++) {
      const soc = <f32>i * <f32>0.1;
      expect<f32>(weakest_soc(soc)).toBeCloseTo(soc, 6);
    }
  });

  test("is full with the others and empty before them", () => {
    new_node();
    node.capacity_spread = 0.2;
    start_node();
    expect<f32>(weakest_soc(1)).toBe(1);
    // 0.2 of the charge is left in the others when a cell of 0.8 capacity is empty
    expect<f32>(weakest_soc(0.2)).toBeCloseTo(0, 6);
    expect<f32>(weakest_soc(0.6)).toBeCloseTo(0.5, 6);
    expect<f32>(weakest_soc(0)).toBeCloseTo(-0.25, 6);
  });
});
