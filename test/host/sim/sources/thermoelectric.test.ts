// A thermoelectric module gives what its equations say, between two bodies and under a steady flow
// of heat, in closed forms and against balances written down anew.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readPart } from "../../../../boards/parts.js";
import { plain } from "../../../../boards/schema/quantity.js";
import {
  moduleOf,
  Thermoelectric,
  type ThermoelectricPhysics,
} from "../../../../host/sim/sources/thermoelectric.js";
import { type HeatedModule } from "../../../../host/sim/sources/thermoelectric_heat.js";
import { projectPath } from "../../../../tools/build/paths.js";
import { close, near } from "../cell_fixture.js";

const of: ThermoelectricPhysics = {
  kind: "thermoelectric",
  seebeck_mV_K: 16.8,
  internal_ohm: 16,
  module_K_W: 100,
  hot_K_W: 20,
  cold_K_W: 60,
};
const COLD_DEGC = 22;
const COLD_K = COLD_DEGC + 273.15;

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Modules from a bad material to a better one than there is, on good and bad contacts. */
const modules = fc
  .record({
    seebeck_mV_K: within(1, 100),
    internal_ohm: within(0.1, 1000),
    figure: within(0.01, 2),
    hot_K_W: within(0, 300),
    cold_K_W: within(0, 300),
  })
  .map(({ figure, ...rest }): ThermoelectricPhysics => {
    const module_K_W = (figure * rest.internal_ohm) / (rest.seebeck_mV_K * 1e-3) ** 2 / COLD_K;
    return { ...rest, kind: "thermoelectric", module_K_W };
  });

/** No point of a fine search gives more than the maximum. */
function isBest(module: HeatedModule, what: string): void {
  const best = module.maximum();
  for (let i = 0; i <= 400; i++) {
    const { power_W } = module.stateAt((module.short_A * i) / 400);
    assert.ok(power_W <= best.power_W * (1 + 1e-12), `${what}: ${power_W} > ${best.power_W} W`);
  }
}

describe("a thermoelectric module between two bodies", () => {
  it("is a voltage behind a resistance, best at half of it", () => {
    const source = new Thermoelectric(of).between(9);
    // 9 K 100/180 = 5 K across the module, 84 mV, 84^2 / 64 = 110.25 uW
    near(source.open_V, 0.084, 1e-9, "Voc, V");
    near(source.currentAt(0), 0.084 / 16, 1e-9, "short circuit, A");
    close(source.currentAt(source.open_V), 0, 1e-15, "open, A");
    near(source.currentAt(0.2), (0.084 - 0.2) / 16, 1e-9, "driven backwards, A");
    const best = source.maximum();
    near(best.power_W, 110.25e-6, 1e-9, "P, W");
    near(best.voltage_V, 0.042, 1e-9, "V");
    for (let i = 0; i <= 1000; i++) {
      const voltage_V = (0.084 * i) / 1000;
      assert.ok(voltage_V * source.currentAt(voltage_V) <= best.power_W * (1 + 1e-12));
    }
  });

  it("gives nothing without a difference, nor with one of the other sign", () => {
    for (const difference_K of [0, -5]) {
      const { power_W } = new Thermoelectric(of).between(difference_K).maximum();
      assert.equal(power_W, 0);
      const between = { warm_degC: COLD_DEGC + difference_K, cold_degC: COLD_DEGC };
      const booked = new Thermoelectric(of).heated({ between }).maximum();
      close(booked.power_W, 0, 1e-15, "with all heat booked, W");
    }
  });

  it("balances the heat of both sides at every current", () => {
    const share = within(0, 1);
    fc.assert(
      fc.property(modules, within(0.1, 200), share, (physics, difference_K, part) => {
        const warm_K = COLD_K + difference_K;
        const between = { warm_degC: COLD_DEGC + difference_K, cold_degC: COLD_DEGC };
        const module = new Thermoelectric(physics).heated({ between });
        const { voltage_V, current_A, hot_K, cold_K } = module.stateAt(part * module.short_A);
        const seebeck = physics.seebeck_mV_K / 1000;
        const joule_W = (physics.internal_ohm * current_A ** 2) / 2;
        const conducted_W = (hot_K - cold_K) / physics.module_K_W;
        const in_W = conducted_W + seebeck * hot_K * current_A - joule_W;
        const out_W = conducted_W + seebeck * cold_K * current_A + joule_W;
        close(warm_K - in_W * physics.hot_K_W, hot_K, 1e-9 * warm_K, "hot side, K");
        close(COLD_K + out_W * physics.cold_K_W, cold_K, 1e-9 * warm_K, "cold side, K");
        close(in_W - out_W, voltage_V * current_A, 1e-11 * Math.abs(in_W), "first law, W");
      }),
      { numRuns: 300 },
    );
  });

  it("gives less than the series of resistances promises, and as much without contacts", () => {
    const between = { warm_degC: COLD_DEGC + 9, cold_degC: COLD_DEGC };
    const promised_W = new Thermoelectric(of).between(9).maximum().power_W;
    const booked_W = new Thermoelectric(of).heated({ between }).maximum().power_W;
    // the heat S T I goes through module and contacts side by side: as if the module had
    // S^2 T (100 || 80) = 16.8e-3^2 299 44.4 = 3.75 ohm more
    near(booked_W / promised_W, 16 / 19.75, 0.005, "booked over promised");
    const ideal = new Thermoelectric({ ...of, hot_K_W: 0, cold_K_W: 0 });
    const best_W = ideal.between(9).maximum().power_W;
    near(ideal.heated({ between }).maximum().power_W, best_W, 1e-9, "W");
    near(ideal.heated({ between }).short_A, ideal.between(9).currentAt(0), 1e-9, "A");
  });
});

