// The OCV curve: through its nodes, rising, smooth, with a slope that belongs to it, at any
// temperature, inside the tables and beyond.

import {
  approach_ocv,
  dudt_mV_K,
  evaluate_ocv,
  ocv_mV,
  ocv_slope_mV,
  resistance_factor,
  soc_at_rest,
  soc_near_rest,
  tau_at,
  tau_s,
} from "../../../assembly/cell/ocv";
import {
  DUDT_MV_K,
  FACTOR,
  OCV_MV,
  SOC,
  SOC_COUNT,
  new_node,
  set_three_temperatures,
  start_node,
} from "../node_under_test";

/** SOC from -0.1 to 1.1 in steps of 1e-4. */
const STEPS: i32 = 12000;

function soc_of_step(i: i32): f32 {
  return <f32>(-0.1 + 0.0001 * <f64>i);
}

function ocv_at(soc: f32, temperature_degC: f32): f32 {
  evaluate_ocv(soc, temperature_degC);
  return ocv_mV;
}

/** How often the curve falls from -0.1 to 1.1. */
function falls(temperature_degC: f32): i32 {
  let count = 0;
  let before = ocv_at(soc_of_step(0), temperature_degC);
  for (let i = 1; i <= STEPS; i++) {
    const now = ocv_at(soc_of_step(i), temperature_degC);
    if (now < before) count++;
    before = now;
  }
  return count;
}

/** A node of the tables lies within 1e-3 of this SOC: there the curvature jumps. */
function near_node(soc: f32): bool {
  for (let i = 0; i < SOC_COUNT; i++) if (Mathf.abs(SOC[i] - soc) <= 0.0011) return true;
  return false;
}

/** Largest difference of the slope and the rise over 2e-3 of SOC, relative to 100 mV and itself. */
function slope_error(temperature_degC: f32): f64 {
  let worst: f64 = 0;
  for (let i = 10; i <= STEPS - 10; i += 7) {
    if (near_node(soc_of_step(i))) continue;
    const right = <f64>ocv_at(soc_of_step(i + 10), temperature_degC);
    const left = <f64>ocv_at(soc_of_step(i - 10), temperature_degC);
    const width = <f64>soc_of_step(i + 10) - <f64>soc_of_step(i - 10);
    evaluate_ocv(soc_of_step(i), temperature_degC);
    const slope = <f64>ocv_slope_mV;
    worst = max(worst, Math.abs((right - left) / width - slope) / (100 + Math.abs(slope)));
  }
  return worst;
}

/** Slope just left of a node over the one just right of it. */
function slope_ratio(soc: f32): f32 {
  evaluate_ocv(soc - <f32>1e-6, 25);
  const left = ocv_slope_mV;
  evaluate_ocv(soc + <f32>1e-6, 25);
  return left / ocv_slope_mV;
}

describe("the OCV of one table", () => {
  beforeEach(() => {
    new_node();
    start_node();
  });

  test("goes through every node exactly, companions too", () => {
    for (let i = 0; i < SOC_COUNT; i++) {
      expect<f32>(ocv_at(SOC[i], 25)).toBe(OCV_MV[i]);
      expect<f32>(resistance_factor).toBe(FACTOR[i]);
      expect<f32>(dudt_mV_K).toBe(DUDT_MV_K[i]);
    }
  });

  test("never falls from -0.1 to 1.1", () => {
    expect<i32>(falls(25)).toBe(0);
    expect<i32>(falls(-40)).toBe(0);
  });

  test("does not jump at its nodes or ends", () => {
    for (let i = 0; i < SOC_COUNT; i++) {
      const here = ocv_at(SOC[i], 25);
      expect<f32>(Mathf.abs(ocv_at(SOC[i] + 1e-6, 25) - here)).toBeLessThan(0.05);
      expect<f32>(Mathf.abs(ocv_at(SOC[i] - 1e-6, 25) - here)).toBeLessThan(0.05);
    }
  });

  test("has the slope that its values show", () => {
    expect<f64>(slope_error(25)).toBeLessThan(0.005);
    for (let i = 0; i < SOC_COUNT; i++) expect<f32>(slope_ratio(SOC[i])).toBeCloseTo(1, 3);
  });

  test("goes on straight beyond empty and full", () => {
    evaluate_ocv(1, 25);
    const slope = ocv_slope_mV;
    expect<f32>(ocv_at(1.1, 25)).toBeCloseTo(4180 + <f32>0.1 * slope, 2);
    expect<f32>(ocv_slope_mV).toBe(slope);
    evaluate_ocv(0, 25);
    const steep = ocv_slope_mV;
    expect<f32>(ocv_at(-0.1, 25)).toBeCloseTo(3000 - <f32>0.1 * steep, 1);
  });

  test("moves by dU/dT per K", () => {
    expect<f32>(ocv_at(0.4, 15)).toBeCloseTo(3905, 3);
    expect<f32>(ocv_at(0.7, 45)).toBeCloseTo(3984, 3);
  });
});

