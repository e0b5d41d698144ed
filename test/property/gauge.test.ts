// The gauge against a plant of its own model: it must find what is hidden, be honest about its
// error, shrug off an outlier, and lose nothing in single precision.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bankOf, leastPivot } from "./bank_view.js";
import { baseProfile } from "./profile_under_test.js";
import { DAY, type Hidden, Twin, live, noisy, quiet } from "./twin.js";

/** corrections: the gate inflated a measurement. */
const INFLATED = 4;
/** Mean of the booked load: asleep, and events in two days of three. */
const BOOKED_NA = 500 + 0.15 * 600;

function within(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what} = ${actual}, truly ${expected}`);
}

describe("a plant of the gauge's own model", () => {
  const cases: [number, Hidden][] = [
    [0.6, { leak_nA: 12, resistance_scale: 1.4 }],
    [0.45, { leak_nA: 30, resistance_scale: 0.8 }],
    [0.55, { leak_nA: 0, resistance_scale: 2.5 }],
    [0.6, { leak_nA: 5, resistance_scale: 1, load_ratio: 1.12, harvest_ratio: 1.12 }],
    [0.6, { leak_nA: 10, resistance_scale: 1, load_ratio: 0.9, harvest_ratio: 0.92 }],
  ];
  for (const [soc, hidden] of cases) {
    const { leak_nA, resistance_scale, load_ratio = 1, harvest_ratio = 1 } = hidden;
    const what = `leak ${leak_nA} nA, r ${resistance_scale}, load ${load_ratio}`;

    test(`is found in twenty days: ${what}`, () => {
      const { node, error } = live(new Twin(soc, hidden, noisy(1)), 20);
      within(error, 0, 0.004, "error of SOC");
      within(node.get("gauge", "resistance_scale"), resistance_scale, 0.02, "resistance_scale");
      within(node.get("vital", "harvest_scale"), harvest_ratio, 0.02, "harvest_scale");
      within(node.get("vital", "load_scale"), load_ratio, 0.05, "load_scale");
      // leak and load are hard to tell apart; together they are what nobody booked
      const unbooked_nA = leak_nA + (load_ratio - 1) * BOOKED_NA;
      within(node.get("gauge", "unbooked_drain_nA"), unbooked_nA, 8, "unbooked_drain_nA");
      const sigma_nA = node.get("gauge", "leak_sigma_nA");
      within(node.get("gauge", "leak_nA"), leak_nA, 2 * sigma_nA, "leak_nA");
    });

    test(`leaves errors within two sigma for 95 % of a month: ${what}`, () => {
      let outside = 0;
      live(new Twin(soc, hidden, noisy(2)), 30, ({ error, node }) => {
        if (Math.abs(error) > 2 * node.get("gauge", "soc_sigma")) outside += 1;
      });
      assert.ok(outside <= 0.05 * 30 * DAY, `${outside} of ${30 * DAY} wakes outside`);
    });
  }

  // three weeks: readings in one place are one reading, so that only what moved teaches
  test("tells leak from load where the load changes a lot and the leak is large", () => {
    const node = live(new Twin(0.8, { leak_nA: 60, resistance_scale: 1 }, noisy(3)), 21).node;
    assert.ok(node.get("gauge", "leak_nA") > 15, `${node.get("gauge", "leak_nA")} nA`);
    within(node.get("gauge", "unbooked_drain_nA"), 60, 12, "unbooked_drain_nA");
  });
});

describe("the covariance", () => {
  for (const hypotheses of [1, 7]) {
    test(`of every one of ${hypotheses} hypotheses stays positive through a month`, () => {
      const changes = { hypotheses, adc_gain_sigma: 0.002 };
      const hidden = { leak_nA: 12, resistance_scale: 1.4, gain: 0.001 };
      live(new Twin(0.6, hidden, noisy(5), changes), 30, ({ node }) => {
        const bank = bankOf(node);
        assert.ok(bank.length >= 1 && bank.length <= hypotheses);
        const sum = bank.reduce((all, { weight }) => all + weight, 0);
        within(sum, 1, 1e-4, "sum of weights");
        for (const { covariance } of bank) {
          for (let i = 0; i < 8; i++) assert.ok(covariance[i]![i]! > 0, `variance ${i}`);
          const pivot = leastPivot(covariance);
          assert.ok(pivot > -1e-4, `pivot ${pivot}`);
        }
      });
    });
  }
});

describe("the innovation gate", () => {
  const settled = () => live(new Twin(0.6, { leak_nA: 12, resistance_scale: 1.4 }, quiet), 5);

  /** How far a reading that is wrong by this much pulls SOC, and whether the gate took notice. */
  function pull(error_mV: number): { soc: number; inflated: boolean; sigma_mV: number } {
    const [right, wrong] = [settled(), settled()];
    right.wake();
    wrong.wake({ error_mV });
    return {
      soc: Math.abs(wrong.error - right.error),
      inflated: (wrong.node.get("gauge", "corrections") & INFLATED) !== 0,
      sigma_mV: right.node.get("gauge", "innovation_sigma_mV"),
    };
  }

  const { sigma_mV } = pull(0);
  const gate_mV = (baseProfile.gate_sigma as number) * sigma_mV;

  test("leaves a reading inside it alone", () => {
    assert.equal(pull(0.9 * gate_mV).inflated, false);
  });

  test("inflates a reading beyond it, upwards and downwards", () => {
    assert.equal(pull(1.2 * gate_mV).inflated, true);
    assert.equal(pull(-1.2 * gate_mV).inflated, true);
  });

  test("lets no outlier pull more than a reading on the gate, and a worse one even less", () => {
    const most = pull(gate_mV).soc;
    const pulls = [1.5, 3, 10, 100].map((times) => pull(times * gate_mV).soc);
    for (const [i, soc] of pulls.entries()) {
      const before = i === 0 ? most : pulls[i - 1]!;
      assert.ok(soc < before, `pull ${soc} after ${before}`);
    }
    assert.ok(pulls[3]! < most / 50, `100 times the gate still pulls ${pulls[3]}`);
  });
});

describe("single precision", () => {
  test("costs less than 0.05 % of SOC against double precision over a month", () => {
    const hidden = { leak_nA: 12, resistance_scale: 1.4 };
    const single = new Twin(0.6, hidden, noisy(4));
    const double = new Twin(0.6, hidden, noisy(4), {}, "core.f64.wasm");
    let worst = 0;
    for (let wake = 0; wake < 30 * DAY; wake++) {
      single.wake();
      double.wake();
      const apart = single.node.get("gauge", "soc") - double.node.get("gauge", "soc");
      worst = Math.max(worst, Math.abs(apart));
    }
    assert.ok(worst <= 5e-4, `soc differs by ${worst}`);
    within(
      single.node.get("gauge", "unbooked_drain_nA"),
      double.node.get("gauge", "unbooked_drain_nA"),
      0.5,
      "unbooked_drain_nA in single precision",
    );
  });

  test("and the double build really is one", () => {
    const hidden = { leak_nA: 12, resistance_scale: 1.4 };
    const twin = new Twin(0.6, hidden, quiet, {}, "core.f64.wasm");
    for (let wake = 0; wake < 20; wake++) twin.wake();
    const leak_nA = twin.node.get("vital", "leak_nA");
    assert.notEqual(leak_nA, Math.fround(leak_nA));
  });
});
