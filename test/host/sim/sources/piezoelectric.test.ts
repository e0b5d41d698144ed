// A shaken piezo answers as its equation of motion says, in closed form against a simulation step
// by step and at the limits of frequency and coupling.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPart } from "../../../../boards/parts.js";
import { plain } from "../../../../boards/schema/quantity.js";
import {
  Piezoelectric,
  type PiezoelectricPhysics,
} from "../../../../host/sim/sources/piezoelectric.js";
import { projectPath } from "../../../../tools/build/paths.js";
import { close, near } from "../cell_fixture.js";

const { physics } = plain(readPart(projectPath("boards"), "harvester", "piezo-20nF"));
assert.equal(physics.kind, "piezoelectric");
const of: PiezoelectricPhysics = physics;

/** Amplitude of v after many periods of m x'' + c x' + k x + Theta v = -m a, v = Theta x / Cp. */
function simulated_V(acceleration_m_s2: number, frequency_Hz: number): number {
  const mass = of.mass_g / 1000;
  const k = mass * (2 * Math.PI * of.resonance_Hz) ** 2;
  const c = Math.sqrt(k * mass) / of.quality;
  const theta = of.coupling_mN_V / 1000;
  const lift = theta / (of.capacitance_nF * 1e-9);
  const per_s = 2 * Math.PI * frequency_Hz;
  const force = (t: number, x: number, u: number) =>
    (-mass * acceleration_m_s2 * Math.cos(per_s * t) - c * u - k * x - theta * lift * x) / mass;
  const steps = 400;
  const h = 1 / frequency_Hz / steps;
  let [x, u, most] = [0, 0, 0];
  const periods = 40 * Math.ceil(of.quality * Math.max(1, frequency_Hz / of.resonance_Hz));
  // classical Runge-Kutta
  for (let i = 0; i < periods * steps; i++) {
    const t = i * h;
    const [u1, a1] = [u, force(t, x, u)];
    const [u2, a2] = [u + (h * a1) / 2, force(t + h / 2, x + (h * u1) / 2, u + (h * a1) / 2)];
    const [u3, a3] = [u + (h * a2) / 2, force(t + h / 2, x + (h * u2) / 2, u + (h * a2) / 2)];
    const [u4, a4] = [u + h * a3, force(t + h, x + h * u3, u + h * a3)];
    x += (h * (u1 + 2 * u2 + 2 * u3 + u4)) / 6;
    u += (h * (a1 + 2 * a2 + 2 * a3 + a4)) / 6;
    if (i >= (periods - 1) * steps) most = Math.max(most, Math.abs(lift * x));
  }
  return most;
}

describe("a shaken piezo", () => {
  const source = new Piezoelectric(of);

  it("swings as its equation of motion does, below, at and above resonance", () => {
    for (const frequency_Hz of [50, 95, 100, 110, 200]) {
      const { open_V } = source.shakenBy(3, frequency_Hz);
      near(open_V, simulated_V(3, frequency_Hz), 1e-4, `${frequency_Hz} Hz, V`);
    }
  });

  it("meets its limits: a stiff spring below resonance, a free mass above, Q at it", () => {
    const { amplitude_m } = source.shakenBy(2, 0.001);
    const theta = of.coupling_mN_V / 1000;
    const spring_N_m = 1e-3 * (2 * Math.PI * 100) ** 2 + theta ** 2 / 20e-9;
    near(amplitude_m, (1e-3 * 2) / spring_N_m, 1e-9, "slowly, m");
    near(source.shakenBy(2, 1e5).amplitude_m, 2 / (2 * Math.PI * 1e5) ** 2, 2e-6, "fast, m");
    const loose = new Piezoelectric({ ...of, coupling_mN_V: 1e-6 });
    near(loose.shakenBy(2, 100).amplitude_m, (20 * 2) / (2 * Math.PI * 100) ** 2, 1e-9, "Q, m");
    assert.equal(source.shakenBy(0, 100).open_V, 0);
    near(source.shakenBy(4, 80).open_V, 2 * source.shakenBy(2, 80).open_V, 1e-12, "linear, V");
  });

  it("is weakly coupled in its example file, and says how weakly", () => {
    close(source.coupling_ratio, 0.1, 0.002, "coupling^2 Q / (k Cp)");
    // as its title says
    near(source.shakenBy(1, 100).open_V, 0.5, 0.02, "V");
  });

  it("drives a rectifier with that voltage", () => {
    const rectifier = source.rectified(8, 100);
    near(rectifier.open_V, source.shakenBy(8, 100).open_V, 1e-12, "V");
    const { power_W } = rectifier.bridge().maximum();
    const ideal_W = 20e-9 * 100 * rectifier.open_V ** 2;
    assert.ok(power_W > 0.7 * ideal_W && power_W < ideal_W, `${power_W} W of ${ideal_W}`);
  });

  it("must have numbers that make sense", () => {
    assert.throws(() => new Piezoelectric({ ...of, quality: 0 }), /Q 0.*all must be > 0/);
  });
});
