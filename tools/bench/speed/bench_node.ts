// The node of the speed bench: that of the golden vectors, so that numbers can be compared over the
// years, with five days of samples; and the core with its loop (core_loop.ts), which takes them.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { AREAS, Reason, Status } from "../../../host/core/abi.js";
import { Core } from "../../../host/core/core.js";
import { Area } from "../../../host/core/fields.js";
import { compileProfile, type ProfileValues } from "../../../host/core/profile.js";
import { type Measured, writeSample } from "../../../host/core/sample.js";
import { buildPath, command, projectPath, projectRoot } from "../../build/paths.js";
import { single } from "../../vectors/nodes.js";
import { sampleDays, type Wake } from "./sample_days.js";

const DAYS = 5;
const SEED = 1;

export function benchNode(): { profile: ProfileValues; wakes: Wake[] } {
  // sleep takes half of the cell in a night
  const profile = { ...single, sleep_drain_nA: 1850 };
  return { profile, wakes: sampleDays(profile, DAYS, SEED) };
}

/** Loads the profile and starts cold, from an empty storage. */
export function start(core: Core, profile: Uint8Array): void {
  const answer = core.loadProfile(profile);
  if (answer !== Status.ok) throw new Error(core.statusText(answer));
  core.boot(Reason.cold, undefined, 0);
  while (core.storage() !== undefined) core.storageDone(false);
}

/** `release` as build/core.wasm is made; `fast` from the same source without shrinking. */
export type Build = "release" | "fast";

/** Compiles the core with its loop; returns the path. */
export function buildLoop(build: Build): string {
  const folder = buildPath("bench/speed");
  mkdirSync(folder, { recursive: true });
  const wasm = `${folder}/core_${build}.wasm`;
  const entry = projectPath("tools/bench/speed/core_loop.ts");
  // asconfig.json brings the core's own entry and the release's options; what follows prevails
  const release = ["--config", "asconfig.json", "--target", "release"];
  const options = build === "fast" ? ["--shrinkLevel", "0"] : [];
  const args = [command("asc"), entry, ...release, ...options, "-o", wasm];
  execFileSync(process.execPath, args, { cwd: projectRoot, stdio: ["ignore", "ignore", "pipe"] });
  return wasm;
}

/** What the loop does with a sample; the same numbers as in core_loop.ts. */
export const Work = { gauge: 0, gaugeAndReport: 1, walk: 2 } as const;

type Loop = (work: number, at: number, length: number, first: number, count: number) => number;

/** Samples lie on the alignment of their i64. */
const ALIGNMENT = 8;

/** A running core with prepared samples behind its profile. */
export class CoreLoop {
  readonly core: Core;
  readonly #length: number;
  readonly #loop: Loop;
  readonly #at: number;

  /** `wasm` is the path of a core with its loop. */
  constructor(wasm: string, profile: ProfileValues, samples: readonly Measured[]) {
    const module = new WebAssembly.Module(new Uint8Array(readFileSync(wasm)));
    const { exports } = new WebAssembly.Instance(module);
    this.core = new Core(exports);
    this.#length = samples.length;
    this.#loop = exports.bench_loop as Loop;
    const bytes = compileProfile(profile);
    start(this.core, bytes);
    const end = this.core.exports.profile_at() + bytes.length;
    this.#at = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    const view = new DataView((exports.memory as WebAssembly.Memory).buffer);
    const { size } = AREAS.sample;
    const room = Math.floor((view.byteLength - this.#at) / size);
    if (samples.length > room) {
      throw new RangeError(`${samples.length} samples: the core's memory has room for ${room}`);
    }
    samples.forEach((sample, i) =>
      writeSample(new Area(view, "sample", this.#at + i * size), sample),
    );
  }

  /** Takes `count` samples from number `first` on; returns how many were taken as they are. */
  run(work: number, first: number, count: number): number {
    return this.#loop(work, this.#at, this.#length, first, count);
  }
}
