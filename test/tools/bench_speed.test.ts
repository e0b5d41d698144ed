// The loop of the speed bench does what the shipped core does when it is called sample by sample:
// else its steps a second say nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { AREAS } from "../../host/core/abi.js";
import { Core } from "../../host/core/core.js";
import { compileProfile } from "../../host/core/profile.js";
import { benchNode, buildLoop, CoreLoop, start, Work } from "../../tools/bench/speed/bench_node.js";
import { type Build } from "../../tools/bench/speed/bench_node.js";
import { stepsFromJs } from "../../tools/bench/speed/from_js.js";
import { INTERVAL_S } from "../../tools/bench/speed/sample_days.js";
import { buildPath } from "../../tools/build/paths.js";
import { GOLDEN } from "../conformance/matrix.js";
import * as nodeWasm from "../runtimes/node_wasm.js";

const { profile, wakes } = benchNode();
const samples = wakes.map(({ sample }) => sample);
/** Longer than the prepared days, so that they come round. */
const COUNT = samples.length + 50;

/** All a core knows and says, as hex; not the sample: what was not measured stays in there. */
function memoryOf(core: Core): string {
  const { buffer } = core.exports.memory as WebAssembly.Memory;
  return Buffer.from(buffer, 0, AREAS.sample.at).toString("hex");
}

/** The shipped core, called once a sample. */
function byCalls(count: number): Core {
  const module = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm"))));
  const core = new Core(new WebAssembly.Instance(module).exports);
  start(core, compileProfile(profile));
  for (let i = 0; i < count; i++) {
    const sample = samples[i % samples.length]!;
    core.step({ ...sample, time_ms: 1000 * INTERVAL_S * (i + 1) });
    while (core.storage() !== undefined) core.storageDone();
  }
  return core;
}

const paths = new Map<Build, string>();

/** Path of a build, made once. */
function wasmOf(build: Build): string {
  const path = paths.get(build) ?? buildLoop(build);
  paths.set(build, path);
  return path;
}

for (const build of ["release", "fast"] satisfies Build[]) {
  describe(`the loop, ${build}`, () => {
    const newLoop = () => new CoreLoop(wasmOf(build), profile, samples);

    it("leaves the bytes that the shipped core leaves", () => {
      const loop = newLoop();
      assert.equal(loop.run(Work.walk, 0, COUNT), COUNT);
      assert.equal(memoryOf(loop.core), memoryOf(byCalls(COUNT)));
    });

    it("passes the golden vector", async () => {
      const options = { coreJs: buildPath("core.js"), coreWasm: wasmOf(build), vector: GOLDEN };
      const { identical, output } = await nodeWasm.run(options);
      assert.ok(identical, output);
    });

    it("takes the gauge where the whole walk takes it", () => {
      const names = [
        "time_ms",
        "charge_pC",
        "throughput_pC",
        "leak_nA",
        "load_scale",
        "harvest_scale",
        "float_error",
        "resistance_scale",
        "soc_sigma",
      ] as const;
      const learned = (work: number) => {
        const loop = newLoop();
        // the first walk reads the first voltage
        loop.run(Work.walk, 0, 1);
        loop.run(work, 1, COUNT);
        const { vital } = loop.core.areas;
        const lists = ["voltage_error_mV", "sigma_code", "tie_code", "diffusion"] as const;
        const single = names.map((name) => vital.get(name));
        return [...single, ...lists.flatMap((name) => [...vital.list(name)])];
      };
      assert.deepEqual(learned(Work.gauge), learned(Work.walk));
    });

    it("gives the same in pieces", () => {
      for (const work of Object.values(Work)) {
        const [whole, pieces] = [newLoop(), newLoop()];
        whole.run(work, 0, COUNT);
        for (let first = 0; first < COUNT; first += 7) {
          pieces.run(work, first, Math.min(7, COUNT - first));
        }
        assert.equal(memoryOf(whole.core), memoryOf(pieces.core), `work ${work}`);
      }
    });
  });
}

describe("what the loop is fed with", () => {
  const loopOf = (all: typeof samples) => new CoreLoop(wasmOf("release"), profile, all);

  it("keeps the filter near the truth, in all its kinds of steps", () => {
    const loop = loopOf(samples);
    loop.run(Work.walk, 0, samples.length);
    const { gauge, vital } = loop.core.areas;
    const seen = new Set<number>();
    const moved = new Set<number>();
    for (const [i, { soc }] of wakes.entries()) {
      const time_ms = vital.get("time_ms");
      assert.equal(loop.run(Work.gaugeAndReport, i, 1), 1);
      assert.equal(vital.get("time_ms"), (time_ms + 1000 * INTERVAL_S) % 2 ** 32);
      assert.ok(Math.abs(gauge.get("soc") - soc) < 0.06, `sample ${i}`);
      seen.add(gauge.get("corrections"));
      moved.add(vital.number("charge_pC"));
    }
    // rest voltage, rest and load step, float, float and load step
    for (const kind of [1, 3, 8, 10]) assert.ok(seen.has(kind), `corrections ${kind}`);
    assert.ok(moved.size > 0.95 * wakes.length, `${moved.size} different charges`);
  });

  it("is read: other samples, another charge", () => {
    const charge = (all: typeof samples) => {
      const loop = loopOf(all);
      loop.run(Work.gauge, 0, 100);
      return loop.core.areas.vital.get("charge_pC");
    };
    const higher = samples.map((sample) => ({ ...sample, voltage_mV: sample.voltage_mV! + 5 }));
    assert.ok(charge(higher) > charge(samples));
  });

  it("must fit into the core's memory", () => {
    const many = [...samples, ...samples];
    assert.throws(() => loopOf(many), {
      name: "RangeError",
      message: /^1440 samples: the core's memory has room for \d+$/,
    });
  });

  it("gives the same sums in every way to reach the fields from JavaScript", () => {
    const sum = (way: Parameters<typeof stepsFromJs>[0]) =>
      stepsFromJs(way, profile, wakes)(samples.length);
    assert.equal(sum("fields"), sum("areas"));
    assert.equal(sum("words"), sum("areas"));
  });
});
