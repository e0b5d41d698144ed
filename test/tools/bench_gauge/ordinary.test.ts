// The ordinary methods are honest: each is right in a perfect world, and wrong in the direction
// that one unknown pushes it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Bed } from "../../../host/sim/twin/bed.js";
import { type Unknowns, type Wiring } from "../../../host/sim/twin/case.js";
import { Calibration, clipped } from "../../../tools/bench/gauge/ordinary/calibration.js";
import {
  METHODS,
  methodsFor,
  type MethodName,
} from "../../../tools/bench/gauge/ordinary/methods.js";
import { judgeWake, newScore, rmseOf } from "../../../tools/bench/gauge/score.js";
import { twinProfile } from "../../../tools/bench/gauge/twin_profile.js";
import { close } from "../../host/sim/cell_fixture.js";
import { caseFor, CELL, NO_GAIN, PERFECT, plan } from "../../host/sim/twin/fixture.js";

const DAYS = 12;

const profileOf = (bed: Bed, wiring: Wiring) => {
  const { part: cell } = plan.cells[CELL]!;
  return twinProfile({ parts: plan.parts, cell, bed, wiring, unknowns: PERFECT, wake_s: 600 });
};

/** Mean and RMSE of each method's error on a life, in percent. */
function errorsOf(
  setup: string,
  changed: Partial<Unknowns> = {},
  wiring: Wiring = NO_GAIN,
  seed = 20,
) {
  const bed = new Bed(caseFor(setup, DAYS, changed, wiring, seed));
  const profile = profileOf(bed, wiring);
  const methods = methodsFor(profile);
  const scores = METHODS.map(() => ({ score: newScore(), sum: 0 }));
  while (!bed.over) {
    const reading = bed.read();
    METHODS.forEach((name, i) => {
      const error = methods[name].step(reading) - clipped(bed.soc);
      judgeWake(scores[i]!.score, error, 0);
      scores[i]!.sum += error;
    });
    bed.pass(true, 0);
  }
  const entries = METHODS.map((name, i) => {
    const { score, sum } = scores[i]!;
    return [name, { rmse: 100 * rmseOf(score), mean: (100 * sum) / score.count }] as const;
  });
  return Object.fromEntries(entries) as Record<MethodName, { rmse: number; mean: number }>;
}

/** A seed whose ADC reads high, and one whose reads low. */
const WIDE: Wiring = { gain_sigma: 0.002, limiting_flag: true };
const gainOf = (seed: number) => new Bed(caseFor("nocv", 1, {}, WIDE, seed)).senses.gain;
const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const HIGH = seeds.find((seed) => gainOf(seed) > 1.0015)!;
const LOW = seeds.find((seed) => gainOf(seed) < 0.9985)!;

describe("ordinary methods in a perfect world", () => {
  // what is left: the fit's OCV is off by a millivolt or two, diffusion leads and lags
  const most: Record<MethodName, number> = { accounting: 2, table: 2.5, kalman: 2, rest: 2 };
  for (const setup of ["swing", "nocv", "slope"]) {
    it(`${setup}: each is right within 2 %, the table in the flat within 2.5 %`, () => {
      const errors = errorsOf(setup);
      for (const name of METHODS) {
        assert.ok(errors[name].rmse < most[name], `${name}: RMSE ${errors[name].rmse} %`);
      }
    });
  }
});

describe("ordinary methods with one unknown", () => {
  const perfect = errorsOf("nocv");
  /** How far the mean error moved from the perfect world's. */
  const moved = (errors: typeof perfect, name: MethodName) =>
    errors[name].mean - perfect[name].mean;

  it("leak, load and harvest: the books are too high, the table does not mind", () => {
    const cases: Partial<Unknowns>[] = [
      { leak_nA: 100 },
      { load_error: 0.1 },
      { harvest_error: 0.05 },
    ];
    for (const changed of cases) {
      const errors = errorsOf("nocv", changed);
      const words = JSON.stringify(changed);
      assert.ok(moved(errors, "accounting") > 2, `${words}: ${moved(errors, "accounting")}`);
      assert.ok(moved(errors, "kalman") > 0, `${words}: ${moved(errors, "kalman")}`);
      assert.ok(Math.abs(moved(errors, "table")) < 0.6, `${words}: ${moved(errors, "table")}`);
      assert.ok(errors.kalman.rmse < errors.accounting.rmse, words);
      assert.ok(errors.rest.rmse < errors.accounting.rmse, words);
    }
  });

  it("gain: whoever reads the OCV follows it, up and down", () => {
    for (const name of ["table", "kalman", "rest"] as const) {
      const high = moved(errorsOf("nocv", {}, WIDE, HIGH), name);
      const low = moved(errorsOf("nocv", {}, WIDE, LOW), name);
      assert.ok(high > 1 && low < -1, `${name}: ${high}, ${low}`);
    }
  });

  it("temperature: a sensor that is wrong by ten kelvin misleads the table", () => {
    const off = errorsOf("nocv", { temperature_offset_K: 10 }).table;
    assert.ok(off.rmse > perfect.table.rmse + 0.5, `${off.rmse}`);
  });
});

describe("the calibration", () => {
  const bed = new Bed(caseFor("nocv", 1));
  const profile = profileOf(bed, NO_GAIN);
  const calibration = new Calibration(profile);
  const { soc: nodes, ocv } = profile.tables;

  it("goes through the nodes of the profile, and reads them back", () => {
    const { temperature_degC, ocv_mV } = ocv[0]!;
    nodes.forEach((soc, i) => {
      close(calibration.ocv_mV(soc, temperature_degC), ocv_mV[i]!, 1e-3, `SOC ${soc}, mV`);
      close(calibration.soc(ocv_mV[i]!, temperature_degC), soc, 1e-5, "SOC");
    });
    for (let soc = 0.01; soc < 1; soc += 0.01) {
      close(calibration.soc(calibration.ocv_mV(soc, 5), 5), soc, 1e-5, "SOC at 5 degC");
    }
  });

  it("has the profile's resistance at 25 degC, and more in the cold", () => {
    const at = (degC: number) => 1e6 * calibration.resistance_mV_nA(0.5, degC);
    close(at(25), profile.resistance_ohm, 0.01 * profile.resistance_ohm, "ohm");
    close(at(5) / at(25), Math.exp(profile.activation_K * (1 / 278.15 - 1 / 298.15)), 1e-6, "");
  });

  it("books what the firmware knows", () => {
    const { sleep_nA, event_nC } = bed.books;
    const moved = calibration.moved({ ...bed.read(), events: 3, harvest_mean_nA: 20 }, 600);
    const booked_nC = 600 * (20 - sleep_nA) - 3 * event_nC;
    close(moved * calibration.capacity_nC, booked_nC, 1e-6 * Math.abs(booked_nC), "nC");
  });
});
