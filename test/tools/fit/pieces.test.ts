// The pieces of a fit: each finds what is exactly there in records whose answer is known.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { characterise } from "../../../tools/characterise/characterise.js";
import { CYCLER, MANIFEST_FILE, type Manifest } from "../../../tools/characterise/manifest.js";
import { denseCurve } from "../../../tools/fit/dense.js";
import { fitCell } from "../../../tools/fit/fit.js";
import { readMeasurement } from "../../../tools/fit/folder.js";
import { leastSquares } from "../../../tools/fit/least_squares.js";
import { parseLog } from "../../../tools/fit/log.js";
import { edgesOf } from "../../../tools/fit/resistance.js";
import { type Track } from "../../../tools/fit/soc_axis.js";
import { throughNodes } from "../../../tools/fit/tables.js";
import { CELL, folder, limits, physics, range } from "./records.js";
import { plantResistance } from "./specimens.js";

/** Rows of one cell with 100 ohm and an OCV of 3600 mV + 400 mV per SOC, in steps of equal time. */
function recorded(
  rows: { soc: number; current_nA: number; degC?: number; step?: number }[],
): Track {
  const column = (of: (row: (typeof rows)[number], i: number) => number) =>
    Float64Array.from(rows, of);
  const volts = ({ soc, current_nA }: (typeof rows)[number]) =>
    3600 + 400 * soc + current_nA * 1e-4;
  return {
    log: {
      ...{ t_s: column((_, i) => i / 10), step: column(({ step }, i) => step ?? i) },
      ...{ current_nA: column(({ current_nA }) => current_nA), voltage_mV: column(volts) },
      temperature_degC: column(({ degC }) => degC ?? 25),
      charge_nAh: column(({ soc }) => 1e6 * soc),
    },
    ...{ first: 0, soc: column(({ soc }) => soc), closing_share: 0 },
    direction: column(({ current_nA }) => Math.sign(current_nA)),
  };
}

