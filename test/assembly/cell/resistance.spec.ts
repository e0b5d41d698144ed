// The pack resistance: Arrhenius over temperature, series over parallel.

import { pack_resistance_mV_nA } from "../../../assembly/cell/resistance";
import { new_node, node, start_node } from "../node_under_test";

/** Arrhenius factor from 25 degC. */
function arrhenius(activation_K: f64, temperature_degC: f64): f64 {
  return Math.exp(activation_K * (1 / (temperature_degC + 273.15) - 1 / 298.15));
}

describe("the pack resistance", () => {
  beforeEach(() => {
    new_node();
  });

  test("is the cell's at 25 degC, times the factor of its SOC", () => {
    start_node();
    expect<f32>(pack_resistance_mV_nA(1, 25)).toBeCloseTo(0.002, 7);
    expect<f32>(pack_resistance_mV_nA(1.5, 25)).toBeCloseTo(0.003, 7);
  });

  test("grows in the cold and falls in the heat as Arrhenius has it", () => {
    start_node();
    for (let t: f64 = -60; t <= 150; t += 7) {
      const ratio = <f64>pack_resistance_mV_nA(1, <f32>t) / (0.002 * arrhenius(6400, t));
      expect<f64>(ratio).toBeCloseTo(1, 4);
    }
  });

  test("is seven times as high at 0 degC for the 0.55 eV of LiPON", () => {
    // Ea / k = 0.55 eV / 8.617e-5 eV/K = 6383 K
    node.activation_K = 6383;
    start_node();
    expect<f32>(pack_resistance_mV_nA(1, 0)).toBeCloseTo(<f32>(0.002 * 7.1), 3);
  });

  test("adds in series and divides in parallel", () => {
    node.series = 3;
    node.parallel = 2;
    start_node();
    expect<f32>(pack_resistance_mV_nA(1, 25)).toBeCloseTo(0.003, 7);
  });

  test("belongs to the profile loaded last", () => {
    start_node();
    pack_resistance_mV_nA(1, 40);
    node.resistance_ohm = 4000;
    start_node();
    expect<f64>(<f64>pack_resistance_mV_nA(1, 40) / (0.004 * arrhenius(6400, 40))).toBeCloseTo(
      1,
      4,
    );
  });
});
