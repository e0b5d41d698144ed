// The single diode is solved as precisely as pvlib's reference, in any light and beyond its ends.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { THERMAL_V_K } from "../../../../host/sim/sources/photovoltaic.js";
import { SingleDiode, type DiodeParameters } from "../../../../host/sim/sources/single_diode.js";
import { measuredData } from "../../../measured_data.js";

const precise = measuredData("harvest/pvlib_precise_iv1_thin.json");
const parameters = measuredData("harvest/pvlib_precise_iv_params1.csv");
/** Longer strings of cells, without precise curves. */
const longer = measuredData("harvest/pvlib_precise_iv_params2.csv");

/** One of pvlib's precise curves; decimal strings carry 22 digits. */
type PreciseCurve = { V: number[]; I: number[] } & Record<
  "v_oc" | "i_sc" | "v_mp" | "i_mp" | "p_mp" | "i_x" | "i_xx",
  string
>;

/** One of pvlib's sets of parameters. */
function parametersOf(path: string): DiodeParameters[] {
  const rows = readFileSync(path, "utf8").trim().split("\n").slice(1);
  return rows.map((row) => {
    const [, IL, I0, Rs, Rsh, n, cells] = row.split(",").map(Number);
    return {
      photocurrent_A: IL!,
      saturation_ln: Math.log(I0!),
      swing_V: n! * cells! * THERMAL_V_K * 298.15,
      series_ohm: Rs!,
      shunt_S: 1 / Rsh!,
    };
  });
}

function preciseCurves(): { diode: SingleDiode; curve: PreciseCurve }[] {
  const { curves } = JSON.parse(readFileSync(precise.path, "utf8")) as { curves: PreciseCurve[] };
  const sets = parametersOf(parameters.path);
  assert.equal(sets.length, curves.length);
  return sets.map((of, i) => ({ diode: new SingleDiode(of), curve: curves[i]! }));
}

/** Points of a curve from their diode voltages, in which it is explicit; the last is far out. */
function explicitPoints(of: DiodeParameters): { voltage_V: number; current_A: number }[] {
  const { photocurrent_A, saturation_ln, swing_V, series_ohm, shunt_S } = of;
  return [-20, -1, -1e-3, 0, 5, 20, 24, 25 * swing_V].map((vd) => {
    const diode_A = Math.exp(saturation_ln) * Math.expm1(vd / swing_V);
    const current_A = photocurrent_A - diode_A - vd * shunt_S;
    return { voltage_V: vd - current_A * series_ohm, current_A };
  });
}

const near = (value: number, wanted: number, relative: number, what: string, scale = wanted) =>
  assert.ok(
    Math.abs(value - wanted) <= relative * Math.abs(scale),
    `${what}: ${value}, wanted ${wanted}`,
  );

/** Diodes from nanoamperes to amperes, in any light. */
const diodes = fc
  .record({
    light: fc.oneof(fc.constant(0), fc.double({ min: -17, max: 1, noNaN: true })),
    saturation: fc.double({ min: -90, max: -5, noNaN: true }),
    swing_V: fc.double({ min: 0.02, max: 5, noNaN: true }),
    series: fc.oneof(fc.constant(-Infinity), fc.double({ min: -3, max: 5, noNaN: true })),
    shunt: fc.oneof(fc.constant(-Infinity), fc.double({ min: -14, max: 0, noNaN: true })),
  })
  .map(({ light, saturation, swing_V, series, shunt }): DiodeParameters => ({
    photocurrent_A: light === 0 ? 0 : 10 ** light,
    saturation_ln: saturation * Math.LN10,
    swing_V,
    series_ohm: 10 ** series,
    shunt_S: 10 ** shunt,
  }));

