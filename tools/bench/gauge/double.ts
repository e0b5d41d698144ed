// What single precision costs: the core in f32 and the same source in f64 on the same readings of a
// simulated year, and how far their SOC comes apart.

import { readFileSync } from "node:fs";
import { Reason } from "../../../host/core/abi.js";
import { compileProfile, type ProfileValues } from "../../../host/core/profile.js";
import { Bed } from "../../../host/sim/twin/bed.js";
import { readTable, type Field } from "../../abi/table.js";
import { builtPath } from "../../build/built.js";
import { type Measurement } from "../report.js";
import { TwinCore } from "./twin_core.js";
import { caseOf, profileOf, type Plan, type Task } from "./twin_run.js";

const YEAR_DAYS = 365;
const TASK: Task = {
  setup: "swing",
  cell: "r20-50uAh",
  list: "full",
  wiring: { gain_sigma: 0.002, limiting_flag: true },
  seed: 20,
  compared: false,
};
const PERCENT = 100;
/** Bytes of `real` in the double build. */
const REAL = 8;

type Exports = Record<"profile_at" | "step", () => number> & {
  memory: WebAssembly.Memory;
  load_profile: (length: number) => number;
  boot: (reason: number, off_s: number, time_ms: number) => number;
};

/** The core in double precision: its areas lie elsewhere. */
class DoubleCore {
  readonly #exports: Exports;
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #sample: { at: number; size: number; fields: Field[] };
  readonly #soc_at: number;

  constructor(module: WebAssembly.Module, profile: ProfileValues) {
    const { areas } = readTable(REAL);
    const area = (name: string) => areas.find((each) => each.name === name)!;
    this.#exports = new WebAssembly.Instance(module).exports as unknown as Exports;
    const { buffer } = this.#exports.memory;
    this.#view = new DataView(buffer);
    this.#bytes = new Uint8Array(buffer);
    this.#sample = area("sample");
    const gauge = area("gauge");
    this.#soc_at = gauge.at + gauge.fields.find(({ name }) => name === "soc")!.offset;
    const compiled = compileProfile(profile);
    this.#bytes.set(compiled, this.#exports.profile_at());
    this.#must(this.#exports.load_profile(compiled.length));
    this.#must(this.#exports.boot(Reason.cold, -1, 0));
  }

  /** The same sample: its area is made of the same types, only its place differs. */
  step(sample: Uint8Array): number {
    this.#bytes.set(sample, this.#sample.at);
    this.#must(this.#exports.step());
    return this.#view.getFloat32(this.#soc_at, true);
  }

  #must(status: number): void {
    if ((status & 255) >= 16) throw new Error(`core.f64.wasm: status ${status & 255}`);
  }
}

/** The largest difference of both, in percent of SOC. */
export function doubleDeviation(
  plan: Plan,
  module: WebAssembly.Module,
  days = YEAR_DAYS,
): Measurement {
  const longer = { ...plan, days };
  const bed = new Bed(caseOf(longer, TASK));
  const profile = profileOf(longer, TASK, bed);
  const single = new TwinCore(module, profile);
  const bytes = new Uint8Array(readFileSync(builtPath("core.f64.wasm")));
  const double = new DoubleCore(new WebAssembly.Module(bytes), profile);
  const sample = single.sampleBytes();
  let worst = 0;
  while (!bed.over) {
    single.step(bed.read());
    worst = Math.max(worst, Math.abs(double.step(sample) - single.words.gauge.soc));
    bed.pass(single.charge, single.pause_s);
  }
  const { setup, cell } = TASK;
  const of = `the same source and readings, full list, ${setup} ${cell}, ${days} days, with CV`;
  return { name: "f32_vs_f64_soc_deviation_pct", value: PERCENT * worst, unit: "%", of };
}
