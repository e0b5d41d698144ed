// A string of panels under the shadows of its site: each panel in its own light, the best of all
// power points found, shadows that come and go by the clock, and a node that lives on it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readPart, readScenario } from "../../../boards/parts.js";
import { plantOf } from "../../../boards/plant.js";
import { plain } from "../../../boards/schema/quantity.js";
import { shaded } from "../../../host/sim/environment/shade.js";
import { Input } from "../../../host/sim/input.js";
import { harvestPoint } from "../../../host/sim/operating_point.js";
import { type PmicPhysics } from "../../../host/sim/pmic.js";
import { BypassedString } from "../../../host/sim/sources/bypassed_string.js";
import { Photovoltaic, type PhotovoltaicPhysics } from "../../../host/sim/sources/photovoltaic.js";
import { NOTHING } from "../../../host/sim/sources/source.js";
import { Surroundings } from "../../../host/sim/surroundings.js";
import { projectPath } from "../../../tools/build/paths.js";
import { live } from "../../../tools/simulate/life.js";
import { newCore } from "../core_fixture.js";
import { near } from "./cell_fixture.js";
import { steady } from "./life_fixture.js";

const root = projectPath("boards");
const NAME = "shaded-string-month";
const physics = plain(readPart(root, "harvester", "exl2-1v50-bypass")).physics;
const panels = physics as PhotovoltaicPhysics;
const { bypass: _, ...bare } = panels;
const bq25570: PmicPhysics = plain(readPart(root, "pmic", "bq25570")).physics;
const tracking: PmicPhysics = { ...bq25570, mppt: { ...bq25570.mppt, kind: "track" } };

const SERIES = 3;
const AREA = 0.05;
const string = new Photovoltaic(panels, AREA, SERIES);
const one = new Photovoltaic(panels, AREA, 1);
const under = (lux: number, shares: readonly number[]) => ({ ...NOTHING, lux, shares });

/** The most of a fine grid of voltages. */
function searched_W(of: Photovoltaic, lux: number, shares: readonly number[]): number {
  const curve = of.curveAt(under(lux, shares));
  let best_W = 0;
  for (let i = 1; i < 600; i++) {
    const voltage_V = (curve.open_V * i) / 600;
    best_W = Math.max(best_W, voltage_V * curve.currentAt(voltage_V));
  }
  return best_W;
}

