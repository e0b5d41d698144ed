// The gauge in operation: hypotheses that agree, a reboot, counting or voltages alone, values that
// are missing or old, a time off that nobody knows, the shown SOC and the queries.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Pmic, Reason, Status, Values } from "../../host/core/abi.js";
import { bankOf } from "./bank_view.js";
import { NodeUnderTest } from "./node_under_test.js";
import { baseProfile, tables } from "./profile_under_test.js";
import { DAY, type Hidden, Twin, live, noisy, quiet } from "./twin.js";

const HOUR_MS = 3600000;
const UNKNOWN_OFF = 0xffffffff;
const CAPACITY_NAH = baseProfile.capacity_nAh as number;
const hidden: Hidden = { leak_nA: 12, resistance_scale: 1.4, load_ratio: 1.05 };
const open = { hypotheses: 7, adc_gain_sigma: 0.002 };

const sigma = (node: NodeUnderTest) => node.get("gauge", "soc_sigma");

function within(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what} = ${actual}, not ${expected}`);
}

describe("hypotheses about the gain", () => {
  test("begin spread where the first voltage leaves SOC open, each with its own", () => {
    const twin = new Twin(0.3, { ...hidden, gain: 0.002 }, noisy(1), open);
    twin.wake();
    const bank = bankOf(twin.node);
    assert.equal(bank.length, 7);
    const gains_mV = bank.map(({ state }) => state[5]!);
    for (let i = 1; i < 7; i++) assert.ok(gains_mV[i]! > gains_mV[i - 1]!, gains_mV.join(" "));
    assert.ok(sigma(twin.node) > 0.05, `sigma ${sigma(twin.node)}`);
  });

  for (const gain of [-0.002, 0.002]) {
    test(`keep the truth within two sigma for a month, gain ${gain}`, () => {
      let outside = 0;
      const twin = new Twin(0.6, { ...hidden, gain }, noisy(3), open);
      live(twin, 30, ({ error, node }) => {
        if (Math.abs(error) > 2 * sigma(node)) outside += 1;
      });
      assert.ok(outside <= 0.1 * 30 * DAY, `${outside} of ${30 * DAY} wakes outside`);
    });
  }

  test("become one once the charger's voltage was held", () => {
    const node = NodeUnderTest.running(open);
    const valid = Values.voltage | Values.temperature;
    node.step({ dt_ms: 1000, valid, voltage_mV: 3895, temperature_degC: 25 });
    assert.equal(node.get("gauge", "hypotheses"), 7);
    for (let i = 0; i < 12; i++) {
      node.step({
        dt_ms: HOUR_MS,
        valid: valid | Values.harvest,
        pmic_flags: Pmic.charging | Pmic.limiting,
        voltage_mV: 4150,
        harvest_mean_nA: 100000,
      });
    }
    assert.equal(node.get("gauge", "hypotheses"), 1);
    assert.ok(sigma(node) < 0.03, `sigma ${sigma(node)}`);
  });
});

describe("a reboot with retained RAM", () => {
  test("keeps SOC, its sigma and what was learned, and goes on as before", () => {
    const twin = live(new Twin(0.6, hidden, noisy(4)), 10);
    const { node } = twin;
    const fields = ["load_scale", "harvest_scale", "leak_nA", "resistance_scale"] as const;
    const before = fields.map((field) => node.get("vital", field));
    const [soc, known] = [node.get("vital", "charge_pC"), node.get("vital", "soc_sigma")];
    assert.equal(node.core.boot(Reason.warm, 0, node.get("vital", "time_ms")), Status.ok);
    assert.deepEqual(
      fields.map((field) => node.get("vital", field)),
      before,
    );
    assert.equal(node.get("vital", "charge_pC"), soc);
    within(node.get("vital", "soc_sigma"), known, 1e-6, "soc_sigma");
    let outside = 0;
    live(twin, 5, ({ error }) => {
      if (Math.abs(error) > 2 * sigma(node)) outside += 1;
    });
    assert.ok(outside <= 0.05 * 5 * DAY, `${outside} wakes outside`);
  });

  test("makes no sigma smaller, and none by more than a step of the byte", () => {
    const { node } = live(new Twin(0.6, hidden, noisy(4)), 10);
    const before = bankOf(node)[0]!.covariance.map((row, i) => Math.sqrt(row[i]!));
    node.core.boot(Reason.warm, 0, node.get("vital", "time_ms"));
    const after = bankOf(node)[0]!.covariance.map((row, i) => Math.sqrt(row[i]!));
    for (let i = 0; i < 7; i++) {
      // what grew since the last correction was not kept: an hour's worth
      const ratio = after[i]! / before[i]!;
      assert.ok(ratio > 0.99 && ratio < 1.13, `sigma ${i} times ${ratio}`);
    }
  });

  test("after a time off that nobody knows says so in its sigma", () => {
    const { node } = live(new Twin(0.6, hidden, noisy(4)), 10);
    const before = node.get("vital", "soc_sigma");
    node.core.boot(Reason.warm, UNKNOWN_OFF, 0);
    // anything up to a week at the drain while off, 10 nA and the leak
    const drain_nA = 10.25 + node.get("vital", "leak_nA");
    const spread = (drain_nA * (604800 / 2)) / 3600 / CAPACITY_NAH / Math.sqrt(3);
    const least = Math.hypot(before, spread);
    assert.ok(node.get("vital", "soc_sigma") >= 0.999 * least);
  });
});

describe("counting alone", () => {
  test("goes on without voltages, less and less sure, and honest", () => {
    const twin = live(new Twin(0.6, hidden, noisy(5)), 10);
    const blind = Values.temperature | Values.harvest;
    let before = sigma(twin.node);
    for (let day = 0; day < 5; day++) {
      for (let wake = 0; wake < DAY; wake++) twin.wake({ valid: blind });
      const now = sigma(twin.node);
      assert.ok(now > before, `sigma ${now} after ${before}`);
      assert.ok(Math.abs(twin.error) < 2 * now, `error ${twin.error}, sigma ${now}`);
      before = now;
    }
    assert.equal(twin.node.get("gauge", "corrections"), 0);
  });

  test("from the start knows nothing and says so", () => {
    const node = NodeUnderTest.running({ observables: Values.harvest });
    node.step({ dt_ms: HOUR_MS, valid: Values.harvest, harvest_mean_nA: 1000 });
    assert.ok(sigma(node) >= 1, `sigma ${sigma(node)}`);
    assert.equal(node.core.time_to_empty_s(0), -1);
    assert.equal(node.core.time_at_current_s(-1000), -1);
  });
});

describe("voltages alone", () => {
  test("follow a cell whose current nobody books, within the sigma of a wide walk", () => {
    const node = NodeUnderTest.running({ observables: Values.voltage, leak_sigma_nA: 2000 });
    const truth = (wake: number) => 0.9 - 0.0005 * wake;
    const rest_mV = (soc: number) => 3990 + ((4180 - 3990) * (soc - 0.7)) / 0.3;
    for (let wake = 0; wake < 300; wake++) {
      const voltage_mV = rest_mV(truth(wake));
      node.step({ dt_ms: HOUR_MS, valid: Values.voltage, voltage_mV });
    }
    // the curve is no straight line; SOC must follow it down all the same
    within(node.get("gauge", "soc"), truth(299), 0.03, "soc");
  });
});

describe("missing and old values", () => {
  const all = Values.voltage | Values.pulse | Values.temperature | Values.harvest;
  for (const [name, bit] of [
    ["voltage", Values.voltage | Values.pulse],
    ["load step", Values.pulse],
    ["temperature", Values.temperature],
  ] as const) {
    test(`a ${name} that is missing half of the time does no harm`, () => {
      const twin = new Twin(0.6, hidden, noisy(6));
      let outside = 0;
      for (let wake = 0; wake < 20 * DAY; wake++) {
        twin.wake({ valid: wake % 2 === 0 ? all & ~bit : all });
        if (Math.abs(twin.error) > 2 * sigma(twin.node)) outside += 1;
      }
      within(twin.error, 0, 0.01, "error of SOC");
      assert.ok(outside <= 0.05 * 20 * DAY, `${outside} wakes outside`);
    });
  }

  test("a voltage that comes once a day still keeps SOC", () => {
    const twin = new Twin(0.6, hidden, noisy(7));
    for (let wake = 0; wake < 20 * DAY; wake++) {
      twin.wake({ valid: wake % DAY === 0 ? all : all & ~(Values.voltage | Values.pulse) });
    }
    within(twin.error, 0, 2 * sigma(twin.node), "error of SOC");
    assert.ok(sigma(twin.node) < 0.05, `sigma ${sigma(twin.node)}`);
  });
});

describe("the shown SOC", () => {
  test("moves by no more than the time allows, also where the estimate jumps", () => {
    const twin = live(new Twin(0.5, hidden, quiet), 5);
    const { node } = twin;
    node.set("vital", "charge_pC", BigInt(Math.round(0.9 * CAPACITY_NAH * 3.6e6)));
    let before = node.get("gauge", "displayed_soc");
    for (let wake = 0; wake < 6; wake++) {
      twin.wake({ valid: Values.harvest });
      const shown = node.get("gauge", "displayed_soc");
      const gap = node.get("gauge", "soc") - before;
      within(shown - before, gap / 6, 1e-4, "step");
      before = shown;
    }
    const { soc, shown } = { soc: node.get("gauge", "soc"), shown: before };
    assert.ok(soc - shown > 0.05 && soc - shown < 0.2, `${shown} on the way to ${soc}`);
  });
});

describe("the queries", () => {
  function half(): NodeUnderTest {
    const node = NodeUnderTest.running();
    const valid = Values.voltage | Values.temperature;
    node.step({ dt_ms: 1000, valid, voltage_mV: 3960, temperature_degC: 25 });
    return node;
  }

  test("at a current answer charge over current, in both directions", () => {
    const node = half();
    const soc = node.get("gauge", "soc");
    const seconds = (share: number, nA: number) => (share * CAPACITY_NAH * 3600) / nA;
    for (const nA of [1, 50, 5000, 1e6]) {
      const empty_s = seconds(soc, nA);
      within(node.core.time_at_current_s(-nA), empty_s, 1e-4 * empty_s, "to empty");
      const full_s = seconds(1 - soc, nA);
      within(node.core.time_at_current_s(nA), full_s, 1e-4 * full_s, "to full");
    }
  });

  test("at a power answer less at a higher one, in proportion", () => {
    const node = half();
    const single = node.core.time_at_power_s(1000);
    within(node.core.time_at_power_s(4000), single / 4, 1e-4 * single, "a quarter");
    // between the currents at the highest and the lowest voltage on the way
    const highest_mV = tables.blocks[0]!.ocv_mV.at(-1)!;
    const soc = node.get("gauge", "soc");
    const shortest_s = (soc * CAPACITY_NAH * 3600 * 3700) / 1e6;
    const longest_s = (soc * CAPACITY_NAH * 3600 * highest_mV) / 1e6;
    assert.ok(single > shortest_s && single < longest_s, `${single} s`);
  });

  test("do not change the node, and -1 is their answer while it does not run", () => {
    const node = half();
    const before = node.bytes("vital");
    node.core.time_at_current_s(-3);
    node.core.time_at_power_s(3);
    assert.deepEqual(node.bytes("vital"), before);
    const fresh = new NodeUnderTest();
    assert.equal(fresh.core.time_at_current_s(-3), -1);
    assert.equal(fresh.core.time_at_power_s(3), -1);
  });
});
