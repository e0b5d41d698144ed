// The diffusion states against the closed solution of ds/dt = -(p / tau) (s - w tau dz/dt).

import { advance_diffusion, surface_lead } from "../../../assembly/cell/diffusion";
import { new_node, start_node } from "../node_under_test";

const TAU_S: f32 = 2000;
/** The two states, and two that must stay as they are. */
const PLACE: usize = memory.data(16, 4);

function advance(soc_change: f32, dt_s: f32): void {
  advance_diffusion(PLACE, soc_change, dt_s, 1 / dt_s, TAU_S);
}

function first(): f32 {
  return load<f32>(PLACE);
}

function second(): f32 {
  return load<f32>(PLACE, 4);
}

function lead(): f32 {
  return surface_lead(PLACE);
}

function clear(): void {
  memory.fill(PLACE, 0, 16);
}

/** State of pole p and weight w after dt_s at a constant rate, from nothing. */
function truth(p: f64, w: f64, rate: f64, dt_s: f64): f64 {
  return w * TAU_S * rate * (1 - Math.exp((-p * dt_s) / TAU_S));
}

describe("diffusion", () => {
  beforeEach(() => {
    new_node();
    start_node();
    clear();
  });

  test("follows the closed solution at a constant rate, whatever the step", () => {
    const rate: f64 = 2e-5;
    for (let steps = 1; steps <= 1024; steps *= 4) {
      clear();
      const dt_s: f32 = <f32>256 / <f32>steps;
      for (let i = 0; i < steps; i++) advance(<f32>(rate * dt_s), dt_s);
      expect<f32>(first()).toBeCloseTo(<f32>truth(10, 0.2, rate, 256), 6);
      expect<f32>(second()).toBeCloseTo(<f32>truth(95, 0.125, rate, 256), 6);
    }
  });

  test("settles where the surface runs ahead by g (w1 + w2) tau dz/dt", () => {
    advance(0.1, 100000);
    expect<f32>(lead()).toBeCloseTo(<f32>(0.7 * 0.325 * 2000 * 1e-6), 6);
  });

  test("is forgotten after a long rest", () => {
    advance(0.2, 3600);
    expect<f32>(lead()).toBeGreaterThan(0.02);
    advance(0, 86400);
    expect<f32>(lead()).toBe(0);
  });

  test("lags behind when the current turns", () => {
    advance(0.2, 3600);
    advance(-0.0001, 1);
    expect<f32>(lead()).toBeGreaterThan(0);
    advance(-0.2, 3600);
    expect<f32>(lead()).toBeLessThan(0);
  });

  test("is advanced where it lies, and nothing beside it", () => {
    advance(0.1, 100);
    expect<u64>(load<u64>(PLACE, 8)).toBe(0);
  });

  test("stays within two whole charges and forgets what is no number", () => {
    advance(1e9, 0.001);
    expect<f32>(first()).toBe(2);
    advance(-1e9, 0.001);
    expect<f32>(second()).toBe(-2);
    store<f32>(PLACE, f32.NaN);
    advance(0, 1);
    expect<f32>(first()).toBe(0);
  });
});
