// The node under test with a cell that is known under load, on a board that counts charge.

import { VALUE_CHARGE, VALUE_CURRENT } from "../../assembly/abi";
import { SOC_COUNT, block_words, node, set_table } from "./node_under_test";

/** Elements of the polarization at 25 degC, mV/nA and s, the same at every SOC. */
export const OHMIC_MV_NA: f64 = 4e-4;
export const KINETIC_MV_NA: f64 = 6e-4;
export const SLOW_MV_NA: f64 = 3e-4;
export const LEAD_S: f64 = 60;

/** After the OCV tables: the elements lie behind the last. */
export function set_polarization(): void {
  node.polarization_count = 4;
  node.observables |= VALUE_CHARGE | VALUE_CURRENT;
  node.polarization_kK_1 = 4;
  node.polarization_slope_kK_1 = 1;
  node.polarization_bend_kK2_1 = 0.5;
  node.kinetic_mV = 60;
  node.slow_tau_s = 20;
  node.slow_tau_kK = 2;
  node.lead_tau_s = 140;
  node.lead_tau_kK = 2;
  node.diffusion_gain = 1;
  node.self_drain_nA = 0;
  node.leak_sigma_nA = 360;
  node.load_sigma = 0.3;
  node.resistance_sigma = 0.3;
  const elements: StaticArray<f64> = [OHMIC_MV_NA, KINETIC_MV_NA, SLOW_MV_NA, LEAD_S];
  for (let kind = 0; kind < 4; kind++) {
    const ln = <f32>Math.log(elements[kind]);
    const first = block_words() + kind * SOC_COUNT;
    for (let i = 0; i < SOC_COUNT; i++) set_table(first + i, ln);
  }
}
