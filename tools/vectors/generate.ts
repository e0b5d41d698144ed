// Makes test/conformance/golden.bin with the debug core. Run it after an intended change of the
// core's arithmetic or layout, and commit the file with that change: npm run vectors

import { readFileSync, writeFileSync } from "node:fs";
import { buildPath, projectPath } from "../build/paths.js";
import { nodes } from "./nodes.js";
import { Random } from "./random.js";
import { Recorder } from "./recorder.js";
import { EDGES, Session } from "./session.js";

const SEED = 20260159;
const STEPS_PER_NODE = 2600;

/** Runs every node through its life and returns the file's words. */
export function goldenVector(module: WebAssembly.Module): { file: Uint32Array; steps: number } {
  const recorder = new Recorder(module);
  const random = new Random(SEED);
  recorder.call("abi_version");
  recorder.call("layout_hash");
  recorder.call("step");
  recorder.call("boot", 0, 0, 0);
  for (const edge of EDGES) {
    recorder.call("guarded_i32", edge);
    recorder.call("guarded_u32", edge);
  }
  for (const { values } of nodes) {
    const session = new Session(recorder, random, values);
    session.load();
    recorder.call("step");
    session.boot();
    const end = recorder.steps + STEPS_PER_NODE;
    while (recorder.steps < end) {
      if (random.chance(0.12)) session.fault();
      else session.wake();
      if (random.chance(0.03)) session.query();
      if (random.chance(0.008)) session.boot();
    }
    recorder.call("map_profile", 16, 12);
  }
  return { file: recorder.finish(), steps: recorder.steps };
}

if (process.argv[1] === projectPath("tools/vectors/generate.ts")) {
  const module = new WebAssembly.Module(readFileSync(buildPath("core.debug.wasm")));
  const { file, steps } = goldenVector(module);
  writeFileSync(projectPath("test/conformance/golden.bin"), new Uint8Array(file.buffer));
  console.log(`test/conformance/golden.bin: ${steps} steps, ${file.byteLength} bytes`);
}