describe("a single diode", () => {
  // pvlib tests/data/precise_iv_curves1.json (BSD-3), computed with mpmath
  it("is pvlib's 32 precise curves to 1e-8", { skip: precise.skip }, () => {
    for (const { diode, curve } of preciseCurves()) {
      const i_sc = Number(curve.i_sc);
      const v_oc = Number(curve.v_oc);
      const v_mp = Number(curve.v_mp);
      curve.V.forEach((voltage, i) => {
        near(diode.currentAt(voltage), curve.I[i]!, 1e-8, `I(${voltage} V)`, i_sc);
        near(diode.voltageAt(curve.I[i]!), voltage, 1e-8, `V(${curve.I[i]} A)`, v_oc);
      });
      near(diode.currentAt(v_oc / 2), Number(curve.i_x), 1e-11, "i_x");
      near(diode.currentAt((v_oc + v_mp) / 2), Number(curve.i_xx), 1e-11, "i_xx");
    }
  });

  it("has their characteristic points to 1e-11", { skip: precise.skip }, () => {
    for (const { diode, curve } of preciseCurves()) {
      const best = diode.maximum();
      near(diode.currentAt(0), Number(curve.i_sc), 1e-11, "i_sc");
      near(diode.open_V, Number(curve.v_oc), 1e-11, "v_oc");
      near(best.power_W, Number(curve.p_mp), 1e-11, "p_mp");
      // the top is flat: its place is known to the root of the precision of its height
      near(best.voltage_V, Number(curve.v_mp), 1e-8, "v_mp");
      near(best.current_A, Number(curve.i_mp), 1e-8, "i_mp");
    }
  });

  it("keeps to 1e-8 beyond their ends, and in the dark", { skip: longer.skip }, () => {
    const sets = [...parametersOf(parameters.path), ...parametersOf(longer.path)];
    assert.equal(sets.length, 64);
    for (const set of sets) {
      for (const of of [set, { ...set, photocurrent_A: 0 }]) {
        const diode = new SingleDiode(of);
        const points = explicitPoints(of);
        assert.ok(points[0]!.current_A > diode.currentAt(0), "beyond short circuit");
        assert.ok(points.at(-1)!.voltage_V > diode.open_V, "beyond the open voltage");
        for (const { voltage_V, current_A } of points) {
          const scale_A = Math.max(Math.abs(current_A), set.photocurrent_A);
          near(diode.currentAt(voltage_V), current_A, 1e-8, `I(${voltage_V} V)`, scale_A);
          const scale_V = Math.max(Math.abs(voltage_V), 1);
          near(diode.voltageAt(current_A), voltage_V, 1e-8, `V(${current_A} A)`, scale_V);
        }
      }
    }
  });

  it("knows the slope of its curve", () => {
    const of = { photocurrent_A: 1e-3, saturation_ln: -27, swing_V: 0.03, series_ohm: 7 };
    for (const shunt_S of [0, 1e-5]) {
      const diode = new SingleDiode({ ...of, shunt_S });
      for (const current_A of [-1e-3, 0, 5e-4, 9.9e-4]) {
        const step_A = 1e-9;
        const fall_V = diode.voltageAt(current_A - step_A) - diode.voltageAt(current_A + step_A);
        near(diode.resistanceAt(current_A), fall_V / (2 * step_A), 1e-5, `${current_A} A, ohm`);
      }
    }
    assert.equal(new SingleDiode({ ...of, shunt_S: 0 }).resistanceAt(1), 0, "no such current");
  });

  it("satisfies its own equation at any voltage", () => {
    fc.assert(
      fc.property(diodes, fc.double({ min: -20, max: 20, noNaN: true }), (of, voltage_V) => {
        const current_A = new SingleDiode(of).currentAt(voltage_V);
        const vd = voltage_V + current_A * of.series_ohm;
        const exponent = vd / of.swing_V + of.saturation_ln;
        if (exponent > 600) return;
        const saturation_A = Math.exp(of.saturation_ln);
        const dark_A = Math.exp(exponent) - saturation_A;
        const residual_A = of.photocurrent_A - dark_A - of.shunt_S * vd - current_A;
        // what rounding of vd alone makes of it
        const slope_S = Math.exp(exponent) / of.swing_V + of.shunt_S;
        const drop_V = Math.abs(current_A) * of.series_ohm;
        const scale_V = Math.abs(voltage_V) + drop_V + of.swing_V;
        const flows_A = Math.abs(current_A) + of.photocurrent_A + Math.abs(dark_A) + saturation_A;
        // a sum of logarithms before exp() loses as many digits as it is large
        const rounding_A = (1e-14 - 1e-15 * of.saturation_ln) * flows_A;
        const allowed_A = rounding_A * (1 + of.series_ohm * slope_S) + 1e-14 * slope_S * scale_V;
        assert.ok(Math.abs(residual_A) <= allowed_A, `${residual_A} A of ${allowed_A}`);
      }),
      { numRuns: 2000, endOnFailure: true },
    );
  });

  it("gives the voltage of a current and the current of a voltage", () => {
    fc.assert(
      fc.property(diodes, fc.double({ min: -1, max: 1, noNaN: true }), (of, part) => {
        const diode = new SingleDiode(of);
        if (!(of.photocurrent_A > 0)) return;
        const current_A = part * diode.currentAt(0);
        const back_A = diode.currentAt(diode.voltageAt(current_A));
        const scale_A = Math.abs(current_A) + of.photocurrent_A;
        assert.ok(Math.abs(back_A - current_A) <= 1e-9 * scale_A, `${back_A} for ${current_A}`);
      }),
      { numRuns: 2000, endOnFailure: true },
    );
  });

  it("has no better point than its maximum", () => {
    fc.assert(
      fc.property(diodes, fc.double({ min: 0, max: 1, noNaN: true }), (of, part) => {
        const diode = new SingleDiode(of);
        const { voltage_V, current_A, power_W } = diode.maximum();
        const elsewhere_V = part * diode.open_V;
        const elsewhere_W = elsewhere_V * diode.currentAt(elsewhere_V);
        assert.ok(power_W >= elsewhere_W * (1 - 1e-9), `${elsewhere_W} W > ${power_W} W`);
        assert.ok(voltage_V >= 0 && current_A >= 0 && voltage_V <= diode.open_V);
      }),
      { numRuns: 2000, endOnFailure: true },
    );
  });

  it("holds in the dark, in next to no light and beyond short circuit", () => {
    const of = {
      photocurrent_A: 0,
      saturation_ln: Math.log(1e-10),
      swing_V: 0.1,
      series_ohm: 100,
      shunt_S: 0,
    };
    const dark = new SingleDiode(of);
    assert.equal(dark.open_V, 0);
    assert.deepEqual(dark.maximum(), { voltage_V: 0, current_A: 0, power_W: 0 });
    assert.ok(dark.currentAt(1) < 0);
    // light that pvlib once got wrong (its issue 1673): open voltage a ln(1 + IL / I0) ~ a IL / I0
    const faint = new SingleDiode({ ...of, photocurrent_A: 1e-27 });
    near(faint.open_V, (0.1 * 1e-27) / 1e-10, 1e-9, "Voc, V");
    near(faint.maximum().power_W, (faint.open_V * 1e-27) / 4, 1e-6, "a straight line's Pmax, W");
    // I > Isc needs a negative voltage, which only a shunt gives: (IL - I + I0) / G - I Rs
    const shunted = new SingleDiode({ ...of, photocurrent_A: 1e-5, shunt_S: 1e-6 });
    near(shunted.voltageAt(3e-5), (-2e-5 + 1e-10) / 1e-6 - 3e-3, 1e-9, "V");
    assert.equal(new SingleDiode({ ...of, photocurrent_A: 1e-5 }).voltageAt(3e-5), -Infinity);
  });

  it("gives numbers for any argument up to 1e100", () => {
    const absurd = fc.double({ min: -1e100, max: 1e100, noNaN: true });
    fc.assert(
      fc.property(diodes, absurd, (of, x) => {
        const diode = new SingleDiode(of);
        assert.ok(!Number.isNaN(diode.currentAt(x)), `I(${x} V)`);
        assert.ok(!Number.isNaN(diode.voltageAt(x)), `V(${x} A)`);
      }),
      { numRuns: 2000, endOnFailure: true },
    );
  });
});
