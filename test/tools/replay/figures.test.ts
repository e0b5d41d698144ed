// What the errors of a replay come to, on traces whose figures can be said by hand.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { figuresOf, recoveryOf } from "../../../tools/replay/figures.js";
import { type ReplayTrace } from "../../../tools/replay/replay.js";

const ROWS = 1000;
const column = (of: (row: number) => number) =>
  Float64Array.from({ length: ROWS }, (_, i) => of(i));

/** A row a second from full to empty with these errors. */
function traceOf(error: (row: number) => number, sigma = 0.01): ReplayTrace {
  const truth = (row: number) => 1 - row / ROWS;
  return {
    t_s: column((row) => row),
    reference: column(truth),
    estimate: column((row) => truth(row) + error(row)),
    sigma: column(() => sigma),
    counted: column((row) => truth(row) + 0.05),
    voltage_mV: column(() => 4000),
    current_nA: column(() => 0),
    ...{ capacity_share: column(() => NaN), resistance_ratio: column(() => 1) },
    ...{ learned: { resistance_ratio: 1, capacity_share: undefined }, rejected: 0 },
  };
}
const judged = { settle_s: 0, recovered: 0.02 };
const close = (value: number, wanted: number) =>
  assert.ok(Math.abs(value - wanted) < 1e-9, `${value} is not ${wanted}`);

describe("figures of a replay", () => {
  it("are RMSE, largest error, bias and sigma in percent, beside counting alone", () => {
    const trace = traceOf((row) => (row % 2 === 0 ? 0.03 : -0.01));
    const figures = figuresOf(trace, judged)!;
    close(figures.rmse_pct, 100 * Math.sqrt(0.0005));
    close(figures.max_pct, 3);
    close(figures.bias_pct, 1);
    close(figures.sigma_mean_pct, 1);
    close(figures.counting.rmse_pct, 5);
    assert.equal(figures.wakes, ROWS);
  });

  it("count how many errors lie within one and two sigma", () => {
    // a quarter each: 0.5, 1.5, 2.5, and 0.5 sigma the other way
    const trace = traceOf((row) => 0.01 * [0.5, 1.5, 2.5, -0.5][row % 4]!);
    const { within_1_sigma, within_2_sigma } = figuresOf(trace, judged)!;
    assert.deepEqual([within_1_sigma, within_2_sigma], [0.5, 0.75]);
  });

  it("leave out what lies before the settling time, and say when nothing is left", () => {
    const trace = traceOf((row) => (row < 100 ? 0.5 : 0));
    assert.equal(figuresOf(trace, { ...judged, settle_s: 100 })!.max_pct, 0);
    assert.equal(figuresOf(trace, { ...judged, settle_s: 99 })!.max_at_s, 99);
    assert.equal(figuresOf(trace, { ...judged, settle_s: 1e6 }), undefined);
  });

  it("keep the last tenth of SOC apart from the others", () => {
    // at or below a tenth from row 900 on, give or take one
    const { bands } = figuresOf(
      traceOf((row) => (row >= 899 ? 0.04 : 0.001)),
      judged,
    )!;
    assert.deepEqual([bands.length, bands[0]!.from_pct, bands[0]!.to_pct], [10, 0, 10]);
    close(bands[0]!.rmse_pct, 4);
    close(bands[5]!.rmse_pct, 0.1);
  });

  it("take a recovery for one when it lasts", () => {
    const passing = (row: number) => (row < 200 || (row > 250 && row < 400) ? 0.5 : 0.001);
    assert.equal(recoveryOf(traceOf(passing), 0.02), 400);
    assert.equal(
      recoveryOf(
        traceOf(() => 0.5),
        0.02,
      ),
      undefined,
    );
    // to the end of the record is long enough
    assert.equal(
      recoveryOf(
        traceOf((row) => (row < 900 ? 0.5 : 0)),
        0.02,
      ),
      900,
    );
  });
});
