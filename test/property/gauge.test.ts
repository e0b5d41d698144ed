// The gauge against a plant of its own model: it must find what is hidden, be honest about its
// error, shrug off an outlier, and lose nothing in single precision.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Pmic, Values } from "../../host/core/abi.js";
import { Random } from "../../tools/vectors/random.js";
import { type Build, NodeUnderTest } from "./node_under_test.js";
import { Plant } from "./plant.js";
import { baseProfile } from "./profile_under_test.js";

const INTERVAL_S = 600;
const SLEEP_NA = baseProfile.sleep_drain_nA as number;
const PULSE_NA = 40000;
const VALID =
  Values.voltage | Values.pulse | Values.temperature | Values.harvest | Values.harvest_now;
/** corrections: the gate inflated a measurement. */
const INFLATED = 4;

interface Hidden {
  leak_nA: number;
  resistance_scale: number;
}

/** Light for half of each day. */
function harvest_nA(time_s: number): number {
  return Math.max(0, 1620 * Math.sin((2 * Math.PI * time_s) / 86400));
}

/** A node and its plant, wake by wake; charging is paused while the rest voltage is read. */
class Twin {
  readonly plant: Plant;
  readonly node: NodeUnderTest;
  #time_s = 0;

  constructor(
    soc: number,
    hidden: Hidden,
    readonly noise_mV: () => number,
    build?: Build,
  ) {
    this.plant = new Plant(baseProfile, soc, hidden.leak_nA, hidden.resistance_scale);
    this.node = NodeUnderTest.running({}, build);
  }

  /** One interval and the sample at its end, with an error in the rest voltage. */
  wake(error_mV = 0): void {
    const { plant, node } = this;
    const harvest_mean_nA = Math.fround(harvest_nA(this.#time_s));
    this.#time_s += INTERVAL_S;
    plant.temperature_degC = 25 + 8 * Math.sin((2 * Math.PI * this.#time_s) / 86400);
    plant.flow(harvest_mean_nA - SLEEP_NA, INTERVAL_S);
    const voltage_mV = plant.voltage_mV(-SLEEP_NA) + this.noise_mV();
    const drop_mV = PULSE_NA * plant.resistance_mV_nA(plant.soc) + this.noise_mV();
    node.step({
      dt_ms: 1000 * INTERVAL_S,
      valid: VALID,
      pmic_flags: Pmic.paused,
      voltage_mV: voltage_mV + error_mV,
      voltage_loaded_mV: voltage_mV + error_mV - drop_mV,
      pulse_drain_nA: PULSE_NA,
      temperature_degC: plant.temperature_degC,
      harvest_mean_nA,
    });
  }

  /** Error of the estimate. */
  get error(): number {
    return this.node.get("gauge", "soc") - this.plant.soc;
  }
}

const DAY = 86400 / INTERVAL_S;
const quiet = () => 0;

/** Noise of a milivolt, the same for the same seed. */
function noisy(seed: number): () => number {
  const random = new Random(seed);
  return () => random.normal();
}

/** Runs a twin for some days; calls `look` after each wake. */
function live(twin: Twin, days: number, look: (twin: Twin) => void = () => {}): Twin {
  for (let wake = 0; wake < days * DAY; wake++) {
    twin.wake();
    look(twin);
  }
  return twin;
}

function within(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what} = ${actual}, truly ${expected}`);
}

describe("a plant of the gauge's own model", () => {
  const cases: [number, Hidden][] = [
    [0.6, { leak_nA: 12, resistance_scale: 1.4 }],
    [0.35, { leak_nA: 30, resistance_scale: 0.8 }],
    [0.55, { leak_nA: 0, resistance_scale: 2.5 }],
  ];
  for (const [soc, hidden] of cases) {
    const { leak_nA, resistance_scale } = hidden;
    test(`is found in ten days: leak ${leak_nA} nA, resistance x ${resistance_scale}`, () => {
      const { node, error } = live(new Twin(soc, hidden, noisy(1)), 10);
      within(error, 0, 0.002, "error of SOC");
      within(node.get("gauge", "leak_nA"), leak_nA, 1, "leak_nA");
      within(node.get("gauge", "resistance_scale"), resistance_scale, 0.02, "resistance_scale");
    });

    test(`leaves errors within two sigma for 95 % of a month, from SOC ${soc}`, () => {
      let outside = 0;
      live(new Twin(soc, hidden, noisy(2)), 30, ({ error, node }) => {
        if (Math.abs(error) > 2 * node.get("gauge", "soc_sigma")) outside += 1;
      });
      assert.ok(outside <= 0.05 * 30 * DAY, `${outside} of ${30 * DAY} wakes outside`);
    });
  }
});

describe("the covariance", () => {
  test("stays positive through a month of wakes", () => {
    live(new Twin(0.6, { leak_nA: 12, resistance_scale: 1.4 }, noisy(5)), 30, ({ node }) => {
      const [p00, p01, p02, p11, p12, p22] = node.list("vital", "covariance") as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const minor = p00 * p11 - p01 * p01;
      const determinant = p22 * minor - p00 * p12 * p12 + 2 * p01 * p02 * p12 - p02 * p02 * p11;
      assert.ok(p00 > 0 && minor > 0 && determinant > 0, `${minor}, ${determinant}`);
    });
  });
});

describe("the innovation gate", () => {
  const settled = () => live(new Twin(0.6, { leak_nA: 12, resistance_scale: 1.4 }, quiet), 5);

  /** How far a reading that is wrong by this much pulls SOC, and whether the gate took notice. */
  function pull(error_mV: number): { soc: number; inflated: boolean; sigma_mV: number } {
    const [right, wrong] = [settled(), settled()];
    right.wake();
    wrong.wake(error_mV);
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
  test("costs less than 0.01 % of SOC against double precision over a month", () => {
    const hidden = { leak_nA: 12, resistance_scale: 1.4 };
    const single = new Twin(0.6, hidden, noisy(4), "core.wasm");
    const double = new Twin(0.6, hidden, noisy(4), "core.f64.wasm");
    let worst = 0;
    for (let wake = 0; wake < 30 * DAY; wake++) {
      single.wake();
      double.wake();
      const apart = single.node.get("gauge", "soc") - double.node.get("gauge", "soc");
      worst = Math.max(worst, Math.abs(apart));
    }
    assert.ok(worst <= 1e-4, `soc differs by ${worst}`);
    within(
      single.node.get("gauge", "leak_nA"),
      double.node.get("gauge", "leak_nA"),
      0.05,
      "leak_nA in single precision",
    );
  });

  test("and the double build really is one", () => {
    const twin = new Twin(0.6, { leak_nA: 12, resistance_scale: 1.4 }, quiet, "core.f64.wasm");
    twin.wake();
    const leak_nA = twin.node.get("vital", "leak_nA");
    assert.notEqual(leak_nA, Math.fround(leak_nA));
  });
});
