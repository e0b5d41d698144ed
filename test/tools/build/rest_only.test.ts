// The core of boards without a charge counter leaves out the gauge under load: it refuses a profile
// that asks for it or counts, in one line that names the field, and is the complete core for all
// others.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Reason, Status, Values } from "../../../host/core/abi.js";
import { Core } from "../../../host/core/core.js";
import { compileProfile } from "../../../host/core/profile.js";
import { buildPath } from "../../../tools/build/paths.js";
import { nodes } from "../../../tools/vectors/nodes.js";

const complete = readFileSync(buildPath("core.wasm"));
const rest = readFileSync(buildPath("core.rest.wasm"));

/** As a board without a counter has it. */
const uncounted = <T extends { observables: number }>(values: T): T => {
  return { ...values, observables: values.observables & ~(Values.charge | Values.current) };
};

test("a profile under load is refused by its count of elements, and others are not", async () => {
  const core = await Core.instantiate(rest);
  for (const { values } of nodes) {
    const status = core.loadProfile(compileProfile(uncounted(values)));
    if (values.tables.polarization === undefined) {
      assert.equal(status & 255, Status.ok);
    } else {
      assert.equal(status & 255, Status.profile_field);
      assert.match(core.statusText(status), /polarization_count = 4 is out of its range/);
    }
  }
});

test("so is one that counts", async () => {
  const core = await Core.instantiate(rest);
  const [node] = nodes;
  const observables = node!.values.observables | Values.charge;
  const status = core.loadProfile(compileProfile({ ...node!.values, observables }));
  assert.equal(status & 255, Status.profile_field);
  assert.match(core.statusText(status), /observables = \d+ is out of its range/);
});

test("both cores live the same life of a node that reads at rest", async () => {
  const lives = await Promise.all(
    [complete, rest].map(async (bytes) => {
      const core = await Core.instantiate(bytes);
      core.loadProfile(compileProfile({ ...uncounted(nodes[0]!.values), storage_kind: 0 }));
      core.boot(Reason.cold, undefined, 0);
      return Array.from({ length: 200 }, (_, i) => {
        const light = Math.max(0, Math.sin(i / 20));
        const step = core.step({
          time_ms: (i + 1) * 600000,
          voltage_mV: 3900 + 50 * Math.sin(i / 30),
          temperature_degC: 20 + 5 * light,
          harvest_mean_nA: 3000 * light,
        });
        return JSON.stringify(step, (_key, value: unknown) => {
          return typeof value === "bigint" ? String(value) : value;
        });
      });
    }),
  );
  assert.deepEqual(lives[1], lives[0]);
});
