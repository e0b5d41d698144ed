// Where a file has the mean current of each interval beside the voltage at its end, the fit finds
// how much of the next interval's current that voltage saw.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Log } from "../../../../tools/fit/log.js";
import { atReading_nA, lateShare, momentsOf } from "../../../../tools/fit/measured/moments.js";

/** A voltage that fell by 20 ohm times a current between this row's and the next one's. */
function logOf(share: number, rows = 400): Log {
  let seed = 3;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const current_nA = Float64Array.from({ length: rows }, () => -1e6 * random());
  const seen_nA = atReading_nA(current_nA, share);
  const column = () => new Float64Array(rows);
  return {
    ...{ t_s: column().map((_, i) => i), step: column(), current_nA, charge_nAh: column() },
    voltage_mV: seen_nA.map((nA) => 4000 + 20 * nA * 1e-6 + 0.1 * random()),
    temperature_degC: column().fill(25),
  };
}

describe("how late a voltage was read", () => {
  it("is found as a share of the interval", () => {
    for (const share of [0.05, 0.3, 0.5]) {
      const found = lateShare(momentsOf(logOf(share)));
      assert.ok(Math.abs(found - share) < 0.01, `${share}: ${found}`);
    }
  });

  it("is nothing where the voltage is early, or steps are few", () => {
    assert.equal(lateShare(momentsOf(logOf(-0.1))), 0);
    assert.equal(lateShare(momentsOf(logOf(0.3, 40))), 0);
  });

  it("is nothing in a tester's steady steps, whose current drifts by a hair", () => {
    const rows = 1200;
    const log = logOf(0, rows);
    for (let row = 0; row < rows; row++) {
      const [pulse, within] = [Math.floor(row / 6), row % 6];
      log.current_nA[row] = pulse % 2 === 0 ? 0 : -1e6 + 3 * within;
      log.voltage_mV[row] = 4000 + 20 * log.current_nA[row]! * 1e-6 - 0.5 * within;
    }
    assert.ok(momentsOf(log).steps >= 150);
    assert.equal(lateShare(momentsOf(log)), 0);
  });

  it("puts a current between two rows", () => {
    assert.deepEqual([...atReading_nA(Float64Array.of(0, 100, 300), 0.25)], [25, 150, 300]);
  });
});
