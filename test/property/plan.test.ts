// The plan over random states: never more for less, and always within what the profile allows.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Mode, Values } from "../../host/core/abi.js";
import { NodeUnderTest } from "./node_under_test.js";
import { type ProfileValues, baseProfile } from "./profile_under_test.js";

const CAPACITY_PC = 1.8e11;
const MINUTE_MS = 60000;
/** Single precision, added up over two days. */
const ROUNDING = 1e-5;

interface State {
  soc: number;
  harvest_nA: number;
  drain_nA: number;
  temperature_degC: number;
  resistance_scale: number;
  carry: number;
}

const anyState: fc.Arbitrary<State> = fc.record({
  soc: fc.double({ min: -0.04, max: 1.05, noNaN: true }),
  harvest_nA: fc.double({ min: 0, max: 20000, noNaN: true }),
  drain_nA: fc.double({ min: 0, max: 20000, noNaN: true }),
  temperature_degC: fc.double({ min: -30, max: 59, noNaN: true }),
  resistance_scale: fc.double({ min: 0.3, max: 20, noNaN: true }),
  carry: fc.double({ min: 0, max: 1.99, noNaN: true }),
});

/** Of a number's f32, as the core keeps a forecast. */
function upperHalf(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0]! >>> 16;
}

/** What was planned in a state. */
function plan(state: State, changes: Partial<ProfileValues> = {}): NodeUnderTest {
  const node = NodeUnderTest.running({ self_drain_nA: 0, ...changes });
  node.set("vital", "charge_pC", BigInt(Math.round(state.soc * CAPACITY_PC)));
  node.set("vital", "temperature_degC", state.temperature_degC);
  node.set("vital", "resistance_scale", state.resistance_scale);
  node.set("warm", "harvest_level_nA", state.harvest_nA);
  node.set("warm", "path_bin", 0);
  node.set("warm", "drain_mean_nA", state.drain_nA);
  for (let hour = 0; hour < 24; hour++) {
    node.set("warm", "forecast", upperHalf(state.harvest_nA * (hour % 2 ? 0.5 : 1.5)), hour);
  }
  for (let kind = 0; kind < 4; kind++) node.set("warm", "event_carry", state.carry, kind);
  node.step({
    dt_ms: MINUTE_MS,
    valid: Values.harvest,
    harvest_mean_nA: state.harvest_nA,
  });
  return node;
}

/** Charge of all events that a decision allows. */
function events_pC(node: NodeUnderTest): number {
  const costs = baseProfile.event_drain_pC as number[];
  return node.list("decision", "events").reduce((sum, count, i) => sum + count * costs[i]!, 0);
}

const property = (check: (state: State) => void) =>
  fc.assert(fc.property(anyState, check), { numRuns: 2000 });

describe("a plan", () => {
  test("sleeps no shorter and no longer than the profile allows", () => {
    property((state) => {
      const sleep_ms = plan(state).get("decision", "sleep_ms");
      assert.ok(sleep_ms >= (baseProfile.sleep_min_ms as number), `${sleep_ms}`);
      assert.ok(sleep_ms <= (baseProfile.sleep_max_ms as number), `${sleep_ms}`);
    });
  });

  test("below the survival SOC is survival, without events", () => {
    property((state) => {
      const node = plan({ ...state, soc: (state.soc + 0.04) * 0.07, harvest_nA: 0 });
      assert.equal(node.get("decision", "mode"), Mode.survival);
      assert.equal(events_pC(node), 0);
    });
  });

  test("allows no event whose pulse the cell does not sustain", () => {
    const pulses_nA = baseProfile.event_pulse_nA as number[];
    const pulses_ms = baseProfile.event_pulse_ms as number[];
    property((state) => {
      const node = plan(state);
      for (const [kind, count] of node.list("decision", "events").entries()) {
        const allowed_nA = node.core.allowed_current_nA(-1, pulses_ms[kind]!);
        // half a millivolt of OCV near the last evaluated SOC, over the resistance
        const slack_nA = 0.01 * allowed_nA + 300;
        if (count > 0) assert.ok(pulses_nA[kind]! <= allowed_nA + slack_nA, `class ${kind}`);
      }
    });
  });

  test("below the reserve in the dark allows no more than a carried event", () => {
    property((state) => {
      const dark = { ...state, soc: Math.min(state.soc, 0.29), harvest_nA: 0, carry: 0 };
      assert.equal(events_pC(plan(dark, { alive_worth: 1e5 })), 0);
    });
  });

  test("with a surplus comes to events", () => {
    property((state) => {
      const mild = { temperature_degC: 25, resistance_scale: 1, carry: 1.99 };
      const node = plan({ ...state, ...mild, soc: 0.8, harvest_nA: 3000 });
      assert.ok(events_pC(node) > 0);
    });
  });

  test("spends no more on events than is stored and comes until the next wake", () => {
    property((state) => {
      const node = plan(state);
      const soc = node.get("gauge", "soc");
      const above_pC = Math.max(0, soc - (baseProfile.reserve_soc as number)) * CAPACITY_PC;
      const coming_pC = state.harvest_nA * node.get("decision", "sleep_ms");
      assert.ok(events_pC(node) <= 1.001 * (above_pC + coming_pC) + 1000);
    });
  });

  test("asks a price between that of plenty and that of staying alive", () => {
    const { alive_price, alive_worth } = baseProfile as {
      alive_price: number;
      alive_worth: number;
    };
    property((state) => {
      const node = plan(state);
      const price = node.get("decision", "price");
      const dearest = (alive_price * alive_worth) / (500 * 3.6e6) / 0.3;
      assert.ok(price > 0 && price <= 1e6 * dearest, `${price}`);
    });
  });
});

describe("a larger reserve", () => {
  const reserve = fc.double({ min: 0.1, max: 0.9, noNaN: true });

  test("never wakes the node more often, nor brings it more events", () => {
    const check = (state: State, one: number, other: number) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      const careless = plan({ ...state, carry: 0 }, { reserve_soc: less });
      const careful = plan({ ...state, carry: 0 }, { reserve_soc: more });
      const sleep = (node: NodeUnderTest) => node.get("decision", "sleep_ms");
      const [longer, shorter] = [sleep(careful), sleep(careless)];
      assert.ok(longer >= shorter * (1 - ROUNDING), `${longer} < ${shorter}`);
      // events per time, because a longer sleep must last longer
      const rate = (node: NodeUnderTest) => events_pC(node) / sleep(node);
      const worth = 60e6 / sleep(careful);
      assert.ok(rate(careful) <= rate(careless) + worth, `${rate(careful)} > ${rate(careless)}`);
    };
    fc.assert(fc.property(anyState, reserve, reserve, check), { numRuns: 2000 });
  });
});

describe("more charge, or more harvest", () => {
  test("never lets the node sleep longer", () => {
    const check = (state: State, soc: number, harvest_nA: number) => {
      const poor = plan({ ...state, soc: Math.min(state.soc, soc) });
      const rich = plan({
        ...state,
        soc: Math.max(state.soc, soc),
        harvest_nA: state.harvest_nA + harvest_nA,
      });
      const [longer, shorter] = [poor, rich].map((node) => node.get("decision", "sleep_ms"));
      assert.ok(longer! >= shorter! * (1 - ROUNDING), `${longer} < ${shorter}`);
    };
    const soc = fc.double({ min: 0, max: 1, noNaN: true });
    const harvest_nA = fc.double({ min: 0, max: 5000, noNaN: true });
    fc.assert(fc.property(anyState, soc, harvest_nA, check), { numRuns: 2000 });
  });
});
