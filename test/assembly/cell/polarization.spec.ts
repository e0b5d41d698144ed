// Elements of a cell's polarization and the drop that they make, against the formulas in f64.

import {
  KINETIC,
  LEAD,
  OHMIC,
  element,
  lead_settled,
  prompt_mV,
  set_temperature,
  slow_settled,
} from "../../../assembly/cell/polarization";
import { KINETIC_MV_NA, LEAD_S, OHMIC_MV_NA, set_polarization } from "../loaded_node";
import {
  new_node,
  node,
  offer_node,
  set_table,
  set_three_temperatures,
  start_node,
} from "../node_under_test";

/** 1000 (1/T - 1/298.15 K). */
function cold(degC: f64): f64 {
  return 1000 / (degC + 273.15) - 1000 / 298.15;
}

describe("an element", () => {
  beforeEach(() => {
    new_node();
    set_polarization();
    start_node();
  });

  test("is its table's at 25 degC, at every SOC and beyond", () => {
    set_temperature(25);
    for (let soc: f32 = -0.1; soc < 1.1; soc += 0.05) {
      expect<f32>(element(OHMIC, soc)).toBeCloseTo(<f32>OHMIC_MV_NA, 8);
      expect<f32>(element(LEAD, soc)).toBeCloseTo(<f32>LEAD_S, 3);
    }
  });

  test("follows Arrhenius with a slope over SOC and a bend", () => {
    for (let degC: f64 = -20; degC <= 60; degC += 5) {
      set_temperature(<f32>degC);
      const x = cold(degC);
      for (let soc: f64 = 0; soc <= 1; soc += 0.25) {
        const truth = KINETIC_MV_NA * Math.exp((4 + soc) * x + 0.5 * x * x);
        expect<f64>(<f64>element(KINETIC, <f32>soc) / truth).toBeCloseTo(1, 5);
      }
    }
  });

  test("lies behind the OCV tables, however many there are", () => {
    new_node();
    set_three_temperatures();
    set_polarization();
    start_node();
    set_temperature(25);
    expect<f32>(element(OHMIC, 0.5)).toBeCloseTo(<f32>OHMIC_MV_NA, 8);
    expect<f32>(element(LEAD, 0.5)).toBeCloseTo(<f32>LEAD_S, 3);
  });

  test("that is no number in the profile is refused with its place", () => {
    set_table(4 * 6 + 13 + 7, <f32>NaN);
    expect<bool>(refused()).toBe(true);
  });
});

function refused(): bool {
  return (offer_node() & 255) != 0;
}

describe("the prompt drop", () => {
  beforeEach(() => {
    new_node();
    set_polarization();
    start_node();
    set_temperature(25);
  });

  test("is the sum of both resistances for small currents, and odd", () => {
    const expected = 1000 * (OHMIC_MV_NA + KINETIC_MV_NA);
    expect<f64>(<f64>prompt_mV(0.5, 1000)).toBeCloseTo(expected, 3);
    expect<f32>(prompt_mV(0.5, -1000)).toBe(-prompt_mV(0.5, 1000));
  });

  test("bends to a logarithm beyond kinetic_mV, which goes with T", () => {
    for (let degC: f64 = 0; degC <= 50; degC += 25) {
      set_temperature(<f32>degC);
      const bend_mV = (60 * (degC + 273.15)) / 298.15;
      const x = cold(degC);
      const kinetic = KINETIC_MV_NA * Math.exp(4.5 * x + 0.5 * x * x);
      for (let nA: f64 = 1e3; nA < 1e7; nA *= 3) {
        const truth = OHMIC_MV_NA * nA + bend_mV * Math.asinh((kinetic * nA) / bend_mV);
        expect<f64>(<f64>prompt_mV(0.5, <f32>nA) / truth).toBeCloseTo(1, 5);
      }
    }
  });
});

describe("the time constants", () => {
  test("grow in the cold", () => {
    new_node();
    node.temperature_count = 1;
    set_polarization();
    start_node();
    for (let degC: f64 = -10; degC <= 40; degC += 10) {
      set_temperature(<f32>degC);
      const slower = Math.exp(2 * cold(degC));
      expect<f64>(<f64>slow_settled(10)).toBeCloseTo(1 - Math.exp(-10 / (20 * slower)), 6);
      expect<f64>(<f64>lead_settled(100)).toBeCloseTo(1 - Math.exp(-100 / (140 * slower)), 6);
    }
  });
});
