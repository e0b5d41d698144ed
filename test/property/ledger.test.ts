// The ledger against exact integers: nothing of a picoampere is lost in a year, and the books
// always sum to the charge.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Paths, Status, Values } from "../../host/core/abi.js";
import { UNIT, exactCharge } from "./exact_charge.js";
import { NodeUnderTest, type SampleValues } from "./node_under_test.js";
import { type ProfileValues } from "./profile_under_test.js";
import { anySample } from "./samples.js";

const DAY_S = 86400;
const YEAR_S = 365 * DAY_S;
const DT_MAX_MS = 3456000000;

/** A node that only leaks. */
const leaking = (changes: Partial<ProfileValues> = {}) =>
  NodeUnderTest.running({ sleep_drain_nA: 0, self_drain_nA: 0, ...changes });

/** A book with its remainder, in units of 2^-32 pC. */
function book(node: NodeUnderTest, path: number): bigint {
  return node.wide("warm", "book_pC", path) * UNIT + node.wide("warm", "remainder", path);
}

const interval_ms = fc.oneof(
  fc.integer({ min: 1, max: 5000 }),
  fc.integer({ min: 1, max: DT_MAX_MS }),
);
const currents_nA = (min: number, max: number) =>
  fc.float({ min: Math.fround(min), max: Math.fround(max), noNaN: true });
const steps = (current_nA: fc.Arbitrary<number>, minLength: number, maxLength: number) =>
  fc.array(fc.tuple(current_nA, interval_ms), { minLength, maxLength, size: "max" });
/** Runs of thousands of steps are not shrunk: the first disagreement says enough. */
const long = { numRuns: 20, endOnFailure: true };

/** Books every current on a path and compares after each step. */
function booksExactly(
  path: number,
  sign: number,
  give: (node: NodeUnderTest, current_nA: number) => SampleValues,
) {
  return (list: [number, number][]) => {
    const node = leaking();
    let expected = 0n;
    for (const [i, [current_nA, dt_ms]] of list.entries()) {
      assert.equal(node.step({ dt_ms, ...give(node, current_nA) }), Status.ok);
      expected += exactCharge(sign * current_nA, dt_ms);
      if (book(node, path) !== expected) {
        assert.fail(
          `step ${i}, ${current_nA} nA for ${dt_ms} ms: ${book(node, path)}/2^32, not ${expected}`,
        );
      }
    }
  };
}

describe("a current times an interval", () => {
  const harvest = booksExactly(Paths.harvest, 1, (_, harvest_mean_nA) => {
    return { valid: Values.harvest, harvest_mean_nA };
  });
  const leak = booksExactly(Paths.leak, -1, (node, leak_nA) => {
    node.set("vital", "leak_nA", leak_nA);
    return { valid: 0 };
  });

  test("is booked exactly for any harvest up to the largest accepted", () => {
    fc.assert(fc.property(steps(currents_nA(0, 1e8), 1, 20), harvest), { numRuns: 300 });
  });

  test("is booked exactly for harvests over thousands of steps", () => {
    fc.assert(fc.property(steps(currents_nA(0, 1e5), 1000, 3000), harvest), long);
  });

  test("is booked exactly for drains and gains in turn, over thousands of steps", () => {
    fc.assert(fc.property(steps(currents_nA(-1e5, 1e5), 1000, 3000), leak), long);
  });
});

describe("a leak is counted to the pC", () => {
  /** Books a leak over these steps and compares with the exact product. */
  function leak(leak_nA: number, steps_ms: Iterable<number>): void {
    const node = leaking({ leak_nA });
    const given_nA = Math.fround(leak_nA);
    const start_pC = node.wide("vital", "charge_pC");
    let all_ms = 0;
    for (const dt_ms of steps_ms) {
      node.step({ dt_ms, valid: 0 });
      all_ms += dt_ms;
    }
    assert.equal(book(node, Paths.leak), exactCharge(-given_nA, all_ms));
    const lost_pC = Number(start_pC - node.wide("vital", "charge_pC"));
    assert.equal(lost_pC, Math.ceil(given_nA * all_ms), "the charge went the same way");
  }

  const equal = (count: number, dt_ms: number) => new Array<number>(count).fill(dt_ms);
  const mixed = Array.from({ length: 20000 }, (_, i) => [1, 37, 1000, 60001, 600000][i % 5]!);

  for (const leak_nA of [1, 0.26]) {
    test(`${leak_nA} nA over a year of 600 s steps`, () => {
      leak(leak_nA, equal(YEAR_S / 600, 600000));
    });
    test(`${leak_nA} nA over a day of 1 s steps`, () => {
      leak(leak_nA, equal(DAY_S, 1000));
    });
    test(`${leak_nA} nA over steps from 1 ms to 10 minutes`, () => {
      leak(leak_nA, mixed);
    });
  }
});

describe("a clock that runs on", () => {
  test("has every ms booked once, across its wrap", () => {
    const check = (intervals_ms: number[]) => {
      const node = leaking({ sleep_drain_nA: 1 });
      let time_ms = 0;
      let all_ms = 0n;
      for (const dt_ms of intervals_ms) {
        time_ms = (time_ms + dt_ms) % 2 ** 32;
        all_ms += BigInt(dt_ms);
        node.step({ time_ms, valid: 0 });
      }
      assert.equal(node.wide("warm", "book_pC", Paths.sleep), -all_ms);
    };
    fc.assert(fc.property(fc.array(interval_ms, { minLength: 1, maxLength: 50 }), check));
  });
});

describe("the books", () => {
  test("always sum to the charge, whatever is measured", () => {
    const check = (samples: SampleValues[]) => {
      const node = NodeUnderTest.running();
      for (const sample of samples) {
        node.step(sample);
        assert.equal(node.booked_pC(), node.wide("vital", "charge_pC"));
      }
    };
    fc.assert(fc.property(fc.array(anySample, { minLength: 1, maxLength: 60 }), check), {
      numRuns: 200,
    });
  });
});
