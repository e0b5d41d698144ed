// The fidelity bench measures what it says: its heat is that of closed forms, its experiments are
// the published ones, its names are those of the goals.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readScenario } from "../../boards/parts.js";
import { USUAL_GRID } from "../../host/sim/grid.js";
import { Cell } from "../../host/sim/cell.js";
import { projectPath } from "../../tools/build/paths.js";
import { fidelity } from "../../tools/bench/fidelity.js";
import { Heat } from "../../tools/bench/fidelity/heat.js";
import { heatDifference, liveAndFollow, worstImbalance } from "../../tools/bench/fidelity/month.js";
import {
  charged,
  shareAtTaper,
  CONVERGED_GRID,
  endCapacity_mAh_cm2,
  halved,
  MEASURED_MAH_CM2,
  publishedCell,
  randomDay_nA,
} from "../../tools/bench/fidelity/published_cell.js";
import { newCore } from "../host/core_fixture.js";
import { close, near } from "../host/sim/cell_fixture.js";

const HOUR_S = 3600;

describe("integrated heat", () => {
  const physics = { ...publishedCell(), self_discharge_per_year: 0 };

  it("of electrolyte and contacts is i^2 R t, and a third of it under a ramp", () => {
    const ohm = (326.2 + 18.3) / 3.36;
    const [even, ramp] = [new Heat(physics, 0.6), new Heat(physics, 0.6)];
    even.drive(1e5, 1e5, 600);
    ramp.drive(0, 1e5, 600);
    const wanted_pJ = 1e10 * ohm * 1e-6 * 600;
    near(even.lost.ohmic, wanted_pJ, 1e-9, "even, pJ");
    near(ramp.lost.ohmic, wanted_pJ / 3, 1e-3, "ramp, pJ");
  });

  it("of self-discharge is the EMF times its charge", () => {
    const heat = new Heat(publishedCell(), 0.5);
    heat.drive(0, 0, 24 * HOUR_S, { first_s: 1, growth: 2, longest_s: 600 });
    const cell = new Cell(publishedCell(), 0.5);
    const self_nC = (publishedCell().self_discharge_per_year / 365.25) * cell.capacity_nAh * HOUR_S;
    near(heat.lost.self_discharge, self_nC * cell.emf_mV(0.5), 1e-6, "pJ");
    assert.equal(heat.lost.ohmic, 0);
  });

  it("is the electrical energy less what is stored, over a cycle that ends where it began", () => {
    const heat = new Heat(physics, 0.5);
    const cell = new Cell(physics, 0.5);
    const start_pJ = cell.stored_pJ;
    for (const nA of [2e5, -2e5]) {
      for (let i = 0; i < 600; i++) cell.drive(nA, 3);
      heat.drive(nA, nA, 1800, { first_s: 0.01, growth: 1.1, longest_s: 1 });
    }
    near(heat.total_pJ, cell.port_pJ - (cell.stored_pJ - start_pJ), 3e-4, "pJ");
  });

  it("does not depend on how finely it is integrated", () => {
    const [coarse, fine] = [new Heat(physics, 0.5), new Heat(physics, 0.5)];
    for (const nA of randomDay_nA(4).slice(0, 120)) {
      coarse.drive(nA, nA, 60);
      fine.drive(nA, nA, 60, { first_s: 0.005, growth: 1.1, longest_s: 1 });
    }
    near(coarse.total_pJ, fine.total_pJ, 1e-4, "pJ");
  });
});

describe("the published cell", () => {
  it("is charged to 4.19 V, x = 0.51, where the paper begins its discharges", () => {
    const cell = charged(CONVERGED_GRID);
    close(cell.soc, 1, 0.003, "SOC");
    assert.ok(cell.end_nA <= 70000 && cell.end_nA > 65000, `${cell.end_nA} nA`);
  });

  it("comes within 1.5 % of what was measured up to 2C, and within 5 % beyond", () => {
    for (const [rate, measured] of MEASURED_MAH_CM2) {
      const most = rate <= 2 ? 0.015 : 0.05;
      near(endCapacity_mAh_cm2(rate, CONVERGED_GRID), measured, most, `${rate}C, mAh/cm2`);
    }
  });

  it("is full but for 2 % when its charging current falls to 0.1 mA", () => {
    // 97.9 % computed from the same parameters by another program; ST states more than 90 %
    close(shareAtTaper(CONVERGED_GRID), 0.979, 0.003, "share");
  });

  it("is judged on a grid that finer ones do not change", () => {
    const [one, other] = [CONVERGED_GRID, halved(CONVERGED_GRID)];
    for (const rate of [1, 6]) {
      near(endCapacity_mAh_cm2(rate, one), endCapacity_mAh_cm2(rate, other), 5e-4, `${rate}C`);
    }
    assert.equal(halved(USUAL_GRID).volumes, 2 * USUAL_GRID.volumes);
  });

  it("takes nothing on balance from a random day", () => {
    const day = randomDay_nA(1);
    assert.equal(day.length, 1440);
    close(
      day.reduce((sum, nA) => sum + nA, 0),
      0,
      1,
      "nA",
    );
  });
});

describe("energies of a run", () => {
  it("are followed stretch by stretch, and add up", async () => {
    const parts = readScenario(projectPath("boards"), "default-year");
    const month = liveAndFollow(await newCore(), parts, 72);
    const { stretches, run } = month;
    const length_s = stretches.reduce((sum, { dt_s }) => sum + dt_s, 0);
    close(length_s, 72 * HOUR_S, 1e-3, "s");
    const moved_nC = stretches.reduce((sum, { dt_s, start_nA, end_nA }) => {
      return sum + (dt_s * (start_nA + end_nA)) / 2;
    }, 0);
    near(moved_nC, run.node.cell.port_nC, 1e-6, "nC");
    assert.ok(worstImbalance(month) < 1e-9, `${worstImbalance(month)}`);
    assert.ok(Math.abs(heatDifference(month)) < 1e-3, `${heatDifference(month)}`);
  });

  it("do not add up, and are found not to, where a loss is forgotten", async () => {
    const parts = readScenario(projectPath("boards"), "default-year");
    const month = liveAndFollow(await newCore(), parts, 24);
    const { cell } = month.run.node;
    cell.lost.diffusion *= 0.9;
    assert.ok(worstImbalance(month) > 1e-6);
    assert.ok(Math.abs(heatDifference(month)) > 1e-3);
  });
});

describe("the fidelity bench", () => {
  it("has a measurement for every goal that is the cell's, under its name and unit", async () => {
    const goals = JSON.parse(readFileSync(projectPath("tools/bench/goals.json"), "utf8")) as Record<
      string,
      Record<string, { unit: string }>
    >;
    const measured = await fidelity(24);
    const wanted = Object.keys(goals.fidelity!).filter((name) => /^(r20|energy)_/.test(name));
    assert.equal(wanted.length, 9);
    for (const name of wanted) {
      const found = measured.find((each) => each.name === name);
      assert.equal(found?.unit, goals.fidelity![name]!.unit, name);
    }
    assert.equal(new Set(measured.map(({ name }) => name)).size, measured.length);
    for (const { name, value, of } of measured) {
      assert.ok(value !== null && Number.isFinite(value) && of !== "", name);
    }
  });
});
