// Overvoltages follow Butler and Volmer's asinh and Arrhenius' law: 7 times the resistance at 0
// degC, 45 times at -20 degC.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Overvoltage } from "../../../host/sim/overvoltage.js";
import { close, near, physicsOf } from "./cell_fixture.js";

const of = physicsOf("r20-0p7mAh");
const THERMAL_MV = (2e3 * 8.314462618) / 96485.33212;

/** Arrhenius' factor against the file's reference temperature. */
const slower = (degC: number) =>
  Math.exp(
    (of.activation_eV / 8.617333262e-5) * (1 / (degC + 273.15) - 1 / (of.reference_degC + 273.15)),
  );

describe("overvoltages", () => {
  it("are 2RT/F asinh(j / 2 i0) at both interfaces, whatever flows, and however warm", () => {
    const current_nA = fc
      .record({ decade: fc.double({ min: 0, max: 8, noNaN: true }), out: fc.boolean() })
      .map(({ decade, out }) => (out ? -1 : 1) * 10 ** decade);
    const lithium = fc.double({ min: 0.002, max: 0.998, noNaN: true });
    const degC = fc.double({ min: -40, max: 85, noNaN: true });
    const growth = fc.double({ min: 1, max: 5, noNaN: true });
    fc.assert(
      fc.property(current_nA, lithium, degC, growth, (nA, x, temperature, grown) => {
        const over = new Overvoltage(of);
        over.set(temperature, grown);
        const j_mA_cm2 = (nA * 1e-6) / of.area_cm2;
        const share = grown * slower(temperature);
        const anode = Math.asinh((j_mA_cm2 * share) / (2 * of.anode_exchange_mA_cm2));
        const exchange_mA_cm2 = of.cathode_exchange_mA_cm2 * Math.sqrt(x * (1 - x));
        const cathode = Math.asinh((j_mA_cm2 * share) / (2 * exchange_mA_cm2));
        const wanted_mV = THERMAL_MV * (temperature + 273.15) * (anode + cathode);
        // its series leaves 2e-6
        near(over.kinetic_mV(nA, x), wanted_mV, 2e-6, `${nA} nA, mV`);
        near(over.kinetic_mV(-nA, x), -over.kinetic_mV(nA, x), 1e-9, "odd");
        const ohm_cm2 = of.electrolyte_ohm_cm2 * share + of.series_ohm_cm2 * grown;
        near(over.ohmic_mV_nA, (1e-6 * ohm_cm2) / of.area_cm2, 1e-12, "ohmic");
      }),
    );
  });

  it("go over from their series to the logarithm within 1e-5 mV", () => {
    const over = new Overvoltage(of);
    // asinh of 0.3 at the anode: j = 0.6 i0
    const edge_nA = 0.6 * of.anode_exchange_mA_cm2 * of.area_cm2 * 1e6;
    const below_mV = over.kinetic_mV(edge_nA * (1 - 1e-9), 0.5);
    const above_mV = over.kinetic_mV(edge_nA * (1 + 1e-9), 0.5);
    close(above_mV, below_mV, 1e-5, "mV");
  });

  it("follow Arrhenius: 7.09 times at 0 degC, 44.9 at -20 degC, 0.036 at 80 degC", () => {
    // exp(0.55 eV/k (1/T - 1/298.15 K))
    const over = new Overvoltage({ ...of, series_ohm_cm2: 0 });
    const ohmic = (degC: number) => {
      over.set(degC, 1);
      return over.ohmic_mV_nA;
    };
    const room = ohmic(25);
    near(ohmic(0) / room, 7.09, 1e-3, "0 degC");
    near(ohmic(-20) / room, 44.9, 2e-3, "-20 degC");
    near(ohmic(80) / room, 0.036, 0.01, "80 degC");
  });

  it("leave contacts as they are: they are not thermally activated", () => {
    const over = new Overvoltage({ ...of, electrolyte_ohm_cm2: 0 });
    const before = over.ohmic_mV_nA;
    over.set(-20, 1);
    assert.equal(over.ohmic_mV_nA, before);
  });

  it("stay finite where the surface is full or empty", () => {
    const over = new Overvoltage(of);
    for (const x of [-1, 0, 1, 2]) {
      assert.equal(over.kinetic_mV(1e6, x), over.kinetic_mV(1e6, x < 0.5 ? 0.001 : 0.999));
    }
  });

  it("are those of the paper at 20 degC: 455.7 ohm cm2 in all, x = 0.8", () => {
    // 326.2 LiPON + 18.3 contacts + 43.9 lithium + 67.1 LiCoO2
    const over = new Overvoltage(of);
    const ohm = 1e6 * (over.ohmic_mV_nA + over.kinetic_mV(1, 0.8));
    near(ohm * of.area_cm2, 455.7, 2e-3, "ohm cm2");
  });
});
