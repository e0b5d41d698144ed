// Firmware chooses a source and its operating ratio; converters of their own add up; each source's
// open voltage can be seen; and every scenario of another source lives.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readScenario } from "../../../boards/parts.js";
import { plantOf } from "../../../boards/plant.js";
import { type Settings } from "../../../host/sim/supply.js";
import { projectPath } from "../../../tools/build/paths.js";
import { live } from "../../../tools/simulate/life.js";
import { newCore } from "../core_fixture.js";
import { near } from "./cell_fixture.js";
import { steady } from "./life_fixture.js";

const root = projectPath("boards");
const OPEN: Settings = { charge: true, limit_nA: Infinity, float_mV: 4100 };
const warm = {
  ...steady(500),
  drives: { difference_K: { step_s: 3600, values: Float32Array.of(15) } },
};

/** The two sources of a wrist's node at 500 lx and 15 K. */
function wrist() {
  const parts = readScenario(root, "pv-teg-month");
  parts.scenario.start_soc = 0.3;
  return plantOf(parts, warm, 1).node;
}

/** What the charger draws, in uW, under these settings. */
function drawn_uW(change: Partial<Settings>): number {
  const node = wrist();
  node.pass(600, { ...OPEN, ...change });
  return node.charger.now.drawn_uW;
}

describe("a charger with a switch between two sources", () => {
  it("draws from the one that is chosen, from the first where nobody chose, or from none", () => {
    const [none, panel, module] = [0, 1, 2].map((source) => drawn_uW({ source }));
    assert.equal(none, 0);
    assert.ok(panel! > 0 && module! > 0 && panel !== module);
    assert.equal(drawn_uW({}), panel);
  });

  it("shows the open voltage of each, chosen or not", () => {
    const node = wrist();
    node.pass(600, { ...OPEN, source: 1 });
    const [panel, module] = node.charger.inputs.map(({ now }) => now.open_mV);
    assert.ok(panel! > 2000, `${panel} mV`);
    near(module!, 4 * 16.8 * 15 * (113 / 243), 1e-3, "four modules, mV");
  });

  it("holds the ratio that is set, to the nearest that it has", () => {
    const at = (mpp_ratio: number) => drawn_uW({ source: 1, mpp_ratio });
    assert.ok(at(0.7) > at(0.5) && at(0.7) > at(0.85));
    assert.equal(at(0.72), at(0.7));
    // its contacts make a module best a little above a half of what a short sample sees
    const module = (mpp_ratio: number) => drawn_uW({ source: 2, mpp_ratio });
    assert.ok(module(0.5) > module(0.8) && module(0.5) > module(0.35));
  });
});

describe("a board whose files do not agree", () => {
  it("is refused in one line", () => {
    const parts = readScenario(root, "pv-teg-month");
    const refused = (change: (of: typeof parts) => void, why: RegExp) => {
      const copy = structuredClone(parts);
      change(copy);
      assert.throws(() => plantOf(copy, warm, 1), why);
    };
    refused(
      ({ board }) => board.profile.sources.reverse(),
      /sources\[0\]\.kind = thermo.* must be/,
    );
    refused(({ board }) => board.profile.actuators.push("charge_limit"), /without charge_limit/);
    refused(({ pmic }) => (pmic.physics.controls!.inputs!.value = 1), /2 sources share aem13920/);
  });
});

describe("a scenario of other sources", () => {
  for (const name of ["piezo-month", "teg-month", "rf-teg-month", "pv-teg-month"]) {
    it(`${name}: is fed for two days, and its books close`, async () => {
      const parts = readScenario(root, name);
      parts.scenario.hours = 48;
      const { run } = live(await newCore(), name, parts);
      const { ledger } = run.node;
      assert.ok(ledger.delivered_pJ > 0.5 * ledger.used_pJ, `${ledger.delivered_pJ} pJ`);
      for (const off_pJ of Object.values(ledger.imbalance_pJ)) {
        assert.ok(Math.abs(off_pJ) < 1e-9 * ledger.drawn_pJ, `${off_pJ} pJ`);
      }
    });
  }
});

describe("firmware that may set the ratio", () => {
  it("tries its neighbours while the cell takes all, and ends at a better one", async () => {
    const parts = readScenario(root, "pv-teg-month");
    parts.scenario.start_soc = 0.2;
    parts.scenario.hours = 12;
    // the worst ratio that the board knows
    parts.board.profile.sources[0]!.mpp_ratio.value = 0.35;
    const core = await newCore();
    live(core, "pv-teg-month", parts, { environment: steady(300) });
    const ratio = core.areas.decision.get("mpp_ratio");
    assert.ok(ratio >= 0.65 && ratio <= 0.85, `${ratio}`);
  });
});
