// Rectifiers behind a piezo give what an independent circuit simulator and a count of charge give,
// and have their best points where theory has them.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { PiezoRectifier } from "../../../../host/sim/sources/piezo_rectifier.js";
import { THERMAL_V_K } from "../../../../host/sim/sources/photovoltaic.js";
import { isInstalled } from "../../../../tools/build/images.js";
import { buildPath } from "../../../../tools/build/paths.js";
import { near } from "../cell_fixture.js";

const NGSPICE = "ngspice";
const HOW = `needs ${NGSPICE}: apt-get install ${NGSPICE}`;

const OPEN_V = 4;
const FREQUENCY_HZ = 100;
const CAPACITANCE_F = 20e-9;
const RAILS_V = [0.5, 1, 1.5, 2, 2.5, 3, 3.5];

/** A small Schottky diode of low leakage, one of high leakage, and one of silicon. */
const DIODES = {
  schottky: { saturation_nA: 3, ideality: 1.02 },
  leaky: { saturation_nA: 1000, ideality: 1.05 },
  silicon: { saturation_nA: 2.5, ideality: 1.75 },
};
type DiodeName = keyof typeof DIODES;

const rectifierOf = (name: DiodeName) =>
  new PiezoRectifier(OPEN_V, FREQUENCY_HZ, CAPACITANCE_F, DIODES[name]);

/** With diodes of next to no drop and no leak: the textbook's rectifiers. */
const ideal = new PiezoRectifier(OPEN_V, FREQUENCY_HZ, CAPACITANCE_F, {
  saturation_nA: 1e-12,
  ideality: 1e-9,
});

/** One bridge for each rail, all in one circuit; the mean current into each rail is measured. */
function netlist(name: DiodeName): string {
  const { saturation_nA, ideality } = DIODES[name];
  const peak_A = CAPACITANCE_F * 2 * Math.PI * FREQUENCY_HZ * OPEN_V;
  const bridges = RAILS_V.flatMap((rail_V, i) => [
    `I${i} b${i} a${i} SIN(0 ${peak_A} ${FREQUENCY_HZ})`,
    `C${i} a${i} b${i} ${CAPACITANCE_F}`,
    // the solver wants a way to ground
    `R${i}a a${i} 0 1e12`,
    `R${i}b b${i} 0 1e12`,
    `D${i}a a${i} p${i} bridge`,
    `D${i}b b${i} p${i} bridge`,
    `D${i}c 0 a${i} bridge`,
    `D${i}d 0 b${i} bridge`,
    `V${i} p${i} 0 ${rail_V}`,
    `.meas tran mean${i} avg i(V${i}) from=0.1 to=0.2`,
  ]);
  return [
    "full bridges behind a piezo",
    `.model bridge D(IS=${saturation_nA * 1e-9} N=${ideality} RS=1)`,
    ".options method=gear reltol=1e-4 abstol=1e-12",
    ...bridges,
    ".tran 5u 0.2 0 5u",
    ".end",
    "",
  ].join("\n");
}

/** Mean currents into the rails, A. */
function simulated_A(name: DiodeName): number[] {
  mkdirSync(buildPath("ngspice"), { recursive: true });
  const path = buildPath(`ngspice/bridge_${name}.cir`);
  writeFileSync(path, netlist(name));
  const output = execFileSync(NGSPICE, ["-b", path], { encoding: "utf8", stdio: "pipe" });
  return RAILS_V.map((_, i) => {
    const [, value] = new RegExp(`^mean${i}\\s*=\\s*(\\S+)`, "m").exec(output) ?? [];
    assert.ok(value !== undefined, output);
    return Number(value);
  });
}

describe("a full bridge behind a piezo", () => {
  for (const name of Object.keys(DIODES) as DiodeName[]) {
    it(`agrees with ngspice: diodes of ${name}`, (t) => {
      if (!isInstalled(NGSPICE)) {
        assert.notEqual(process.env.CI, "true", HOW);
        return t.skip(HOW);
      }
      const rectifier = rectifierOf(name);
      const bridge = rectifier.bridge();
      simulated_A(name).forEach((current_A, i) => {
        const rail_V = RAILS_V[i]!;
        // where diodes conduct only in their tail, the model says: nothing
        const last = rail_V > OPEN_V - rectifier.drop_V;
        if (last) assert.ok(current_A < 0.005 * simulatedMost_A && bridge.currentAt(rail_V) === 0);
        else near(bridge.currentAt(rail_V), current_A, 0.002, `${rail_V} V, A`);
      });
    });
  }

  const simulatedMost_A = 4 * CAPACITANCE_F * FREQUENCY_HZ * OPEN_V;

  it("gives Cp f Voc^2 at half of Voc with ideal diodes", () => {
    const best = ideal.bridge().maximum();
    near(best.power_W, CAPACITANCE_F * FREQUENCY_HZ * OPEN_V ** 2, 1e-6, "W");
    near(best.voltage_V, OPEN_V / 2, 1e-6, "V");
    // the figure of an ngspice run with nearly ideal diodes: 15.73 uA at 2 V, 16.00 without drop
    near(ideal.bridge().currentAt(2), 16e-6, 1e-6, "A");
  });

  it("takes nothing back from a rail above what it reaches, nor gives without motion", () => {
    assert.equal(rectifierOf("schottky").bridge().currentAt(5), 0);
    const still = new PiezoRectifier(0, FREQUENCY_HZ, CAPACITANCE_F, DIODES.schottky);
    assert.equal(still.bridge().currentAt(0), 0);
    assert.equal(still.bridge().maximum().power_W, 0);
    assert.equal(still.peaks.peak_V, 0);
  });
});

