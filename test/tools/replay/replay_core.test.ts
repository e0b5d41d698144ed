// What wakes become for the core: charge to the picocoulomb however it is booked, temperature, and
// load steps where a reading under load follows one at rest.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { replayProfile, scaleOf } from "../../../tools/replay/profile.js";
import { ReplayCore, type Setting } from "../../../tools/replay/replay_core.js";
import { type Wake } from "../../../tools/replay/sensing.js";
import { wasm } from "../../host/core_fixture.js";
import { part } from "./plant_record.js";

const CAPACITY_NAH = part.profile.capacity_nAh.value;
const NC = CAPACITY_NAH * 3600;
const profileOf = (metered: boolean, cell: Parameters<typeof replayProfile>[0] = part) =>
  replayProfile(cell, { label_ratio: 1, lsb_mV: undefined, metered, sleep_max_s: 600 });

function newCore(metered: boolean, more: Partial<Setting> = {}): ReplayCore {
  const start = { soc: 0.5, sigma: 0.01 };
  const profile = profileOf(metered);
  return new ReplayCore(wasm, { profile, scale: 1, voltages: "rest", metered, start, ...more });
}

/** Under load, so that no voltage is shown. */
const loaded: Wake = {
  ...{ row: 0, dt_s: 60, voltage_mV: 3900, temperature_degC: 25 },
  ...{ current_nA: -CAPACITY_NAH, charge_nC: 0 },
};
const close = (value: number, wanted: number, within: number) =>
  assert.ok(Math.abs(value - wanted) < within, `${value} is not ${wanted}`);

describe("charge on its way into the core", () => {
  it("is whole picocoulombs, what is left of them is told later", () => {
    const core = newCore(true);
    for (let i = 0; i < 1000; i++) core.step({ ...loaded, charge_nC: -NC * 1e-4 - 0.0004 });
    close(core.soc, 0.4, 1e-4);
    const slow = newCore(true);
    const before = slow.soc;
    for (let i = 0; i < 1000; i++) slow.step({ ...loaded, charge_nC: -0.0004 });
    // 400 pC, and self-discharge of 0.0856 nA over 1000 minutes and the second before
    const self_nC = part.profile.self_drain_nA.value * (60 * 1000 + 1);
    close((before - slow.soc) * NC - self_nC, 0.4, 0.01);
  });

  it("without a sensor is events and harvest, what is left of an event is told later", () => {
    const drained = newCore(false);
    for (let i = 0; i < 1000; i++) drained.step({ ...loaded, charge_nC: -0.3e-6 * NC });
    const self = (part.profile.self_drain_nA.value * 60 * 1000) / NC;
    close(drained.soc, 0.5 - 3e-4 - self, 2e-6);
    const charged = newCore(false);
    for (let i = 0; i < 100; i++) {
      charged.step({ ...loaded, current_nA: CAPACITY_NAH, charge_nC: 1e-3 * NC });
    }
    close(charged.soc, 0.6, 1e-4);
  });

  it("is divided by the scale", () => {
    const core = newCore(true, { scale: 1000 });
    core.step({ ...loaded, current_nA: 1000 * loaded.current_nA, charge_nC: -100 * NC });
    close(core.soc, 0.4, 1e-5);
  });
});

describe("voltages that the core is shown", () => {
  /** A minute at rest and a second under load, again and again. */
  function stepped(ohm: number): number {
    const { profile } = part;
    const value = profile.resistance_ohm.value / 2;
    const cell = { profile: { ...profile, resistance_ohm: { ...profile.resistance_ohm, value } } };
    const core = newCore(true, { profile: profileOf(true, cell) });
    const rest_mV = 3915;
    const current_nA = -0.2 * CAPACITY_NAH;
    for (let i = 0; i < 200; i++) {
      core.step({ ...loaded, current_nA: 0, voltage_mV: rest_mV });
      const voltage_mV = rest_mV + current_nA * ohm * 1e-6;
      core.step({ ...loaded, dt_s: 1, current_nA, voltage_mV });
    }
    return core.resistance_scale;
  }

  it("tell the resistance by load steps", () => {
    const usual = stepped(part.profile.resistance_ohm.value);
    close(usual, 2, 0.1);
    close(stepped(1.5 * part.profile.resistance_ohm.value), 3, 0.15);
  });

  it("are none under load, the first but where nothing was told, or all", () => {
    const estimate = (more: Partial<Setting>, wakes = 1) => {
      const core = newCore(true, more);
      for (let i = 0; i < wakes; i++) core.step({ ...loaded, charge_nC: 0, voltage_mV: 4080 });
      return core.soc;
    };
    close(estimate({}, 100), 0.5, 1e-5);
    assert.ok(estimate({ start: undefined }) > 0.9);
    const all = estimate({ voltages: "all", start: { soc: 0.5, sigma: 0.15 } }, 100);
    assert.ok(all > 0.7, `${all}`);
  });

  it("are those of the temperature that is told", () => {
    const at = (temperature_degC: number | undefined) => {
      const core = newCore(true, { start: undefined });
      core.step({ ...loaded, current_nA: 0, temperature_degC, voltage_mV: 4000 });
      return core.soc;
    };
    // -0.4 mV/K over 25 K is 10 mV, three percent there
    assert.ok(at(0) < at(25) - 0.01, `${at(0)} at 0 degC, ${at(25)} at 25 degC`);
    assert.equal(at(undefined), at(25));
  });
});

describe("the scale between a record's cell and a file's", () => {
  it("is a power of ten where they are of one size, else their ratio", () => {
    assert.equal(scaleOf(2.7782e9, 2.75e6), 1000);
    assert.equal(scaleOf(50_000, 51_656), 1);
    // the same cell at another label is not rescaled
    assert.equal(scaleOf(100_000, 80_000), 1);
    assert.equal(scaleOf(2.7782e9, 50_000), 2.7782e9 / 50_000);
  });
});