describe("panels in series under a light that is not even", () => {
  it("are each in their own light, with a diode across each group", () => {
    const shares = [1, 0.2, 0.7];
    const made = string.curveAt(under(8000, shares));
    const cells = shares.map((share) => [one.diodeAt(8000 * share, 25)]);
    const wanted = new BypassedString(cells, panels.bypass!.drop_mV / 1000);
    for (const voltage_V of [0.5, 2, 3, 3.6]) {
      assert.equal(made.currentAt(voltage_V), wanted.currentAt(voltage_V), `${voltage_V} V`);
    }
    const pairs = new Photovoltaic(
      { ...panels, bypass: { panels: 2, drop_mV: 300 } },
      AREA,
      SERIES,
    );
    const grouped = new BypassedString([cells.slice(0, 2).flat(), cells[2]!], 0.3);
    assert.equal(pairs.curveAt(under(8000, shares)).open_V, grouped.open_V);
    assert.equal(pairs.curveAt(under(8000, shares)).currentAt(1), grouped.currentAt(1));
  });

  it("are one larger panel where shadows are alike, and beyond the list in full light", () => {
    const alike = string.curveAt(under(8000, [0.3, 0.3, 0.3]));
    assert.equal(alike.maximum().power_W, string.diodeAt(2400, 25).maximum().power_W);
    const first = string.curveAt(under(8000, [0.3]));
    const same = string.curveAt(under(8000, [0.3, 1, 1]));
    assert.equal(first.maximum().power_W, same.maximum().power_W);
    assert.ok(first.maximum().power_W < string.diodeAt(8000, 25).maximum().power_W);
  });

  it("have several tops of power, of which the best is found", () => {
    const tops = string.curveAt(under(8000, [1, 0.15, 0.5])) as BypassedString;
    assert.equal(tops.maxima().length, 3);
    const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0.01, max: 1, noNaN: true }));
    const lights = fc.array(share, { minLength: SERIES, maxLength: SERIES });
    fc.assert(
      fc.property(lights, fc.double({ min: 20, max: 20000, noNaN: true }), (shares, lux) => {
        for (const of of [string, new Photovoltaic(bare, AREA, SERIES)]) {
          const { power_W, voltage_V } = of.curveAt(under(lux, shares)).maximum();
          const found_W = searched_W(of, lux, shares);
          assert.ok(power_W >= found_W * (1 - 1e-9), `${power_W} < ${found_W} W at ${voltage_V} V`);
          assert.ok(power_W <= found_W * 1.01, `${power_W} > ${found_W} W at ${voltage_V} V`);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("lose most without diodes, and with a converter that holds a share of Voc", () => {
    const shadow = under(8000, [0.2]);
    const most = harvestPoint(string.curveAt(shadow), tracking, 3800);
    near(most.drawn_uW / (1 - 256 / 16000), most.available_uW, 0.02, "the best, uW");
    const held = harvestPoint(string.curveAt(shadow), bq25570, 3800);
    assert.equal(held.available_uW, most.available_uW);
    assert.ok(held.drawn_uW < 0.5 * most.drawn_uW, `${held.drawn_uW} of ${most.drawn_uW} uW`);
    const alone = new Photovoltaic(bare, AREA, SERIES).curveAt(shadow).maximum();
    assert.ok(1e6 * alone.power_W < 0.6 * most.available_uW);
  });

  it("come out of a table within a percent", () => {
    const range = { temperature_min_degC: 10, temperature_max_degC: 30, temperature_step_K: 10 };
    const input = new Input(string, tracking, range);
    const patterns = [[0.2], [1, 0.5], []];
    for (const shares of [...patterns, ...patterns]) {
      for (let lux = 300; lux < 18000; lux *= 1.37) {
        const drives = { ...under(lux, shares), temperature_degC: 17 };
        input.follow(drives, 3800);
        const { available_uW, delivered_uW } = harvestPoint(string.curveAt(drives), tracking, 3800);
        near(input.now.available_uW, available_uW, 0.005, `${lux} lx on ${shares.join()}, uW`);
        near(input.now.delivered_uW, delivered_uW, 0.01, `${lux} lx on ${shares.join()}, uW`);
      }
    }
  });
});

describe("shadows of a site", () => {
  const shade = {
    step_s: 600,
    panels: [
      [1, 0.2, 1, 1],
      [1, 1, 1, 0.5],
    ],
  };

  it("come and go by the clock, and again from the beginning", () => {
    const around = new Surroundings(shaded(steady(5000), shade, "x"));
    const at = (time_s: number) => {
      around.follow(time_s);
      return around.now.shares;
    };
    assert.deepEqual(at(0), [1, 1]);
    assert.deepEqual(around.next.shares, [0.2, 1]);
    assert.equal(around.constant_until_s, 600);
    assert.deepEqual(at(601), [0.2, 1]);
    assert.deepEqual(at(1200), [1, 1]);
    assert.deepEqual(at(2399), [1, 0.5]);
    assert.deepEqual(at(3000), [0.2, 1]);
    around.goOn();
    assert.deepEqual(around.now.shares, [1, 1]);
  });

  it("are refused in one line where panels have not the same steps", () => {
    const parts = readScenario(root, NAME);
    parts.site.shade!.panels[2]!.value.pop();
    const message = "conservatory-45N: shade.panels[2] of 47 steps must have 48, as the first has";
    assert.throws(() => shaded(steady(0), plain(parts.site).shade!, parts.scenario.site), {
      name: "RangeError",
      message,
    });
  });

  it("fall on the panels of a node, whose books close", async () => {
    const day = async (mppt: "fraction" | "track", shadows = true) => {
      const parts = readScenario(root, NAME);
      parts.scenario.hours = 48;
      parts.pmic.physics.mppt.kind = mppt;
      if (!shadows) delete parts.site.shade;
      const { node } = live(await newCore(), NAME, parts).run;
      for (const off_pJ of Object.values(node.ledger.imbalance_pJ)) {
        assert.ok(Math.abs(off_pJ) < 1e-9 * node.ledger.drawn_pJ, `${off_pJ} pJ`);
      }
      return node.ledger;
    };
    const [held, found, free] = [
      await day("fraction"),
      await day("track"),
      await day("track", false),
    ];
    near(held.available_pJ, found.available_pJ, 1e-12, "at the best point, pJ");
    assert.ok(found.available_pJ < 0.9 * free.available_pJ);
    assert.ok(held.offered_pJ < 0.85 * found.offered_pJ);
    assert.ok(plantOf(readScenario(root, NAME), steady(9000), 1).node.charger.delivered_uW > 0);
  });
});
