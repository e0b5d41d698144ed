// Every cell on every board with every load resolves to a profile that the core accepts, and only
// the profile halves of the files reach it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { listParts, readPart, readScenario, type Parts } from "../../boards/parts.js";
import { pulseOfCell, resolveProfile } from "../../boards/resolve.js";
import { Actuators, Status, Values } from "../../host/core/abi.js";
import { compileProfile } from "../../host/core/profile.js";
import { projectPath } from "../../tools/build/paths.js";
import { newCore } from "../host/core_fixture.js";

const root = projectPath("boards");
const base = (): Parts => readScenario(root, "default-year");

describe("a resolved scenario", () => {
  it("is accepted by the core, for every combination of parts", async () => {
    const core = await newCore();
    for (const cell of listParts(root, "cell")) {
      for (const board of listParts(root, "board")) {
        for (const load of listParts(root, "load")) {
          const parts = {
            ...base(),
            cell: readPart(root, "cell", cell),
            board: readPart(root, "board", board),
            load: readPart(root, "load", load),
          };
          const status = core.loadProfile(compileProfile(resolveProfile(parts)));
          assert.equal(status, Status.ok, `${cell}, ${board}: ${core.statusText(status)}`);
        }
      }
    }
  });

  it("knows nothing of the plant: the physics halves do not change it", () => {
    const parts = base();
    const before = JSON.stringify(resolveProfile(parts));
    parts.cell.physics.electrolyte_ohm_cm2.value *= 3;
    parts.cell.physics.emf.voltage_mV.value[3]! += 50;
    parts.board.physics.sensors.adc_gain_sigma.value = 0.1;
    parts.board.physics.supply.sleep_nA.value = 9000;
    parts.pmic.physics.float.sigma.value = 0.1;
    parts.scenario.specimen = { leak_nA: 1000 };
    parts.scenario.start_soc = 0.1;
    assert.equal(JSON.stringify(resolveProfile(parts)), before);
  });

  it("lets a counter's scale walk as the cell's capacity does, a book's as its board says", () => {
    const parts = base();
    const booked = parts.board.profile.load_walk.value;
    const fades = parts.cell.profile.capacity_walk!.value;
    assert.equal(resolveProfile(parts).load_walk, booked);
    parts.board.profile.observables.push("charge");
    assert.equal(resolveProfile(parts).load_walk, fades);
    delete parts.cell.profile.capacity_walk;
    assert.equal(resolveProfile(parts).load_walk, booked);
  });

  it("walks in a year as far as the catalogue's fade, with a full cycle a day", () => {
    for (const name of listParts(root, "cell")) {
      const { profile, physics } = readPart(root, "cell", name);
      const { per_cycle, per_year } = physics.ageing;
      const walked = profile.capacity_walk!.value * Math.sqrt(365);
      const faded = 365 * per_cycle.value + per_year.value;
      assert.ok(Math.abs(walked / faded - 1) < 0.05, `${name}: ${walked}, fades by ${faded}`);
    }
  });

  it("lets the resistance walk in a year at least as far as it grows by that fade", () => {
    for (const name of listParts(root, "cell")) {
      const { profile, physics } = readPart(root, "cell", name);
      const { resistance_walk, capacity_walk } = profile;
      const grows = physics.ageing.interface_growth.value * capacity_walk!.value;
      const ratio = resistance_walk.value / grows;
      assert.ok(ratio > 0.95, `${name}: ${resistance_walk.value}, grows by ${grows}`);
      if (resistance_walk.tag === "C") assert.ok(ratio < 1.05, `${name}: ${ratio} times that`);
    }
  });

  it("turns names into bits", () => {
    const parts = base();
    parts.board.profile.observables = ["voltage", "charge", "current"];
    const counted = Values.voltage | Values.charge | Values.current;
    assert.equal(resolveProfile(parts).observables, counted);
    parts.board.profile.observables = ["voltage", "source"];
    parts.board.profile.actuators = ["float", "pause"];
    const [source] = parts.board.profile.sources;
    parts.board.profile.sources = [source!, { ...source!, kind: "thermoelectric" }];
    const profile = resolveProfile(parts);
    assert.equal(profile.observables, Values.voltage | Values.source | (Values.source << 1));
    assert.equal(profile.actuators, Actuators.float | Actuators.pause);
    assert.deepEqual(profile.source_kind, [1, 3, 0, 0]);
    assert.equal(profile.storage_kind, 1);
  });

  it("gives the core the pulse that the cell sees, not the radio's", () => {
    const event = {
      ...{ name: "advert", utility: 1, saturation_per_h: 20, wanted_per_h: 60 },
      ...{ drain_pC: 15e6, pulse_nA: 6.4e6, pulse_ms: 3 },
    };
    assert.deepEqual(pulseOfCell(event, { recharge_nA: 30000 }), { nA: 30000, ms: 500 });
    assert.deepEqual(pulseOfCell(event, undefined), { nA: 6.4e6, ms: 3 });
    assert.deepEqual(pulseOfCell(event, { recharge_nA: 1e7 }), { nA: 6.4e6, ms: 3 });
  });

  it("counts the utility of events per hour", () => {
    const profile = resolveProfile(base());
    const { event_worth, event_drain_pC, event_max } = profile;
    const { events } = base().load;
    assert.equal(profile.period_s, 3600);
    events.forEach(({ utility, wanted_per_h, drain_pC }, i) => {
      assert.equal(event_worth[i], utility.value);
      assert.equal(event_max[i], wanted_per_h.value);
      assert.equal(event_drain_pC[i], drain_pC.value);
    });
    assert.deepEqual(event_worth.slice(events.length), [0, 0]);
  });
});
