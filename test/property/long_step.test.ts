// One long step equals many short ones: a node may sleep for half a day and wake to the same state
// as one that looked every second.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Pmic, Values } from "../../host/core/abi.js";
import { bankOf } from "./bank_view.js";
import { NodeUnderTest, type SampleValues } from "./node_under_test.js";

const HALF_DAY_MS = 43200000;

/** A node whose SOC was read from 3960 mV, hence about 0.6. */
function started(): NodeUnderTest {
  // so long a sleep is planned: no clock is suspected
  const node = NodeUnderTest.running({ leak_nA: 3, leak_walk_nA: 0, sleep_max_ms: 43200000 });
  const valid = Values.voltage | Values.temperature;
  node.step({ dt_ms: 1000, valid, voltage_mV: 3960, temperature_degC: 20 });
  node.clearSample();
  return node;
}

/** The same half day in one step and in `count`. */
function both(count: number, input: SampleValues): [NodeUnderTest, NodeUnderTest] {
  const [once, often] = [started(), started()];
  once.step({ ...input, dt_ms: HALF_DAY_MS });
  for (let i = 0; i < count; i++) often.step({ ...input, dt_ms: HALF_DAY_MS / count });
  return [once, often];
}

function close(actual: number, expected: number, within: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= within, `${what}: ${actual}, not ${expected}`);
}

const soc = (node: NodeUnderTest) => node.get("gauge", "soc");

describe("12 hours in one step and in 43,200", () => {
  const inputs: [string, SampleValues][] = [
    ["asleep", { valid: 0 }],
    ["charging with 2 uA", { valid: Values.harvest, harvest_mean_nA: 2000 }],
    ["charging with 10 uA", { valid: Values.harvest, harvest_mean_nA: 10000 }],
  ];
  for (const [name, input] of inputs) {
    test(`give the same charge within 43,200 pC, ${name}`, () => {
      const [once, often] = both(43200, input);
      const difference_pC = Number(
        once.wide("vital", "charge_pC") - often.wide("vital", "charge_pC"),
      );
      close(difference_pC, 0, 43200, "charge");
      close(soc(once), soc(often), 1e-4, "soc");
    });

    test(`give the same diffusion states and uncertainty, ${name}`, () => {
      const [once, often] = both(43200, input);
      for (const i of [0, 1]) {
        const state = often.get("vital", "diffusion", i);
        close(once.get("vital", "diffusion", i), state, 0.02 * Math.abs(state) + 1e-6, `s${i}`);
      }
      const sigma = often.get("gauge", "soc_sigma");
      close(once.get("gauge", "soc_sigma"), sigma, 0.02 * sigma, "soc_sigma");
    });

    test(`give the same covariance, ${name}`, () => {
      const [once, often] = both(43200, input).map((node) => bankOf(node)[0]!.covariance);
      for (let i = 0; i < 8; i++) {
        for (let k = 0; k <= i; k++) {
          const size = Math.sqrt(often![i]![i]! * often![k]![k]!);
          // a scale that walks meanwhile is tied to SOC by short steps only
          close(once![i]![k]!, often![i]![k]!, 0.03 * size, `covariance ${i}, ${k}`);
        }
      }
    });
  }
});

describe("a charger that holds its voltage for half a day", () => {
  const FLOAT_SOC = 0.953;
  const held = {
    valid: Values.harvest,
    harvest_mean_nA: 50000,
    pmic_flags: Pmic.charging | Pmic.limiting,
  };

  for (const count of [1, 10, 3600]) {
    test(`never charges beyond the SOC that rests there, in steps of 12 h / ${count}`, () => {
      const [, node] = both(count, held);
      close(soc(node), FLOAT_SOC, 0.01, "soc");
    });
  }

  test("is as sure of itself however often it looks", () => {
    const [once, often] = both(43200, held).map((node) => node.get("gauge", "soc_sigma"));
    assert.ok(often! > once! / 2 && often! < once! * 2, `soc_sigma ${often}, in one step ${once}`);
  });
});

describe("a voltage at every wake", () => {
  const valid = Values.voltage | Values.temperature;

  /** Half a day asleep at a steady voltage, read every so often. */
  function read(interval_ms: number): NodeUnderTest {
    const node = started();
    for (let time_ms = 0; time_ms < HALF_DAY_MS; time_ms += interval_ms) {
      node.step({ dt_ms: interval_ms, valid, voltage_mV: 3950, temperature_degC: 20 });
    }
    return node;
  }

  test("counts once an hour: looking 60 times as often teaches no more", () => {
    const [hourly, often] = [read(3600000), read(60000)];
    close(soc(often), soc(hourly), 1e-3, "soc");
    const sigma = hourly.get("gauge", "soc_sigma");
    close(often.get("gauge", "soc_sigma"), sigma, 0.02 * sigma, "soc_sigma");
    const leak_nA = hourly.get("vital", "leak_nA");
    close(often.get("vital", "leak_nA"), leak_nA, 0.05 * Math.abs(leak_nA) + 0.05, "leak");
  });

  test("counts by the distance in SOC as well: every four hours teaches about as much", () => {
    // at this load an hour is 1 %: a reading after 4 % stands for four
    const [hourly, seldom] = [read(3600000), read(4 * 3600000)];
    const sigma = hourly.get("gauge", "soc_sigma");
    close(seldom.get("gauge", "soc_sigma"), sigma, 0.2 * sigma, "soc_sigma");
  });
});