describe("the pieces of a fit", () => {
  it("take the resistance from first readings only, where they are one", () => {
    const rest = { soc: 0.5, current_nA: 0 };
    const pulse = { soc: 0.5, current_nA: -1e6 };
    const [edge, ...more] = edgesOf(recorded([rest, pulse, pulse, rest, rest]), 0.03);
    assert.deepEqual(more, []);
    assert.ok(Math.abs(edge!.resistance_ohm - 100) < 1e-6 && !edge!.charging);
    // the chamber has just been set: the reading before belongs to another temperature
    const warmed = { ...pulse, degC: 40 };
    assert.deepEqual(edgesOf(recorded([rest, warmed, warmed, rest]), 0.03), []);
    // the voltage runs on: 0.1 SOC is 40 mV, the edge is 100 mV
    const runs = [rest, pulse, { ...pulse, soc: 0.4 }, rest];
    assert.deepEqual(edgesOf(recorded(runs), 0.03), []);
    // an empty surface, and a pulse too small to tell from noise
    const empty = [rest, pulse, pulse].map((row) => ({ ...row, soc: 0.01 }));
    assert.deepEqual(edgesOf(recorded(empty), 0.03), []);
    const small = { ...pulse, current_nA: -1e4 };
    assert.deepEqual(edgesOf(recorded([rest, small, small]), 0.03), []);
  });

  it("find the OCV between a charge and a discharge of unequal currents", () => {
    const socs = range(0, 1, 0.01);
    const down = [...socs].reverse().map((soc) => ({ soc, current_nA: -2e5, step: 1 }));
    const up = socs.map((soc) => ({ soc, current_nA: 5e4, step: 2 }));
    const track = recorded([...down, ...up]);
    const nodes = [0, 1];
    const model = {
      ...{ soc: nodes, ocv_mV: [], table_degC: 25, tau_s: [1, 1], resistance_factor: [1, 1] },
      ...{ dudt_mV_K: [0, 0], resistance_ohm: 100, activation_K: 6000, diffusion_gain: 0 },
    };
    const { soc, ocv_mV } = denseCurve("slow.csv", track, model, track.soc);
    soc.forEach((z, i) => {
      assert.ok(Math.abs(ocv_mV[i]! - (3600 + 400 * z)) < 0.02, `${ocv_mV[i]} mV at ${z}`);
    });
  });

  it("leave little of each record, and judge themselves by one that they never saw", () => {
    const { quality, closing_share, sigmas } = fitCell(readMeasurement(folder));
    // the fast record is not for this fit
    const most_mV = { slow: 1, gitt: 2, temperature: 1.5, check: 1.5, fast: 0 };
    for (const { procedure, fitted, rms_mV } of quality) {
      assert.ok(rms_mV < most_mV[procedure], `${procedure}: ${rms_mV} mV RMS`);
      assert.equal(fitted, procedure !== "check");
    }
    assert.equal(quality.length, 4);
    assert.ok(closing_share < 0.003, `counter closes within ${closing_share}`);
    assert.ok(sigmas.soc_sigma! > physics.spread.capacity_spread && sigmas.soc_sigma! < 0.05);
  });

  it("tell hysteresis from resistance and diffusion", () => {
    const texts = characterise({
      ...{ cell: CELL, instrument: CYCLER, seed: 3, specimenOf: (of) => of },
      physics: { ...physics, hysteresis: { voltage_mV: 8, per_soc: 30 } },
      limits,
    });
    const manifest = JSON.parse(texts.get(MANIFEST_FILE)!) as Manifest;
    const files = manifest.files.map(({ file, procedure }) => {
      return { file, procedure, log: parseLog(file, texts.get(file)!) };
    });
    const { hysteresis_mV, sigmas, model } = fitCell({ manifest, files });
    assert.ok(Math.abs(hysteresis_mV - 8) < 1.5, `${hysteresis_mV} mV, plant 8 mV`);
    assert.equal(sigmas.hysteresis_mV, Math.abs(hysteresis_mV));
    // no lot was stated: what the data cannot tell is not claimed
    assert.deepEqual(Object.keys(sigmas), ["voltage_sigma_mV", "hysteresis_mV"]);
    assert.ok(Math.abs(model.resistance_ohm / plantResistance(physics, 0.5, 25) - 1) < 0.05);
  });

  it("find the minimum of Rosenbrock's valley, and a line through exact points", () => {
    const [x, y] = leastSquares(
      ([a, b]) => Float64Array.of(10 * (b! - a! * a!), 1 - a!),
      [
        { start: -1.2, step: 1e-6 },
        { start: 1, step: 1e-6 },
      ],
    );
    assert.ok(Math.abs(x! - 1) < 1e-3 && Math.abs(y! - 1) < 1e-3, `${x}, ${y}`);
  });

  it("give back any table that is straight between its nodes, and a further unknown", () => {
    const nodes = [0, 0.1, 0.25, 0.6, 1];
    const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
      minLength: nodes.length,
      maxLength: nodes.length,
    });
    const at = (table: readonly number[], soc: number) => {
      const i = Math.max(
        1,
        nodes.findIndex((node) => node >= soc),
      );
      const t = (soc - nodes[i - 1]!) / (nodes[i]! - nodes[i - 1]!);
      return table[i - 1]! * (1 - t) + table[i]! * t;
    };
    fc.assert(
      fc.property(values, fc.double({ min: -3, max: 3, noNaN: true }), (table, extra) => {
        const points = range(0, 1, 0.02).map((soc, i) => {
          const factor = i % 3;
          const value = at(table, soc) + extra * factor;
          return { soc, value, sigma: 1e-4, factors: [factor] };
        });
        const guess = [{ value: 0, sigma: 1e3 }];
        const solved = throughNodes(nodes, points, () => 10, guess);
        [...table, extra].forEach((wanted, i) => {
          assert.ok(Math.abs(solved[i]! - wanted) < 1e-4, `${i}: ${solved[i]}, wanted ${wanted}`);
        });
      }),
      { numRuns: 30 },
    );
  });
});
