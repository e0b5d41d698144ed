// Whatever a host feeds the core, it neither traps nor loses its state. HOSTILE_SEED and
// HOSTILE_RUNS repeat or prolong what this prints.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { HostileChecks } from "./hostile_checks.js";
import { hostileRuns, replay } from "./hostile_runs.js";
import { type Build, NodeUnderTest } from "./node_under_test.js";

const RUNS = Number(process.env.HOSTILE_RUNS ?? 100000);
const SEED = Number(process.env.HOSTILE_SEED ?? 20261124);

describe("any bits in any input, in any order of calls", () => {
  async function attack(build: Build, count: number): Promise<void> {
    console.log(`hostile: seed=${SEED} build=${build}`);
    const { runs, failed, firstFailure } = await hostileRuns(count, SEED, build);
    console.log(`hostile: runs=${runs} failed=${failed}`);
    assert.equal(failed, 0, firstFailure);
  }

  test("leave the shipped core sound", () => attack("core.wasm", RUNS));

  test("leave the core with its assertions sound", () => attack("core.debug.wasm", RUNS / 10));

  test("give the same run for the same seed", () => {
    assert.equal(replay(77, "core.wasm"), replay(77, "core.wasm"));
    assert.notEqual(replay(77, "core.wasm"), replay(78, "core.wasm"));
  });
});

describe("a hostile run notices", () => {
  /** A running node that something was done to, and what the checks say. */
  function verdict(spoil: (node: NodeUnderTest) => void): string | undefined {
    const node = NodeUnderTest.running({ storage_kind: 1, record_s: 60 });
    node.step({ dt_ms: 100000 });
    const checks = new HostileChecks(node);
    assert.equal(checks.state(), undefined, "sound before");
    spoil(node);
    return checks.state();
  }

  test("a number that is none, in each of the areas", () => {
    assert.match(verdict((node) => node.set("gauge", "leak_nA", NaN)) ?? "", /gauge.leak_nA/);
    const nowhere = (node: NodeUnderTest) => node.set("decision", "float_mV", Infinity);
    assert.match(verdict(nowhere) ?? "", /decision.float_mV/);
    assert.match(verdict((node) => node.set("vital", "diffusion", NaN, 1)) ?? "", /diffusion/);
  });

  test("an SOC outside 0 and 1", () => {
    assert.match(verdict((node) => node.set("gauge", "soc", 1.5)) ?? "", /soc = 1.5/);
  });

  test("a book that lost a pC", () => {
    const lose = (node: NodeUnderTest) =>
      node.set("warm", "book_pC", node.wide("warm", "book_pC", 5) - 1n, 5);
    assert.match(verdict(lose) ?? "", /books sum to/);
  });

  test("a bit of retained RAM that flipped, and a record with a wrong CRC", () => {
    assert.match(verdict((node) => node.set("vital", "boots", 7)) ?? "", /not sealed/);
    assert.match(verdict((node) => node.set("vital", "crc", 0)) ?? "", /wrong CRC/);
  });

  test("an answer that no table lists", () => {
    const checks = new HostileChecks(NodeUnderTest.running());
    assert.equal(checks.status(0x102), undefined);
    assert.match(checks.status(99) ?? "", /unknown status 0x63/);
  });
});