describe("the OCV of three tables", () => {
  beforeEach(() => {
    new_node();
    set_three_temperatures();
    start_node();
  });

  test("goes through the nodes of each table exactly", () => {
    for (let i = 0; i < SOC_COUNT; i++) {
      expect<f32>(ocv_at(SOC[i], 25)).toBe(OCV_MV[i]);
      expect<f32>(ocv_at(SOC[i], -10)).toBe(OCV_MV[i] - 35 * DUDT_MV_K[i]);
      expect<f32>(ocv_at(SOC[i], 50)).toBe(OCV_MV[i] + 25 * DUDT_MV_K[i]);
    }
  });

  test("is the mean of two tables half-way between their temperatures", () => {
    const cold = ocv_at(0.55, -10);
    const warm = ocv_at(0.55, 25);
    expect<f32>(ocv_at(0.55, 7.5)).toBeCloseTo((cold + warm) / 2, 2);
  });

  test("goes on with dU/dT beyond the coldest and the hottest table", () => {
    expect<f32>(ocv_at(0.4, -30)).toBeCloseTo(3900 + 35 * 0.5 + 20 * 0.5, 2);
    expect<f32>(ocv_at(0.4, 60)).toBeCloseTo(3900 - 25 * 0.5 - 10 * 0.5, 2);
  });

  test("never falls, and has the slope that its values show, between the tables too", () => {
    expect<i32>(falls(10)).toBe(0);
    expect<i32>(falls(40)).toBe(0);
    expect<i32>(falls(-30)).toBe(0);
    expect<f64>(slope_error(10)).toBeLessThan(0.005);
  });
});

describe("a close-by OCV", () => {
  test("is off the curve by less than half a millivolt, near and far", () => {
    new_node();
    start_node();
    let worst: f32 = 0;
    for (let i = 0; i < 500; i++) {
      const soc = <f32>0.002 * <f32>i;
      for (let k = -8; k <= 8; k++) {
        const other = soc + <f32>0.001 * <f32>k;
        const truth = ocv_at(other, 25);
        evaluate_ocv(soc, 25);
        approach_ocv(other, 25);
        worst = max(worst, Mathf.abs(ocv_mV - truth));
      }
    }
    expect<f32>(worst).toBeLessThan(0.5);
  });
});

describe("soc_at_rest", () => {
  test("is the inverse of the OCV, and ends at empty and full", () => {
    new_node();
    set_three_temperatures();
    start_node();
    for (let i = 1; i < 100; i++) {
      const soc = <f32>0.01 * <f32>i;
      expect<f32>(soc_at_rest(ocv_at(soc, 12), 12)).toBeCloseTo(soc, 4);
    }
    expect<f32>(soc_at_rest(1000, 25)).toBeLessThan(1e-6);
    expect<f32>(soc_at_rest(6000, 25)).toBeGreaterThan(0.999999);
  });
});

describe("the SOC that rests at a voltage, looked for nearby", () => {
  beforeEach(() => {
    new_node();
    start_node();
  });

  test("is the inverse of the OCV, from any start and within the ends", () => {
    for (let mV: f32 = 3000; mV <= 4180; mV += 7) {
      const truth = soc_at_rest(mV, 20);
      for (let from: f32 = -0.2; from < 1.3; from += 0.3) {
        const found = soc_near_rest(mV, 20, from);
        evaluate_ocv(found, 20);
        assert(Mathf.abs(ocv_mV - mV) < 0.06, `${ocv_mV} mV for ${mV} from ${from}`);
        assert(Mathf.abs(found - truth) < 0.002, `${found}, not ${truth}`);
      }
    }
  });

  test("is an end for a voltage beyond, and for one that is no number", () => {
    expect<f32>(soc_near_rest(9000, 25, 0.5)).toBeCloseTo(1.06, 4);
    expect<f32>(soc_near_rest(0, 25, 0.5)).toBeCloseTo(-0.05, 4);
    const none = soc_near_rest(f32.NaN, 25, 0.5);
    assert(none >= -0.0501 && none <= 1.0601, "inside");
    const lost = soc_near_rest(3900, 25, f32.NaN);
    expect<f32>(lost).toBeCloseTo(soc_at_rest(3900, 25), 3);
  });
});

describe("the time constant alone", () => {
  test("is what the whole evaluation gives, and held beyond the ends", () => {
    new_node();
    start_node();
    for (let soc: f32 = -0.2; soc < 1.2; soc += 0.013) {
      const alone = tau_at(soc);
      evaluate_ocv(soc, 25);
      expect<f32>(alone).toBe(tau_s);
    }
    expect<f32>(tau_at(-1)).toBe(4000);
    expect<f32>(tau_at(2)).toBe(1500);
  });
});
