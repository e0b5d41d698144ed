// A charge counter loses nothing but by its own gain and offset, however often it is read.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { ChargeCounter, type CounterPhysics } from "../../../host/sim/counter.js";
import { Random } from "../../../host/sim/random.js";
import { close, near } from "./cell_fixture.js";

const of: CounterPhysics = { gain_sigma: 0.005, offset_nA: 1, lsb_pC: 1000000 };
const EXACT: CounterPhysics = { ...of, gain_sigma: 0, offset_nA: 0 };
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