/**
 * Mean current of P-SSHI by following Cp's voltage v through half periods, in each of which the
 * source's current is positive: Cp v' = i - Is (exp((v - V) / a) - exp((-v - V) / a)), by implicit
 * steps. The coil turns v to -eta v, which in the next half period is eta v.
 */
function followed_A(rail_V: number, flip: number, name: DiodeName): number {
  const { saturation_nA, ideality } = DIODES[name];
  const saturation_A = saturation_nA * 1e-9;
  const pair_V = 2 * ideality * THERMAL_V_K * 300.15;
  const peak_A = CAPACITANCE_F * 2 * Math.PI * FREQUENCY_HZ * OPEN_V;
  const steps = 4000;
  const step_S = CAPACITANCE_F * 2 * FREQUENCY_HZ * steps;
  let voltage_V = 0;
  let mean_A = 0;
  for (let half = 0; half < 12; half++) {
    mean_A = 0;
    for (let i = 1; i <= steps; i++) {
      const inflow_A = peak_A * Math.sin((Math.PI * i) / steps) + step_S * voltage_V;
      let [forward_A, reverse_A] = [0, 0];
      for (let change_V = 1, trial = 0; Math.abs(change_V) > 1e-12 && trial < 100; trial++) {
        forward_A = saturation_A * Math.exp(Math.min(60, (voltage_V - rail_V) / pair_V));
        reverse_A = saturation_A * Math.exp(Math.min(60, (-voltage_V - rail_V) / pair_V));
        const excess_A = step_S * voltage_V - inflow_A + forward_A - reverse_A;
        change_V = excess_A / (step_S + (forward_A + reverse_A) / pair_V);
        voltage_V -= change_V;
      }
      mean_A += (forward_A + reverse_A - 2 * saturation_A) / steps;
    }
    voltage_V *= flip;
  }
  return mean_A;
}

describe("the switched rectifiers", () => {
  it("P-SSHI: gives what follows from Cp's voltage, step by step", () => {
    for (const name of Object.keys(DIODES) as DiodeName[]) {
      for (const flip of [0, 0.5, 0.8]) {
        const source = rectifierOf(name).parallelSwitch(flip);
        for (const rail_V of [1, 3, 5]) {
          const wanted_A = followed_A(rail_V, flip, name);
          near(source.currentAt(rail_V), wanted_A, 1e-3, `${name}, ${flip}, ${rail_V} V, A`);
        }
      }
    }
  });

  it("P-SSHI: is best at Voc / (1 - eta), with 2 Cp f Voc^2 / (1 - eta)", () => {
    for (const flip of [0, 0.3, 0.7, 0.9]) {
      const best = ideal.parallelSwitch(flip).maximum();
      near(best.voltage_V, OPEN_V / (1 - flip), 1e-6, "V");
      near(best.power_W, (2 * CAPACITANCE_F * FREQUENCY_HZ * OPEN_V ** 2) / (1 - flip), 1e-6, "W");
    }
  });

  it("SECE: finds four times the best of a bridge in Cp, emptied at each peak of 2 Voc", () => {
    const { power_W } = ideal.bridge().maximum();
    const { peak_V, emptied_S } = ideal.peaks;
    assert.equal(peak_V, 2 * OPEN_V);
    near((emptied_S * peak_V * peak_V) / 2, 4 * power_W, 1e-6, "W");
    assert.equal(ideal.parallelSwitch(0.5).peaks, undefined);
  });

  it("must have numbers that make sense", () => {
    assert.throws(() => ideal.parallelSwitch(1), /gives back 1 of the voltage; must be 0/);
    assert.throws(() => new PiezoRectifier(4, 0, 1e-9, DIODES.leaky), /0 Hz.*must be > 0/);
  });
});
