// A charge counter loses nothing but by its own gain and offset, however often it is read; what it
// shows of the moment has errors of its own.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  ChargeCounter,
  CurrentReading,
  type CounterPhysics,
  type CurrentPhysics,
} from "../../../host/sim/counter.js";
import { Random } from "../../../host/sim/random.js";
import { close, near } from "./cell_fixture.js";

const of: CounterPhysics = { gain_sigma: 0.005, offset_nA: 1, lsb_pC: 1000000 };
const EXACT: CounterPhysics = { ...of, gain_sigma: 0, offset_nA: 0 };
const CURRENT: CurrentPhysics = {
  ...{ gain_sigma: 0.01, offset_nA: 100, noise_nA: 180, lsb_nA: 176, range_nA: 360000 },
};
const COUNT = 20000;

const sigmaOf = (values: number[]) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe("a charge counter", () => {
  it("has a gain and an offset that scatter from board to board as its file says", () => {
    const random = new Random(3);
    const counters = Array.from({ length: COUNT }, () => new ChargeCounter(of, random));
    near(sigmaOf(counters.map(({ gain }) => gain - 1)), 0.986 * of.gain_sigma, 0.03, "gain");
    near(sigmaOf(counters.map(({ offset_nA }) => offset_nA)), 0.986, 0.03, "offset, nA");
  });

  it("counts whole steps, and keeps what is below one", () => {
    const readings = fc.array(fc.double({ min: -5e4, max: 5e4, noNaN: true }), { maxLength: 50 });
    fc.assert(
      fc.property(readings, (moved_nC) => {
        const counter = new ChargeCounter(EXACT, new Random(1));
        let [through_nC, counted_pC] = [0, 0];
        for (const nC of moved_nC) {
          through_nC += nC;
          const since_pC = counter.read_pC(through_nC, 0);
          assert.equal(Math.abs(since_pC % of.lsb_pC), 0);
          counted_pC += since_pC;
          const left_pC = 1000 * through_nC - counted_pC;
          assert.ok(left_pC > -1 && left_pC < of.lsb_pC + 1, `${left_pC} pC left`);
        }
      }),
    );
  });

  it("is wrong by its gain where charge flows, and by its offset where time passes", () => {
    const counter = new ChargeCounter(of, new Random(5));
    close(counter.read_pC(1e6, 0), 1e9 * counter.gain, of.lsb_pC, "gain");
    close(counter.read_pC(1e6, 1e6), 1e9 * counter.offset_nA, of.lsb_pC, "offset");
  });
});

describe("the current that a counter shows", () => {
  it("has a gain and an offset that scatter from board to board as its file says", () => {
    const random = new Random(6);
    const boards = Array.from({ length: COUNT }, () => new CurrentReading(CURRENT, random));
    near(sigmaOf(boards.map(({ gain }) => gain - 1)), 0.986 * CURRENT.gain_sigma, 0.03, "gain");
    const offsets_nA = boards.map(({ offset_nA }) => offset_nA);
    near(sigmaOf(offsets_nA), 0.986 * CURRENT.offset_nA, 0.03, "offset, nA");
  });

  it("has both signs, noise and rounding that are new each time", () => {
    const board = new CurrentReading(CURRENT, new Random(7));
    for (const nA of [-30000, 0, 4321]) {
      const shown = Array.from({ length: COUNT }, () => board.read_nA(nA));
      for (const seen of shown) {
        close(seen / CURRENT.lsb_nA, Math.round(seen / CURRENT.lsb_nA), 1e-6, "steps");
      }
      const mean_nA = shown.reduce((sum, seen) => sum + seen, 0) / COUNT;
      close(mean_nA, board.gain * nA + board.offset_nA, 6, "mean, nA");
      const off_nA = shown.map((seen) => seen - mean_nA);
      const sigma_nA = Math.hypot(CURRENT.noise_nA, CURRENT.lsb_nA / Math.sqrt(12));
      near(sigmaOf(off_nA), sigma_nA, 0.03, "noise, nA");
    }
  });

  it("stays within its range", () => {
    const board = new CurrentReading(CURRENT, new Random(8));
    close(board.read_nA(5e6), CURRENT.range_nA, CURRENT.lsb_nA, "nA");
    close(board.read_nA(-5e6), -CURRENT.range_nA, CURRENT.lsb_nA, "nA");
  });

  it("leaves the counter of the same seed as it is without", () => {
    const shows = new ChargeCounter({ ...of, current: CURRENT }, new Random(9));
    const plain = new ChargeCounter(of, new Random(9));
    assert.deepEqual([shows.gain, shows.offset_nA], [plain.gain, plain.offset_nA]);
  });
});
