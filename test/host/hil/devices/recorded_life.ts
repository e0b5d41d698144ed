// The samples of a simulated node's life, as bytes: what a device of the rig is given.

import { readFileSync } from "node:fs";
import { readScenario, type Parts } from "../../../../boards/parts.js";
import { resolveProfile } from "../../../../boards/resolve.js";
import { AREAS } from "../../../../host/core/abi.js";
import { Core } from "../../../../host/core/core.js";
import { compileProfile } from "../../../../host/core/profile.js";
import { buildPath, projectPath } from "../../../../tools/build/paths.js";
import { live } from "../../../../tools/simulate/life.js";

export interface RecordedLife {
  profile: Uint8Array;
  samples: Uint8Array[];
}

/** A node's life over some hours. */
export function recordLife(
  hours: number,
  change?: (parts: Parts) => void,
  scenario = "default-year",
): RecordedLife {
  const parts = readScenario(projectPath("boards"), scenario);
  parts.scenario.hours = hours;
  change?.(parts);
  const wasm = new WebAssembly.Module(new Uint8Array(readFileSync(buildPath("core.wasm"))));
  const { exports } = new WebAssembly.Instance(wasm);
  const { step, memory } = exports as unknown as {
    step: () => number;
    memory: WebAssembly.Memory;
  };
  const samples: Uint8Array[] = [];
  const { at, size } = AREAS.sample;
  const recorded = () => {
    samples.push(new Uint8Array(memory.buffer).slice(at, at + size));
    return step();
  };
  live(new Core({ ...exports, step: recorded }), scenario, parts);
  return { profile: compileProfile(resolveProfile(parts)), samples };
}