describe("a thermoelectric module under a steady flow of heat", () => {
  const good = { ...of, cold_K_W: 0 };
  const heat_W = 0.05;
  const flow = { heat_W, cold_degC: COLD_DEGC };

  // with I = S dT / (R + RL) the hot side's balance is a quadratic in dT
  function atLoad(load_ohm: number) {
    const { internal_ohm, module_K_W } = good;
    const seebeck = good.seebeck_mV_K / 1000;
    const circuit_ohm = internal_ohm + load_ohm;
    const square = (seebeck ** 2 / circuit_ohm) * (1 - internal_ohm / (2 * circuit_ohm));
    const linear = 1 / module_K_W + (seebeck ** 2 * COLD_K) / circuit_ohm;
    const own_K = (2 * heat_W) / (linear + Math.sqrt(linear ** 2 + 4 * square * heat_W));
    const current_A = (seebeck * own_K) / circuit_ohm;
    return { current_A, voltage_V: current_A * load_ohm, sampled_V: seebeck * own_K };
  }

  it("meets the closed form of every load to 1e-9", () => {
    const module = new Thermoelectric(good).heated({ flow });
    for (const load_ohm of [0.01, 1, 5, 16, 20, 100, 1e4]) {
      const wanted = atLoad(load_ohm);
      const state = module.stateAt(wanted.current_A);
      near(state.voltage_V, wanted.voltage_V, 1e-9, `${load_ohm} ohm, V`);
      near(state.sampled_V, wanted.sampled_V, 1e-9, `${load_ohm} ohm, S dT, V`);
      near(module.currentAt(wanted.voltage_V), wanted.current_A, 1e-9, `${load_ohm} ohm, A`);
    }
    near(module.open_V, 0.0168 * 100 * heat_W, 1e-9, "Voc = S Q Rth, V");
    near(module.short_A, atLoad(0).current_A, 1e-9, "A");
    const powers = Array.from({ length: 20001 }, (_, i) => {
      const { current_A, voltage_V } = atLoad(i / 200);
      return current_A * voltage_V;
    });
    near(module.maximum().power_W, Math.max(...powers), 1e-7, "best of all loads, W");
  });

  it("is best at R (1 + Z Tc): half of the settled Voc, more of the one that is sampled", () => {
    const source = new Thermoelectric(good);
    const figure = (0.0168 ** 2 * COLD_K * 100) / 16;
    near(source.figure(COLD_DEGC), figure, 1e-12, "Z T");
    // so little heat that all is linear
    const small = source.heated({ flow: { heat_W: 1e-6, cold_degC: COLD_DEGC } });
    const best = small.maximum();
    near(best.voltage_V / best.current_A, 16 * (1 + figure), 1e-5, "load, ohm");
    near(best.voltage_V / small.open_V, 0.5, 1e-5, "of the settled Voc");
    near(best.voltage_V / best.sampled_V, (1 + figure) / (2 + figure), 1e-5, "of S dT");
    near(best.power_W, small.open_V ** 2 / (4 * 16 * (1 + figure)), 1e-5, "W");
  });

  it("has no better point than its maximum, and falls all along", () => {
    fc.assert(
      fc.property(modules, within(0.01, 300), (physics, rise_K) => {
        // up to what the hot side of a module survives without load
        const watts = rise_K / (physics.module_K_W + physics.cold_K_W);
        const heat = { flow: { heat_W: watts, cold_degC: COLD_DEGC } };
        const module = new Thermoelectric(physics).heated(heat);
        isBest(module, JSON.stringify({ physics, watts }));
        const { voltage_V } = module.stateAt(module.short_A);
        close(voltage_V, 0, 1e-12 * (1 + module.open_V), "at short circuit, V");
        const half = module.stateAt(module.short_A / 2);
        near(module.currentAt(half.voltage_V), half.current_A, 1e-9, "current of a voltage, A");
      }),
      { numRuns: 200 },
    );
  });
});

describe("a thermoelectric module's numbers", () => {
  it("follow from its couples", () => {
    const couple = {
      seebeck_uV_K: 400,
      resistivity_uohm_m: 10,
      conductivity_W_m_K: 1.5,
      leg_mm: 1,
      leg_mm2: 0.25,
    };
    // 42 couples: 16.8 mV/K, 84 legs of 10e-6 1e-3 / 0.25e-6 = 0.04 ohm and 375 uW/K
    const { seebeck_mV_K, internal_ohm, module_K_W } = moduleOf(42, couple);
    near(seebeck_mV_K, 16.8, 1e-12, "mV/K");
    near(internal_ohm, 3.36, 1e-12, "ohm");
    near(module_K_W, 1 / (84 * 375e-6), 1e-12, "K/W");
  });

  it("must make sense, and those of the example file do", () => {
    assert.throws(() => new Thermoelectric({ ...of, internal_ohm: 0 }), /0 ohm.*must be > 0/);
    assert.throws(() => new Thermoelectric({ ...of, hot_K_W: -1 }), /-1 and 60 K\/W/);
    const { physics } = plain(readPart(projectPath("boards"), "harvester", "teg-16p8mV"));
    assert.equal(physics.kind, "thermoelectric");
    const source = new Thermoelectric(physics);
    const figure = source.figure(27);
    assert.ok(figure > 0.3 && figure < 1, `no material has Z T = ${figure}`);
    // ThermoBeat: 16.8 mV/K and 1.04 mA/K
    const { seebeck_mV_K, internal_ohm } = physics;
    near(seebeck_mV_K / internal_ohm, 1.04, 0.02, "mA/K");
  });
});
